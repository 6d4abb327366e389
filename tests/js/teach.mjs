/** What the kind `teach` learns and writes, for pytest: JSON in, JSON out, bytes as base64. */
import {readFileSync} from "node:fs";
import {composed} from "../../templates/figures/teach/compose.js";
import {page, readme, start} from "../../templates/figures/teach/copy.js";
import {written} from "../../templates/figures/teach/file.js";
import {answered, shares, trained} from "../../templates/figures/teach/head.js";
import {nearest, votes} from "../../templates/figures/teach/near.js";
import {zip} from "../../templates/figures/teach/zip.js";

const {rows, labels, size, classes, c, k, asked, graph, names} = JSON.parse(readFileSync(0, "utf8"));
const data = Float32Array.from(rows.flat());
const problem = {rows: data, labels, size, classes, c};
const head = trained(problem);
const queries = asked.map((/** @type {number[]} */ one) => Float32Array.from(one));
const base64 = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString("base64");
const utf8 = new TextEncoder();
const model = composed(new Uint8Array(Buffer.from(graph, "base64")), head, names);
const taught = {
  classes: names.map((/** @type {string} */ name, /** @type {number} */ i) => ({id: i + 1, name, output: {sort: "none"}})),
  captures: labels.map((/** @type {number} */ label, /** @type {number} */ i) => ({id: i, of: label + 1, take: i, features: data.subarray(i * size, (i + 1) * size), small: Uint8Array.of(i, 255 - i)})),
};
process.stdout.write(JSON.stringify({
  head: queries.map((/** @type {Float32Array} */ one) => answered(head, one)),
  loss: head.loss,
  shares: Array.from(shares(problem, head, queries[0], 0, 1)),
  bias: Array.from(head.bias),
  neighbours: queries.map((/** @type {Float32Array} */ one) => votes(nearest(data, size, one, k), labels, classes)),
  model: base64(model),
  file: base64(written(taught, {model: "net", layer: "last", mark: "m", small: [1, 1, 2], size})),
  zip: base64(zip({"a/é.txt": utf8.encode("one"), "model.onnx": model, "start.py": utf8.encode(start), "index.html": utf8.encode(page(names)), "README.txt": utf8.encode(readme(names, "net", "last"))})),
}));
