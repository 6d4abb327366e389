/**
 * What the points of a t-SNE push one another, all pairs, two rows at a time. AssemblyScript;
 * templates/light.mjs compiles it to WebAssembly with SIMD.
 *
 * In memory, from byte 0 on: x of every point, y of every point, then room for what each is pushed along x
 * and along y; each of the four has a multiple of four numbers. Points beyond the last lie so far away that
 * they push nothing.
 */

// @ts-ignore: decorators of AssemblyScript
@inline
function total(lanes: v128): f32 {
  return f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1) + f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3);
}

/** Σ w over ordered pairs, those of a point with itself included; in floats, four columns at a time. @param room  a multiple of four */
export function push(room: i32): f64 {
  const size: usize = <usize>room << 2;
  const one = f32x4.splat(1);
  let sum: f64 = 0;
  for (let row: usize = 0; row < size; row += 8) {
    const x0 = v128.load32_splat(row), y0 = v128.load32_splat(row + size);
    const x1 = v128.load32_splat(row + 4), y1 = v128.load32_splat(row + size + 4);
    let w0 = f32x4.splat(0), w1 = f32x4.splat(0);
    let a0 = f32x4.splat(0), b0 = f32x4.splat(0), a1 = f32x4.splat(0), b1 = f32x4.splat(0);
    for (let at: usize = 0; at < size; at += 16) {
      const x = v128.load(at), y = v128.load(at + size);
      const p0 = f32x4.sub(x0, x), q0 = f32x4.sub(y0, y);
      const p1 = f32x4.sub(x1, x), q1 = f32x4.sub(y1, y);
      const v0 = f32x4.div(one, f32x4.add(one, f32x4.add(f32x4.mul(p0, p0), f32x4.mul(q0, q0))));
      const v1 = f32x4.div(one, f32x4.add(one, f32x4.add(f32x4.mul(p1, p1), f32x4.mul(q1, q1))));
      w0 = f32x4.add(w0, v0);
      w1 = f32x4.add(w1, v1);
      const s0 = f32x4.mul(v0, v0), s1 = f32x4.mul(v1, v1);
      a0 = f32x4.add(a0, f32x4.mul(s0, p0));
      b0 = f32x4.add(b0, f32x4.mul(s0, q0));
      a1 = f32x4.add(a1, f32x4.mul(s1, p1));
      b1 = f32x4.add(b1, f32x4.mul(s1, q1));
    }
    f32.store(row + 2 * size, total(a0));
    f32.store(row + 3 * size, total(b0));
    f32.store(row + 2 * size + 4, total(a1));
    f32.store(row + 3 * size + 4, total(b1));
    sum += <f64>total(w0) + <f64>total(w1);
  }
  return sum;
}

// @ts-ignore: decorators of AssemblyScript
@inline
function both(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}

/** The same in double precision, two columns at a time. */
export function pushExactly(room: i32): f64 {
  const size: usize = <usize>room << 3;
  const one = f64x2.splat(1);
  let sum: f64 = 0;
  for (let row: usize = 0; row < size; row += 16) {
    const x0 = v128.load64_splat(row), y0 = v128.load64_splat(row + size);
    const x1 = v128.load64_splat(row + 8), y1 = v128.load64_splat(row + size + 8);
    let w0 = f64x2.splat(0), w1 = f64x2.splat(0);
    let a0 = f64x2.splat(0), b0 = f64x2.splat(0), a1 = f64x2.splat(0), b1 = f64x2.splat(0);
    for (let at: usize = 0; at < size; at += 16) {
      const x = v128.load(at), y = v128.load(at + size);
      const p0 = f64x2.sub(x0, x), q0 = f64x2.sub(y0, y);
      const p1 = f64x2.sub(x1, x), q1 = f64x2.sub(y1, y);
      const v0 = f64x2.div(one, f64x2.add(one, f64x2.add(f64x2.mul(p0, p0), f64x2.mul(q0, q0))));
      const v1 = f64x2.div(one, f64x2.add(one, f64x2.add(f64x2.mul(p1, p1), f64x2.mul(q1, q1))));
      w0 = f64x2.add(w0, v0);
      w1 = f64x2.add(w1, v1);
      const s0 = f64x2.mul(v0, v0), s1 = f64x2.mul(v1, v1);
      a0 = f64x2.add(a0, f64x2.mul(s0, p0));
      b0 = f64x2.add(b0, f64x2.mul(s0, q0));
      a1 = f64x2.add(a1, f64x2.mul(s1, p1));
      b1 = f64x2.add(b1, f64x2.mul(s1, q1));
    }
    f64.store(row + 2 * size, both(a0));
    f64.store(row + 3 * size, both(b0));
    f64.store(row + 2 * size + 8, both(a1));
    f64.store(row + 3 * size + 8, both(b1));
    sum += both(w0) + both(w1);
  }
  return sum;
}
