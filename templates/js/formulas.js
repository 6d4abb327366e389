/**
 * The face of formulas comes when the first of them is near, else when the page has long been quiet: on a
 * slow line it would keep the reader from what is on screen. See css/math.css.
 */

/** Seconds after all else has come. */
const QUIET = 5;

/** @param {Iterable<Element>} found  every formula of the page */
export function formulas(found) {
  const near = new IntersectionObserver((entries) => entries.some(({isIntersecting}) => isIntersecting) && come(), {
    rootMargin: "100% 0px",
  });
  function come() {
    near.disconnect();
    document.documentElement.classList.add("formulas");
  }
  for (const formula of found) near.observe(formula);
  addEventListener("load", () => setTimeout(come, 1000 * QUIET));
  addEventListener("beforeprint", come);
}
