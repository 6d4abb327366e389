/**
 * A card for each class: its name, the button that records, its captures, what it triggers.
 *
 * @typedef {import("./taught.js").Taught} Taught
 * @typedef {import("./taught.js").Class} Class
 * @typedef {import("./taught.js").Output} Output
 *
 * @typedef {object} Acts
 * @property {(id: number) => void} press     the button of a class goes down
 * @property {() => void} release
 * @property {(id: number, name: string) => void} rename
 * @property {(id: number, files: File[]) => void} files
 * @property {(id: number, output: Output) => void} output
 * @property {(id: number, file: File) => void} picture
 * @property {(id: number) => void} empty
 * @property {(id: number) => void} remove
 * @property {(capture: number) => void} drop
 */
import {button, make} from "../../js/make.js";
import {rove} from "../../js/roving.js";
import {picker} from "./picker.js";
import {LEAST, count} from "./taught.js";

/** Captures that are shown, the newest. */
const SHOWN = 24;
export const SORTS = /** @type {[Output["sort"], string][]} */ ([["none", "nothing"], ["picture", "a picture"], ["sound", "a sound"], ["word", "a spoken word"]]);

/** A button that acts while it is held, by pointer or by key; a click of a screen reader acts once. @param {HTMLButtonElement} made @param {() => void} press @param {() => void} release */
export function holding(made, press, release) {
  let down = false;
  const begin = () => {
    if (down || made.disabled) return;
    down = true;
    made.classList.add("down");
    press();
  };
  const end = () => {
    if (!down) return;
    down = false;
    made.classList.remove("down");
    release();
  };
  made.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    if (event.isTrusted) made.setPointerCapture(event.pointerId);
    begin();
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) made.addEventListener(name, end);
  made.addEventListener("contextmenu", (event) => event.preventDefault());
  made.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) begin();
  });
  made.addEventListener("keyup", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    end();
  });
  made.addEventListener("click", (event) => {
    if (event.detail !== 0) return;
    begin();
    end();
  });
}

export class Cards {
  /** @type {Map<number, ReturnType<Cards["card"]>>} */
  #cards = new Map();

  /** @param {string} id @param {Acts} acts @param {(canvas: HTMLCanvasElement, small: Uint8Array) => void} paint @param {AbortSignal} signal */
  constructor(id, acts, paint, signal) {
    this.id = id;
    this.acts = acts;
    this.paint = paint;
    this.signal = signal;
    this.element = make("div", "cards");
  }

  /** @param {number} id */
  card(id) {
    const {acts} = this;
    const name = make("input", "name");
    Object.assign(name, {type: "text", maxLength: 40, autocomplete: "off", spellcheck: false});
    name.addEventListener("change", () => acts.rename(id, name.value));
    const record = button("button primary record", "");
    holding(record, () => acts.press(id), () => acts.release());
    const files = picker("Add pictures", "image/*", (all) => acts.files(id, all), true);
    const thumbs = make("div", "thumbs");
    thumbs.setAttribute("role", "group");
    const columns = () => getComputedStyle(thumbs).gridTemplateColumns.split(" ").length;
    const stop = rove(thumbs, {items: () => /** @type {HTMLElement[]} */ ([...thumbs.children]), columns, signal: this.signal});
    const sort = make("select", "select");
    sort.append(...SORTS.map(([value, words]) => new Option(words, value)));
    const word = make("input", "word");
    Object.assign(word, {type: "text", maxLength: 80, autocomplete: "off"});
    const picture = picker("Choose the picture", "image/*", ([file]) => acts.picture(id, file));
    sort.addEventListener("change", () => acts.output(id, {sort: /** @type {any} */ (sort.value), ...(sort.value === "word" && {word: name.value})}));
    word.addEventListener("change", () => acts.output(id, {sort: "word", word: word.value}));
    const empty = button("button quiet", "", "Empty");
    empty.addEventListener("click", () => acts.empty(id));
    const remove = button("button quiet", "", "Remove");
    remove.addEventListener("click", () => acts.remove(id));
    const counted = make("p", "count");
    const gives = make("label", "gives", make("span", "", "Triggers"), sort);
    const extra = make("label", "extra", make("span", "", "Word"), word);
    const more = make("details", "more", make("summary", "", "More"), gives, extra, picture.element, make("div", "tools", files.element, empty, remove));
    const element = make("div", "card", make("div", "head", name, counted), record, thumbs, more);
    element.setAttribute("role", "group");
    element.dataset.control = "classes";
    return {element, name, record, files: files.input, thumbs, stop, sort, word, picture, empty, remove, counted, extra, shown: ""};
  }

  /** @param {Taught} taught @param {Set<number>} kept  captures that are kept back */
  show(taught, kept) {
    const focused = document.activeElement;
    for (const [id, {element}] of this.#cards) {
      if (taught.classes.some((one) => one.id === id)) continue;
      element.remove();
      this.#cards.delete(id);
    }
    taught.classes.forEach((one, i) => {
      let card = this.#cards.get(one.id);
      if (!card) this.#cards.set(one.id, (card = this.card(one.id)));
      if (this.element.children[i] !== card.element) this.element.insertBefore(card.element, this.element.children[i] ?? null);
      card.element.style.setProperty("--class", `var(--category-${i})`);
      this.#fill(card, one, taught, kept);
    });
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus();
  }

  /** @param {ReturnType<Cards["card"]>} card @param {Class} one @param {Taught} taught @param {Set<number>} kept */
  #fill(card, one, taught, kept) {
    const number = count(taught, one.id);
    const own = taught.captures.filter(({of}) => of === one.id);
    const tests = own.filter(({id}) => kept.has(id)).length;
    card.element.setAttribute("aria-label", `Class ${one.name}`);
    if (card.name.value !== one.name) card.name.value = one.name;
    card.name.setAttribute("aria-label", `Name of class ${one.name}`);
    card.counted.textContent = `${number} ${number === 1 ? "capture" : "captures"}${tests ? `, ${tests} kept back` : ""}`;
    card.record.textContent = "Hold to record";
    card.record.setAttribute("aria-label", `Hold to record ${one.name}`);
    card.files.setAttribute("aria-label", `Add pictures to ${one.name}`);
    card.sort.setAttribute("aria-label", `What ${one.name} triggers`);
    card.word.setAttribute("aria-label", `Word that ${one.name} speaks`);
    card.picture.input.setAttribute("aria-label", `Picture that ${one.name} shows`);
    card.sort.value = one.output.sort;
    if (document.activeElement !== card.word) card.word.value = one.output.word ?? "";
    card.extra.hidden = one.output.sort !== "word";
    card.picture.element.hidden = one.output.sort !== "picture";
    card.empty.setAttribute("aria-label", `Empty ${one.name}`);
    card.remove.setAttribute("aria-label", `Remove ${one.name}`);
    card.empty.disabled = !number;
    card.remove.disabled = taught.classes.length <= LEAST;
    this.#thumbs(card, one, own, kept);
  }

  /** @param {ReturnType<Cards["card"]>} card @param {Class} one @param {import("./taught.js").Capture[]} own @param {Set<number>} kept */
  #thumbs(card, one, own, kept) {
    const some = own.slice(-SHOWN).reverse();
    const shown = some.map(({id}) => `${id}${kept.has(id) ? "k" : ""}`).join();
    if (shown === card.shown) return;
    card.shown = shown;
    const held = card.thumbs.contains(document.activeElement);
    card.thumbs.setAttribute("aria-label", `Captures of ${one.name}, the newest first`);
    card.thumbs.replaceChildren(...some.map(({id, small}, i) => {
      const picture = make("canvas", "pixels");
      this.paint(picture, small);
      const words = `Capture ${own.length - i}${kept.has(id) ? ", kept back to test" : ""}. Press to take it out`;
      const thumb = button(kept.has(id) ? "thumb kept" : "thumb", words, picture);
      thumb.title = words;
      thumb.dataset.capture = String(id);
      thumb.addEventListener("click", () => this.acts.drop(id));
      return thumb;
    }));
    card.thumbs.hidden = !some.length;
    if (some.length) card.stop(0);
    if (held) (/** @type {HTMLElement | null} */ (card.thumbs.firstElementChild) ?? card.record).focus();
  }

  /** Mark the class that is answered. @param {number} at  −1: none */
  mark(at) {
    [...this.element.children].forEach((card, i) => card.classList.toggle("answer", i === at));
  }

  /** In the colours of the page. @param {Taught} taught @param {Set<number>} kept */
  redraw(taught, kept) {
    for (const card of this.#cards.values()) card.shown = "";
    this.show(taught, kept);
  }
}
