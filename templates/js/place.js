/**
 * Getting to the place that an address names. Figures above it change their height while they come to
 * life, so the place is held for a while, until the reader does something.
 */

/** How long figures may take to settle, in milliseconds. */
const SETTLING = 6000;

/**
 * @param {HTMLElement} target
 * @param {boolean} after  once the scrolling that has begun is over; its goal was where the place was then
 */
function hold(target, after) {
  const control = new AbortController();
  const until = {signal: control.signal, passive: true, capture: true};
  const layout = new ResizeObserver(() => target.scrollIntoView({behavior: "instant"}));
  const begin = () => layout.observe(document.body);
  if (after) addEventListener("scrollend", begin, {...until, once: true});
  else begin();
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"]) {
    addEventListener(act, () => control.abort(), until);
  }
  const patience = setTimeout(() => control.abort(), SETTLING);
  control.signal.addEventListener("abort", () => {
    layout.disconnect();
    clearTimeout(patience);
  });
}

/**
 * Scroll to an element and give it the focus. A browser cannot find it, once "~" follows its name.
 * @param {string} anchor
 * @param {boolean} [smooth]
 */
export function follow(anchor, smooth = false) {
  const target = anchor ? document.getElementById(anchor) : null;
  if (!target) return;
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus({preventScroll: true});
  target.scrollIntoView({behavior: smooth ? "smooth" : "instant"});
  hold(target, smooth);
}
