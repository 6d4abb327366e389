/**
 * A network at work: draw or pick an input, see every channel of every chosen layer light up, and
 * take any unit apart into the numbers that it is made of.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./network/windows.js").Layer} Layer
 * @typedef {import("./network/band.js").Row} Row
 */
import {breath} from "../js/breath.js";
import {probabilities} from "../js/probabilities.js";
import {Band} from "./network/band.js";
import {Bars, verdict} from "./network/bars.js";
import {Card} from "./network/card.js";
import {asks, choice, shelf, stored} from "./network/choice.js";
import {strongest} from "./network/cursor.js";
import {Examples} from "./network/examples.js";
import {frame} from "./network/frame.js";
import {help} from "./network/help.js";
import {Input} from "./network/input.js";
import {Inspector} from "./network/inspector.js";
import {exact} from "./network/numbers.js";
import {Reach} from "./network/reach.js";
import {Selection} from "./network/selection.js";
import {Session} from "./network/session.js";
import {Space} from "./network/space.js";
import {Visibility} from "./network/visibility.js";
import {resting} from "./network/voice.js";
import {sizes} from "./network/windows.js";
import {whereabouts} from "./network/words.js";

/** How it looks once it lives. */
export const style = new URL("./network/living.css", import.meta.url).href;

/** The graph that the first stroke runs: who sees a pad is likely to draw on it. */
export const likely = "forward";

/** @param {Mounting} mounting */
export default async function mount({element, name, values, arrays, more, images, graphs, page, state, signal}) {
  /** @type {Map<string, Layer>} */
  const layers = new Map(values.layers.map((/** @type {Layer} */ layer) => [layer.name, layer]));
  const layer = (/** @type {string} */ name) => /** @type {Layer} */ (layers.get(name));
  const parts = frame(element, asks(values));
  help(parts.aid, element, {...asks(values), name, signal});
  // Reading it asks the browser for every custom property, which is too slow for every frame.
  let palette = page.palette();
  /** The width that layers are drawn for; null until they have been drawn once. @type {number | null} */
  let fitted = null;
  /** @type {Map<string, Band>} */
  const bands = new Map(
    values.rows.map((/** @type {Row & {name: string}} */ row) => [
      row.name,
      new Band({...row, layer: layer(row.name)}, values.input.frame.range),
    ]),
  );
  const title = (/** @type {string} */ name) => bands.get(name)?.row.title ?? name;
  parts.scene.append(...[...bands.values()].map((band) => band.element));
  await breath(signal);

  const session = new Session(graphs.forward, {arrays, more}, stored(values), {change: answered, weights: inspect});
  const inspector = new Inspector(session, layers, bands, parts.edges);
  const bars = new Bars(parts.side, values.outputs.names);
  const card = new Card(parts.card, {
    palette: () => palette,
    shape: (name) => layer(name).shape,
    limit: (name) => values.limits[name] ?? 1,
    title,
    dismiss: () => parts.net.classList.remove("chosen-unit"),
  });
  const visibility = new Visibility(parts.choose, values.rows, bands, state, redraw, signal);
  const selection = new Selection(page, state, values.model, {
    title,
    layer: (asked) => [...bands.keys()].find((name) => title(name) === asked || name === asked) ?? null,
    strongest: strongestIn,
    exists: ({layer: name, channel, row, column}) => {
      const {channels, height, width} = sizes(layer(name).shape);
      return channel < channels && row < height && column < width;
    },
    reveal: (name) => visibility.reveal(name),
  }, inspect);
  const space = new Space(parts.view, parts.stack, parts.scene, bands, {state, signal, moved: turned});
  const tell = resting(page.say, signal);
  const touch = () => session.warm();
  const reach = new Reach(parts.stack, bands, {selection, signal, say: page.say, strongest: strongestIn, touch, moved});
  await breath(signal);
  const examples = new Examples(arrays, images["more-examples"], shelf(values, arrays));
  const input = new Input(parts, choice(values, arrays), examples, {session, page, state, signal, fail});

  /** Thrown here, so that the page knows whose trouble it is. @param {unknown} cause */
  function fail(cause) {
    if (!signal.aborted) throw cause instanceof Error ? new Error(cause.message, {cause}) : cause;
  }

  /** Where a channel is farthest from zero now. @param {string} name @param {number} channel @returns {[number, number]} */
  function strongestIn(name, channel) {
    const {height, width} = sizes(layer(name).shape);
    const tensor = session.activations?.[name];
    if (!tensor) return [height >> 1, width >> 1];
    const map = tensor.data.subarray(channel * height * width, (channel + 1) * height * width);
    const at = strongest(/** @type {any} */ (map));
    return [Math.floor(at / width), at % width];
  }

  /** Say the chosen unit and its value. */
  function moved() {
    parts.net.classList.add("chosen-unit");
    tell(() => {
      const {place} = selection;
      if (!place) return "";
      const value = inspector.value(place.layer, place);
      return `${whereabouts(layer(place.layer), place, title(place.layer))}: ${value === null ? "nothing drawn yet" : exact(value)}`;
    });
  }

  function shares() {
    const answer = session.activations?.[values.outputs.layer];
    return answer ? probabilities(/** @type {any} */ (answer.data), values.outputs.reading) : null;
  }

  /** The network sees something else now. @param {Event | null} event  that led to it */
  function answered(event) {
    paint();
    if (event) element.dispatchEvent(new CustomEvent("network:picture", {detail: event.timeStamp}));
    const now = shares();
    tell(() => (now ? `First guess ${verdict(now, values.outputs.names)}` : "Nothing drawn yet"));
  }

  function paint() {
    if (fitted !== null) for (const band of bands.values()) if (!band.element.hidden) band.draw(session.activations, palette);
    bars.show(shares());
    element.classList.toggle("blank", !session.activations);
    inspect();
  }

  function inspect() {
    const {place} = selection;
    const explanation = place && session.activations ? inspector.explanation(layer(place.layer), place) : null;
    // Another figure or the address chose it: nobody has touched this one yet.
    if (place && session.activations && !session.knows(layer(place.layer), place.channel)) session.fetch();
    // Edges first: they ask where tiles are, and the card's change would make that a new layout.
    if (fitted !== null) inspector.draw(place, explanation);
    card.show(place && {
      layer: layer(place.layer),
      title: title(place.layer),
      place,
      value: inspector.value(place.layer, place),
      explanation,
      after: inspector.after(layer(place.layer), place),
    });
    reach.mark();
  }

  /** Room for a layer; a floor that is turned needs some at its sides. */
  const room = () => parts.stack.clientWidth * (space.deep ? 0.62 : 1);

  function redraw() {
    fitted = parts.stack.clientWidth;
    const most = room();
    for (const band of bands.values()) band.fit(most);
    space.pose();
    inspector.moved(space.deep);
    paint();
  }

  /** The first time nobody waits for the whole: layer by layer, and a reader's touch in between. */
  async function draw() {
    const width = parts.stack.clientWidth;
    const most = room();
    for (const band of bands.values()) {
      await breath(signal);
      band.fit(most);
      if (!band.element.hidden) band.draw(session.activations, palette);
    }
    await breath(signal);
    fitted = width;
    // Layers that have a size may leave more room, or less.
    if (parts.stack.clientWidth !== width) return redraw();
    space.pose();
    inspector.moved(space.deep);
    inspect();
  }

  /** @param {boolean} deep @param {boolean} refit */
  function turned(deep, refit) {
    if (refit) return redraw();
    inspector.moved(deep);
    inspect();
  }

  const resized = new ResizeObserver(() => {
    if (fitted !== null) turned(space.deep, parts.stack.clientWidth !== fitted);
  });
  resized.observe(parts.stack);
  signal.addEventListener("abort", () => resized.disconnect(), {once: true});
  page.onscheme(() => {
    palette = page.palette();
    redraw();
    input.redraw();
  });
  await breath(signal);
  selection.begin(values.look);
  await breath(signal);
  await input.begin();
  await draw();
}
