import assert from "node:assert/strict";
import test from "node:test";
import {Queue} from "../../templates/js/queue.js";

/** Work that ends when told to. */
function job(/** @type {string[]} */ log, /** @type {string} */ name) {
  const {promise, resolve} = Promise.withResolvers();
  const work = async () => {
    log.push(`start ${name}`);
    await promise;
    log.push(`end ${name}`);
    return name;
  };
  return {work, end: () => resolve(null)};
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("calls run one at a time, in order", async () => {
  /** @type {string[]} */
  const log = [];
  const queue = new Queue();
  const [a, b] = [job(log, "a"), job(log, "b")];
  const answers = [queue.run(a.work, {key: 1}), queue.run(b.work, {key: 2})];
  b.end();
  await settle();
  assert.deepEqual(log, ["start a"]);
  a.end();
  assert.deepEqual(await Promise.all(answers), ["a", "b"]);
  assert.deepEqual(log, ["start a", "end a", "start b", "end b"]);
});

test("of calls that want only the latest, the running and the newest are answered", async () => {
  /** @type {string[]} */
  const log = [];
  const queue = new Queue();
  const jobs = ["a", "b", "c", "d"].map((name) => job(log, name));
  const answers = jobs.map(({work}) => queue.run(work, {key: 1, latest: true}));
  for (const {end} of jobs) end();
  assert.deepEqual(await Promise.all(answers), ["a", null, null, "d"]);
});

test("a call that did not ask for it is never given up", async () => {
  /** @type {string[]} */
  const log = [];
  const queue = new Queue();
  const jobs = ["a", "b", "c"].map((name) => job(log, name));
  const answers = [
    queue.run(jobs[0].work, {key: 1}),
    queue.run(jobs[1].work, {key: 1}),
    queue.run(jobs[2].work, {key: 1, latest: true}),
  ];
  for (const {end} of jobs) end();
  assert.deepEqual(await Promise.all(answers), ["a", "b", "c"]);
});

test("the latest call of one graph does not replace another graph's", async () => {
  const queue = new Queue();
  const [a, b, c] = ["a", "b", "c"].map((name) => async () => name);
  const answers = [
    queue.run(a, {key: 1, latest: true}),
    queue.run(b, {key: 2, latest: true}),
    queue.run(c, {key: 3, latest: true}),
  ];
  assert.deepEqual(await Promise.all(answers), ["a", "b", "c"]);
});

test("a call that fails lets the next one run", async () => {
  const queue = new Queue();
  const bad = queue.run(async () => Promise.reject(new Error("shape")), {key: 1});
  const good = queue.run(async () => "good", {key: 1});
  await assert.rejects(bad, /shape/);
  assert.equal(await good, "good");
});

test("a waiting call of a figure that is gone is not run", async () => {
  /** @type {string[]} */
  const log = [];
  const queue = new Queue();
  const control = new AbortController();
  const a = job(log, "a");
  const first = queue.run(a.work, {key: 1});
  const gone = queue.run(job(log, "b").work, {key: 1, signal: control.signal});
  control.abort();
  a.end();
  await assert.rejects(gone, {name: "AbortError"});
  assert.equal(await first, "a");
  assert.deepEqual(log, ["start a", "end a"]);
});
