/** A network as a file for the reader; fetched when it is first asked for. */
import {save} from "../../js/save.js";
import {pytorch} from "./code.js";
import {onnx} from "./graph.js";
import {network} from "./settings.js";

/**
 * @param {"code" | "onnx"} what @param {import("./settings.js").Settings} settings
 * @param {import("./worker.js").Report} report
 */
export async function keep(what, settings, {weights, epoch, test}) {
  const net = network(settings, weights);
  const told = `A network trained for ${epoch} epochs on the points “${settings.data}”; its loss in testing is ${test.loss.toFixed(4)}.`;
  if (what === "code") save(pytorch(net, settings.inputs, told), "text/x-python", "network.py");
  else save(/** @type {BlobPart} */ (onnx(net, settings.inputs, told)), "application/octet-stream", "network.onnx");
}
