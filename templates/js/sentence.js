/** The sentence that a word stands in, as a reader sees it. */

/** Texts of a block in order, as they read on the screen. @param {Node} node @returns {Generator<[string, Node]>} */
function* texts(node) {
  if (node instanceof HTMLSelectElement) yield [node.selectedOptions[0]?.textContent ?? "", node];
  else if (node.nodeType === Node.TEXT_NODE) yield [node.textContent ?? "", node];
  else if (node instanceof Element && node.matches(".live > .told")) return;
  else for (const child of node.childNodes) yield* texts(child);
}

/**
 * The one sentence of `text` that reaches over place `at`.
 * @param {string} text @param {number} at @param {string} language
 */
export function around(text, at, language) {
  const segments = new Intl.Segmenter(language, {granularity: "sentence"});
  // A line's end in the source would end a sentence.
  const found = segments.segment(text.replace(/\s/g, " ")).containing(Math.min(at, Math.max(0, text.length - 1)));
  return (found?.segment ?? text).replace(/\s+/g, " ").trim();
}

/** @param {HTMLElement} word @param {string} block  selector of what holds whole sentences */
export function sentence(word, block) {
  let text = "";
  let at = 0;
  for (const [piece, node] of texts(word.closest(block) ?? word)) {
    if (word.contains(node)) at = text.length;
    text += piece;
  }
  return around(text, at, word.closest("[lang]")?.getAttribute("lang") || "en");
}
