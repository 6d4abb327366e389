/** Elements by one call, for kinds whose figures are more than one drawing. */

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

/** An element of a drawing. @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
export function svg(name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}
