/**
 * A Vega-Lite chart in the page's colours: as wide as its place, values under the pointer, and the
 * same values under the arrow keys.
 */
import {chartTheme} from "./chart/theme.js";
import {answering, next, ordered} from "./chart/points.js";
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
export default async function mount({element, alt, charts, page, signal}) {
  const [spec, library] = await Promise.all([charts.main.load(), page.vega()]);
  const plot = document.createElement("div");
  plot.className = "plot";
  plot.tabIndex = 0;
  plot.setAttribute("role", "application");
  plot.setAttribute("aria-roledescription", "chart with values under the arrow keys");
  plot.setAttribute("aria-label", alt);
  const drawing = document.createElement("div");
  drawing.className = "drawing";
  plot.append(drawing);
  element.append(plot);
  const tooltip = new Tooltip(plot);
  const place = () => Math.max(200, Math.floor(plot.clientWidth));
  /** @type {any} */
  let view;
  let width = 0;
  let at = -1;

  /** Vega drops an old drawing with an event of null. @param {unknown} _handler @param {PointerEvent | null} event @param {unknown} _item @param {unknown} value */
  const hover = (_handler, event, _item, value) => {
    if (event) tooltip.show(value, event.clientX, event.clientY);
    else tooltip.hide();
  };

  async function draw() {
    width = place();
    at = -1;
    tooltip.hide();
    view?.finalize();
    const font = getComputedStyle(plot).fontFamily;
    const made = await library.vegaEmbed(drawing, fitted(spec, width), {
      mode: "vega-lite",
      actions: false,
      ast: true,
      config: chartTheme(page.palette(), font),
      defaultStyle: false,
      ...(stretches(spec) && {patch: within}),
      renderer: "svg",
      tooltip: hover,
    });
    view = made.view;
    // The plot around it speaks; two voices for one picture would be one too many.
    const svg = drawing.querySelector("svg");
    svg?.removeAttribute("role");
    svg?.setAttribute("aria-hidden", "true");
  }

  /** Put the pointer where it is not: Vega then does all that it does under a real one. */
  function point(/** @type {any} */ item) {
    const {x, y} = middle(item);
    for (const type of ["pointerover", "pointermove"]) {
      item._svg.dispatchEvent(
        new PointerEvent(type, {bubbles: true, clientX: x, clientY: y, pointerType: "mouse"}),
      );
    }
    tooltip.show(item.tooltip, x, y);
    page.say(spoken(item.tooltip));
  }

  function leave() {
    at = -1;
    tooltip.hide();
    drawing.querySelector("svg")?.dispatchEvent(new PointerEvent("pointerout", {bubbles: true}));
  }

  plot.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") return leave();
      const points = ordered(answering(view.scenegraph().root), middle);
      const to = next(event.key, points, at);
      if (to === null) return;
      event.preventDefault();
      at = to;
      point(points[to].item);
    },
    {signal},
  );
  plot.addEventListener("blur", leave, {signal});
  plot.addEventListener("pointerleave", () => tooltip.hide(), {signal});

  await document.fonts.ready; // labels are measured once
  await draw();
  page.onscheme(() => void draw(), {signal});
  const observer = new ResizeObserver(() => {
    if (plot.clientWidth && place() !== width && stretches(spec)) void draw();
  });
  observer.observe(plot);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    view?.finalize();
  });
}

/** The middle of an item on the screen; of a cell around a point, that point. @param {any} item */
function middle(item) {
  const box = item._svg.getBoundingClientRect();
  return {x: box.left + box.width / 2, y: box.top + box.height / 2};
}
