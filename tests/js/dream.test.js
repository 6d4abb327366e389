import assert from "node:assert/strict";
import {test} from "node:test";
import {now, whole} from "../../templates/figures/dream/asking.js";
import {Climb, Lost, adam, likeness} from "../../templates/figures/dream/climb.js";
import {range, ticks} from "../../templates/figures/dream/curve.js";
import {beside, best} from "../../templates/figures/dream/examples.js";
import {along, between, error, guided, near as close, oneOf, whole as all} from "../../templates/figures/dream/goals.js";
import {blurring, moved, product, resampled, tiled} from "../../templates/figures/dream/movement.js";
import {identity, logits, noise, parts, shares, waves} from "../../templates/figures/dream/picture.js";
import {likeWords, read, title, verdict} from "../../templates/figures/dream/words.js";

const LAYERS = [
  {name: "maps", shape: [4, 3, 3], goals: ["channel", "unit", "layer", "direction", "code"], names: [], called: "Class"},
  {name: "end", shape: [3], goals: ["class", "code"], names: ["a", "b", "c"], called: "Class"},
];
const VALUES = {
  shape: [1, 2, 2], layers: LAYERS, classes: ["a", "b", "c"], picks: [{index: 7, label: "a"}, {index: 3, label: "b"}], kept: [0, 8, 32], goal: "channel",
  unit: 2, other: -1, mix: 0.5, jitter: 1, scale: 0, blur: 0, octaves: 1, smooth: 0, waves: true, colour: true, optima: 2, apart: 0, rate: 0.05, seed: 0,
  base: [0.5], colours: [[1]], constants: {noise: 0.3, amplitude: 0.2, decay: 1.2, room: 0.02, stream: 7919, octave: 2, smooth: 5},
};

/** @param {Record<string, any>} held @returns {any} */
const state = (held) => ({get: (/** @type {string} */ name, /** @type {any} */ fallback) => held[name] ?? fallback});
const near = (/** @type {ArrayLike<number>} */ a, /** @type {number[]} */ b, by = 1e-6) => {
  assert.equal(a.length, b.length);
  b.forEach((one, i) => assert.ok(Math.abs(a[i] - one) < by, `${i}: ${a[i]} ${one}`));
};
const rows = (/** @type {Float32Array} */ matrix, /** @type {number[]} */ line) =>
  line.map((_, i) => line.reduce((sum, one, k) => sum + matrix[i * line.length + k] * one, 0));

test("waves are orthogonal, and count less the finer they are", () => {
  for (const size of [2, 5, 8]) {
    const found = waves(size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += (found[i * size + a] * found[i * size + b]) / size;
        assert.ok(Math.abs(sum - Number(a === b)) < 1e-6);
      }
    }
  }
  const found = shares(8, 16, {amplitude: 1 / Math.SQRT2, decay: 1.5});
  near([found[0], found[5], found[16], found[16 + 5]], [1, 3 ** -1.5, 2 ** -1.5, Math.hypot(2, 3) ** -1.5]);
});

test("a picture begins at its logits, and a start of its own at the examples' brightness", () => {
  near(logits([0.5, 0, 1], 0.02), [0, Math.log(0.02 / 0.98), Math.log(0.98 / 0.02)]);
  const plain = parts(VALUES, {waves: false, colour: false}, null);
  near(plain.base, [0.5, 0.5, 0.5, 0.5]);
  near(plain.down, [1, 0, 0, 1]);
  near(plain.shares, [1, 1, 1, 1]);
  near(parts(VALUES, {waves: true, colour: true}, Float32Array.of(0.5, 0.5, 0.5, 0.5)).base, [0, 0, 0, 0]);
  assert.deepEqual(noise(4, 3, 0.3), noise(4, 3, 0.3));
  assert.notDeepEqual(noise(4, 3, 0.3), noise(4, 4, 0.3));
});

test("a shift brings in nothing, growth keeps the middle, blur keeps what is flat", () => {
  const line = [1, 2, 3, 4, 5];
  near(rows(resampled(5, 2, 1), line), [3, 4, 5, 0, 0]);
  near(rows(resampled(5, 0, 2), line), [0, 1, 3, 5, 0]);
  near(rows(resampled(5, 0, 0.5), line), [2, 2.5, 3, 3.5, 4]);
  near(rows(blurring(5, 1.5), [2, 2, 2, 2, 2]), [2, 2, 2, 2, 2], 1e-5);
  near(product(resampled(5, 1, 1), identity(5), 5), [...resampled(5, 1, 1)]);
  const {rows: down, columns} = moved({jitter: 0, scale: 0, blur: 0, octaves: 1}, [5, 2], 1, 9, VALUES.constants);
  near(down, [...identity(5)]);
  near(columns, [...identity(2)]);
  const shifts = new Set(Array.from({length: 50}, (_, step) => rows(moved({jitter: 1, scale: 0, blur: 0, octaves: 1}, [5, 5], 0, step, VALUES.constants).rows, [0, 1, 2, 3, 4])[2] - 2));
  assert.deepEqual([...shifts].sort(), [-1, 0, 1]);
});

test("an octave sees the picture smaller, with copies of itself around", () => {
  near(rows(tiled(4, 2), [1, 2, 3, 4]), [3.5, 1.5, 3.5, 1.5]);
  near(rows(tiled(3, 1), [1, 2, 3]), [1, 2, 3]);
  near(rows(tiled(4, 1.5), [1, 1, 1, 1]), [1, 1, 1, 1]);
  const still = {jitter: 0, scale: 0, blur: 0, octaves: 2};
  near(moved(still, [4, 4], 0, 6, VALUES.constants).rows, [...identity(4)]);
  near(moved(still, [4, 4], 0, 7, VALUES.constants).rows, [...tiled(4, 2)]);
});

test("goals are directions and energies", () => {
  near(oneOf("channel", [2, 1, 2], 1).direction, [0, 0, 0.5, 0.5]);
  near(oneOf("unit", [2, 2, 3], 1).direction, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  near(oneOf("class", [3], 2).direction, [0, 0, 1]);
  near(between(oneOf("class", [3], 0), oneOf("class", [3], 2), 0.25).direction, [0.75, 0, 0.25]);
  near(along([2, 1, 2], [3, -1]).direction, [1.5, 1.5, -0.5, -0.5]);
  assert.equal(all([2, 2]).energy, 1);
  const {direction, energy} = /** @type {any} */ (close([3, 0, 4]));
  const worth = (/** @type {number[]} */ a) => a.reduce((sum, one, i) => sum + direction[i] * one + (energy * one ** 2) / 3, 0);
  near([error(worth([3, 0, 4])), error(worth([0, 0, 0])), error(worth([3, 5, 4]))], [0, 1, 1], 1e-3);
  assert.equal(close([0, 0]), null);
});

/** A graph whose worth is −Σ (number − 1)². @type {any} */
const bowl = async (/** @type {any} */ {numbers, others}) => ({
  worth: {data: Float32Array.of(-numbers.reduce((/** @type {number} */ sum, /** @type {number} */ one) => sum + (one - 1) ** 2, 0))},
  gradient: {data: Float32Array.from(numbers, (one) => -2 * (one - 1))},
  picture: {data: Float32Array.from(numbers)},
  answer: {data: others},
  texture: {data: Float32Array.of(numbers[0])},
});
const plan = (/** @type {any} */ changes = {}) => ({
  goal: {direction: new Float32Array(1), energy: 0}, runs: 2, rate: 0.1, apart: 0, smooth: 0, parts: () => ({}), channels: 1,
  start: (/** @type {number} */ run) => Float32Array.of(run, 0.5), moved: () => ({rows: new Float32Array(1), columns: new Float32Array(1)}), ...changes,
});

test("the first step of Adam is as long as its rate, whatever the slope", () => {
  const run = {numbers: Float32Array.of(0, 0), first: new Float32Array(2), second: new Float32Array(2)};
  adam(run, [4, -0.01], 1, 0.1);
  near(run.numbers, [0.1, -0.1], 1e-5);
  // Numbers of torch.optim.Adam, maximize=True, lr=0.1, for slopes (4, −0.01) and then (1, −0.01).
  adam(run, [1, -0.01], 2, 0.1);
  near(run.numbers, [0.1 + 0.1 * (0.46 / 0.19) / Math.sqrt(0.016984 / 0.001999), -0.2], 1e-5);
});

test("every run climbs, each sees the others as they were, and every step is kept", async () => {
  const climb = new Climb(bowl, plan());
  assert.equal(climb.step, -1);
  for (let i = 0; i < 40; i++) await climb.go();
  assert.equal(climb.step, 39);
  near(climb.worths[0], [-1.25, -0.25]);
  assert.ok(climb.worths[39][0] > -0.05);
  near(climb.steps, [...Array(40).keys()]);
  assert.deepEqual(climb.pictures[0].map((one) => [...one]), [[0, 128], [255, 128]]);
  // What run 0 is told of run 1 is its texture one step before.
  near(climb.answers[0], [climb.runs[1].numbers[0]], 0.02);
  assert.equal(climb.at(12.5), 12);
  assert.equal(climb.at(99), 39);
});

test("a run to a step is the beginning of a longer one", async () => {
  const [one, two] = [new Climb(bowl, plan()), new Climb(bowl, plan())];
  for (let i = 0; i < 9; i++) await one.go();
  for (let i = 0; i < 20; i++) await two.go();
  assert.deepEqual(two.worths.slice(0, 9), one.worths);
  assert.deepEqual(two.pictures[8], one.pictures[8]);
});

test("two who ask at once take two steps, one after the other", async () => {
  const [one, two] = [new Climb(bowl, plan()), new Climb(bowl, plan())];
  await Promise.all([one.go(), one.go(), one.go()]);
  for (let i = 0; i < 3; i++) await two.go();
  assert.deepEqual(one.worths, two.worths);
});

test("an objective that is no number ends the run and leaves what came before", async () => {
  let asked = 0;
  const breaks = async (/** @type {any} */ feeds) => {
    const found = await bowl(feeds);
    if (asked++ === 6) found.gradient.data[0] = NaN;
    return found;
  };
  const climb = new Climb(breaks, plan());
  for (let i = 0; i < 3; i++) await climb.go();
  await assert.rejects(climb.go(), (problem) => problem instanceof Lost && problem.step === 3);
  assert.equal(climb.step, 2);
  assert.equal(climb.pictures.length, 3);
});

test("a long history thins itself out and keeps the present", async () => {
  const climb = new Climb(bowl, plan({runs: 1}), 16);
  for (let i = 0; i < 20; i++) await climb.go();
  assert.ok(climb.pictures.length <= 8);
  assert.equal(climb.steps[0], 0);
  assert.equal(climb.steps.at(-1), 19);
  assert.equal(climb.worths.length, 20);
});

test("textures are as alike as their cosines say", () => {
  near([likeness([[1, 0]]), likeness([[1, 0], [0, 1]]), likeness([[1, 0], [1, 0], [0, 1]])], [1, 0, 1 / 3]);
});

test("what is asked fits the layer, and what does not matter begins no new run", () => {
  const at = now(state({layer: "end", goal: "unit", unit: 9, other: 1, example: 3}), VALUES);
  assert.deepEqual([at.layer, at.goal, at.unit, at.other, at.example], [1, "class", 2, 1, 1]);
  assert.equal(now(state({layer: "end", unit: 1, other: 1}), VALUES).other, -1);
  assert.equal(now(state({goal: "layer", other: 1}), VALUES).other, -1);
  assert.equal(now(state({goal: "direction", unit: 3}), VALUES).unit, 2);
  assert.equal(now(state({steps: 16}), VALUES).step, 16);
  const plain = now(state({}), VALUES);
  for (const same of [{mix: 0.9}, {example: 3}, {steps: 64}, {step: 4}]) assert.equal(whole(now(state(same), VALUES)), whole(plain));
  for (const other of [{unit: 1}, {other: 0}, {apart: 1}, {octaves: 2}, {seed: 2}, {start: "example"}, {waves: false}]) assert.notEqual(whole(now(state(other), VALUES)), whole(plain));
});

test("beside a picture stand the examples of its own row, of two at once half of each", () => {
  const table = (/** @type {number[]} */ data) => ({data: Float32Array.from(data), shape: [2, 2]});
  const numbers = {"channel.value": table([9, 8, 7, 6]), "channel.tile": table([0, 1, 2, 3]), "channel.index": table([40, 41, 42, 43])};
  assert.deepEqual(best(numbers, "channel", 1).map(({value, index}) => [value, index]), [[7, 42], [6, 43]]);
  assert.deepEqual(best(numbers, "code", 0), []);
  const both = beside(numbers, /** @type {any} */ ({goal: "channel", unit: 0, other: 1}));
  assert.deepEqual(both.map(({tile}) => tile), [0, 2]);
});

test("the figure says what was asked and what came of it", () => {
  const [layer, end] = LAYERS;
  const pick = {index: 7, label: "nine"};
  assert.equal(title({goal: "channel", unit: 2, other: -1}, layer, [], pick), "Channel 2 of maps");
  assert.equal(title({goal: "class", unit: 0, other: 2}, end, [], pick), "Class a and class c");
  assert.equal(title({goal: "direction", unit: 1, other: -1}, layer, ["a", "b"], pick), "What maps has for b");
  assert.equal(title({goal: "code", unit: 1, other: -1}, layer, [], pick), "What maps keeps of example 7, nine");
  const told = {goal: "unit", first: -0.25, last: 3, step: 8, best: 1.5};
  assert.equal(verdict(told), "Activation from −0.25 at the start to 3 after 8 steps. The best test example reaches 1.5.");
  assert.equal(verdict({...told, step: 0}), "Activation −0.25, nothing but noise yet.");
  assert.equal(verdict({...told, goal: "code", first: 0, last: 0.75, step: 1, best: null}), "Error of its code from 1 at the start to 0.5 after 1 step.");
  assert.equal(likeWords(1, 1), "");
  assert.equal(likeWords(3, 0.98765), "3 optima; their textures are alike to 98.8 %.");
  assert.equal(read("code", 0.75), 0.5);
});

test("a scale has round numbers and some room", () => {
  assert.deepEqual(ticks(-0.3, 2.1), [0, 1, 2]);
  assert.deepEqual(ticks(0, 128), [0, 50, 100]);
  const [low, high] = range([1, 3]);
  assert.ok(low < 1 && high > 3 && high - low < 2.5);
  assert.ok(range([2, 2])[1] > 2);
});

test("a guide draws each place towards its own place that is most like it", () => {
  // Two channels, two places: the guide has (3, 0) and (0, 4), so its mean square is 25 / 2.
  const follow = /** @type {any} */ (guided([3, 0, 0, 4], [2, 1, 2]));
  near(follow([1, 0, 0, 1]).direction, [3 / 25, 0, 0, 4 / 25]);
  near(follow([2, 5, 1, 1]).direction, [3 / 25, 3 / 25, 0, 0]);
  const worth = (/** @type {number[]} */ answer) => follow(answer).direction.reduce((/** @type {number} */ sum, /** @type {number} */ one, /** @type {number} */ i) => sum + one * answer[i], 0);
  near([worth([3, 0, 0, 4]), worth([0, 0, 0, 0])], [1, 0]);
  assert.equal(guided([0, 0], [1, 1, 2]), null);
});

test("a goal that follows the answer takes that of the step before, and asks once more at first", async () => {
  /** @type {any[]} */
  const seen = [];
  const follow = (/** @type {any} */ answer) => (seen.push(answer[0]), {direction: Float32Array.of(answer[0]), energy: 0});
  let asked = 0;
  const ask = async (/** @type {any} */ feeds) => ({...(await bowl(feeds)), answer: {data: Float32Array.of(asked++)}});
  const climb = new Climb(ask, plan({goal: follow, size: 1, runs: 1}));
  for (let i = 0; i < 3; i++) await climb.go();
  assert.deepEqual([seen, asked], [[0, 1, 2], 4]);
});

test("the reader's own picture stands before the first example, once there is one", () => {
  const with_ = (/** @type {any} */ held, own = 1) => now(state(held), VALUES, own);
  assert.equal(with_({example: -1}).example, -1);
  assert.equal(with_({example: -1}, 0).example, 0);
  assert.equal(with_({}).guide, 1);
  const plain = whole(with_({}, 0));
  assert.equal(whole(with_({}, 3)), plain);
  assert.equal(whole(with_({guide: 7}, 0)), plain);
  const started = {start: "example", example: -1};
  assert.notEqual(whole(with_(started, 1)), whole(with_(started, 2)));
  assert.equal(title({goal: "code", unit: 1, other: -1}, LAYERS[0], [], undefined), "What maps keeps of your own picture");
  assert.equal(title({goal: "guide", unit: 1, other: -1}, LAYERS[0], [], {index: 3, label: "b"}), "What maps finds in example 3, b");
});
