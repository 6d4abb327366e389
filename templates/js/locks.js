/**
 * Parts of a figure that a teacher's link takes away: `<figure>.hide` and `<figure>.lock` in the
 * address name controls, separated by spaces. A kind gives a control its name with `data-control`.
 * A hidden control is gone; a locked one is seen and cannot be changed. Names that the figure does not
 * have mean nothing.
 */
const OPERABLE = "input, select, textarea, button, fieldset";

/** @param {import("./types.js").Value} value */
const names = (value) => (typeof value === "string" ? value.split(" ").filter(Boolean) : []);

/** The controls of a figure by name, in reading order. @param {HTMLElement} figure */
export function controls(figure) {
  const found = [...figure.querySelectorAll(".life [data-control]")];
  return [...new Set(found.map((element) => /** @type {HTMLElement} */ (element).dataset.control ?? ""))];
}

/**
 * Everything in a control that can be worked, and the attribute that stops it: pads and plots are no
 * form controls and have no other way to be out of reach than `inert`.
 * @param {HTMLElement} control
 */
function operable(control) {
  return [control, ...control.querySelectorAll(`${OPERABLE}, [role="application"]`)]
    .filter((part) => part.matches(`${OPERABLE}, [role="application"]`))
    .map((part) => ({part, mark: part.matches(OPERABLE) ? "disabled" : "inert"}));
}

/** Whether a control of this name can be worked at all. @param {HTMLElement} figure @param {string} name */
export function lockable(figure, name) {
  const found = /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll(`.life [data-control="${name}"]`));
  return [...found].some((control) => operable(control).length > 0);
}

/** @param {HTMLElement} control @param {boolean} hide @param {boolean} lock */
function apply(control, hide, lock) {
  const was = control.hasAttribute("data-locked");
  control.toggleAttribute("data-taken", hide);
  control.toggleAttribute("data-locked", lock);
  if (lock || was) for (const {part, mark} of operable(control)) part.toggleAttribute(mark, lock);
}

/**
 * Hold a figure to its locks, however often its kind draws its controls anew.
 * @param {HTMLElement} figure @param {import("./state.js").Store} store
 */
export function lock(figure, store) {
  const read = (/** @type {string} */ name) => names(store.get(`${figure.id}.${name}`));
  const observer = new MutationObserver(hold);

  function hold() {
    const [hide, locked] = [read("hide"), read("lock")];
    for (const control of figure.querySelectorAll(".life [data-control]")) {
      const element = /** @type {HTMLElement} */ (control);
      const name = element.dataset.control ?? "";
      apply(element, hide.includes(name), locked.includes(name));
    }
  }

  function begin() {
    observer.disconnect();
    hold();
    // Its picture shows what is hidden.
    figure.toggleAttribute("data-withheld", read("hide").length > 0);
    // A figure without locks, which is nearly every one, pays nothing.
    if (read("hide").length + read("lock").length) observer.observe(figure, {childList: true, subtree: true});
  }

  for (const name of ["hide", "lock"]) store.watch(`${figure.id}.${name}`, begin);
  begin();
}
