/**
 * A pause in long work: what the page or its reader waits for, such as a touch, comes first.
 * Rejects once nobody wants the work any longer.
 * @param {AbortSignal} signal
 */
export async function breath(signal) {
  const {scheduler} = /** @type {any} */ (globalThis);
  await (scheduler?.yield ? scheduler.yield() : new Promise((then) => setTimeout(then)));
  signal.throwIfAborted();
}
