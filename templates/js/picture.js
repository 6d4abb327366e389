/**
 * The still as a file of its own: every style that the page gives it is written into the drawing, its
 * images and its typeface lie inside, and either colour scheme can be had from either.
 */
import {once, request} from "./download.js";

const NAMESPACE = "http://www.w3.org/2000/svg";

/** What a drawing without a style sheet must say itself. */
const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
  "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "font-style", "letter-spacing",
  "text-anchor", "dominant-baseline", "image-rendering", "paint-order", "mix-blend-mode", "visibility",
];

/** Pixels to a unit of the drawing; the longer side stays within what every program opens. */
const DENSITY = 2;
const LARGEST = 4096;

const FACES = ["Text", "Label", "Display"];

/** @typedef {"light" | "dark"} Scheme */

/**
 * Read a drawing's styles as they are under a scheme, in its full width; nothing is painted meanwhile.
 * @template T @param {SVGSVGElement} from @param {Scheme} scheme @param {() => T} read
 */
function under(from, scheme, read) {
  const {dataset} = document.documentElement;
  const before = dataset.scheme;
  const grows = from.classList.contains("grows");
  dataset.scheme = scheme;
  from.classList.remove("grows");
  try {
    return read();
  } finally {
    from.classList.toggle("grows", grows);
    if (before === undefined) delete dataset.scheme;
    else dataset.scheme = before;
  }
}

/** The drawing of a figure that a scheme shows. @param {HTMLElement} figure @param {Scheme} scheme */
function drawing(figure, scheme) {
  const own = figure.querySelector(`.still > .${scheme}-only > svg`);
  return /** @type {SVGSVGElement | null} */ (own ?? figure.querySelector(".still > svg, .still > * > svg"));
}

/** A copy whose elements carry their styles as attributes. @param {Element} from @returns {Element | null} */
function styled(from) {
  const style = getComputedStyle(from);
  if (style.display === "none") return null;
  const copy = /** @type {Element} */ (from.cloneNode(false));
  copy.removeAttribute("class");
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value && value !== "normal" && value !== "auto") copy.setAttribute(name, value);
  }
  for (const child of from.childNodes) {
    const made = child instanceof Element ? styled(child) : child.cloneNode();
    if (made) copy.append(made);
  }
  return copy;
}

/** @param {string} url @returns {Promise<string>} the picture inside an address, as PNG, which every program reads */
async function inside(url) {
  const picture = await createImageBitmap(await (await request(url)).blob());
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  return canvas.toDataURL("image/png");
}

/** The page's typefaces that a drawing uses, as rules. @param {Element} copy */
async function faces(copy) {
  const used = [...copy.querySelectorAll("[font-family]")].map((one) => one.getAttribute("font-family") ?? "");
  const wanted = FACES.filter((name) => used.some((families) => families.includes(`Explorable ${name}`)));
  const rules = wanted.map(async (name) => {
    const url = new URL(`../vendor/fonts/${name.toLowerCase()}.woff2`, import.meta.url).href;
    const data = await once(`inside ${url}`, async () => coded(new Uint8Array(await (await request(url)).arrayBuffer())));
    return `@font-face{font-family:"Explorable ${name}";src:url(data:font/woff2;base64,${data});font-weight:200 900}`;
  });
  return (await Promise.all(rules)).join("");
}

/** @param {Uint8Array} bytes @returns {string} in base 64 */
function coded(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function make(name, attributes) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** The picture in a place of the page as an image of the drawing. @param {Element} place */
function drawn(place) {
  const picture = place.querySelector("img");
  const image = make("image", {href: picture?.getAttribute("src") ?? "", preserveAspectRatio: "none"});
  for (const name of ["x", "y", "width", "height", "opacity", "mix-blend-mode"]) {
    const value = place.getAttribute(name);
    if (value) image.setAttribute(name, value);
  }
  image.setAttribute("image-rendering", picture?.getAttribute("image-rendering") ?? "auto");
  return image;
}

/** @param {string} href */
async function within(href) {
  const url = new URL(href, document.baseURI).href;
  return url.startsWith("data:") ? url : once(`inside ${url}`, () => inside(url));
}

/**
 * The still as SVG text, on its paper.
 * Raises: Error for a figure whose still is no drawing.
 * @param {HTMLElement} figure @param {Scheme} scheme
 * @returns {Promise<{svg: string, width: number, height: number}>} size in units of the drawing
 */
export async function vector(figure, scheme) {
  const from = drawing(figure, scheme);
  if (!from) throw new Error("This figure has no drawing.");
  const {x, y, width, height} = from.viewBox.baseVal;
  const [copy, paper] = under(from, scheme, () => [
    /** @type {SVGSVGElement} */ (styled(from)),
    getComputedStyle(document.documentElement).backgroundColor,
  ]);
  for (const place of copy.querySelectorAll("foreignObject")) place.replaceWith(drawn(place));
  for (const image of copy.querySelectorAll("image")) {
    image.setAttribute("href", await within(image.getAttribute("href") ?? ""));
  }
  const style = make("style", {});
  style.textContent = await faces(copy);
  copy.prepend(style, make("rect", {x, y, width, height, fill: paper}));
  for (const [name, value] of Object.entries({xmlns: NAMESPACE, width, height})) copy.setAttribute(name, String(value));
  return {svg: new XMLSerializer().serializeToString(copy), width, height};
}

/** Pixels of a picture of this size: twice its units, unless a side would be too long. @param {number} width @param {number} height */
export function pixels(width, height) {
  const density = Math.min(DENSITY, LARGEST / Math.max(width, height));
  return [Math.round(width * density), Math.round(height * density)];
}

/** The still as PNG. @param {HTMLElement} figure @param {Scheme} scheme @returns {Promise<Blob>} */
export async function bitmap(figure, scheme) {
  const {svg, width, height} = await vector(figure, scheme);
  const url = URL.createObjectURL(new Blob([svg], {type: "image/svg+xml"}));
  const image = new Image();
  image.src = url;
  await image.decode().finally(() => URL.revokeObjectURL(url));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = pixels(width, height);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ then) => canvas.toBlob(then));
  if (!blob) throw new Error("This browser could not draw the picture.");
  return blob;
}
