/** Further maps of the same points, side by side: what differs is chosen, and each can be taken over. */
import {list} from "../../js/dials.js";
import {button, make} from "../../js/make.js";
import {paint} from "./panel.js";
import {fitted} from "./scene.js";
import {reading, titled} from "./words.js";

/** @typedef {import("./settings.js").Beside} Beside */

/** Pixels of a small map where it is not laid out yet. */
const SIZE = 180;
/** @type {[string, string][]} */
const CHOICES = [["perplexity", "Perplexities, or neighbours"], ["steps", "Steps of one run"], ["seeds", "Random starts"], ["methods", "Methods"], ["none", "Nothing"]];

export class Strip {
  /** @type {{canvas: HTMLCanvasElement, said: HTMLElement, button: HTMLButtonElement, places: Float32Array | null, beside: Beside}[]} */
  #tiles = [];

  /** @param {(value: string) => void} set @param {(beside: Beside) => void} take */
  constructor(set, take) {
    this.take = take;
    this.dial = list("compare", "Side by side", CHOICES, set);
    this.row = make("div", "tiles");
    this.row.dataset.control = "compare";
    this.hint = make("p", "hint");
    this.element = make("div", "beside", this.dial.element, this.hint, this.row);
  }

  /** @param {Beside[]} all @param {string[]} refused  why each cannot be, or "" @param {string} compare */
  show(all, refused, compare) {
    this.dial.show(compare);
    this.hint.textContent = compare !== "none" && !all.length ? "This method has nothing to choose here: its map is one and the same." : "";
    this.#tiles = all.map((beside, i) => {
      const canvas = make("canvas", "");
      canvas.setAttribute("aria-hidden", "true");
      const words = titled(beside.key, beside.value);
      const said = make("span", "said", refused[i] ? "refused" : "…");
      const one = button("tile", "", make("span", "square", canvas), make("span", "name", words), " ", said);
      one.disabled = Boolean(refused[i]);
      if (refused[i]) {
        one.title = refused[i];
        one.querySelector(".square")?.append(make("span", "message", refused[i].split(". ")[0]));
      }
      one.addEventListener("click", () => this.take(beside));
      return {canvas, said, button: one, places: null, beside};
    });
    this.row.replaceChildren(...this.#tiles.map((tile) => tile.button));
  }

  /** A map is there. @param {number} index @param {import("../../js/reduce/worker.js").Report} report @param {import("./panel.js").Look} look */
  put(index, {places, quality, broken}, look) {
    const tile = this.#tiles[index];
    if (!tile) return;
    tile.places = broken ? null : places;
    tile.said.textContent = quality ? `trust ${quality.trust.toFixed(3)}` : "broke down";
    tile.button.title = quality ? `Take it over: ${reading(quality)}` : "Take it over";
    this.draw(look);
  }

  /** @param {import("./panel.js").Look} look */
  draw(look) {
    for (const {canvas, places} of this.#tiles) {
      const side = canvas.clientWidth || SIZE;
      if (places?.length === 2 * look.colours.length) paint(canvas, fitted(places, side), side, look, Math.max(2, side / 72));
    }
  }
}
