/**
 * What the counts of a layer say at a share: overlaps, detectors, and how many concepts are found.
 *
 * @typedef {import("../../../js/types.js").Tensors} Tensors
 * @typedef {{category: string, name: string}} Concept
 * @typedef {{unit: number, best: number, overlap: number}} Label  best: which concept
 * @typedef {{labels: Label[], detectors: number, found: Set<number>}} Tally
 */

/** IoU of a mask of `area` pixels with a concept of `total`. @param {number} hits @param {number} area @param {number} total */
export function overlap(hits, area, total) {
  const union = area + total - hits;
  return union > 0 ? hits / union : 0;
}

/** IoU of one unit with every concept. @param {Tensors} numbers @param {number[]} total @param {number} unit @param {number} share  its place */
export function overlaps({hits, area}, total, unit, share) {
  const at = unit * area.shape[1] + share;
  return total.map((one, concept) =>
    overlap(Number(hits.data[at * total.length + concept]), Number(area.data[at]), one),
  );
}

/**
 * Every unit with the concept that it overlaps most, the detectors among them, and what they find.
 * @param {Tensors} numbers @param {number[]} total @param {number} share @param {number} least
 * @returns {Tally}
 */
export function tally(numbers, total, share, least) {
  const labels = Array.from({length: numbers.area.shape[0]}, (_, unit) => {
    const all = overlaps(numbers, total, unit, share);
    const overlap = Math.max(...all);
    return {unit, best: all.indexOf(overlap), overlap};
  });
  const detectors = labels.filter(({overlap}) => overlap >= least);
  return {labels, detectors: detectors.length, found: new Set(detectors.map(({best}) => best))};
}

/**
 * Units in the order that was chosen; only those whose label is of the category or concept.
 * @param {Tally} tally @param {Concept[]} concepts @param {string} sort @param {string} find
 */
export function listed({labels}, concepts, sort, find) {
  const [category, name] = find.split("/");
  const shown = labels.filter(({best}) => {
    const concept = concepts[best];
    return !find || (concept.category === category && (name === undefined || concept.name === name));
  });
  /** @type {Record<string, (a: Label, b: Label) => number>} */
  const orders = {
    overlap: (a, b) => b.overlap - a.overlap || a.unit - b.unit,
    concept: (a, b) => a.best - b.best || b.overlap - a.overlap || a.unit - b.unit,
    channel: (a, b) => a.unit - b.unit,
  };
  return shown.sort(orders[sort] ?? orders.overlap);
}

/** How many different concepts of each category are found. @param {Tally} tally @param {Concept[]} concepts */
export function byCategory({found}, concepts) {
  const counts = new Map(concepts.map(({category}) => [category, 0]));
  for (const one of found) {
    const {category} = concepts[one];
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}
