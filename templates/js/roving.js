/**
 * One tab stop for many items: arrow keys move in the grid, Home and End along the row, and the item
 * with the focus is the one that Tab returns to.
 */

/**
 * Where a key leads, or null where it leads nowhere. Rows may end early.
 * @param {string} key
 * @param {number} index
 * @param {number} count
 * @param {number} columns
 */
export function step(key, index, count, columns) {
  const row = index - (index % columns);
  const moves = new Map([
    ["ArrowLeft", index - 1],
    ["ArrowRight", index + 1],
    ["ArrowUp", index - columns],
    ["ArrowDown", index + columns],
    ["Home", row],
    ["End", Math.min(count, row + columns) - 1],
  ]);
  const next = moves.get(key);
  return next === undefined || next < 0 || next >= count || next === index ? null : next;
}

/**
 * Give a grid of items a single, roving tab stop.
 * @param {HTMLElement} grid
 * @param {{items: () => HTMLElement[], columns: () => number, signal: AbortSignal,
 *   onmove?: (index: number) => void}} options
 * @returns {(index: number) => void} makes an item the tab stop without focusing it
 */
export function rove(grid, {items, columns, signal, onmove}) {
  function stop(/** @type {number} */ index) {
    items().forEach((item, i) => {
      item.tabIndex = i === index ? 0 : -1;
    });
  }

  grid.addEventListener(
    "keydown",
    (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const all = items();
      const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
      const next = at < 0 ? null : step(event.key, at, all.length, Math.max(1, columns()));
      if (next === null) return;
      event.preventDefault();
      stop(next);
      all[next].focus();
      onmove?.(next);
    },
    {signal},
  );
  grid.addEventListener(
    "focusin",
    ({target}) => {
      const at = items().indexOf(/** @type {HTMLElement} */ (target));
      if (at >= 0) stop(at);
    },
    {signal},
  );
  stop(0);
  return stop;
}
