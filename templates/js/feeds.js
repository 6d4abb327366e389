/**
 * What a caller hands to a graph, checked against the graph's inputs before it leaves the page: the
 * engine's own complaints about shapes name neither graph nor figure.
 *
 * @typedef {import("./types.js").Numbers} Numbers
 * @typedef {import("./types.js").Tensor} Tensor
 * @typedef {import("./types.js").Port} Port
 */

/**
 * Fill in at most one free dimension from the number of elements.
 * @param {(number | string)[]} shape
 * @param {number} count
 * @returns {number[] | null} null where it does not fit
 */
export function settle(shape, count) {
  const free = shape.filter((size) => typeof size !== "number" || size < 0).length;
  const known = shape.reduce(
    (/** @type {number} */ n, size) => (typeof size === "number" && size >= 0 ? n * size : n),
    1,
  );
  if (free > 1 || (free ? count % known !== 0 : count !== known)) return null;
  return shape.map((size) => (typeof size === "number" && size >= 0 ? size : count / known));
}

/**
 * Feeds with their shapes and element types.
 * Raises: RangeError that names the graph and the input which is missing or has another size.
 * @param {string} graph
 * @param {Record<string, Port>} inputs
 * @param {Record<string, Numbers | Tensor>} feeds
 * @returns {Record<string, Tensor & {dtype: string}>}
 */
export function checked(graph, inputs, feeds) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, {shape, dtype}]) => {
      const given = feeds[name];
      if (!given) throw new RangeError(`graph ${graph} was run without its input ${name}`);
      const data = ArrayBuffer.isView(given) ? given : given.data;
      const own = ArrayBuffer.isView(given) ? settle(shape, data.length) : given.shape;
      if (!own) {
        const wanted = shape.join(" × ");
        throw new RangeError(`input ${name} of graph ${graph} is ${wanted}, not ${data.length} numbers`);
      }
      return [name, {data, shape: own, dtype}];
    }),
  );
}
