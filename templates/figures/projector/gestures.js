/**
 * Fingers, mouse and wheel over the plot. A plain wheel scrolls the page, and so does one finger
 * until the reader has zoomed in; ctrl and wheel, a pinch, or a drag belong to the map.
 *
 * @typedef {object} Hands
 * @property {(x: number, y: number, touch: boolean) => void} hover
 * @property {() => void} leave
 * @property {(x: number, y: number, touch: boolean) => void} tap
 * @property {(factor: number, x: number, y: number) => void} zoom
 * @property {(dx: number, dy: number) => void} pan
 */

/** A hand that moves less than this, in pixels, meant to stay. */
const STILL = 5;

/** Factor for one turn of the wheel. @param {{deltaY: number, deltaMode: number}} event */
export function wheelFactor({deltaY, deltaMode}) {
  const pixels = deltaY * (deltaMode === 1 ? 16 : deltaMode === 2 ? 400 : 1);
  return Math.exp(-Math.max(-120, Math.min(120, pixels)) / 160);
}

/** Middle of two points and their distance. @param {{x: number, y: number}[]} hands */
export function pinch([a, b]) {
  return {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) || 1};
}

/** @param {HTMLElement} plot @param {Hands} hands @param {AbortSignal} signal */
export function listen(plot, hands, signal) {
  /** @type {Map<number, {x: number, y: number}>} */
  const down = new Map();
  let moved = false;
  const at = (/** @type {MouseEvent} */ event) => {
    const box = plot.getBoundingClientRect();
    return {x: event.clientX - box.left, y: event.clientY - box.top};
  };

  function start(/** @type {PointerEvent} */ event) {
    if (event.button > 0) return;
    moved = down.size > 0;
    down.set(event.pointerId, at(event));
    if (event.pointerType !== "touch") plot.setPointerCapture(event.pointerId);
  }

  function move(/** @type {PointerEvent} */ event) {
    const here = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") hands.hover(here.x, here.y, false);
      return;
    }
    const [dx, dy] = [here.x - before.x, here.y - before.y];
    if (!moved && Math.hypot(dx, dy) < STILL) return;
    moved = true;
    const old = down.size === 2 ? pinch([...down.values()]) : null;
    down.set(event.pointerId, here);
    if (old) {
      const now = pinch([...down.values()]);
      hands.pan(now.x - old.x, now.y - old.y);
      hands.zoom(now.apart / old.apart, now.x, now.y);
    } else hands.pan(dx, dy);
  }

  function end(/** @type {PointerEvent} */ event) {
    if (!down.delete(event.pointerId)) return;
    const here = at(event);
    if (!moved && event.type === "pointerup") hands.tap(here.x, here.y, event.pointerType === "touch");
  }

  function wheel(/** @type {WheelEvent} */ event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const here = at(event);
    hands.zoom(wheelFactor(event), here.x, here.y);
  }

  plot.addEventListener("pointerdown", start, {signal});
  plot.addEventListener("pointermove", move, {signal});
  for (const last of ["pointerup", "pointercancel"]) {
    plot.addEventListener(last, (event) => end(/** @type {PointerEvent} */ (event)), {signal});
  }
  plot.addEventListener("pointerleave", () => hands.leave(), {signal});
  plot.addEventListener("wheel", wheel, {signal, passive: false});
}
