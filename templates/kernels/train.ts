/**
 * A whole epoch of the playground's trainer, all points of a batch side by side: the same sums in the same order as
 * templates/figures/playground/trainer.js has them, so that both end with the same weights, bit by bit.
 * AssemblyScript; templates/light.mjs compiles it to WebAssembly with SIMD.
 *
 * In memory: 2^(i/1024) from byte 0 on, then what `HEAD` and the constants behind it say, which
 * templates/figures/playground/swift.js writes. The values of a neuron for all of them lie side by side, and so do
 * its slopes.
 * Gradients have two lanes, for the points of even and of odd place in a batch; the lane of a point that is not
 * there learns nothing.
 */

/** Behind the table. */
const HEAD: usize = 8192;
const RATE: usize = HEAD;
/** What follows are whole numbers of four bytes. */
const LAYERS: usize = HEAD + 8;
const ACTIVATION: usize = HEAD + 12;
const OUTPUT: usize = HEAD + 16;
const OPTIMIZER: usize = HEAD + 20;
const PENALTY: usize = HEAD + 24;
const BATCH: usize = HEAD + 28;
const POINTS: usize = HEAD + 32;
const WEIGHTS: usize = HEAD + 36;
/** Updates so far. */
const STEPS: usize = HEAD + 40;
/** Where in memory each thing lies. */
const ORDER: usize = HEAD + 44;
const FEATURES: usize = HEAD + 48;
const LABELS: usize = HEAD + 52;
const HELD: usize = HEAD + 56;
const SLOPES: usize = HEAD + 60;
const FIRST: usize = HEAD + 64;
const SECOND: usize = HEAD + 68;
const VALUES: usize = HEAD + 72;
const DELTAS: usize = HEAD + 76;
/** Of the penalty, by weight; biases have none. */
const STRENGTHS: usize = HEAD + 80;
/** Sizes of inputs and layers. */
const SIZES: usize = HEAD + 84;

/** Activations and outputs, penalties, optimizers, by number. */
const TANH: i32 = 1;
const RELU: i32 = 2;
const SIGMOID: i32 = 3;
const LOGISTIC: i32 = 4;
const SOFTMAX: i32 = 5;
const L1: i32 = 1;
const L2: i32 = 2;
const SGD: i32 = 0;
const MOMENTUM: i32 = 1;

/** Points that are learned from side by side; even, so that the next ones take up the same lanes. */
const MOST: i32 = 32;

const LN2: f64 = 0.6931471805599453;
const HIGH: f64 = <f64>(<f32>(LN2 / 1024));
const LOW: f64 = LN2 / 1024 - HIGH;
const WHOLE: f64 = 6755399441055744;

/**
 * e^2h between −354 and 354.5, as js/functions.js says; it counts in 2h, and factors of two change no digit.
 */
// @ts-ignore: decorators of AssemblyScript
@inline
function squared(h: v128): v128 {
  const t = f64x2.add(f64x2.mul(h, f64x2.splat(2048 / LN2)), f64x2.splat(WHOLE));
  const n = f64x2.sub(t, f64x2.splat(WHOLE));
  const r = f64x2.sub(f64x2.sub(h, f64x2.mul(n, f64x2.splat(HIGH / 2))), f64x2.mul(n, f64x2.splat(LOW / 2)));
  let sum = f64x2.add(f64x2.splat(2), f64x2.mul(r, f64x2.splat(8 / 6.0)));
  sum = f64x2.add(f64x2.splat(2), f64x2.mul(r, sum));
  sum = f64x2.add(f64x2.splat(1), f64x2.mul(r, sum));
  const places = v128.and(i32x4.shl(t, 3), i32x4.splat(8184));
  const fraction = pair(<usize>i32x4.extract_lane(places, 0), <usize>i32x4.extract_lane(places, 2));
  // Times a power of two: added to the exponent.
  return f64x2.mul(i64x2.add(fraction, i64x2.shl(i64x2.shr_u(t, 10), 52)), sum);
}

/** e^x. */
// @ts-ignore: decorators of AssemblyScript
@inline
function exp(x: v128): v128 {
  const found = v128.bitselect(f64x2.splat(Infinity), squared(f64x2.mul(x, f64x2.splat(0.5))), f64x2.gt(x, f64x2.splat(709)));
  return v128.andnot(found, f64x2.le(x, f64x2.splat(-708)));
}

/** Beyond what `squared` takes it is ±1 as well. */
// @ts-ignore: decorators of AssemblyScript
@inline
function tanh(x: v128): v128 {
  const one = f64x2.splat(1);
  const e = squared(f64x2.pmax(f64x2.pmin(x, f64x2.splat(354)), f64x2.splat(-354)));
  return f64x2.sub(one, f64x2.div(f64x2.splat(2), f64x2.add(e, one)));
}

/** Sums between two places as a layer's answers. */
function activate(name: i32, at: usize, end: usize): void {
  const one = f64x2.splat(1);
  if (name == RELU) {
    for (; at < end; at += 16) {
      const a = v128.load(at);
      v128.store(at, v128.and(a, f64x2.gt(a, f64x2.splat(0))));
    }
  } else if (name == SIGMOID) {
    for (; at < end; at += 16) v128.store(at, f64x2.div(one, f64x2.add(exp(f64x2.neg(v128.load(at))), one)));
  } else if (name == TANH || name == LOGISTIC) {
    const share = f64x2.splat(name == TANH ? 1 : 0.5);
    for (; at < end; at += 16) v128.store(at, tanh(f64x2.mul(v128.load(at), share)));
  }
}

/** A slope times the derivative of an activation, from its value. */
// @ts-ignore: decorators of AssemblyScript
@inline
function sloped(name: i32, along: v128, value: v128): v128 {
  const one = f64x2.splat(1);
  if (name == TANH) return f64x2.mul(along, f64x2.sub(one, f64x2.mul(value, value)));
  if (name == RELU) return f64x2.mul(along, v128.and(one, f64x2.gt(value, f64x2.splat(0))));
  if (name == SIGMOID) return f64x2.mul(along, f64x2.mul(value, f64x2.sub(one, value)));
  return along;
}

/** The sums of a layer for four points, or for two. @param row  bytes of a neuron's values */
// @ts-ignore: decorators of AssemblyScript
@inline
function sums(wide: bool, row: usize, before: usize, after: usize, end: usize, weight: usize, bias: usize): void {
  const inputs = (after - before) / row;
  const width = inputs << 3;
  let unit = after;
  for (; unit + row < end; unit += row << 1, bias += 16, weight += width << 1) {
    let a = v128.load64_splat(bias);
    let b = a;
    let c = v128.load64_splat(bias, 8);
    let d = c;
    for (let at = before, to = weight; at < after; at += row, to += 8) {
      const one = v128.load64_splat(to);
      const other = v128.load64_splat(to + width);
      const x = v128.load(at);
      a = f64x2.add(a, f64x2.mul(one, x));
      c = f64x2.add(c, f64x2.mul(other, x));
      if (wide) {
        const y = v128.load(at, 16);
        b = f64x2.add(b, f64x2.mul(one, y));
        d = f64x2.add(d, f64x2.mul(other, y));
      }
    }
    v128.store(unit, a);
    v128.store(unit + row, c);
    if (wide) {
      v128.store(unit, b, 16);
      v128.store(unit + row, d, 16);
    }
  }
  if (unit < end) {
    let a = v128.load64_splat(bias);
    let b = a;
    for (let at = before; at < after; at += row, weight += 8) {
      const one = v128.load64_splat(weight);
      a = f64x2.add(a, f64x2.mul(one, v128.load(at)));
      if (wide) b = f64x2.add(b, f64x2.mul(one, v128.load(at, 16)));
    }
    v128.store(unit, a);
    if (wide) v128.store(unit, b, 16);
  }
}

/** Answers of every layer; where the last layer's are. @param row  bytes of a neuron's values */
function forward(row: usize): usize {
  const layers = load<i32>(LAYERS);
  let before = <usize>load<i32>(VALUES);
  let weight = <usize>load<i32>(HELD);
  for (let layer = 0; layer < layers; layer++) {
    const inputs = <usize>load<i32>(SIZES + (<usize>layer << 2));
    const units = <usize>load<i32>(SIZES + 4 + (<usize>layer << 2));
    const after = before + inputs * row;
    const end = after + units * row;
    const bias = weight + ((inputs * units) << 3);
    let at: usize = 0;
    for (; at + 16 < row; at += 32) sums(true, row, before + at, after + at, end + at, weight, bias);
    if (at < row) sums(false, row, before + at, after + at, end + at, weight, bias);
    activate(load<i32>(layer == layers - 1 ? OUTPUT : ACTIVATION), after, end);
    weight = bias + (units << 3);
    before = after;
  }
  return before;
}

/** Shares of e^z of two points, in the place of the sums. */
function softmax(at: usize, end: usize, row: usize): void {
  let most = f64x2.splat(-Infinity);
  let sum = f64x2.splat(0);
  for (let i = at; i < end; i += row) most = f64x2.max(most, v128.load(i));
  for (let i = at; i < end; i += row) {
    const share = exp(f64x2.sub(v128.load(i), most));
    v128.store(i, share);
    sum = f64x2.add(sum, share);
  }
  for (let i = at; i < end; i += row) v128.store(i, f64x2.div(v128.load(i), sum));
}

/** Slopes of the loss of two points along the sums of the last layer. @param there  lanes that have a point */
function blame(answers: usize, deltas: usize, row: usize, labels: v128, there: v128): void {
  const output = load<i32>(OUTPUT);
  if (output == SOFTMAX) {
    const end = answers + <usize>load<i32>(SIZES + (<usize>load<i32>(LAYERS) << 2)) * row;
    softmax(answers, end, row);
    let number: f64 = 0;
    for (let at = answers; at < end; at += row, deltas += row, number += 1) {
      const right = v128.and(f64x2.splat(1), f64x2.eq(labels, f64x2.splat(number)));
      v128.store(deltas, v128.and(f64x2.sub(v128.load(at), right), there));
    }
    return;
  }
  const answer = v128.load(answers);
  const off = f64x2.sub(answer, labels);
  const delta = output == LOGISTIC ? f64x2.mul(off, f64x2.splat(0.5)) : sloped(output, off, answer);
  v128.store(deltas, v128.and(delta, there));
}

/**
 * What four points, or two, add to the slopes along a layer's weights, and their own slopes along its inputs.
 * @param row  bytes of a neuron's values @param delta  slopes of its sums @param from  addresses of inputs' slopes less those of inputs
 */
// @ts-ignore: decorators of AssemblyScript
@inline
function back(
  wide: bool, row: usize, value: usize, inputs: usize, delta: usize, end: usize, held: usize, slopes: usize, hidden: bool,
  from: usize, activation: i32,
): void {
  const along = inputs << 4;
  const down = inputs << 3;
  let left = inputs;
  if (hidden) {
    for (; left > 1; left -= 2, value += row << 1, held += 16, slopes += 32) {
      const next = value + row;
      const a = v128.load(value);
      const b = v128.load(value, 16);
      const c = v128.load(next);
      const d = v128.load(next, 16);
      let p = f64x2.splat(0);
      let q = p;
      let r = p;
      let s = p;
      for (let at = delta, weight = held, slope = slopes; at < end; at += row, slope += along, weight += down) {
        const one = v128.load64_splat(weight);
        const other = v128.load64_splat(weight, 8);
        const x = v128.load(at);
        let sum = f64x2.add(v128.load(slope), f64x2.mul(x, a));
        let more = f64x2.add(v128.load(slope, 16), f64x2.mul(x, c));
        p = f64x2.add(p, f64x2.mul(x, one));
        r = f64x2.add(r, f64x2.mul(x, other));
        if (wide) {
          const y = v128.load(at, 16);
          sum = f64x2.add(sum, f64x2.mul(y, b));
          more = f64x2.add(more, f64x2.mul(y, d));
          q = f64x2.add(q, f64x2.mul(y, one));
          s = f64x2.add(s, f64x2.mul(y, other));
        }
        v128.store(slope, sum);
        v128.store(slope, more, 16);
      }
      v128.store(value + from, sloped(activation, p, a));
      v128.store(next + from, sloped(activation, r, c));
      if (wide) {
        v128.store(value + from, sloped(activation, q, b), 16);
        v128.store(next + from, sloped(activation, s, d), 16);
      }
    }
  }
  // What is left of a hidden layer, and the inputs, whose own slopes nobody asks for.
  for (; left > 0; left--, value += row, held += 8, slopes += 16) {
    const a = v128.load(value);
    const b = v128.load(value, 16);
    let p = f64x2.splat(0);
    let q = p;
    for (let at = delta, weight = held, slope = slopes; at < end; at += row, slope += along, weight += down) {
      const x = v128.load(at);
      const y = v128.load(at, 16);
      let sum = f64x2.add(v128.load(slope), f64x2.mul(x, a));
      if (wide) sum = f64x2.add(sum, f64x2.mul(y, b));
      v128.store(slope, sum);
      if (hidden) {
        const one = v128.load64_splat(weight);
        p = f64x2.add(p, f64x2.mul(x, one));
        if (wide) q = f64x2.add(q, f64x2.mul(y, one));
      }
    }
    if (hidden) {
      v128.store(value + from, sloped(activation, p, a));
      if (wide) v128.store(value + from, sloped(activation, q, b), 16);
    }
  }
}

/** Adds the slopes of the points along every weight. @param before  values of the last layer @param row  bytes of a neuron's */
function backward(before: usize, row: usize): void {
  const activation = load<i32>(ACTIVATION);
  const deltas = <usize>load<i32>(DELTAS) - <usize>load<i32>(VALUES);
  let index = <usize>load<i32>(WEIGHTS);
  for (let layer = load<i32>(LAYERS) - 1; layer >= 0; layer--) {
    const inputs = <usize>load<i32>(SIZES + (<usize>layer << 2));
    const units = <usize>load<i32>(SIZES + 4 + (<usize>layer << 2));
    const delta = before + deltas;
    const end = delta + units * row;
    index -= units;
    for (let at = delta, slope = <usize>load<i32>(SLOPES) + (index << 4); at < end; slope += 16) {
      let sum = v128.load(slope);
      for (const stop = at + row; at < stop; at += 16) sum = f64x2.add(sum, v128.load(at));
      v128.store(slope, sum);
    }
    index -= inputs * units;
    before -= inputs * row;
    const held = <usize>load<i32>(HELD) + (index << 3);
    const slopes = <usize>load<i32>(SLOPES) + (index << 4);
    let at: usize = 0;
    for (; at + 16 < row; at += 32) {
      back(true, row, before + at, inputs, delta + at, end + at, held, slopes, layer > 0, deltas, activation);
    }
    if (at < row) back(false, row, before + at, inputs, delta + at, end + at, held, slopes, layer > 0, deltas, activation);
  }
}

/** By products. */
function power(base: f64, times: i32): f64 {
  let result: f64 = 1;
  for (let square = base; times > 0; times >>= 1, square *= square) if (times & 1) result *= square;
  return result;
}

/** What the gradient of a batch does to two weights at a time. */
function update(size: i32): void {
  const penalty = load<i32>(PENALTY);
  const optimizer = load<i32>(OPTIMIZER);
  const soft = penalty == L1 && optimizer == SGD;
  const zero = f64x2.splat(0);
  const rate = f64x2.splat(load<f64>(RATE));
  const steps = load<i32>(STEPS) + 1;
  store<i32>(STEPS, steps);
  const adam = optimizer != SGD && optimizer != MOMENTUM;
  const mean = f64x2.splat(adam ? 1 - power(0.9, steps) : 1);
  const square = f64x2.splat(adam ? 1 - power(0.999, steps) : 1);
  const share = f64x2.splat(1 / <f64>size);
  let held = <usize>load<i32>(HELD);
  let slopes = <usize>load<i32>(SLOPES);
  let first = <usize>load<i32>(FIRST);
  let second = <usize>load<i32>(SECOND);
  let strengths = <usize>load<i32>(STRENGTHS);
  for (let left = load<i32>(WEIGHTS); left > 0; left -= 2, held += 16, slopes += 32, first += 16, second += 16, strengths += 16) {
    const a = v128.load(slopes);
    const b = v128.load(slopes, 16);
    v128.store(slopes, zero);
    v128.store(slopes, zero, 16);
    const weight = v128.load(held);
    const strength = v128.load(strengths);
    let slope = f64x2.mul(f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3)), share);
    if (penalty == L2) slope = f64x2.add(slope, f64x2.mul(strength, weight));
    else if (penalty == L1 && !soft) slope = f64x2.add(slope, f64x2.mul(strength, sign(weight)));
    let step = f64x2.mul(rate, slope);
    if (optimizer == MOMENTUM) {
      const speed = f64x2.add(f64x2.mul(f64x2.splat(0.9), v128.load(first)), slope);
      v128.store(first, speed);
      step = f64x2.mul(rate, speed);
    } else if (adam) {
      const one = f64x2.add(f64x2.mul(f64x2.splat(0.9), v128.load(first)), f64x2.mul(f64x2.splat(1 - 0.9), slope));
      const two = f64x2.add(
        f64x2.mul(f64x2.splat(0.999), v128.load(second)),
        f64x2.mul(f64x2.mul(f64x2.splat(1 - 0.999), slope), slope),
      );
      v128.store(first, one);
      v128.store(second, two);
      step = f64x2.div(f64x2.mul(rate, f64x2.div(one, mean)), f64x2.add(f64x2.sqrt(f64x2.div(two, square)), f64x2.splat(1e-8)));
    }
    let next = rounded(f64x2.sub(weight, step));
    if (soft) {
      const by = f64x2.mul(rate, strength);
      const low = f64x2.add(next, by);
      const high = f64x2.sub(next, by);
      const below = v128.and(low, f64x2.lt(next, f64x2.neg(by)));
      next = rounded(v128.bitselect(high, below, f64x2.gt(next, by)));
    }
    v128.store(held, next);
  }
}

// @ts-ignore: decorators of AssemblyScript
@inline
function rounded(lanes: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(lanes));
}

// @ts-ignore: decorators of AssemblyScript
@inline
function sign(lanes: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  return f64x2.sub(v128.and(one, f64x2.gt(lanes, zero)), v128.and(one, f64x2.lt(lanes, zero)));
}

/** js/noise.js: number `at` of the sequence `seed`. */
function uniform(seed: i32, at: i32): f64 {
  let t = seed + (at + 1) * 0x6d2b79f5;
  t = (t ^ (t >>> 15)) * (t | 1);
  t ^= t + (t ^ (t >>> 7)) * (t | 61);
  return <f64>(<u32>(t ^ (t >>> 14))) * (1.0 / 4294967296);
}

/** @param from  where in the sequence this epoch's numbers begin */
function shuffle(seed: i32, from: i32): void {
  const count = load<i32>(POINTS);
  const order = <usize>load<i32>(ORDER);
  for (let i = 0; i < count; i++) store<i32>(order + (<usize>i << 2), i);
  for (let i = count - 1; i > 0; i--) {
    const j = <i32>(uniform(seed, from + i) * <f64>(i + 1));
    const one = order + (<usize>i << 2);
    const other = order + (<usize>j << 2);
    const held = load<i32>(one);
    store<i32>(one, load<i32>(other));
    store<i32>(other, held);
  }
}

/** Two numbers of memory. */
// @ts-ignore: decorators of AssemblyScript
@inline
function pair(a: usize, b: usize): v128 {
  return v128.load64_lane(b, v128.load64_zero(a), 1);
}

/** The slopes of some points along every weight. @param at  where their numbers are @param size  how many, up to MOST */
function learn(at: usize, size: i32): void {
  const width = <usize>load<i32>(SIZES) << 3;
  const values = <usize>load<i32>(VALUES);
  const features = <usize>load<i32>(FEATURES);
  const labels = <usize>load<i32>(LABELS);
  const row = <usize>((size + 1) >> 1) << 4;
  for (let i = 0, to = values; i < size; i += 2, to += 16) {
    const a = features + <usize>load<i32>(at + (<usize>i << 2)) * width;
    // In the place of a point that is not there stands the last.
    const b = i + 1 < size ? features + <usize>load<i32>(at + 4 + (<usize>i << 2)) * width : a;
    for (let n: usize = 0, value = to; n < width; n += 8, value += row) v128.store(value, pair(a + n, b + n));
  }
  const answers = forward(row);
  const deltas = answers + <usize>load<i32>(DELTAS) - values;
  const both = i64x2.splat(-1);
  for (let i = 0, to: usize = 0; i < size; i += 2, to += 16) {
    const a = labels + (<usize>load<i32>(at + (<usize>i << 2)) << 3);
    const last = i + 1 == size;
    const b = last ? a : labels + (<usize>load<i32>(at + 4 + (<usize>i << 2)) << 3);
    blame(answers + to, deltas + to, row, pair(a, b), last ? i64x2.replace_lane(both, 1, 0) : both);
  }
  backward(answers, row);
}

/** Once through all points. @param seed  of their order @param from  where its numbers begin */
export function epoch(seed: i32, from: i32): void {
  shuffle(seed, from);
  const count = load<i32>(POINTS);
  const batch = load<i32>(BATCH);
  const order = <usize>load<i32>(ORDER);
  for (let first = 0; first < count; first += batch) {
    const end = min(first + batch, count);
    for (let i = first; i < end; i += MOST) learn(order + (<usize>i << 2), min(MOST, end - i));
    update(end - first);
  }
}
