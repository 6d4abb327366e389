/**
 * A brush that rubs out part of the picture: what stands for nothing takes its place, and the answer
 * and every map follow. Strokes are in the address.
 *
 * @typedef {import("../../js/raster.js").Stroke} Stroke
 */
import {button, make} from "../../js/make.js";
import {Pad} from "../../js/pad.js";
import {read, write} from "../../js/scribble.js";

/** Of the brush, in units of the picture's side. */
const WIDTH = 0.1;

/** How far a place is from a line between two others. @param {number[]} at @param {number[]} from @param {number[]} to */
function away([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Which pixels a brush has passed over: those whose centre it touched. @param {string} text  strokes, as the address has them @param {number[]} shape */
export function touched(text, [, height, width]) {
  const strokes = read(text)?.strokes ?? [];
  return Uint8Array.from({length: height * width}, (_, at) => {
    const centre = [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
    return Number(strokes.some((stroke) => stroke.some((point, i) => away(centre, point, stroke[i + 1] ?? point) <= WIDTH / 2)));
  });
}

/** The bytes with others in their place where the mask is set. @param {ArrayLike<number>} bytes @param {ArrayLike<number>} nothing @param {Uint8Array} mask */
export function without(bytes, nothing, mask) {
  return Uint8Array.from(bytes, (byte, i) => (mask[i % mask.length] ? Math.round(nothing[i]) : byte));
}

export class Brush {
  #text = "";

  /** @param {number[]} shape @param {(text: string) => void} then @param {(words: string) => void} say @param {AbortSignal} signal */
  constructor([, height, width], then, say, signal) {
    this.canvas = make("canvas", "");
    this.canvas.style.setProperty("aspect-ratio", `${width} / ${height}`);
    this.over = make("div", "brush", this.canvas);
    this.over.hidden = true;
    this.over.dataset.control = "brush";
    this.pad = new Pad(this.canvas, {
      signal, say, label: "Rub out part of the picture", width: WIDTH, ink: () => "transparent",
      onchange: (strokes) => {
        const text = write(strokes);
        if (text === this.#text) return;
        this.#text = text;
        then(text);
      },
    });
    this.arm = button("button", "", "Rub out");
    this.arm.setAttribute("aria-pressed", "false");
    this.undo = button("button", "", "Undo");
    this.back = button("button", "", "Put back");
    this.hint = make("p", "hint", "Paint over what shall go. With keys: arrows move, Space rubs, Backspace undoes.");
    this.arm.addEventListener("click", () => this.#armed(this.arm.getAttribute("aria-pressed") === "false"), {signal});
    this.undo.addEventListener("click", () => this.pad.undo(), {signal});
    this.back.addEventListener("click", () => this.pad.clear(), {signal});
    this.tools = make("div", "rub", this.arm, this.undo, this.back, this.hint);
    this.tools.dataset.control = "brush";
    this.#armed(false);
  }

  /** @param {boolean} on */
  #armed(on) {
    this.over.hidden = this.hint.hidden = !on;
    this.undo.hidden = this.back.hidden = !on && !this.#text;
    this.arm.setAttribute("aria-pressed", String(on));
    if (on) this.canvas.focus();
  }

  /** @param {string} text  strokes, as the state has them */
  show(text) {
    if (text !== this.#text) {
      this.#text = text;
      this.pad.replace(read(text)?.strokes ?? []);
    }
    this.undo.hidden = this.back.hidden = this.over.hidden && !text;
    this.undo.disabled = this.back.disabled = !text;
  }
}
