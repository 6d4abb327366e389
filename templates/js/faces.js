/**
 * Two faces come when what is set in them is near, else when the page has long been quiet: on a slow line
 * they would keep the reader from what is on screen. css/fonts.css and css/math.css name what stands in
 * for them until the page has the class.
 */

/** Seconds after all else has come. */
const QUIET = 5;

/** @param {string} selector  what is set in the face @param {string} name  the page's class once it may come */
function late(selector, name) {
  const near = new IntersectionObserver((entries) => entries.some(({isIntersecting}) => isIntersecting) && come(), {
    rootMargin: "50% 0px",
  });
  function come() {
    near.disconnect();
    document.documentElement.classList.add(name);
  }
  for (const element of document.querySelectorAll(selector)) near.observe(element);
  addEventListener("load", () => setTimeout(come, 1000 * QUIET));
  addEventListener("beforeprint", come);
}

export function faces() {
  late("[data-late] math", "formulas");
  late("[data-late] .prose > :is(p, ul, ol, blockquote, .note) :is(em, .term.first), [data-late] .prose > blockquote", "italics");
}
