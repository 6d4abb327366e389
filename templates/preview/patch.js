/**
 * Brings a live page from one version of its HTML to the next, touching only what the author changed.
 *
 * `before` is the page as the server sent it, kept beside the live one and linked to it node by node.
 * What scripts have added or changed in the live page is not in `before`, and so is left alone.
 */

/** @typedef {WeakMap<Node, Node>} Links  a node of `before` and its live twin */

/**
 * Link two trees that are the same, node by node.
 * @param {Node} before @param {Node} live @param {Links} links
 */
export function link(before, live, links) {
  links.set(before, live);
  const twins = [...live.childNodes];
  before.childNodes.forEach((child, i) => {
    if (twins[i]) link(child, twins[i], links);
  });
}

/** What makes two elements the same one in two versions. @param {Node} node */
function name(node) {
  const element = /** @type {Element} */ (node);
  return node.nodeType === 1 ? `${element.nodeName}#${element.id}` : String(node.nodeType);
}

/** May `after` take the place of `before` without the element being made anew? */
function sameElement(/** @type {Node} */ before, /** @type {Node} */ after) {
  if (name(before) !== name(after)) return false;
  if (!(before instanceof Element) || !(after instanceof Element)) return true;
  // A figure with another payload lives another life.
  return before.getAttribute("data-payload") === after.getAttribute("data-payload");
}

/**
 * Pairs of equal or matching children in both lists, in order, as many as possible.
 * @param {Node[]} before @param {Node[]} after
 * @returns {[number, number][]}
 */
export function matches(before, after) {
  const length = before.map(() => new Uint32Array(after.length + 1));
  length.push(new Uint32Array(after.length + 1));
  /** Equal nodes count far more than nodes that only share a name. */
  const worth = (/** @type {Node} */ b, /** @type {Node} */ a) =>
    b.isEqualNode(a) ? 1000 : sameElement(b, a) ? 1 : 0;
  const worths = before.map((b) => after.map((a) => worth(b, a)));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const here = worths[i][j] ? worths[i][j] + length[i + 1][j + 1] : 0;
      length[i][j] = Math.max(here, length[i + 1][j], length[i][j + 1]);
    }
  }
  /** @type {[number, number][]} */
  const found = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (worths[i][j] && length[i][j] === worths[i][j] + length[i + 1][j + 1]) found.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i++;
    else j++;
  }
  return found;
}

/** How many children at the start of both lists are equal. */
function common(/** @type {Node[]} */ before, /** @type {Node[]} */ after) {
  let count = 0;
  while (count < before.length && count < after.length && before[count].isEqualNode(after[count])) {
    count++;
  }
  return count;
}

/** @param {Element} before @param {Element} after @param {Element} live */
function patchAttributes(before, after, live) {
  for (const attribute of [...before.attributes, ...after.attributes]) {
    const value = after.getAttribute(attribute.name);
    if (before.getAttribute(attribute.name) === value) continue;
    for (const element of [before, live]) {
      if (value === null) element.removeAttribute(attribute.name);
      else element.setAttribute(attribute.name, value);
    }
  }
}

/** Put a copy of `node` before the twin of `next` in both trees. */
function insert(
  /** @type {Node} */ node,
  /** @type {Node} */ parent,
  /** @type {Node | null} */ next,
  /** @type {Links} */ links,
) {
  const live = /** @type {Element} */ (links.get(parent));
  const copy = document.importNode(node, true);
  const kept = node.cloneNode(true);
  live.insertBefore(copy, (next && links.get(next)) ?? null);
  parent.insertBefore(kept, next);
  link(kept, copy, links);
  return kept;
}

/**
 * Change `before` and its live twin until both are as `after`.
 * Throws where a script has taken away or moved what is to be changed.
 * @param {Node} before @param {Node} after @param {Links} links
 */
export function patch(before, after, links) {
  const live = links.get(before);
  // Without scripts a parser sees elements in a noscript, with scripts it sees text.
  if (before.isEqualNode(after) || before.nodeName === "NOSCRIPT") return;
  if (!live?.isConnected) throw new Error("the page is no longer what the server sent");
  if (!(before instanceof Element && after instanceof Element && live instanceof Element)) {
    before.nodeValue = live.nodeValue = after.nodeValue;
    return;
  }
  patchAttributes(before, after, live);
  patchChildren(before, after, links);
}

/** @param {Element} before @param {Element} after @param {Links} links */
function patchChildren(before, after, links) {
  const old = [...before.childNodes];
  const fresh = [...after.childNodes];
  const head = common(old, fresh);
  const tail = common(old.slice(head).reverse(), fresh.slice(head).reverse());
  const was = old.slice(head, old.length - tail);
  const is = fresh.slice(head, fresh.length - tail);
  const pairs = matches(was, is);
  const kept = new Map(pairs.map(([i, j]) => [is[j], was[i]]));
  const staying = new Set(kept.values());
  for (const node of was) {
    if (staying.has(node)) continue;
    links.get(node)?.parentNode?.removeChild(/** @type {Node} */ (links.get(node)));
    before.removeChild(node);
  }
  // From the end, so that the place before which to insert is always known.
  /** @type {ChildNode | null} */
  let next = old[old.length - tail] ?? null;
  for (const node of is.reverse()) {
    const same = kept.get(node);
    if (same) patch(same, node, links);
    next = /** @type {ChildNode} */ (same ?? insert(node, before, next, links));
  }
}
