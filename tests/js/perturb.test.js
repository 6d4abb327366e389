import assert from "node:assert/strict";
import {test} from "node:test";
import {bare, invented, key, known, now, whole} from "../../templates/figures/perturb/asking.js";
import {Attacks, allowed, projected, raised, stepped} from "../../templates/figures/perturb/attacks.js";
import {rows} from "../../templates/figures/perturb/bars.js";
import {back, blurred, drawn, mosaic, voting} from "../../templates/figures/perturb/guard.js";
import {jpeg, steps} from "../../templates/figures/perturb/jpeg.js";
import {pair} from "../../templates/figures/perturb/pairs.js";
import {beside, called, compared, strong, ticks, verdict} from "../../templates/figures/perturb/words.js";
import {uniform} from "../../templates/js/noise.js";

const GUARD = {on: [], blur: 1, levels: 4, quality: 40, noise: 0.1, copies: 5};
const TABLES = {brightness: Array(8).fill(Array(8).fill(16)), colour: Array(8).fill(Array(8).fill(99)), qualities: [20, 80]};
const VALUES = {shape: [1, 8, 8], jpeg: TABLES, draws: 4, picks: [{index: 7}, {index: 3}], guard: GUARD, attack: "fgsm", target: -1, strength: 0.1, steps: 10};
const FLAT = Float64Array.from({length: 64}, () => 0.5);

/** @param {Record<string, any>} held @returns {any} */
const state = (held) => ({get: (/** @type {string} */ name, /** @type {any} */ fallback) => held[name] ?? fallback});
const near = (/** @type {ArrayLike<number>} */ a, /** @type {number[]} */ b) => b.forEach((one, i) => assert.ok(Math.abs(a[i] - one) < 1e-6, `${a[i]} ${one}`));

test("a step goes along signs, ends at the range, and is cut back to the strength", () => {
  near(stepped([0.5, 0.5, 0.5, 0.95], [3, -0.01, 0, 9], 0.1), [0.6, 0.4, 0.5, 1]);
  near(projected([0.9, 0.2, 0.5], [0.5, 0.25, 0.5], 0.1), [0.6, 0.2, 0.5]);
  near(projected([0.9, -0.2], [0.95, 0.05], 0.2), [0.9, 0]);
  assert.deepEqual([allowed(0, 784), allowed(0.01, 784), allowed(1, 784)], [0, 6, 784]);
  near(raised([0.1, 0.2, 0.3], [2]), [0.1, 0.2, 1]);
});

test("no pair of numbers is better than the one that is found", () => {
  for (let trial = 0; trial < 60; trial++) {
    const count = 3 + (trial % 20);
    const draw = (/** @type {number} */ at) => Float64Array.from({length: count}, (_, i) => Math.round(8 * (uniform(trial, at + i) - 0.5)));
    const [own, others] = [draw(0), draw(100)];
    const score = (/** @type {number} */ p, /** @type {number} */ q) => {
      const [a, b] = [own[p] + own[q], others[p] + others[q]];
      return a > 0 && b < 0 ? -a * b : 0;
    };
    let best = 0;
    for (let p = 0; p < count; p++) for (let q = 0; q < p; q++) best = Math.max(best, score(p, q));
    const found = pair(own, others, () => true, true, false);
    assert.equal(found ? score(...found) : 0, best);
  }
  assert.deepEqual(pair([5, 1, 1], [-5, -1, -1], (at) => at > 0, true, false), [1, 2]);
  assert.equal(pair([5, 1], [-5, -1], (at) => at > 0, true, false), null);
});

test("one gradient serves every strength, and raised numbers begin with those of a smaller strength", async () => {
  let asked = 0;
  const victim = /** @type {any} */ ({
    slope: async () => (asked++, [1, -1, 1, 1]),
    two: async () => (asked++, [[4, 3, 2, 1], [-4, -3, -2, -1]]),
    probabilities: async () => [1, 0],
  });
  const attacks = new Attacks(victim);
  const ask = {picture: [0.5, 0.5, 0.5, 0.5], target: 0, toward: false, strength: 0.1, steps: 10, guard: GUARD, key: "a"};
  near(await attacks.run("fgsm", ask, () => {}), [0.4, 0.6, 0.4, 0.4]);
  near(await attacks.run("fgsm", {...ask, strength: 0.2}, () => {}), [0.3, 0.7, 0.3, 0.3]);
  assert.equal(asked, 1);
  near(await attacks.run("iterated", {...ask, strength: 0.2}, () => {}), [0.3, 0.7, 0.3, 0.3]);
  assert.equal(asked, 10);
  near(await attacks.run("fgsm", {...ask, strength: 0}, () => {}), [0.5, 0.5, 0.5, 0.5]);
  // Towards another class there is something to gain.
  const toward = {...ask, target: 1, toward: true, key: "b"};
  near(await attacks.run("jsma", {...toward, strength: 1}, () => {}), [1, 1, 1, 1]);
  const before = asked;
  near(await attacks.run("jsma", {...toward, strength: 0.5}, () => {}), [1, 1, 0.5, 0.5]);
  assert.equal(asked, before);
});

test("blur keeps what is flat and the sum of what is not, and is its own adjoint", () => {
  near(blurred(FLAT, [1, 8, 8], 2), Array(64).fill(0.5));
  const point = new Float64Array(64);
  point[9] = 1;
  const other = Float64Array.from({length: 64}, (_, i) => uniform(1, i));
  const dot = (/** @type {Float64Array} */ a, /** @type {Float64Array} */ b) => a.reduce((sum, one, i) => sum + one * b[i], 0);
  const once = blurred(point, [1, 8, 8], 1);
  near([dot(once, FLAT)], [0.5]);
  near([dot(once, other)], [dot(point, blurred(other, [1, 8, 8], 1))]);
  near(back(point, GUARD, [1, 8, 8]), [...point]);
});

test("JPEG rounds cosines: what is flat moves by half a step at most, and quality 100 hardly moves", () => {
  assert.equal(steps([[16]], 50)[0], 16);
  assert.equal(steps([[16]], 35)[0], Math.floor((16 * 142 + 50) / 100));
  assert.equal(steps([[16]], 100)[0], 1);
  // 130 − 128 = 2 has the coefficient 16, which is one step of 16.
  near(jpeg(Float64Array.from({length: 64}, () => 130 / 255), [1, 8, 8], 50, TABLES), Array(64).fill(130 / 255));
  // 129 − 128 = 1 has the coefficient 8: a half, and goes up.
  near(jpeg(Float64Array.from({length: 64}, () => 129 / 255), [1, 8, 8], 50, TABLES), Array(64).fill(130 / 255));
  const picture = Float64Array.from({length: 3 * 9 * 10}, (_, i) => Math.round(255 * uniform(2, i)) / 255);
  const found = jpeg(picture, [3, 9, 10], 100, {...TABLES, colour: TABLES.brightness});
  found.forEach((one, i) => assert.ok(Math.abs(one - picture[i]) < 5 / 255));
});

test("copies vote only where chance takes part, and the attacker draws others", () => {
  assert.equal(voting(FLAT, {...GUARD, on: ["blur", "levels"]}, VALUES).length, 1);
  const copies = voting(FLAT, {...GUARD, on: ["noise"]}, VALUES);
  assert.equal(copies.length, 5);
  const tried = drawn(FLAT, {...GUARD, on: ["noise"]}, VALUES, 0);
  assert.equal(tried.length, 4);
  assert.ok(tried.every((one) => copies.every((other) => one[0] !== other[0])));
  near(voting([0.1, 0.2, 1], {...GUARD, on: ["levels"]}, {...VALUES, shape: [1, 1, 3]})[0], [0, 1 / 3, 1]);
  const [low, high] = [new Float64Array(256), new Float64Array(256).fill(1)];
  const mixed = mosaic([low, high], [1, 16, 16], 2, 0);
  assert.ok([0, 8, 128, 136].every((at) => mixed[at] === mixed[at + 7] && mixed[at] === mixed[at + 16 * 7]));
});

test("what is asked is read from the state, and what does not matter changes no key", () => {
  const at = now(state({example: 3, defences: "blur noise", copies: 9}), VALUES);
  assert.equal(at.example, 1);
  assert.deepEqual(at.guard.on, ["blur", "noise"]);
  assert.equal(known(bare(at.guard)), "[]");
  assert.equal(known({...at.guard, levels: 9}), known(at.guard));
  assert.notEqual(known({...at.guard, copies: 2}), known(at.guard));
  assert.equal(key({...at, strength: 0.3}, 2), key(at, 2));
  assert.equal(key({...at, guard: bare(at.guard)}, 2), key(at, 2));
  assert.notEqual(key({...at, aware: true}, 2), key(at, 2));
  assert.equal(whole({...at, steps: 3}), whole(at));
  assert.notEqual(whole({...at, start: "noise"}), whole(at));
  assert.notEqual(key({...at, start: "noise"}, 2), key({...at, start: "blank"}, 2));
  assert.equal(key({...at, start: "noise", example: 0}, 2), key({...at, start: "noise"}, 2));
  near(invented("noise", 3), [uniform(5, 0), uniform(5, 1), uniform(5, 2)]);
  near(invented("blank", 2), [0, 0]);
  assert.notEqual(whole({...at, strength: 0.3}), whole(at));
});

test("the adversary is named", () => {
  const difference = {changed: 3, numbers: 784};
  const told = {was: "8", now: "3", wanted: null, strength: 0.12, counts: false, behind: false, difference};
  assert.equal(verdict(told), "Read as 3, was 8, with at most 0.12 of the full range per pixel.");
  assert.equal(verdict({...told, now: "8"}), "Still read as 8, with at most 0.12 of the full range per pixel.");
  assert.equal(verdict({...told, wanted: "5"}), "Read as 3, was 8 and not as 5, with at most 0.12 of the full range per pixel.");
  assert.equal(verdict({...told, behind: true, counts: true}), "Behind the defence read as 3, was 8, with 3 of 784 numbers changed, each to the most.");
  assert.equal(verdict({...told, difference: {changed: 0, numbers: 784}, now: "8"}), "Nothing is changed: read as 8.");
  assert.equal(called({index: 4, label: "9"}, "4"), "Example 4: 9, misread as 4");
  assert.equal(strong(0.05, true), "5 % of the numbers");
  const {reach, changed, numbers} = compared([0, 0.5, 1], [0.25, 0.5, 0]);
  assert.deepEqual([reach, changed, numbers], [1, 2, 3]);
});

test("many classes show the likeliest of both pictures as bars, few show all", () => {
  assert.deepEqual(rows([0.1, 0.9], [0.9, 0.1]), [0, 1]);
  const before = Array.from({length: 12}, (_, i) => i / 100);
  const after = before.map((_, i) => (i === 2 ? 0.9 : 0));
  assert.deepEqual(rows(before, after), [11, 10, 9, 8, 2]);
  assert.deepEqual(ticks(0.3), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticks(0.06), [0, 0.02, 0.04, 0.06]);
  assert.equal(beside([0, 0.1, 0.3], 0.19), 1);
});
