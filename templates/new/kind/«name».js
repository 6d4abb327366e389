/**
 * The life of the kind «name»: a slider moves a marker along the curve.
 *
 * `mount` is given an empty element and the payload; when the figure is taken away, `signal` ends
 * every listener. Until this script has run, and if it ever fails, readers see the still picture.
 */

/**
 * Index of the grid point nearest to a value, clamped to the grid.
 * @param {Float32Array} x  evenly spaced, ascending
 * @param {number} value
 */
export function nearest(x, value) {
  const step = (x[x.length - 1] - x[0]) / (x.length - 1);
  return Math.min(Math.max(Math.round((value - x[0]) / step), 0), x.length - 1);
}

/** Where a point of the curve lies in the drawing. @param {Element} curve @param {number} i */
function place(curve, i) {
  return (curve.getAttribute("points") ?? "").split(" ")[i].split(",");
}

export default async function mount({element, values, arrays, state, signal}) {
  const [x, y, slope] = [arrays.x.data, arrays.y.data, arrays.slope.data];
  // The still is drawn once; the living figure begins with a copy of it.
  const drawing = element.closest("figure").querySelector(".still svg").cloneNode(true);
  const curve = drawing.querySelector("polyline");
  const marker = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  marker.setAttribute("class", "accent");
  marker.setAttribute("r", "6");
  drawing.append(marker);

  const label = document.createElement("label");
  label.className = "field";
  const slider = document.createElement("input");
  slider.type = "range";
  Object.assign(slider, {min: x[0], max: x[x.length - 1], step: "any"});
  // What `state` holds is part of the page's address, so that a reader can share it.
  slider.valueAsNumber = state.get("x", 0);
  label.append("x", slider);
  const output = document.createElement("output");

  function update() {
    const i = nearest(x, slider.valueAsNumber);
    const [across, up] = place(curve, i);
    marker.setAttribute("cx", across);
    marker.setAttribute("cy", up);
    output.value = `${values.function}(${x[i].toFixed(2)}) = ${y[i].toFixed(3)}, slope ${slope[i].toFixed(3)}`;
    state.set("x", Number(slider.valueAsNumber.toFixed(2)));
  }

  slider.addEventListener("input", update, {signal});
  const controls = document.createElement("div");
  controls.className = "controls";
  controls.append(label, output);
  element.append(drawing, controls);
  update();
}
