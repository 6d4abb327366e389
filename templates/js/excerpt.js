/**
 * A copy of what a link leads to, small enough for a card: a note, a figure's picture and caption, an
 * equation, the head of a table, a heading with its first paragraph, an entry of a list.
 */

/** What a copy must not have: anchors of its own, ways back, what belongs to the living figure. */
const LEFT_OUT = ".anchor, .back, .foot, .life, .notice, .places, script";
const MOST_ROWS = 6;

/** @param {Element} target @returns {Element[]} what of it the card shows, in order */
export function pick(target) {
  const whole = target.closest(".equation, .table, figure") ?? target;
  if (whole.matches("figure")) {
    const pictures = whole.querySelectorAll(":scope > :is(.still, img, .side-by-side, .highlight)");
    const caption = whole.querySelector(":scope > figcaption");
    return caption ? [...pictures, caption] : [...pictures];
  }
  if (/^H[2-6]$/.test(whole.tagName)) {
    const next = whole.nextElementSibling;
    return next?.matches("p") ? [whole, next] : [whole];
  }
  return [whole];
}

/** A term and its meaning are such only inside a list of them. @param {Element} term */
function listed(term) {
  const list = document.createElement("dl");
  list.append(term);
  return list;
}

/** @param {Element} target @returns {DocumentFragment} */
export function excerpt(target) {
  const made = document.createDocumentFragment();
  for (const element of pick(target)) {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    for (const part of copy.querySelectorAll(LEFT_OUT)) part.remove();
    for (const row of [...copy.querySelectorAll("tbody tr")].slice(MOST_ROWS)) row.remove();
    for (const part of [copy, ...copy.querySelectorAll("[id], [tabindex]")]) {
      part.removeAttribute("id");
      part.removeAttribute("tabindex");
    }
    // A note or an entry of a list is its words; the paragraph around them has a place of its own.
    if (copy.matches("li, [role=note] *")) made.append(...copy.childNodes);
    else if (target.matches("dl > div")) made.append(listed(copy));
    else made.append(copy);
  }
  return made;
}
