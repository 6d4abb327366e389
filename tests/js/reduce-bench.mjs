/**
 * Run by tests/bench_reduction.py: steps a second of t-SNE here, of a textbook's loop, and of a peer's file
 * where there is one, with the KL divergence that each has reached. In JSON.
 */
import {readFileSync} from "node:fs";
import {Draw} from "../../templates/js/draw.js";
import {rows, squares} from "../../templates/js/reduce/distances.js";
import {Tsne} from "../../templates/js/reduce/tsne.js";

const [PERPLEXITY, EPSILON, STEPS] = [30, 10, 500];

/** Four groups in ten dimensions. */
function points(count) {
  const draw = new Draw(3);
  return Array.from({length: count}, (_, i) => Array.from(draw.normals(10), (one, k) => one + (k === i % 4 ? 6 : 0)));
}

/** p of every pair, none left out, by bisection. */
function affinities(given) {
  const [n, apart] = [given.length, squares(rows(given))];
  const found = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    let [β, low, high, row] = [1, 0, Infinity, []];
    for (let tries = 0; tries < 100; tries++) {
      row = Array.from({length: n}, (_, j) => (j === i ? 0 : Math.exp(-β * apart[i * n + j])));
      const sum = row.reduce((a, b) => a + b);
      row = row.map((one) => one / sum);
      const off = row.reduce((held, one) => held - (one > 0 ? one * Math.log(one) : 0), 0) - Math.log(PERPLEXITY);
      if (Math.abs(off) < 1e-7) break;
      if (off > 0) [low, β] = [β, high === Infinity ? 2 * β : (β + high) / 2];
      else [high, β] = [β, (β + low) / 2];
    }
    row.forEach((one, j) => {
      found[i * n + j] += one / (2 * n);
      found[j * n + i] += one / (2 * n);
    });
  }
  return found;
}

/** KL divergence of places from all pairs. */
function divergence(p, places, n) {
  const w = (i, j) => 1 / (1 + (places[2 * i] - places[2 * j]) ** 2 + (places[2 * i + 1] - places[2 * j + 1]) ** 2);
  let [sum, found] = [0, 0];
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (j !== i) sum += w(i, j);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (j !== i && p[i * n + j] > 1e-300) found += p[i * n + j] * Math.log((p[i * n + j] * sum) / w(i, j));
  return found;
}

/** The method as it is written down: all pairs, dense, in two loops. */
class Textbook {
  constructor(given, p, start) {
    const n = given.length;
    Object.assign(this, {n, p, places: Float64Array.from(start), speed: new Float64Array(2 * n), gains: new Float64Array(2 * n).fill(1), w: new Float64Array(n * n), steps: 0});
  }

  step() {
    const {n, p, places, speed, gains, w} = this;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const one = 1 / (1 + (places[2 * i] - places[2 * j]) ** 2 + (places[2 * i + 1] - places[2 * j + 1]) ** 2);
        w[i * n + j] = w[j * n + i] = one;
        sum += 2 * one;
      }
    }
    const pull = this.steps < 100 ? 4 : 1;
    const slopes = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const force = 4 * (pull * p[i * n + j] - w[i * n + j] / sum) * w[i * n + j];
        slopes[2 * i] += force * (places[2 * i] - places[2 * j]);
        slopes[2 * i + 1] += force * (places[2 * i + 1] - places[2 * j + 1]);
      }
    }
    const momentum = this.steps < 250 ? 0.5 : 0.8;
    for (let at = 0; at < 2 * n; at++) {
      gains[at] = slopes[at] > 0 === speed[at] > 0 ? Math.max(0.01, 0.8 * gains[at]) : gains[at] + 0.2;
      places[at] += speed[at] = momentum * speed[at] - EPSILON * gains[at] * slopes[at];
    }
    this.steps += 1;
  }
}

/** A file as the article of 2016 has it: `new tsnejs.tSNE(options)`, `initDataRaw(rows)`, `step()`. */
function peer(file, given) {
  const tsnejs = new Function(`${readFileSync(file, "utf8")}\nreturn tsnejs;`)();
  const one = new tsnejs.tSNE({epsilon: EPSILON, perplexity: PERPLEXITY, dim: 2});
  one.initDataRaw(given);
  return {step: () => one.step(), get places() { return one.getSolution().flat(); }};
}

/** Milliseconds of the processor, which other programs take nothing from. */
const spent = () => process.cpuUsage().user / 1000;

/** Steps a second of some runs, and where they end on average: one alone may be lucky. */
function timed(runs, p, n) {
  const begun = spent();
  for (const run of runs) for (let step = 0; step < STEPS; step++) run.step();
  const pace = (1000 * STEPS * runs.length) / (spent() - begun);
  return {pace, divergence: runs.reduce((sum, run) => sum + divergence(p, run.places, n), 0) / runs.length};
}

const file = process.argv[2];
const found = [200, 1000].map((count) => {
  const given = points(count);
  const p = affinities(given);
  const seeds = count > 500 ? [1] : [1, 2, 3, 4, 5];
  const all = seeds.map((seed) => ({points: rows(given), perplexity: PERPLEXITY, epsilon: EPSILON, seed, neighbours: 15, least: 0.1}));
  const begun = spent();
  const ours = new Tsne(all[0]);
  ours.step();
  const first = spent() - begun;
  const starts = all.map((problem) => new Tsne(problem).places);
  return {
    count,
    first,
    ours: timed(all.map((problem) => new Tsne(problem)), p, count),
    textbook: timed(starts.map((start) => new Textbook(given, p, start)), p, count),
    peer: file ? timed(seeds.map(() => peer(file, given)), p, count) : null,
  };
});
process.stdout.write(JSON.stringify(found));
