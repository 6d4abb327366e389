/**
 * The author's side of `explorable serve`: listens to the server and patches the page in place.
 * Its script stands first among the page's modules, so that the page is still as the server sent it
 * when this one takes its copy.
 */
import {link, patch} from "./patch.js";
import {showTrouble, showWork} from "./overlay.js";

/** @type {import("./patch.js").Links} */
const links = new WeakMap();
const before = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));
link(before, document.documentElement, links);

/** Where this page lies in the site. */
const path = decodeURIComponent(location.pathname).slice(1).replace(/(^|\/)$/, "$1index.html");

/** Scripts cannot be changed in a page that runs them. @param {ParentNode} page */
function scripts(page) {
  const found = page.querySelectorAll("script, link[rel=modulepreload]");
  return [...found].map((one) => one.outerHTML).join("\n");
}

/** @param {ParentNode} page @param {string} part */
const find = (page, part) => /** @type {Element} */ (page.querySelector(part));

/** The first block that the reader sees, and where; it is to stay there. */
function anchor() {
  const blocks = document.querySelectorAll("main :is(p, h2, h3, figure, li, pre, table, section)");
  for (const block of blocks) {
    const {top, bottom} = block.getBoundingClientRect();
    if (bottom > 0) return {block, top};
  }
  return null;
}

/** @param {ReturnType<typeof anchor>} was */
function hold(was) {
  if (!was?.block.isConnected || scrollY === 0) return;
  const moved = was.block.getBoundingClientRect().top - was.top;
  if (Math.abs(moved) >= 1) scrollBy({top: moved, behavior: "instant"});
}

/** @param {string} html */
function show(html) {
  const after = new DOMParser().parseFromString(html, "text/html");
  if (scripts(after) !== scripts(before)) {
    location.reload();
    return;
  }
  // The element around both carries what the reader chose, such as the colours.
  const parts = ["head", "body"].map((part) => [find(before, part), find(after, part)]);
  if (parts.every(([was, is]) => was.isEqualNode(is))) return;
  const place = anchor();
  try {
    for (const [was, is] of parts) patch(was, is, links);
  } catch {
    location.reload();
    return;
  }
  document.dispatchEvent(new CustomEvent("figures:added"));
  hold(place);
  dispatchEvent(new CustomEvent("preview:patched"));
}

let asked = 0;

/** Fetch the page and show it, unless a later call has overtaken this one. */
async function refresh() {
  const mine = ++asked;
  const answer = await fetch(location.pathname, {cache: "no-store"});
  const html = await answer.text();
  if (mine !== asked) return;
  if (answer.ok) show(html);
}

function listen() {
  const events = new EventSource(`/_preview/events?page=${encodeURIComponent(path)}`);
  const on = (/** @type {string} */ name, /** @type {(data: any) => void} */ then) =>
    events.addEventListener(name, (event) => then(JSON.parse(event.data)));
  // What was told while nobody listened is made up for.
  events.addEventListener("open", refresh);
  on("page", (page) => page.path === path && refresh());
  on("site", refresh);
  on("trouble", showTrouble);
  on("work", ({figures}) => showWork(figures, path));
  return events;
}

// Browsers keep few connections to one host: a page that nobody sees gives its own back.
let events = listen();
document.addEventListener("visibilitychange", () => {
  events.close();
  if (document.visibilityState === "visible") events = listen();
});
