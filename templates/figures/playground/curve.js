/** Losses over epochs and the weights of then, thinned out as they grow many: every epoch at first, then every second, … */

const MOST = 400;

export class Curve {
  #stride = 1;
  /** Epoch, loss in training, loss in testing. @type {[number, number, number][]} */
  points = [];

  /** By epoch. @type {Map<number, Float32Array>} */
  #weights = new Map();

  /**
   * @param {number} epoch @param {() => [number, number]} losses  asked for only where they are kept
   * @param {Float32Array} weights  copied
   */
  add(epoch, losses, weights) {
    if (epoch % this.#stride || this.points.at(-1)?.[0] === epoch) return;
    const [train, test] = losses();
    if (!Number.isFinite(train)) return;
    this.points.push([epoch, train, test]);
    this.#weights.set(epoch, weights.slice());
    if (this.points.length < MOST) return;
    this.#stride *= 2;
    this.points = this.points.filter(([at]) => at % this.#stride === 0);
    for (const at of this.#weights.keys()) if (at % this.#stride) this.#weights.delete(at);
  }

  /** The last epoch kept up to one, with its losses and weights; null: none is. @param {number} epoch */
  recall(epoch) {
    const point = this.points.findLast(([at]) => at <= epoch);
    return point ? {epoch: point[0], losses: point.slice(1), weights: /** @type {Float32Array} */ (this.#weights.get(point[0])).slice()} : null;
  }
}
