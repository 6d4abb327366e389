/**
 * A whole epoch of the playground's trainer, four points at a time: the same sums in the same order as
 * templates/figures/playground/trainer.js has them, so that both end with the same weights, bit by bit.
 * AssemblyScript; templates/light.mjs compiles it to WebAssembly with SIMD.
 *
 * In memory: 2^(i/1024) from byte 0 on, then what `HEAD` and the constants behind it say, which
 * templates/figures/playground/swift.js writes. Values and slopes of four points lie side by side.
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

const LN2: f64 = 0.6931471805599453;
const HIGH: f64 = <f64>(<f32>(LN2 / 1024));
const LOW: f64 = LN2 / 1024 - HIGH;
const WHOLE: f64 = 6755399441055744;

/** js/functions.js says how: e^x between −708 and 709. */
// @ts-ignore: decorators of AssemblyScript
@inline
function inside(x: v128): v128 {
  const t = f64x2.add(f64x2.mul(x, f64x2.splat(1024 / LN2)), f64x2.splat(WHOLE));
  const n = f64x2.sub(t, f64x2.splat(WHOLE));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(HIGH))), f64x2.mul(n, f64x2.splat(LOW)));
  const one = f64x2.splat(1);
  let sum = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, f64x2.splat(1.0 / 6)));
  sum = f64x2.add(one, f64x2.mul(r, sum));
  sum = f64x2.add(one, f64x2.mul(r, sum));
  const fraction = v128.load64_lane(
    <usize>((i32x4.extract_lane(t, 2) & 1023) << 3),
    v128.load64_zero(<usize>((i32x4.extract_lane(t, 0) & 1023) << 3)),
    1,
  );
  const power = i64x2.shl(i64x2.add(i64x2.shr_u(t, 10), i64x2.splat(1023)), 52);
  return f64x2.mul(f64x2.mul(fraction, power), sum);
}

/** e^x. */
// @ts-ignore: decorators of AssemblyScript
@inline
function exp(x: v128): v128 {
  const found = v128.bitselect(f64x2.splat(Infinity), inside(x), f64x2.gt(x, f64x2.splat(709)));
  return v128.andnot(found, f64x2.le(x, f64x2.splat(-708)));
}

/** Of half of x. Beyond what `inside` takes it is ±1 as well. */
// @ts-ignore: decorators of AssemblyScript
@inline
function tanh(x: v128): v128 {
  const one = f64x2.splat(1);
  const e = inside(f64x2.pmax(f64x2.pmin(x, f64x2.splat(709)), f64x2.splat(-708)));
  return f64x2.sub(one, f64x2.div(f64x2.splat(2), f64x2.add(e, one)));
}

/** Sums between two places as a layer's answers. @param wide  to four points, else to two */
// @ts-ignore: decorators of AssemblyScript
@inline
function activate(wide: bool, name: i32, at: usize, end: usize): void {
  const one = f64x2.splat(1);
  if (name == RELU) {
    const zero = f64x2.splat(0);
    for (; at < end; at += 32) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      v128.store(at, v128.and(a, f64x2.gt(a, zero)));
      if (wide) v128.store(at, v128.and(b, f64x2.gt(b, zero)), 16);
    }
  } else if (name == SIGMOID) {
    for (; at < end; at += 32) {
      v128.store(at, f64x2.div(one, f64x2.add(exp(f64x2.neg(v128.load(at))), one)));
      if (wide) v128.store(at, f64x2.div(one, f64x2.add(exp(f64x2.neg(v128.load(at, 16))), one)), 16);
    }
  } else if (name == TANH || name == LOGISTIC) {
    // Halved and doubled again, it is what it was.
    const twice = f64x2.splat(name == TANH ? 2 : 1);
    for (; at < end; at += 32) {
      v128.store(at, tanh(f64x2.mul(v128.load(at), twice)));
      if (wide) v128.store(at, tanh(f64x2.mul(v128.load(at, 16), twice)), 16);
    }
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

/** Answers of every layer; where the last layer's are. */
// @ts-ignore: decorators of AssemblyScript
@inline
function forward(wide: bool): usize {
  const layers = load<i32>(LAYERS);
  let before = <usize>load<i32>(VALUES);
  let weight = <usize>load<i32>(HELD);
  for (let layer = 0; layer < layers; layer++) {
    const inputs = load<i32>(SIZES + (<usize>layer << 2));
    const units = load<i32>(SIZES + 4 + (<usize>layer << 2));
    const after = before + (<usize>inputs << 5);
    const end = after + (<usize>units << 5);
    let bias = weight + (<usize>(inputs * units) << 3);
    for (let unit = after; unit < end; unit += 32, bias += 8) {
      let a = v128.load64_splat(bias);
      let b = a;
      for (let at = before; at < after; at += 32, weight += 8) {
        const one = v128.load64_splat(weight);
        a = f64x2.add(a, f64x2.mul(one, v128.load(at)));
        if (wide) b = f64x2.add(b, f64x2.mul(one, v128.load(at, 16)));
      }
      v128.store(unit, a);
      if (wide) v128.store(unit, b, 16);
    }
    activate(wide, load<i32>(layer == layers - 1 ? OUTPUT : ACTIVATION), after, end);
    weight = bias;
    before = after;
  }
  return before;
}

/** Shares of e^z of two points, in the place of the sums. */
function softmax(at: usize, end: usize): void {
  let most = f64x2.splat(-Infinity);
  let sum = f64x2.splat(0);
  for (let i = at; i < end; i += 32) most = f64x2.max(most, v128.load(i));
  for (let i = at; i < end; i += 32) {
    const share = exp(f64x2.sub(v128.load(i), most));
    v128.store(i, share);
    sum = f64x2.add(sum, share);
  }
  for (let i = at; i < end; i += 32) v128.store(i, f64x2.div(v128.load(i), sum));
}

/** Slopes of the loss of two points along the sums of the last layer. @param there  lanes that have a point */
function blame(answers: usize, deltas: usize, labels: v128, there: v128): void {
  const output = load<i32>(OUTPUT);
  if (output == SOFTMAX) {
    const classes = load<i32>(SIZES + (<usize>load<i32>(LAYERS) << 2));
    softmax(answers, answers + (<usize>classes << 5));
    for (let i = 0; i < classes; i++) {
      const at = <usize>i << 5;
      const right = v128.and(f64x2.splat(1), f64x2.eq(labels, f64x2.splat(<f64>i)));
      v128.store(deltas + at, v128.and(f64x2.sub(v128.load(answers + at), right), there));
    }
    return;
  }
  const answer = v128.load(answers);
  const off = f64x2.sub(answer, labels);
  const delta = output == LOGISTIC ? f64x2.mul(off, f64x2.splat(0.5)) : sloped(output, off, answer);
  v128.store(deltas, v128.and(delta, there));
}

/** Adds the slopes of the points along every weight. @param before  values of the last layer */
// @ts-ignore: decorators of AssemblyScript
@inline
function backward(wide: bool, before: usize): void {
  const activation = load<i32>(ACTIVATION);
  const deltas = <usize>load<i32>(DELTAS) - <usize>load<i32>(VALUES);
  let index = load<i32>(WEIGHTS);
  for (let layer = load<i32>(LAYERS) - 1; layer >= 0; layer--) {
    const inputs = load<i32>(SIZES + (<usize>layer << 2));
    const units = load<i32>(SIZES + 4 + (<usize>layer << 2));
    const delta = before + deltas;
    const end = delta + (<usize>units << 5);
    const along = <usize>inputs << 4;
    const down = <usize>inputs << 3;
    index -= units;
    for (let at = delta, slope = <usize>load<i32>(SLOPES) + (<usize>index << 4); at < end; at += 32, slope += 16) {
      let sum = f64x2.add(v128.load(slope), v128.load(at));
      if (wide) sum = f64x2.add(sum, v128.load(at, 16));
      v128.store(slope, sum);
    }
    index -= inputs * units;
    before -= <usize>inputs << 5;
    let held = <usize>load<i32>(HELD) + (<usize>index << 3);
    let slopes = <usize>load<i32>(SLOPES) + (<usize>index << 4);
    for (let i = 0, value = before; i < inputs; i++, value += 32, held += 8, slopes += 16) {
      const a = v128.load(value);
      const b = v128.load(value, 16);
      if (!layer) {
        for (let at = delta, slope = slopes; at < end; at += 32, slope += along) {
          let sum = f64x2.add(v128.load(slope), f64x2.mul(v128.load(at), a));
          if (wide) sum = f64x2.add(sum, f64x2.mul(v128.load(at, 16), b));
          v128.store(slope, sum);
        }
        continue;
      }
      let p = f64x2.splat(0);
      let q = p;
      for (let at = delta, weight = held, slope = slopes; at < end; at += 32, slope += along, weight += down) {
        const c = v128.load(at);
        const d = v128.load(at, 16);
        let sum = f64x2.add(v128.load(slope), f64x2.mul(c, a));
        if (wide) sum = f64x2.add(sum, f64x2.mul(d, b));
        v128.store(slope, sum);
        const one = v128.load64_splat(weight);
        p = f64x2.add(p, f64x2.mul(c, one));
        if (wide) q = f64x2.add(q, f64x2.mul(d, one));
      }
      v128.store(value + deltas, sloped(activation, p, a));
      if (wide) v128.store(value + deltas, sloped(activation, q, b), 16);
    }
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
  const count = f64x2.splat(<f64>size);
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
    let slope = f64x2.div(f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3)), count);
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
  return <f64>(<u32>(t ^ (t >>> 14))) / 4294967296;
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

/** The slopes of up to four points, or of up to two, along every weight. @param at  where their numbers are @param size  how many */
// @ts-ignore: decorators of AssemblyScript
@inline
function learn(wide: bool, at: usize, size: i32): void {
  const row = <usize>load<i32>(SIZES) << 3;
  const values = <usize>load<i32>(VALUES);
  const features = <usize>load<i32>(FEATURES);
  const labels = <usize>load<i32>(LABELS);
  // In the place of a point that is not there stands the one before it.
  const i = <usize>load<i32>(at);
  const j = size > 1 ? <usize>load<i32>(at, 4) : i;
  const k = wide ? <usize>load<i32>(at, 8) : i;
  const l = size > 3 ? <usize>load<i32>(at, 12) : k;
  const a = features + i * row;
  const b = features + j * row;
  const c = features + k * row;
  const d = features + l * row;
  for (let n: usize = 0, to = values; n < row; n += 8, to += 32) {
    v128.store(to, pair(a + n, b + n));
    if (wide) v128.store(to, pair(c + n, d + n), 16);
  }
  const both = i64x2.splat(-1);
  const one = i64x2.replace_lane(both, 1, 0);
  const answers = forward(wide);
  const deltas = answers + <usize>load<i32>(DELTAS) - values;
  blame(answers, deltas, pair(labels + (i << 3), labels + (j << 3)), size > 1 ? both : one);
  if (wide) blame(answers + 16, deltas + 16, pair(labels + (k << 3), labels + (l << 3)), size > 3 ? both : one);
  backward(wide, answers);
}

function four(at: usize, size: i32): void {
  learn(true, at, size);
}

function two(at: usize, size: i32): void {
  learn(false, at, size);
}

/** Once through all points. @param seed  of their order @param from  where its numbers begin */
export function epoch(seed: i32, from: i32): void {
  shuffle(seed, from);
  const count = load<i32>(POINTS);
  const batch = load<i32>(BATCH);
  let at = <usize>load<i32>(ORDER);
  for (let first = 0; first < count; first += batch) {
    const size = min(batch, count - first);
    let left = size;
    for (; left > 2; left -= 4, at += 16) four(at, min(4, left));
    if (left > 0) two(at, left);
    at = <usize>load<i32>(ORDER) + (<usize>(first + size) << 2);
    update(size);
  }
}
