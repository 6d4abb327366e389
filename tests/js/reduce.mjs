/** Run by tests/figures/test_reduction.py: what the page's own reductions make of points, in JSON. */
import {readFileSync} from "node:fs";
import {affinities} from "../../templates/js/reduce/affinities.js";
import {distances, nearest, rows, squares} from "../../templates/js/reduce/distances.js";
import {stress} from "../../templates/js/reduce/mds.js";
import {begin} from "../../templates/js/reduce/method.js";
import {pca} from "../../templates/js/reduce/pca.js";
import {plain} from "../../templates/js/reduce/push.js";
import {Quality} from "../../templates/js/reduce/quality.js";
import {Tsne} from "../../templates/js/reduce/tsne.js";
import {curve, graph, memberships} from "../../templates/js/reduce/umap.js";
import {wheel} from "../../templates/figures/reduction/colours.js";
import {read} from "../../templates/figures/reduction/own.js";
import {SETS, sample} from "../../templates/figures/reduction/sets.js";

/** Those of the light scheme. */
const CATEGORIES = ["#00268e", "#e26809", "#559b70", "#ac3654", "#b36fe2", "#007692"];
const USUAL = {seed: 1, perplexity: 30, epsilon: 10, neighbours: 10, least: 0.1};

/** Places and cost of a method at some of its steps. */
const run = ({points, method, at, exact, ...settings}) => {
  const problem = {...USUAL, ...settings, points: rows(points)};
  const one = exact ? new Tsne(problem, plain(points.length)) : begin(method, problem);
  const found = [];
  for (let step = 0; step <= Math.max(...at); step++) {
    if (at.includes(step)) found.push({places: [...one.places], cost: one.cost()});
    one.step();
  }
  return found;
};

const quality = ({points, places, labels}) => {
  const given = rows(points);
  return new Quality(squares(given), given.count, labels).measure(places.flat());
};

const asked = JSON.parse(readFileSync(0, "utf8"));
const made = {
  runs: asked.runs?.map(run),
  qualities: asked.qualities?.map(quality),
  sets: asked.sets?.map(({name, seed, ...of}) => {
    const {rows: {values, count, width}, labels, tones} = sample(name, of, seed);
    return {values: [...values], count, width, labels: labels && [...labels], tones: tones && [...tones]};
  }),
  ranges: SETS.map(({name, points, dims, scale}) => ({name, points, dims: dims ?? null, scale: scale ?? null})),
  pca: asked.pca?.map(({points, axes}) => {
    const {places, explained} = pca(rows(points), axes);
    return {places: [...places], explained: [...explained]};
  }),
  stress: asked.stress?.map(({points, places}) => stress(distances(rows(points)), places.flat(), points.length)),
  affinities: asked.affinities?.map(({points, perplexity}) => {
    const n = points.length;
    const {ends, others, shares} = affinities(squares(rows(points)), n, perplexity);
    const found = new Array(n * n).fill(0);
    for (let i = 0, at = 0; i < n; i++) for (; at < ends[i]; at++) found[i * n + others[at]] = found[others[at] * n + i] = shares[at];
    return found;
  }),
  curves: asked.curves?.map(curve),
  memberships: asked.memberships?.map((apart) => [...memberships(Float64Array.from(apart))]),
  graphs: asked.graphs?.map(({points, k}) => graph(distances(rows(points)), points.length, k)),
  nearest: asked.nearest?.map(({points, k}) => [...nearest(squares(rows(points)), points.length, k)]),
  wheels: asked.wheels?.map(([tone, ring]) => wheel(tone, ring, {categories: CATEGORIES})),
  own: asked.own?.map((text) => {
    try {
      const {rows: {values, count, width}, ...told} = read(text);
      return {values: [...values], count, width, ...told};
    } catch (error) {
      return {refused: error.message, kind: error.constructor.name};
    }
  }),
};
process.stdout.write(JSON.stringify(made));
