/** Losses over epochs, thinned out as they grow many: every epoch at first, then every second, … */

const MOST = 400;

export class Curve {
  #stride = 1;
  /** Epoch, loss in training, loss in testing. @type {[number, number, number][]} */
  points = [];

  /** @param {number} epoch @param {() => [number, number]} losses  asked for only where they are kept */
  add(epoch, losses) {
    if (epoch % this.#stride || this.points.at(-1)?.[0] === epoch) return;
    const [train, test] = losses();
    if (!Number.isFinite(train)) return;
    this.points.push([epoch, train, test]);
    if (this.points.length < MOST) return;
    this.#stride *= 2;
    this.points = this.points.filter(([at]) => at % this.#stride === 0);
  }
}
