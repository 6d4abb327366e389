/**
 * Brings a page's figures to life, each when it nears the screen, and keeps the trouble of one from
 * the others. The page's only entry script; kinds are found by name in ../figures/.
 */
import {Foot, watchArrival} from "./foot.js";
import {Life, shown} from "./life.js";
import {openPage} from "./page.js";

/** A figure is fetched two screens ahead: ready before it is read. */
const AHEAD = "200% 0px";

/** @type {Map<Element, Life>} */
const lives = new Map();

/**
 * Whose error is it? The figure whose module is in the stack; of several, the one last touched.
 * @param {unknown} error
 * @param {Element | null} touched
 */
function culprit(error, touched) {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const suspects = [...lives.values()].filter(
    ({module, figure}) =>
      // The kind's own module, or one in the folder of its name.
      (stack.includes(module) || stack.includes(module.replace(/\.js$/, "/"))) &&
      figure.dataset.state !== "still",
  );
  return suspects.find(({figure}) => figure === touched) ?? (suspects.length === 1 ? suspects[0] : null);
}

function watchErrors() {
  /** @type {Element | null} */
  let touched = null;
  const touch = (/** @type {Event} */ {target}) => {
    touched = target instanceof Element ? target.closest("figure[data-kind]") : null;
  };
  for (const event of ["pointerdown", "pointermove", "keydown", "input"]) {
    addEventListener(event, touch, {capture: true, passive: true});
  }
  addEventListener("error", ({error}) => culprit(error, touched)?.fail(error));
  addEventListener("unhandledrejection", (event) => {
    const {reason} = event;
    const known = reason instanceof Error && (shown.has(reason) || reason.name === "AbortError");
    if (known) event.preventDefault();
    else culprit(reason, touched)?.fail(reason);
  });
}

/** Begin each figure once when it comes near; tell it when it is on screen and when not. */
function watchScreen() {
  const near = new IntersectionObserver(
    (entries) => {
      for (const {isIntersecting, target} of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        lives.get(target)?.begin();
      }
    },
    {rootMargin: AHEAD},
  );
  const seen = new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) lives.get(target)?.show(isIntersecting);
  });
  return (/** @type {Element} */ figure) => {
    near.observe(figure);
    seen.observe(figure);
  };
}

/** A figure that is taken out of the page stops. */
function watchRemoval() {
  new MutationObserver(() => {
    for (const [figure, life] of lives) {
      if (figure.isConnected) continue;
      lives.delete(figure);
      life.end();
    }
  }).observe(document.body, {childList: true, subtree: true});
}

function main() {
  watchArrival();
  const shared = openPage();
  const watch = watchScreen();
  watchErrors();
  watchRemoval();
  const adopt = () => {
    // Most pages have no sentence that moves.
    if (document.querySelector(".variable, .shown, .set, .steps")) {
      void import("./sentences.js").then(({open}) => open(shared));
    }
    for (const figure of document.querySelectorAll("figure[data-kind]")) {
      if (lives.has(figure)) continue;
      const life = new Life(/** @type {HTMLElement} */ (figure), shared);
      lives.set(figure, life);
      new Foot(life, shared);
      watch(figure);
    }
  };
  adopt();
  // Whoever puts a figure into the page says so; a published page gains none.
  document.addEventListener("figures:added", adopt);
}

// A worker that imports a module of the page's one file has no page.
if (typeof document === "object") main();
