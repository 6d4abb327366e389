/** What the colours of the map mean. */
import {make} from "../../js/make.js";
import {six} from "./words.js";

export class Legend {
  #shown = "";

  constructor() {
    this.element = make("div", "legend");
  }

  /** A scale from −most to most. @param {number} most */
  signed(most) {
    const ends = [-most, 0, most].map((end) => six(Number(end.toPrecision(2))));
    this.#fill(ends.join(), () => [make("span", "scale"), make("span", "ends", ...ends.map((end) => make("span", "", end)))]);
  }

  /** A colour for each class. @param {number[]} classes */
  classes(classes) {
    this.#fill(`c${classes.join()}`, () =>
      classes.map((index) => {
        const swatch = make("span", "swatch");
        swatch.dataset.class = String(index % 10);
        return make("span", "class", swatch, `Class ${index + 1}`);
      }),
    );
  }

  /** @param {string} key @param {() => Node[]} content */
  #fill(key, content) {
    if (key === this.#shown) return;
    this.#shown = key;
    this.element.replaceChildren(...content());
  }
}
