/** What changes is said once it rests, not on every frame. */

/** Long enough that a stroke is said once. */
const REST = 700;

/**
 * @param {(text: string) => void} say
 * @param {AbortSignal} signal
 * @returns {(words: () => string) => void}
 */
export function resting(say, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer), {once: true});
  return (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => say(words()), REST);
  };
}
