/**
 * What leaves the figure, and only when the reader says so: captures as one file, and the trained head with
 * its network as an ONNX graph in an archive with a page that runs it.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./taught.js").Taught} Taught
 * @typedef {import("./head.js").Head} Head
 */
import {composed} from "./compose.js";
import {page, readme, start} from "./copy.js";
import {zip} from "./zip.js";

/**
 * The archive: `model.onnx` (a picture in, probabilities out), a page with its script and engine, a start
 * file that needs Python alone.
 * @param {Net} net @param {Taught} taught @param {Head} head @param {Mounting["values"]} values
 */
export async function archive(net, {classes}, head, {frame, range, sources, model, layer}) {
  const [graph, {engine, script}] = await Promise.all([net.graph.file(), net.parts()]);
  const utf8 = new TextEncoder();
  const names = classes.map(({name}) => name);
  const machine = {
    classes: classes.map(({name, output}) => ({name, output})),
    frame: {...frame, range},
    sources: sources.filter((/** @type {string} */ one) => one !== "examples"),
    input: net.graph.inputs.input.shape,
    engine: net.graph.engine,
    model,
    layer,
  };
  const parts = Object.entries(engine).map(([name, bytes]) => [`engine/${name}`, bytes]);
  return zip({
    "README.txt": utf8.encode(readme(names, model, layer)),
    "start.py": utf8.encode(start),
    "index.html": utf8.encode(page(names)),
    "machine.json": utf8.encode(JSON.stringify(machine)),
    "model.onnx": composed(graph, head, names),
    "script.js": script,
    ...Object.fromEntries(parts),
  });
}
