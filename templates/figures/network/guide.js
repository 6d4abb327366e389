/** What a reader can do in this figure, in words: with a pointer, and with keys. */

/** @typedef {[keys: string, deed: string]} Row */

/** @param {boolean} draws  the network can be drawn on @returns {Row[]} */
export function keys(draws) {
  return [
    ["Tab", "from one control to the next; all tiles are one stop"],
    .../** @type {Row[]} */ (draws
      ? [
          ["Space", "on the pad: put the pen down, or lift it"],
          ["Arrow keys", "on the pad: move the pen, with Shift in larger steps"],
          ["Backspace, Delete", "on the pad: take a stroke back, clear all"],
        ]
      : []),
    ["Arrow keys", "on a tile: to the tile beside it, and on into the next layer"],
    ["[ and ]", "on a tile: to the layer before, or behind"],
    ["Enter", "on a tile: inside, from unit to unit; Escape leads out again"],
    ["?", "open this help"],
  ];
}

/** @param {boolean} draws @param {boolean} picks @returns {string[]} */
export function deeds(draws, picks) {
  return [
    ...(draws ? ["Draw on the pad with a mouse, a finger or a pen: every tile answers while you draw."] : []),
    ...(picks ? ["Take an example of the test set, or let luck choose one."] : []),
    "Point at a tile, or tap it: the card shows how that unit came to its value, and lines lead to what it reads.",
    "Choose which layers are drawn, and see them in two dimensions or in three.",
  ];
}
