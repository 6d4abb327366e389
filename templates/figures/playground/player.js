/** Whether it trains just now, and how fast. */
import {SPEEDS, grouped, short} from "./words.js";

export class Player {
  playing = false;
  /** The epoch that is looked back to. @type {number | null} */
  back = null;

  /**
   * @param {import("./session.js").Session} session @param {import("./view.js").View} view
   * @param {(playing: boolean) => void} show @param {(words: string) => void} say
   */
  constructor(session, view, show, say) {
    this.session = session;
    this.view = view;
    this.show = show;
    this.say = say;
  }

  toggle() {
    if (this.playing) {
      this.session.pause();
      this.stopped();
      return;
    }
    this.playing = true;
    this.back = null;
    this.run();
    this.show(true);
  }

  /** Go on as it is to be: at this speed, to that epoch. */
  run() {
    const {speed, stop} = this.view;
    if (this.playing) this.session.play(SPEEDS[/** @type {keyof typeof SPEEDS} */ (speed)], stop);
  }

  step() {
    this.playing = false;
    this.back = null;
    this.show(false);
    this.session.step();
  }

  /** Look back, standing still; null: to the present again. @param {number | null} epoch */
  look(epoch) {
    if (this.playing) this.toggle();
    this.back = epoch;
    if (epoch !== null) this.session.recall(epoch);
  }

  /** It stands still, and those who listen hear where. */
  stopped() {
    this.playing = false;
    this.show(false);
    const {now} = this.session;
    if (!now || now.broken) return;
    this.say(`Stopped at epoch ${grouped(now.epoch)}. Loss in training ${short(now.train.loss)}, in testing ${short(now.test.loss)}.`);
  }
}
