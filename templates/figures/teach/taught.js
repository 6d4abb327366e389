/**
 * What a reader taught: classes and their captures, never changed in place, so that every step can be
 * taken back. Pure.
 *
 * @typedef {{sort: "none" | "picture" | "sound" | "word", word?: string, picture?: string}} Output  picture: a data address
 * @typedef {{id: number, name: string, output: Output}} Class
 *
 * @typedef {object} Capture
 * @property {number} id
 * @property {number} of      the class's id
 * @property {number} take    captures of one press of a button have the same
 * @property {Float32Array} features
 * @property {Uint8Array} small  the picture, (channels, height, width) as `small` in the values says
 *
 * @typedef {{classes: Class[], captures: Capture[]}} Taught
 * @typedef {"fifth" | "take" | "none"} Held  which captures are kept back to test
 */

export const LEAST = 2;
export const MOST = 8;
/** Captures of one class, beyond which a recording ends by itself. */
export const FULL = 100;
/** Every so many captures of a class, one is kept back. */
const EVERY = 5;

let last = 0;
/** A number that nothing else in this page has. */
export const fresh = () => ++last;

/** @param {Taught} taught @param {string} [name] @returns {Taught} */
export function added({classes, captures}, name) {
  if (classes.length >= MOST) return {classes, captures};
  const names = new Set(classes.map((one) => one.name));
  let number = classes.length + 1;
  while (names.has(`Class ${number}`)) number++;
  return {classes: [...classes, {id: fresh(), name: name ?? `Class ${number}`, output: {sort: "none"}}], captures};
}

/** @param {Taught} taught @param {number} id @param {Partial<Class>} change @returns {Taught} */
export const changed = ({classes, captures}, id, change) => ({classes: classes.map((one) => (one.id === id ? {...one, ...change} : one)), captures});

/** @param {Taught} taught @param {number} id  of a class @returns {Taught} */
export function removed({classes, captures}, id) {
  if (classes.length <= LEAST) return {classes, captures};
  return {classes: classes.filter((one) => one.id !== id), captures: captures.filter(({of}) => of !== id)};
}

/** Without the captures of one class, or of all. @param {Taught} taught @param {number} [id] @returns {Taught} */
export const emptied = ({classes, captures}, id) => ({classes, captures: id === undefined ? [] : captures.filter(({of}) => of !== id)});

/** @param {Taught} taught @param {Capture} capture @returns {Taught} */
export const recorded = ({classes, captures}, capture) => ({classes, captures: [...captures, capture]});

/** @param {Taught} taught @param {number} id  of a capture @returns {Taught} */
export const dropped = ({classes, captures}, id) => ({classes, captures: captures.filter((one) => one.id !== id)});

/** @param {Taught} taught @param {number} id */
export const count = ({captures}, id) => captures.filter(({of}) => of === id).length;

/**
 * Captures that are kept back: of every class each fifth, or its last take where it has several.
 * @param {Taught} taught @param {Held} how @returns {Set<number>} ids
 */
export function held({classes, captures}, how) {
  /** @type {Set<number>} */
  const found = new Set();
  for (const {id} of classes) {
    const own = captures.filter(({of}) => of === id);
    const takes = [...new Set(own.map(({take}) => take))];
    own.forEach((one, i) => {
      const kept = how === "fifth" ? i % EVERY === EVERY - 1 : how === "take" && takes.length > 1 && one.take === takes.at(-1);
      if (kept) found.add(one.id);
    });
  }
  return found;
}

/**
 * Some captures as rows of numbers.
 * @param {Taught} taught @param {(capture: Capture) => boolean} which
 */
export function table({classes, captures}, which) {
  const own = captures.filter(which);
  const size = own[0]?.features.length ?? 0;
  const rows = new Float32Array(own.length * size);
  own.forEach(({features}, i) => rows.set(features, i * size));
  const place = new Map(classes.map(({id}, i) => [id, i]));
  return {rows, size, labels: own.map(({of}) => /** @type {number} */ (place.get(of))), ids: own.map(({id}) => id)};
}

/** Steps that can be taken back, each with the words for it. */
export class History {
  /** @type {{taught: Taught, words: string}[]} */
  #past = [];

  /** @param {Taught} taught */
  constructor(taught) {
    this.taught = taught;
  }

  /** What undoing would undo; "": there is nothing. */
  get words() {
    return this.#past.at(-1)?.words ?? "";
  }

  /** @param {Taught} taught @param {string} words */
  step(taught, words) {
    this.#past.push({taught: this.taught, words});
    this.taught = taught;
  }

  /** Go on with the last step. @param {Taught} taught */
  amend(taught) {
    this.taught = taught;
  }

  undo() {
    const before = this.#past.pop();
    if (before) this.taught = before.taught;
  }
}
