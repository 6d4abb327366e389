/**
 * A Vega-Lite chart in the page's colours: as wide as its place, values under the pointer, and the
 * same values under the arrow keys.
 */
import {chartTheme} from "./chart/theme.js";
import {answering, next, ordered} from "./chart/points.js";
import {Parameters} from "./chart/parameters.js";
import {Tooltip, spoken} from "./chart/tooltip.js";

/** Only single and layered views can take any width; the rest scroll in their own box. */
export function stretches(/** @type {Record<string, any>} */ spec) {
  return "mark" in spec || "layer" in spec;
}

/** The author's specification with the width of its place. @param {Record<string, any>} spec @param {number} width */
export function fitted(spec, width) {
  return stretches(spec) ? {...spec, width} : spec;
}

/** A compiled chart whose axes and labels lie within that width too. @param {Record<string, any>} spec */
const within = (spec) => ({...spec, autosize: {type: "fit-x", contains: "padding"}});

/** @param {import("../js/types.js").Mounting} mounting */
export default async function mount(mounting) {
  const {charts, page} = mounting;
  const [spec, library] = await Promise.all([charts.main.load(), page.vega()]);
  await document.fonts.ready; // labels are measured once
  await new Chart(mounting, spec, library).start();
}

class Chart {
  /** @type {any} */
  #view;
  #width = 0;
  #at = -1;
  #round = 0;

  /** @param {import("../js/types.js").Mounting} mounting @param {Record<string, any>} spec @param {any} library */
  constructor(mounting, spec, library) {
    const {element, alt, page, signal} = mounting;
    this.parameters = new Parameters(mounting);
    this.page = page;
    this.signal = signal;
    this.spec = spec;
    this.library = library;
    this.drawing = document.createElement("div");
    this.drawing.className = "drawing";
    this.plot = document.createElement("div");
    this.plot.className = "plot";
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "application");
    this.plot.setAttribute("aria-roledescription", "chart with values under the arrow keys");
    this.plot.setAttribute("aria-label", alt);
    this.plot.append(this.drawing);
    this.bindings = document.createElement("div");
    this.bindings.className = "bindings";
    element.append(this.plot, this.bindings);
    this.tooltip = new Tooltip(this.plot);
  }

  async start() {
    const {plot, page, signal} = this;
    await this.#draw();
    plot.addEventListener("keydown", (event) => this.#key(event), {signal});
    plot.addEventListener("blur", () => this.#leave(), {signal});
    plot.addEventListener("pointerleave", () => this.tooltip.hide(), {signal});
    page.onscheme(() => void this.#draw(), {signal});
    const observer = new ResizeObserver(() => {
      if (plot.clientWidth && this.#place !== this.#width && stretches(this.spec)) void this.#draw();
    });
    observer.observe(plot);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.#view?.finalize();
    });
  }

  get #place() {
    return Math.max(200, Math.floor(this.plot.clientWidth));
  }

  async #draw() {
    const {spec, drawing} = this;
    this.#width = this.#place;
    this.#at = -1;
    this.tooltip.hide();
    this.#view?.finalize();
    const round = ++this.#round;
    this.bindings.replaceChildren();
    const made = await this.library.vegaEmbed(drawing, this.parameters.begin(fitted(spec, this.#width)), {
      mode: "vega-lite",
      actions: false,
      ast: true,
      bind: this.bindings,
      config: chartTheme(this.page.palette(), getComputedStyle(this.plot).fontFamily),
      defaultStyle: false,
      ...(stretches(spec) && {patch: within}),
      renderer: "svg",
      tooltip: this.#hover,
    });
    // While this one was drawn, another size or scheme, or the figure's end, may have come.
    if (round !== this.#round || this.signal.aborted) return made.view.finalize();
    this.#view = made.view;
    this.parameters.listen(made.view);
    // The plot around it speaks; two voices for one picture would be one too many.
    const svg = drawing.querySelector("svg");
    svg?.removeAttribute("role");
    svg?.setAttribute("aria-hidden", "true");
  }

  /** Vega drops an old drawing with an event of null. @param {unknown} _handler @param {PointerEvent | null} event @param {unknown} _item @param {unknown} value */
  #hover = (_handler, event, _item, value) => {
    if (event) this.tooltip.show(value, event.clientX, event.clientY);
    else this.tooltip.hide();
  };

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Escape") return this.#leave();
    const points = ordered(answering(this.#view.scenegraph().root), middle);
    if (event.key === "Enter" || event.key === " ") return this.#press(points[this.#at]?.item, event);
    const to = next(event.key, points, this.#at);
    if (to === null) return;
    event.preventDefault();
    this.#at = to;
    this.#point(points[to].item);
  }

  /** Put the pointer where it is not: Vega then does all that it does under a real one. */
  #point(/** @type {any} */ item) {
    const {x, y} = middle(item);
    for (const type of ["pointerover", "pointermove"]) {
      item._svg.dispatchEvent(
        new PointerEvent(type, {bubbles: true, clientX: x, clientY: y, pointerType: "mouse"}),
      );
    }
    this.tooltip.show(item.tooltip, x, y);
    this.page.say(spoken(item.tooltip));
  }

  /** Click where the arrow keys stand: a selection of the chart then follows. */
  #press(/** @type {any} */ item, /** @type {KeyboardEvent} */ event) {
    if (!item || event.target !== this.plot) return;
    event.preventDefault();
    const {x, y} = middle(item);
    item._svg.dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: x, clientY: y}));
    this.page.say(`chosen: ${spoken(item.tooltip)}`);
  }

  #leave() {
    this.#at = -1;
    this.tooltip.hide();
    this.drawing.querySelector("svg")?.dispatchEvent(new PointerEvent("pointerout", {bubbles: true}));
  }
}

/** The middle of an item on the screen, or of the cell around a point. @param {any} item */
function middle(item) {
  const box = item._svg.getBoundingClientRect();
  return {x: box.left + box.width / 2, y: box.top + box.height / 2};
}
