/**
 * What the network is looking at and what it answers: precomputed at first, then from the graph.
 *
 * @typedef {import("../../js/types.js").Tensor} Tensor
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("../../js/types.js").Graph} Graph
 * @typedef {import("./windows.js").Layer} Layer
 *
 * @typedef {object} Stored
 * @property {Tensors} arrays                          `tap/LAYER` of the start, `filter/ROLE` of its unit
 * @property {(group: string) => Promise<Tensors>} more  `pick-INDEX`: taps of another example
 */

const TAP = "tap/";

/** Taps of a file, by layer. @param {Tensors} tensors @returns {Tensors} */
export function taps(tensors) {
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(TAP))
      .map(([name, tensor]) => [name.slice(TAP.length), tensor]),
  );
}

/** The graph answers a batch of one. @param {Tensors} answer @returns {Tensors} */
export function unbatched(answer) {
  return Object.fromEntries(
    Object.entries(answer).map(([name, {data, shape}]) => [name, {data, shape: shape.slice(1)}]),
  );
}

export class Session {
  /** Layer -> activation of what is shown; null: nothing is. @type {Tensors | null} */
  activations = null;
  /** @type {Tensors | null} */
  #weights = null;
  #turn = 0;
  #warm = false;
  #asked = false;

  /**
   * @param {Graph} graph @param {Stored} stored
   * @param {{shape: number[], picks: number[], start: number, filter: [string, number],
   *   identities: [string, string][]}} values
   *   filter: the layer and channel whose weights came along; identities: layers that pass on
   *   what another one answers, in order
   * @param {{change: (event: Event | null) => void, weights: () => void}} tell
   */
  constructor(graph, stored, values, tell) {
    this.graph = graph;
    this.stored = stored;
    this.values = values;
    this.onchange = tell.change;
    this.onweights = tell.weights;
  }

  /** At the first sign of interest: fetch engine, graph and weights ahead of need. */
  warm() {
    if (this.#warm) return;
    this.#warm = true;
    // Trouble is told by the graph itself, in the figure.
    this.graph.warm().catch(() => {});
    this.fetch();
  }

  /** The weights alone: a unit of an example can be taken apart without the engine. */
  fetch() {
    if (this.#asked) return;
    this.#asked = true;
    this.graph.weights().then(
      (weights) => {
        this.#weights = weights;
        this.onweights();
      },
      () => {},
    );
  }

  /** @param {Tensors} answers @param {Float32Array} input @param {Event | null} event */
  #adopt(answers, input, event) {
    this.activations = {...answers, input: {data: input, shape: this.values.shape}};
    for (const [name, source] of this.values.identities) this.activations[name] = this.activations[source];
    this.onchange(event);
  }

  blank() {
    this.#turn += 1;
    this.activations = null;
    this.onchange(null);
  }

  /**
   * Show the network this input. Later calls overtake earlier ones.
   * @param {Float32Array} input @param {Event | null} event
   */
  async look(input, event) {
    const turn = ++this.#turn;
    this.warm();
    const answer = await this.graph.run({input}, {latest: true});
    if (answer && turn === this.#turn) this.#adopt(unbatched(answer), input, event);
  }

  /** Show an example; those that came along answer without the engine. @param {number} index @param {Float32Array} input */
  async example(index, input) {
    const turn = ++this.#turn;
    if (index === this.values.start) return this.#adopt(taps(this.stored.arrays), input, null);
    if (!this.values.picks.includes(index)) return this.look(input, null);
    const answer = taps(await this.stored.more(`pick-${index}`));
    if (turn === this.#turn) this.#adopt(answer, input, null);
  }

  /**
   * What a channel has of a layer's tensor; null while the weights are on their way.
   * @param {Layer} layer @param {string} role @param {number} channel
   * @returns {ArrayLike<number> | null}
   */
  weight(layer, role, channel) {
    const [own, at] = this.values.filter;
    const early = this.stored.arrays[`filter/${role}`];
    const all = this.#weights?.[layer.tensors[role]];
    if (!all) return early && layer.name === own && channel === at ? plain(early.data) : null;
    const share = all.data.length / all.shape[0];
    return plain(all.data.subarray(channel * share, (channel + 1) * share));
  }

  /** May the arithmetic of this unit be shown? @param {Layer} layer @param {number} channel */
  knows(layer, channel) {
    return Object.keys(layer.tensors).every((role) => this.weight(layer, role, channel));
  }
}

/** Weights are floats. @param {import("../../js/types.js").Numbers} data */
const plain = (data) => /** @type {ArrayLike<number>} */ (/** @type {unknown} */ (data));
