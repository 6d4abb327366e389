/**
 * The script of an exported page: the same drawing pad, camera and files, the same engine, one graph whose
 * head was trained elsewhere. Bundled whole; it reads what lies beside it and nothing else.
 */
import {engines} from "../../js/engines.js";
import {make} from "../../js/make.js";
import {percent} from "../../js/numerals.js";
import {ranking} from "../../js/probabilities.js";
import {drawingPad} from "../network/drawing.js";
import {Camera, NoCamera} from "./camera.js";
import {opened} from "./pictures.js";
import {Rewards} from "./rewards.js";

const PACE = 60;
const at = (/** @type {string} */ path) => new URL(path, document.baseURI).href;

/** @type {any} */
const machine = await (await fetch(at("machine.json"))).json();
const shown = {...machine.frame, range: [0, 1]};
const signal = new AbortController().signal;
const site = {ort: at("engine/ort.mjs"), wasm: at("engine/ort.wasm"), wasmBytes: 1};
const engine = engines(site)[/** @type {"light" | "ort"} */ (machine.engine)];
engine.script = at("engine/engine.js");
const source = {url: at("model.onnx"), weights: null, location: ""};

const note = make("p", "");
note.setAttribute("role", "status");
const [pad, video] = [make("canvas", ""), make("video", "")];
Object.assign(video, {muted: true, playsInline: true});
const answers = make("div", "");
const reward = make("div", "");
const rewards = new Rewards(reward, signal);
const rows = machine.classes.map((/** @type {{name: string}} */ {name}) => {
  const [fill, share] = [make("span", "fill"), make("span", "share")];
  const row = make("div", "bar", make("span", "name", name), share, make("span", "track", fill));
  return {row, fill, share};
});
answers.append(...rows.map((/** @type {any} */ one) => one.row));

/** @param {Float32Array | null} shares */
async function look(shares) {
  if (!shares) return;
  const {range: [low, high]} = machine.frame;
  const data = shares.map((share) => low + (high - low) * share);
  const feeds = {input: {data, shape: machine.input, dtype: "float32"}};
  await engine.open(source);
  const found = await engine.queue.run(() => engine.ask("run", {source, feeds}), {key: engine, latest: true, signal});
  if (!found) return;
  const said = Array.from(/** @type {Float32Array} */ (Object.values(found)[0].data));
  const [first] = ranking(said);
  rows.forEach((/** @type {any} */ {row, fill, share}, /** @type {number} */ i) => {
    row.classList.toggle("answer", i === first);
    fill.style.setProperty("--share", String(said[i]));
    share.textContent = percent(said[i]);
  });
  rewards.hear({id: first + 1, ...machine.classes[first]}, first, said[first], performance.now());
}

const {pad: drawing, inks} = drawingPad(pad, shown, {signal, label: "Draw something", say: (words) => (note.textContent = words), onpicture: (picture) => void look(picture)});
const camera = new Camera(video, shown, signal, (why) => (note.textContent = why));
const clear = make("button", "", "Clear");
clear.addEventListener("click", () => drawing.clear());
const file = make("input", "");
Object.assign(file, {type: "file", accept: "image/*"});
file.setAttribute("aria-label", "A picture from this device");
file.addEventListener("change", async () => {
  const [one] = file.files ?? [];
  if (one) await look(await opened(one, shown)).catch((error) => (note.textContent = error.message));
});
/** @type {Record<string, {title: string, pane: HTMLElement}>} */
const ways = {
  draw: {title: "Draw", pane: make("div", "", pad, ...(inks ? [inks] : []), clear)},
  camera: {title: "Camera", pane: make("div", "", video)},
  file: {title: "Pictures", pane: make("div", "", file)},
};
const tabs = make("fieldset", "");
const choices = machine.sources.map((/** @type {string} */ name) => {
  const choice = make("button", "", ways[name].title);
  choice.addEventListener("click", () => void choose(name));
  tabs.append(choice);
  return choice;
});

/** @param {string} name */
async function choose(name) {
  note.textContent = "";
  machine.sources.forEach((/** @type {string} */ one, /** @type {number} */ i) => {
    ways[one].pane.hidden = one !== name;
    choices[i].setAttribute("aria-pressed", String(one === name));
  });
  if (name !== "camera") return camera.stop();
  try {
    await camera.start();
  } catch (error) {
    if (!(error instanceof NoCamera)) throw error;
    note.textContent = error.message;
  }
  while (camera.on) {
    await look(camera.look());
    await new Promise((then) => setTimeout(then, PACE));
  }
}

document.getElementById("still")?.remove();
document.querySelector("main")?.append(
  make("div", "", tabs, note, ...machine.sources.map((/** @type {string} */ name) => ways[name].pane)),
  make("div", "", answers, reward));
await choose(machine.sources[0]);
