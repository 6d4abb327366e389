/** Eigenvectors of symmetric matrices, as few as are wanted. */
import {Draw} from "../draw.js";

/** Below this share of the largest, what is off the diagonal counts as nothing. */
const SMALL = 1e-15;
const SWEEPS = 60;
/** Vectors carried beside the wanted ones; the more, the fewer rounds. */
const SPARE = 8;
const ROUNDS = 1000;

/**
 * All eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, greatest first.
 * Shape: (n, n) to n values and n vectors, one a row.
 * Source: Jacobi 1846, doi:10.1515/crll.1846.30.51.
 * @param {Float64Array} given @param {number} n
 */
export function jacobi(given, n) {
  const a = given.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const size = Math.sqrt(a.reduce((sum, one) => sum + one * one, 0)) || 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) off += a[p * n + q] ** 2;
    if (Math.sqrt(off) <= SMALL * size) break;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({length: n}, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i]);
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]),
    vectors: order.map((i) => Float64Array.from({length: n}, (_, k) => v[k * n + i])),
  };
}

/** One rotation that makes a[p, q] zero. @param {Float64Array} a @param {Float64Array} v @param {number} n @param {number} p @param {number} q */
function rotate(a, v, n, p, q) {
  const between = a[p * n + q];
  if (between === 0) return;
  const half = (a[q * n + q] - a[p * n + p]) / (2 * between);
  const t = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
    const [u, w] = [v[k * n + p], v[k * n + q]];
    v[k * n + p] = c * u - s * w;
    v[k * n + q] = s * u + c * w;
  }
}

/**
 * The `wanted` greatest eigenvalues of a symmetric matrix that is known by its products alone, by
 * orthogonal iteration with Rayleigh and Ritz's step. Eigenvalues below zero must be smaller in size.
 * Error: a vector's residual is below 1e-10 of the greatest value, or what so many rounds reach.
 * @param {(vector: Float64Array) => Float64Array} product @param {number} n @param {number} wanted @param {number} [rounds]
 */
export function leading(product, n, wanted, rounds = ROUNDS) {
  const size = Math.min(n, wanted + SPARE);
  const draw = new Draw(1);
  let basis = Array.from({length: size}, () => draw.normals(n));
  orthonormal(basis);
  let values = new Float64Array(size);
  for (let round = 0; round < rounds; round++) {
    const images = basis.map(product);
    const small = new Float64Array(size * size);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) small[i * size + j] = (dot(basis[i], images[j]) + dot(basis[j], images[i])) / 2;
    const inner = jacobi(small, size);
    values = inner.values;
    const turned = inner.vectors.map((row) => mixed(images, row));
    const vectors = inner.vectors.map((row) => mixed(basis, row));
    let worst = 0;
    for (let i = 0; i < Math.min(wanted, size); i++) {
      for (let k = 0; k < n; k++) worst = Math.max(worst, Math.abs(turned[i][k] - values[i] * vectors[i][k]));
    }
    basis = vectors;
    if (worst <= 1e-10 * Math.abs(values[0])) break;
    if (round < rounds - 1) orthonormal((basis = turned));
  }
  return {values: values.slice(0, wanted), vectors: basis.slice(0, wanted)};
}

/** @param {Float64Array} a @param {Float64Array} b */
function dot(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** @param {Float64Array[]} vectors @param {Float64Array} shares */
function mixed(vectors, shares) {
  const found = new Float64Array(vectors[0].length);
  for (let i = 0; i < vectors.length; i++) for (let k = 0; k < found.length; k++) found[k] += shares[i] * vectors[i][k];
  return found;
}

/** Gram and Schmidt's, twice; a vector that the others make up becomes zero. @param {Float64Array[]} vectors */
function orthonormal(vectors) {
  vectors.forEach((vector, i) => {
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const along = dot(vector, vectors[j]);
        for (let k = 0; k < vector.length; k++) vector[k] -= along * vectors[j][k];
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let k = 0; k < vector.length; k++) vector[k] *= scale;
  });
}
