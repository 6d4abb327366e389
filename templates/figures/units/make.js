/** Elements of the figure. */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} name @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

/** @param {string} name @param {string} words  read instead of the content @param {...(Node | string)} children */
export function button(name, words, ...children) {
  const element = make("button", name, ...children);
  element.type = "button";
  if (words) element.setAttribute("aria-label", words);
  return element;
}

/** A canvas that says nothing of its own: the words stand beside it. */
export function picture() {
  const canvas = make("canvas", "pixels");
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** Words for those who listen. @param {string} words */
export function unseen(words) {
  return make("span", "unseen", words);
}
