/**
 * The values of one point of a chart in a box beside it. Our own, since vega-tooltip writes style
 * elements that the page's policy refuses.
 */

/** What Vega hands over as a tooltip, as rows of a name and a value. @param {unknown} value */
export function rows(value) {
  if (value === null || value === undefined || value === "") return [];
  if (typeof value !== "object") return [["", String(value)]];
  return Object.entries(value).map(([name, one]) => [name, one === null ? "–" : String(one)]);
}

/** The same in words. @param {unknown} value */
export function spoken(value) {
  return rows(value)
    .map(([name, one]) => (name ? `${name} ${one}` : one))
    .join(", ");
}

/**
 * Where the box stands: above and right of the point, or wherever it still lies in the plot.
 * @param {{x: number, y: number}} point
 * @param {{width: number, height: number}} box
 * @param {{width: number}} plot
 */
export function place({x, y}, box, plot, gap = 14) {
  const right = x + gap + box.width <= plot.width;
  const left = right ? x + gap : Math.max(0, x - gap - box.width);
  return {left, top: Math.max(0, y - gap - box.height)};
}

/** One tooltip inside a plot. */
export class Tooltip {
  /** @param {HTMLElement} plot  positioned; the box stands in it */
  constructor(plot) {
    this.plot = plot;
    this.box = document.createElement("dl");
    this.box.className = "tooltip";
    this.box.setAttribute("aria-hidden", "true"); // arrow keys speak the same words
    this.box.hidden = true;
    plot.append(this.box);
  }

  /** @param {unknown} value @param {number} clientX @param {number} clientY */
  show(value, clientX, clientY) {
    const found = rows(value);
    if (!found.length) return this.hide();
    this.box.replaceChildren(
      ...found.map(([name, one]) => {
        const row = document.createElement("div");
        const term = document.createElement("dt");
        const words = document.createElement("dd");
        term.textContent = name;
        words.textContent = one;
        row.append(term, words);
        return row;
      }),
    );
    this.box.hidden = false;
    const {left, top, width} = this.plot.getBoundingClientRect();
    const size = this.box.getBoundingClientRect();
    const at = place({x: clientX - left, y: clientY - top}, size, {width});
    this.box.style.transform = `translate(${at.left}px, ${at.top}px)`;
  }

  hide() {
    this.box.hidden = true;
  }
}
