/** Whether the map moves just now, and how fast. */
import {LONGEST} from "./settings.js";
import {SPEEDS, grouped, reading} from "./words.js";

export class Player {
  playing = false;
  /** The last that was measured of this run. @type {import("../../js/reduce/worker.js").Measured | null} */
  quality = null;

  /**
   * @param {import("../../js/reduce/session.js").Session} session @param {import("./bar.js").Bar} bar
   * @param {() => string} speed @param {(words: string) => void} say
   */
  constructor(session, bar, speed, say) {
    this.session = session;
    this.bar = bar;
    this.speed = speed;
    this.say = say;
  }

  play() {
    this.playing = true;
    this.bar.run(true);
    this.run();
  }

  /** Go on as it is to be. */
  run() {
    if (this.playing) this.session.play(SPEEDS[this.speed()], LONGEST);
  }

  /** Stand still; who listens hears where, if asked. @param {boolean} [told] */
  stop(told = false) {
    if (this.playing) this.session.pause();
    this.playing = false;
    this.bar.run(false);
    const step = this.session.now?.step;
    if (told && step !== undefined && this.quality) this.say(`Stopped at step ${grouped(step)}: ${reading(this.quality)}.`);
  }

  step() {
    this.stop();
    this.session.step();
  }

  /** Whether further steps change nothing, or are too many. */
  get over() {
    const {now} = this.session;
    return Boolean(now && (now.closed || now.step >= LONGEST));
  }
}
