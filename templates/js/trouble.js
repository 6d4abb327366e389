/**
 * Mishaps in words for readers. What a browser or a library says of them is kept apart: it helps who
 * can mend it and tells a reader nothing.
 */

/** Its message is a sentence for readers; `cause` is what the browser said. */
export class Trouble extends Error {
  /** @param {string} said @param {unknown} [cause]  an error or its text */
  constructor(said, cause) {
    super(said, {cause});
    this.name = "Trouble";
  }
}

/** @param {unknown} error */
const text = (error) => (error instanceof Error ? error.message : String(error ?? ""));

/**
 * A sentence for readers, and a detail for the others. An error that wraps a mishap is that mishap.
 * @param {unknown} error @returns {{said: string, detail: string}}
 */
export function told(error) {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof Trouble) return {said: one.message, detail: text(one.cause)};
  }
  return {said: "Something in its program went wrong.", detail: text(error)};
}

/**
 * What `read` makes of a file; whatever it throws means that the file is not what it should be.
 * @template T
 * @param {string} url @param {() => T | Promise<T>} read @returns {Promise<T>}
 */
export async function undamaged(url, read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble("A file of this figure arrived damaged.", `${url.split("/").at(-1)}: ${text(error)}`);
  }
}
