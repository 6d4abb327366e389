/**
 * A machine that a reader teaches by examples. What it is taught stays in this page; only what a reader chooses
 * of the figure is in its state. A frozen network turns pictures into features, and two ways of learning from them
 * answer side by side.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./teach/stage.js").Shown} Shown
 * @typedef {import("./teach/taught.js").Taught} Taught
 * @typedef {import("./teach/learner.js").Method} Method
 */
import {breath} from "../js/breath.js";
import {ranking} from "../js/probabilities.js";
import {acts} from "./teach/acts.js";
import {Frame} from "./teach/frame.js";
import {Learner} from "./teach/learner.js";
import {Net} from "./teach/net.js";
import {Recorder} from "./teach/recorder.js";
import {Stage} from "./teach/stage.js";
import {begun} from "./teach/start.js";
import {changed, count, fresh, held, recorded} from "./teach/taught.js";
import {balance, size, trained, verdict, wanting} from "./teach/words.js";

export const style = new URL("./teach/living.css", import.meta.url).href;
export const likely = "features";

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  await new Teach(mounting).start();
}

export class Teach {
  #learning = false;
  #again = false;
  #told = "";
  /** Whatever has a later number is the reader's own. */
  #before = 0;
  #begun = false;
  /** Features of what is on show. @type {Float32Array | null} */
  #features = null;

  /** @param {Mounting} mounting */
  constructor(mounting) {
    this.mounting = mounting;
    this.history = begun(mounting);
    this.#before = fresh();
    this.net = new Net(mounting);
    this.stage = new Stage(mounting, {see: (shown) => this.see(shown), fail: (cause) => this.fail(cause)});
    this.recorder = new Recorder(this.stage, this.net, {keep: (capture, first) => this.#keep(capture, first), say: mounting.page.say});
    this.learner = new Learner(this.history.taught, this.setting);
    this.frame = new Frame(this, acts(this));
  }

  async start() {
    const {element, page, state, signal} = this.mounting;
    element.append(this.frame.element);
    await this.learn();
    this.stage.show();
    this.#begun = true;
    this.#coloured();
    page.onscheme(() => this.#coloured());
    page.watch(`instance:${this.mounting.values.dataset}`, (index) => this.#follow(index));
    for (const name of ["neighbours", "strength", "held"]) state.watch(name, () => void this.learn());
    state.watch("method", () => this.answer());
    // A little network comes unasked; whoever wants a large one says so.
    if (!this.net.large) void this.fetch();
    signal.addEventListener("abort", () => this.recorder.release(), {once: true});
  }

  /** @returns {Method} */
  get method() {
    return /** @type {Method} */ (this.mounting.state.get("method", this.mounting.values.method));
  }

  get setting() {
    const {state, values} = this.mounting;
    return {
      neighbours: state.get("neighbours", values.neighbours),
      c: 10 ** state.get("strength", values.strength),
      held: /** @type {import("./teach/taught.js").Held} */ (state.get("held", values.held)),
    };
  }

  /** @param {unknown} index */
  #follow(index) {
    const {state, values} = this.mounting;
    if (values.picks.some((/** @type {any} */ one) => one.index === index)) state.set("example", /** @type {number} */ (index));
  }

  /** Fetch network and engine; then what is shown gets its answer. */
  async fetch() {
    this.frame.fetching();
    try {
      await this.net.load();
    } catch (cause) {
      return this.fail(cause);
    }
    if (this.mounting.signal.aborted) return;
    this.frame.fetched();
    await this.see(this.stage.shown, true);
  }

  /** What cannot be helped is the figure's failure. @param {unknown} cause */
  fail(cause) {
    if (this.mounting.signal.aborted) return;
    throw cause;
  }

  /** @param {Shown | null} shown @param {boolean} [again]  nothing new: the network has come */
  async see(shown, again = false) {
    if (shown && this.#begun && !again) for (const deed of /** @type {const} */ (["show", "try"])) this.frame.guide.did(deed);
    if (!shown) this.#features = null;
    else if (shown.features) this.#features = shown.features;
    else if (this.net.ready && shown.shares) {
      const features = await this.net.features(shown.shares, true);
      if (!features || shown !== this.stage.shown) return;
      this.#features = features;
      shown.features = features;
    } else {
      this.#features = null;
      this.frame.waiting(shown !== null && !this.net.ready);
    }
    this.answer();
  }

  /**
   * Everything that follows from what is taught, once it has changed. A training comes to its end, so that
   * a long recording is seen to be learned on the way; then what has changed meanwhile is learned.
   */
  async learn() {
    const {taught} = this.history;
    this.frame.cards.show(taught, held(taught, this.setting.held));
    this.#again = this.#learning;
    if (this.#learning) return;
    this.#learning = true;
    try {
      do {
        this.#again = false;
        await this.#learn();
      } while (this.#again);
    } catch (error) {
      if (!this.mounting.signal.aborted) throw error;
    } finally {
      this.#learning = false;
    }
  }

  async #learn() {
    const {signal} = this.mounting;
    const {taught} = this.history;
    const learner = new Learner(taught, this.setting);
    await learner.learn(() => breath(signal));
    if (signal.aborted) return;
    this.learner = learner;
    const counts = taught.classes.map(({id}) => count(taught, id));
    const learned = learner.head ? trained(learner.train.ids.length, learner.took) : "";
    this.frame.taught(taught, learner, [wanting(taught, learner.ready), learned, balance(counts)]);
    this.answer();
  }

  /** What the machine says of what is on show. */
  answer() {
    const {learner, method} = this;
    const {classes} = this.history.taught;
    const names = classes.map(({name}) => name);
    // While a newer training runs, the older one may know other classes.
    const fits = learner.classes === classes.length;
    const features = fits ? this.#features : null;
    const shares = {head: features && learner.answer("head", features), neighbours: features && learner.answer("neighbours", features)};
    const own = shares[method];
    const words = verdict(names, own);
    const first = this.frame.answer(names, shares, method, words, features ? learner.decisive(method, features) : []);
    const share = own ? own[first] : 0;
    this.frame.rewards.hear(first < 0 ? null : classes[first], first, share, performance.now());
    const told = own ? names[ranking(own)[0]] : "";
    if (told && told !== this.#told) this.mounting.page.say(words);
    this.#told = told;
  }

  /** @param {import("./teach/taught.js").Capture} capture @param {boolean} first  of its take */
  #keep(capture, first) {
    const {history} = this;
    const {name} = history.taught.classes.find(({id}) => id === capture.of) ?? {name: ""};
    const taught = recorded(history.taught, capture);
    if (first) history.step(taught, `the recording of ${name}`);
    else history.amend(taught);
    this.frame.recorded(new Set(taught.captures.filter(({take}) => take > this.#before).map(({of}) => of)).size);
    void this.learn();
    return count(taught, capture.of);
  }

  /** A step that can be taken back. @param {Taught} taught @param {string} words */
  step(taught, words) {
    if (taught === this.history.taught) return;
    this.history.step(taught, words);
    void this.learn();
  }

  /** @param {number} id @param {Partial<import("./teach/taught.js").Class>} change @param {string} words */
  change(id, change, words) {
    this.step(changed(this.history.taught, id, change), words);
  }

  /** How much has to come before anything can be recorded; "": nothing. */
  get loads() {
    return this.net.ready ? "" : size(this.net.bytes);
  }

  #coloured() {
    this.stage.redraw();
    this.frame.redraw(this.history.taught, this.learner.kept);
    this.answer();
  }
}
