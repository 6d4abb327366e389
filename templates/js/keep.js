/**
 * Downloads that the page makes itself: arrays as CSV, a graph with its weights inside, the still as a
 * picture. Fetched when a reader first opens a figure's data.
 */
import {parseArrays} from "./arrays.js";
import {csv, estimate} from "./csv.js";
import {once, request} from "./download.js";
import {whole} from "./onnx.js";
import {bitmap, vector} from "./picture.js";
import {save} from "./save.js";
import {widened} from "./widen.js";

/** @param {number} bytes */
const size = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`);

/** @param {string} url */
const file = (url) => once(`file ${url}`, async () => (await request(url)).arrayBuffer());

/**
 * A button that says what went wrong beside it.
 * @param {string} words @param {(button: HTMLButtonElement) => Promise<void>} then
 */
function button(words, then) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "act";
  made.textContent = words;
  made.addEventListener("click", async () => {
    made.setAttribute("aria-busy", "true");
    try {
      await then(made);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const note = document.createElement("span");
      note.setAttribute("role", "status");
      note.textContent = ` ${error.message}`;
      made.after(note);
    } finally {
      made.removeAttribute("aria-busy");
    }
  });
  return made;
}

/** One array of a file. @param {string} stem @param {string} name @param {import("./types.js").Tensor} tensor */
function row(stem, name, tensor) {
  const item = document.createElement("li");
  const shape = tensor.shape.join("×") || "scalar";
  const title = `${stem}.${name.replaceAll("/", "-")}.${shape}.csv`;
  const bytes = estimate(tensor);
  const words = bytes > 1e6 ? `CSV, about ${size(bytes)}` : "CSV";
  const make = button(words, async () => save(csv(tensor), "text/csv", title));
  make.setAttribute("aria-label", `${name} as ${words}`);
  item.append(`${name} `, Object.assign(document.createElement("span"), {className: "size", textContent: `${tensor.shape.join(" × ") || "one number"} `}), make);
  return item;
}

/** @param {HTMLElement} item @param {HTMLAnchorElement} link */
function arrays(item, link) {
  /** @type {HTMLElement | null} */
  let list = null;
  const made = button("as CSV", async () => {
    if (!list) {
      const tensors = parseArrays(await file(link.href));
      const stem = link.download.replace(/\.safetensors$/, "");
      list = document.createElement("ul");
      list.append(...Object.entries(tensors).map(([name, tensor]) => row(stem, name, tensor)));
      item.append(list);
      list.hidden = true;
    }
    list.hidden = !list.hidden;
    made.setAttribute("aria-expanded", String(!list.hidden));
  });
  made.setAttribute("aria-expanded", "false");
  made.setAttribute("aria-label", `${link.textContent} as CSV`);
  item.append(" ", made);
}

/** @param {HTMLElement} item @param {HTMLAnchorElement} link */
function graph(item, link) {
  const weights = new URL(item.dataset.weights ?? "", document.baseURI).href;
  item.querySelector(".beside")?.remove();
  item.append(
    " ",
    button("with its weights inside", async () => {
      const [model, tensors] = await Promise.all([file(link.href), file(weights)]);
      const complete = whole(new Uint8Array(model), widened(new Uint8Array(tensors)));
      save(/** @type {BlobPart} */ (complete), "application/octet-stream", link.download);
    }),
  );
}

/** @param {HTMLElement} figure */
function pictures(figure) {
  const item = document.createElement("li");
  item.dataset.part = "picture";
  item.append("Picture");
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    const name = `${figure.id}.${scheme}`;
    const svg = async () => save((await vector(figure, scheme)).svg, "image/svg+xml", `${name}.svg`);
    const png = async () => save(await bitmap(figure, scheme), "image/png", `${name}.png`);
    item.append(" ", button(`${scheme} PNG`, png), " ", button(`${scheme} SVG`, svg));
  }
  return item;
}

/** Add to a figure's downloads what scripts can make. @param {HTMLElement} figure */
export function offer(figure) {
  const list = /** @type {HTMLElement} */ (figure.querySelector(".downloads"));
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-part]"))) {
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    if (item.dataset.part === "arrays") arrays(item, link);
    if (item.dataset.part === "graph" && item.dataset.weights) graph(item, link);
  }
  list.prepend(pictures(figure));
}
