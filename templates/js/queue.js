/**
 * One call at a time, in order. The engine has one thread: a second call would only wait inside it,
 * where it can no longer be given up for a newer one.
 *
 * @template T
 * @typedef {object} Call
 * @property {unknown} key        calls of one key may replace one another
 * @property {boolean} latest
 * @property {AbortSignal} [signal]
 * @property {() => Promise<T>} work
 * @property {(value: T | null) => void} resolve
 * @property {(reason: unknown) => void} reject
 */

/** @template T */
export class Queue {
  /** @type {Call<T>[]} */
  #waiting = [];
  #busy = false;

  /**
   * Run `work` when its turn comes. With `latest`, an older waiting call of the same key that was
   * also marked so resolves to null instead of running. An aborted call rejects with the reason.
   * @param {() => Promise<T>} work
   * @param {{key: unknown, latest?: boolean, signal?: AbortSignal}} options
   * @returns {Promise<T | null>}
   */
  run(work, {key, latest = false, signal}) {
    return new Promise((resolve, reject) => {
      if (latest) {
        const old = this.#waiting.findIndex((call) => call.latest && call.key === key);
        if (old >= 0) this.#waiting.splice(old, 1)[0].resolve(null);
      }
      this.#waiting.push({key, latest, signal, work, resolve, reject});
      this.#next();
    });
  }

  async #next() {
    if (this.#busy) return;
    const call = this.#waiting.shift();
    if (!call) return;
    this.#busy = true;
    try {
      call.signal?.throwIfAborted();
      call.resolve(await call.work());
    } catch (error) {
      call.reject(error);
    } finally {
      this.#busy = false;
      this.#next();
    }
  }
}
