/** What is wider than its place scrolls sideways; it can be reached by keys then, and only then. */

/** @param {Iterable<Element>} elements */
export function scrollers(elements) {
  const watch = new ResizeObserver((entries) => {
    for (const {target} of entries) {
      const element = /** @type {HTMLElement} */ (target);
      if (element.scrollWidth > element.clientWidth + 1) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    }
  });
  for (const element of elements) watch.observe(element);
}
