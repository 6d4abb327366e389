/** Where a card stands: under what it belongs to, above it if there is more room, inside the window. */

const GAP = 8;

/**
 * @param {{left: number, top: number, bottom: number}} link
 * @param {{width: number, height: number}} card
 * @param {{width: number, height: number}} window
 * @returns {{left: number, top: number}}
 */
export function placeCard(link, card, window) {
  const below = window.height - link.bottom - GAP;
  const above = link.top - GAP;
  const under = card.height <= below || below >= above;
  const top = under ? link.bottom + GAP : link.top - GAP - card.height;
  const left = Math.min(link.left, window.width - card.width - GAP);
  return {left: Math.max(left, GAP), top: Math.max(Math.min(top, window.height - card.height - GAP), GAP)};
}
