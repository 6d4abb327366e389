/**
 * Browser libraries from the npm lock file, bundled once into templates/vendor/ (not in git):
 *
 *     ort.mjs  ort.wasm            onnxruntime-web, WebAssembly only, one thread
 *     lit-html.js  d3.js           the parts that figure kinds import
 *     LICENSES.txt                 what the makers of all of it ask to be shipped along
 *
 * and into templates/check/ what `explorable check` runs in a page and no page is given:
 *
 *     axe.min.js                   the rules of accessibility
 *
 * Does nothing while the lock file, this script and notices.txt are what they were at the last run.
 */
import {createHash} from "node:crypto";
import {copyFile, mkdir, readFile, readdir, rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VENDOR = join(ROOT, "templates/vendor");
const CHECK = join(ROOT, "templates/check");
const MODULES = join(ROOT, "node_modules");
const NOCHECK = "// @ts-nocheck";

const D3 = `
export {extent, max, min, range, bisector} from "d3-array";
export {axisBottom, axisLeft} from "d3-axis";
export {drag} from "d3-drag";
export {interpolateNumber} from "d3-interpolate";
export {scaleBand, scaleLinear, scaleLog} from "d3-scale";
export {pointer, select} from "d3-selection";
export {area, curveMonotoneX, line} from "d3-shape";
export {zoom, zoomIdentity, zoomTransform} from "d3-zoom";
`;

const LIT = `
export {html, nothing, render, svg} from "lit-html";
export {classMap} from "lit-html/directives/class-map.js";
export {live} from "lit-html/directives/live.js";
export {ref} from "lit-html/directives/ref.js";
export {repeat} from "lit-html/directives/repeat.js";
`;

const ORT = `
export {InferenceSession, Tensor, env} from "onnxruntime-web/wasm";
`;

/** Everything that the result depends on. */
async function stamp() {
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", "templates/bundle.mjs", "templates/notices.txt"]) {
    hash.update(await readFile(join(ROOT, file)));
  }
  return hash.digest("hex");
}

/** @param {string} file @returns {Promise<string>} */
const text = (file) => readFile(file, "utf8").catch(() => "");

/** @param {string} name @param {string} contents @param {string} out */
async function bundle(name, contents, out) {
  const {build} = await import("esbuild");
  await build({
    stdin: {contents, resolveDir: ROOT, sourcefile: `${name}.js`},
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["production"],
    legalComments: "none",
    banner: {js: NOCHECK},
    outfile: out,
    logLevel: "error",
  });
}

/** Types for tsc: the library's own, or none. @param {string} source @param {boolean} typed */
function declarations(source, typed) {
  if (typed) return source;
  const names = [...source.matchAll(/\{([^}]*)\}/g)].flatMap(([, list]) => list.split(","));
  return names.map((name) => `export const ${name.trim()}: any;\n`).join("");
}

/** Licences of every package that reaches the browser, in one file. */
async function licences() {
  const lock = JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8"));
  const shipped = Object.entries(lock.packages)
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.dev && !/types/.test(path))
    .map(([path, entry]) => ({path: join(ROOT, path), name: path.slice(13), ...entry}));
  const parts = [];
  for (const {path, name, version, license} of shipped) {
    const files = await readdir(path).catch(() => /** @type {string[]} */ ([]));
    const notices = files.filter((file) => /^(licen[cs]e|notice|thirdparty)/i.test(file)).sort();
    const texts = await Promise.all(notices.map((file) => text(join(path, file))));
    parts.push(`${name} ${version}: ${license}\n\n${texts.join("\n").trim()}`);
  }
  parts.unshift((await readFile(join(ROOT, "templates/notices.txt"), "utf8")).trim());
  return parts.join(`\n\n${"-".repeat(78)}\n\n`);
}

/** Write everything into an empty folder. @param {string} folder */
async function fill(folder) {
  await mkdir(folder, {recursive: true});
  await Promise.all([
    bundle("ort", ORT, join(folder, "ort.mjs")),
    bundle("lit-html", LIT, join(folder, "lit-html.js")),
    bundle("d3", D3, join(folder, "d3.js")),
    copyFile(
      join(MODULES, "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm"),
      join(folder, "ort.wasm"),
    ),
  ]);
  await writeFile(join(folder, "lit-html.d.ts"), declarations(LIT, true));
  await writeFile(join(folder, "d3.d.ts"), declarations(D3, false));
  await writeFile(join(folder, "LICENSES.txt"), await licences());
}

const wanted = await stamp();
if ((await text(join(VENDOR, "bundle.stamp"))) === wanted) {
  console.log("templates/vendor is up to date");
} else {
  const fresh = `${VENDOR}.fresh`;
  await rm(fresh, {recursive: true, force: true});
  await fill(fresh);
  await mkdir(VENDOR, {recursive: true});
  for (const file of await readdir(fresh)) await rename(join(fresh, file), join(VENDOR, file));
  await rm(fresh, {recursive: true});
  await mkdir(CHECK, {recursive: true});
  await copyFile(join(MODULES, "axe-core/axe.min.js"), join(CHECK, "axe.min.js"));
  await writeFile(join(VENDOR, "bundle.stamp"), wanted);
  console.log("bundled the browser libraries into templates/vendor");
}
