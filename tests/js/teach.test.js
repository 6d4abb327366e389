import assert from "node:assert/strict";
import {test} from "node:test";
import {NoCamera, instead, refusal, withheld} from "../../templates/figures/teach/camera.js";
import {page} from "../../templates/figures/teach/copy.js";
import {read, written} from "../../templates/figures/teach/file.js";
import {answered, fit, objective, shares, trained} from "../../templates/figures/teach/head.js";
import {Learner} from "../../templates/figures/teach/learner.js";
import {nearest, votes} from "../../templates/figures/teach/near.js";
import {shrunk} from "../../templates/figures/teach/pictures.js";
import {History, MOST, added, changed, count, dropped, emptied, fresh, held, recorded, removed, table} from "../../templates/figures/teach/taught.js";
import {moved} from "../../templates/figures/teach/varied.js";
import {balance, right, size, verdict, wanting} from "../../templates/figures/teach/words.js";
import {crc, zip} from "../../templates/figures/teach/zip.js";
import {uniform} from "../../templates/js/noise.js";

const near = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b, gap = 1e-6) => {
  assert.equal(a.length, b.length);
  Array.from(b).forEach((one, i) => assert.ok(Math.abs(a[i] - one) < gap, `${a[i]} ${one}`));
};

/** Three clouds in four dimensions. @param {number} many */
function clouds(many) {
  const labels = Array.from({length: many}, (_, i) => i % 3);
  const rows = Float32Array.from({length: 4 * many}, (_, at) => Number(at % 4 === labels[Math.floor(at / 4)]) + uniform(7, at) - 0.5);
  return {rows, labels, size: 4, classes: 3, c: 3};
}

/** Two classes, captures with the features that are given, each a take of its own. @param {number[][][]} features @returns {import("../../templates/figures/teach/taught.js").Taught} */
function machine(features) {
  let taught = added(added({classes: [], captures: []}, "up"), "down");
  features.forEach((own, i) => {
    for (const one of own) taught = recorded(taught, {id: fresh(), of: taught.classes[i].id, take: fresh(), features: Float32Array.from(one), small: Uint8Array.of(9)});
  });
  return taught;
}

test("slopes of the objective are those of small differences", () => {
  const problem = clouds(9);
  const theta = Float64Array.from({length: 15}, (_, i) => uniform(2, i) - 0.5);
  const gradient = new Float64Array(15);
  objective(problem, theta, gradient);
  const room = new Float64Array(15);
  const by = (/** @type {number} */ i, /** @type {number} */ step) => objective(problem, theta.map((one, j) => one + (i === j ? step : 0)), room);
  near(gradient, Array.from(theta, (_, i) => (by(i, 1e-4) - by(i, -1e-4)) / 2e-4), 1e-5);
});

test("training goes down at every step and ends where no slope is left", () => {
  const problem = clouds(60);
  const losses = [...fit(problem)];
  losses.forEach((one, i) => assert.ok(i === 0 || one < losses[i - 1]));
  const head = trained(problem);
  const gradient = new Float64Array(15);
  objective(problem, Float64Array.of(...head.weights, ...head.bias), gradient);
  assert.ok(Math.max(...gradient.map(Math.abs)) < 2e-4);
  const said = answered(head, Float32Array.of(1, 0, 0, 0));
  assert.ok(said[0] > 0.5 && Math.abs(said.reduce((a, b) => a + b) - 1) < 1e-12);
});

test("few captures in many dimensions are learned from in few, alike ones too", () => {
  const [count, size] = [9, 20];
  const rows = Float32Array.from({length: count * size}, (_, i) => uniform(5, i) - 0.5);
  rows.copyWithin(3 * size, 0, size);
  const problem = {rows, labels: Array.from({length: count}, (_, i) => i % 3), size, classes: 3, c: 3};
  const head = trained(problem);
  const gradient = new Float64Array(3 * (size + 1));
  const loss = objective(problem, Float64Array.of(...head.weights, ...head.bias), gradient);
  assert.ok(Math.max(...gradient.map(Math.abs)) < 1e-3);
  assert.ok(Math.abs(loss - head.loss) < 1e-5);
});

test("what captures add to a lead, and the biases, are the lead", () => {
  const problem = clouds(30);
  const head = trained(problem);
  const shown = Float32Array.of(0.3, 0.4, -0.2, 0.1);
  const score = (/** @type {number} */ k) => head.bias[k] + shown.reduce((sum, one, d) => sum + one * head.weights[k * 4 + d], 0);
  const sum = shares(problem, head, shown, 2, 0).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum + head.bias[2] - head.bias[0] - (score(2) - score(0))) < 1e-3);
});

test("neighbours vote by nearness, and one that is met exactly decides alone", () => {
  const rows = Float32Array.of(0, 0, 3, 0, 0, 1, 9, 9);
  const found = nearest(rows, 2, Float32Array.of(0, 4), 3);
  assert.deepEqual(found.map(({at}) => at), [2, 0, 1]);
  near(found.map(({vote}) => vote), [1 / 3, 1 / 4, 1 / 5].map((one) => one / (47 / 60)));
  assert.deepEqual(votes(nearest(rows, 2, Float32Array.of(3, 0), 2), [0, 1, 0, 0], 2), [0, 1]);
});

test("classes come and go, and every step is taken back", () => {
  let taught = machine([[[1, 0]], [[0, 1]]]);
  const history = new History(taught);
  const [up, down] = taught.classes;
  history.step(changed(history.taught, up.id, {name: "left"}), "the new name left");
  history.step(added(history.taught), "the new class");
  assert.deepEqual(history.taught.classes.map(({name}) => name), ["left", "down", "Class 3"]);
  history.step(removed(history.taught, down.id), "removing down");
  assert.deepEqual([history.taught.captures.length, count(history.taught, down.id)], [1, 0]);
  assert.equal(removed(history.taught, up.id).classes.length, 2, "two classes stay");
  assert.equal(history.words, "removing down");
  for (let i = 0; i < 4; i++) history.undo();
  assert.deepEqual(history.taught, taught);
  assert.equal(history.words, "");
  for (let i = 0; i < 20; i++) taught = added(taught);
  assert.equal(taught.classes.length, MOST);
  assert.equal(emptied(taught, up.id).captures.length, 1);
  assert.equal(dropped(taught, taught.captures[0].id).captures[0].of, down.id);
});

test("a fifth, the last take, or nothing is kept back, and never learned from", () => {
  let taught = machine([Array(11).fill([1, 0]), [[0, 1]]]);
  const take = fresh();
  for (let i = 0; i < 3; i++) taught = recorded(taught, {...taught.captures[11], id: fresh(), take});
  const own = taught.captures.filter(({of}) => of === taught.classes[0].id).map(({id}) => id);
  assert.deepEqual([...held(taught, "fifth")], [own[4], own[9]]);
  assert.deepEqual([...held(taught, "take")], [own[10], ...taught.captures.slice(-3).map(({id}) => id)]);
  assert.equal(held(taught, "none").size, 0);
  const single = machine([[[1, 0]], [[0, 1], [1, 1]]]);
  assert.deepEqual([...held(single, "take")], [single.captures[2].id], "an only take is learned from");
  const learner = new Learner(taught, {neighbours: 3, c: 10, held: "take"});
  assert.equal(learner.train.ids.some((id) => learner.kept.has(id)), false);
  assert.equal(learner.train.ids.length + learner.test.ids.length, taught.captures.length);
  assert.deepEqual(table(taught, ({take: one}) => one === take).labels, [1, 1, 1]);
});

test("both ways learn, tell what decided, and read what was kept back", async () => {
  const cloud = (/** @type {number} */ x, /** @type {number} */ key) => Array.from({length: 10}, (_, i) => [x + 0.1 * uniform(key, i), 1 - x + 0.1 * uniform(key, i + 50)]);
  const taught = machine([cloud(1, 1), cloud(0, 2)]);
  const learner = new Learner(taught, {neighbours: 3, c: 100, held: "fifth"});
  let breaths = 0;
  await learner.learn(async () => void breaths++);
  assert.ok(learner.ready && learner.head);
  for (const method of /** @type {const} */ (["head", "neighbours"])) {
    const said = learner.answer(method, Float32Array.of(1, 0));
    assert.ok(said && said[0] > 0.9);
    assert.deepEqual(learner.confusion(method), [[2, 0], [0, 2]]);
    const [first] = learner.decisive(method, Float32Array.of(1, 0));
    const capture = taught.captures.find(({id}) => id === first.id);
    assert.ok(first.share > 0 && capture);
    if (method === "neighbours") assert.equal(capture.of, taught.classes[0].id);
  }
  const alone = new Learner(machine([[[1, 0]], []]), {neighbours: 3, c: 1, held: "fifth"});
  await alone.learn(async () => {});
  assert.deepEqual([alone.ready, alone.head, alone.answer("neighbours", Float32Array.of(1, 0))], [false, null, null]);
});

const ORIGIN = {model: "net", layer: "last", mark: "abc", small: [1, 1, 1], size: 2};

test("a file brings back what was saved", () => {
  let taught = machine([[[1, 0.25]], [[0, 1], [0.5, 0.5]]]);
  taught = changed(taught, taught.classes[1].id, {output: {sort: "word", word: "grüß dich"}});
  const {taught: found, again} = read(written(taught, ORIGIN).buffer, ORIGIN, true);
  assert.equal(again, false);
  assert.deepEqual(found.classes.map(({name, output}) => [name, output]), taught.classes.map(({name, output}) => [name, output]));
  assert.deepEqual(found.captures.map(({features, small}) => [[...features], [...small]]), taught.captures.map(({features, small}) => [[...features], [...small]]));
  assert.deepEqual(found.captures.map(({of}) => of === found.classes[0].id), [true, false, false]);
  assert.equal(new Set(found.captures.map(({take}) => take)).size, 3);
});

test("a file that does not fit is refused in words", () => {
  const taught = machine([[[1, 0]], [[0, 1]]]);
  const file = written(taught, ORIGIN);
  assert.equal(read(file.buffer, {...ORIGIN, mark: "other"}, true).again, true);
  assert.throws(() => read(file.buffer, {...ORIGIN, mark: "other"}, false), /saved from last of net/);
  assert.throws(() => read(file.buffer, {...ORIGIN, small: [1, 2, 2]}, true), /saved from/);
  assert.throws(() => read(new TextEncoder().encode("a word that is no such file at all").buffer, ORIGIN, true), /cannot be opened/);
  assert.throws(() => read(file.buffer.slice(0, file.length - 1), ORIGIN, true), /cannot be opened/);
  const altered = new TextDecoder("latin1").decode(file);
  const bytes = (/** @type {string} */ text) => Uint8Array.from(text, (one) => one.charCodeAt(0)).buffer;
  assert.throws(() => read(bytes(altered.replace('"version":"1"', '"version":"7"')), ORIGIN, true), /version 7/);
  assert.throws(() => read(bytes(altered.replace("explorable captures", "explorable figures!")), ORIGIN, true), /no captures/);
  const broken = written(taught, ORIGIN);
  new DataView(broken.buffer).setFloat32(broken.length - 2 - 8 - 8 - 16, NaN, true);
  assert.throws(() => read(broken.buffer, ORIGIN, true), /no finite/);
});

test("any bytes at all are read or refused, and nothing else is thrown", () => {
  const file = written(machine([[[1, 0]], [[0, 1]]]), ORIGIN);
  for (let trial = 0; trial < 400; trial++) {
    const copy = file.slice();
    for (let i = 0; i < 3; i++) copy[Math.floor(uniform(trial, 2 * i) * copy.length)] = Math.floor(256 * uniform(trial, 2 * i + 1));
    try {
      read(copy.buffer, ORIGIN, trial % 2 === 0);
    } catch (error) {
      assert.ok(error instanceof RangeError && /cannot be opened/.test(error.message), String(error));
    }
  }
});

test("the check sum is that of the standard, and files lie uncompressed in the archive", () => {
  assert.equal(crc(new TextEncoder().encode("123456789")), 0xcbf43926);
  const archive = zip({"a.txt": new TextEncoder().encode("hello")});
  assert.ok(new TextDecoder("latin1").decode(archive).includes("a.txthello"));
});

test("pictures are shrunk to means", () => {
  assert.deepEqual([...shrunk([0, 1, 0, 1, 0, 1], [1, 1, 6], [1, 1, 2])], [85, 170]);
  assert.deepEqual([...shrunk([0, 0.2, 1], [1, 1, 3], [1, 1, 2])], [17, 187]);
});

test("a held drawing is turned and stretched a little, the first time not at all", () => {
  const strokes = [/** @type {[number, number][]} */ ([[0.2, 0.2], [0.8, 0.6]])];
  assert.equal(moved(strokes, 0), strokes);
  const ways = [1, 2, 3].map((way) => moved(strokes, way)[0]);
  assert.equal(new Set(ways.map(String)).size, 3);
  for (const way of ways) way.forEach(([x, y], i) => assert.ok(Math.hypot(x - strokes[0][i][0], y - strokes[0][i][1]) < 0.25));
});

test("why there is no camera is said, and what else there is", () => {
  assert.match(withheld({isSecureContext: false, navigator: {}}), /plain http/);
  assert.match(withheld({isSecureContext: true, navigator: {}}), /lends no camera/);
  assert.equal(withheld({isSecureContext: true, navigator: {mediaDevices: {}}}), "");
  assert.match(refusal("NotAllowedError"), /refused/);
  assert.match(refusal("Whatever"), /could not be started/);
  assert.match(instead("No.", true), /draw or open/);
  assert.ok(new NoCamera("x") instanceof Error);
});

test("words tell what is missing and what is uneven", () => {
  assert.match(wanting(machine([[], []]), false), /Nothing is taught/);
  assert.match(wanting(machine([[[1, 0]], []]), false), /Only up/);
  assert.equal(wanting(machine([[[1, 0]], [[0, 1]]]), true), "");
  assert.match(balance([40, 4]), /10 times/);
  assert.deepEqual([balance([5, 4]), balance([5, 0])], ["", ""]);
  assert.equal(verdict(["a", "b"], [0.25, 0.75]), "b, 75 %");
  assert.deepEqual(right([[3, 1], [0, 2]]), {all: 6, right: 5});
  assert.deepEqual([size(116864), size(13_000_000)], ["117 kB", "13.0 MB"]);
  assert.ok(!page(["<b>", "x"]).includes("<b>"));
});
