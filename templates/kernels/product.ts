/**
 * c += a · b in floats, eight columns of four rows at a time: the one loop in which a network spends its
 * time. AssemblyScript; templates/light.mjs compiles it to WebAssembly with SIMD.
 */

/** So many products are added up as floats before they join the sum: long sums lose less. */
const PART: i32 = 512;

// @ts-ignore: decorators of AssemblyScript
@inline
function load4(at: usize): v128 {
  return v128.load(at);
}

// @ts-ignore: decorators of AssemblyScript
@inline
function join(at: usize, sum: v128): void {
  v128.store(at, f32x4.add(v128.load(at), sum));
}

/** Four rows of a by eight columns of b. */
function block(a: usize, ra: usize, ca: usize, b: usize, rb: usize, c: usize, rc: usize, k: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  const a1 = ra, a2 = 2 * ra, a3 = 3 * ra;
  for (let l = 0; l < k; l++) {
    const b0 = load4(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a + a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a + a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a + a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += ca;
    b += rb;
  }
  join(c, c00);
  join(c + 16, c01);
  join(c + rc, c10);
  join(c + rc + 16, c11);
  join(c + 2 * rc, c20);
  join(c + 2 * rc + 16, c21);
  join(c + 3 * rc, c30);
  join(c + 3 * rc + 16, c31);
}

/** One row of a by four columns of b. */
function strip(a: usize, ca: usize, b: usize, rb: usize, c: usize, k: i32): void {
  let sum = f32x4.splat(0);
  for (let l = 0; l < k; l++, a += ca, b += rb) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), load4(b)));
  }
  join(c, sum);
}

/** One row of a by one column of b. */
function single(a: usize, ca: usize, b: usize, rb: usize, c: usize, k: i32): void {
  let sum: f32 = 0;
  for (let l = 0; l < k; l++, a += ca, b += rb) sum += load<f32>(a) * load<f32>(b);
  store<f32>(c, load<f32>(c) + sum);
}

/**
 * c[i][j] += Σ a[i][l] · b[l][j]. Addresses and steps are in bytes: of a from row to row and from column to
 * column, of b and c from row to row; their columns are neighbours.
 */
export function product(a: usize, ra: usize, ca: usize, b: usize, rb: usize, c: usize, rc: usize, m: i32, n: i32, k: i32): void {
  for (; k > 0; k -= PART) {
    const part = min(PART, k);
    let row = a;
    let out = c;
    let i = m;
    for (; i >= 4; i -= 4) {
      let j = 0;
      for (; j + 8 <= n; j += 8) block(row, ra, ca, b + 4 * j, rb, out + 4 * j, rc, part);
      for (let r = 0; r < 4; r++, row += ra, out += rc) rest(row, ca, b, rb, out, j, n, part);
    }
    for (; i > 0; i--, row += ra, out += rc) rest(row, ca, b, rb, out, 0, n, part);
    a += PART * ca;
    b += PART * rb;
  }
}

/** What is left of one row, from column j on. */
function rest(a: usize, ca: usize, b: usize, rb: usize, c: usize, j: i32, n: i32, k: i32): void {
  for (; j + 4 <= n; j += 4) strip(a, ca, b + 4 * j, rb, c + 4 * j, k);
  for (; j < n; j++) single(a, ca, b + 4 * j, rb, c + 4 * j, k);
}
