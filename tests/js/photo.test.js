import assert from "node:assert/strict";
import {test} from "node:test";
import {read, remarks} from "../../templates/js/codings.js";
import {Unread, middle, photo, planes} from "../../templates/js/photo.js";

const ascii = (/** @type {string} */ words) => [...words].map((one) => one.charCodeAt(0));
const two = (/** @type {number} */ n) => [n >> 8, n & 255];
const four = (/** @type {number} */ n) => [...two(n >> 16), ...two(n & 65535)];
const part = (/** @type {string} */ name, /** @type {number[]} */ data) => [...four(data.length), ...ascii(name), ...data, 0, 0, 0, 0];
const png = (/** @type {number} */ width, /** @type {number} */ bits, /** @type {number[][]} */ ...parts) =>
  Uint8Array.from([0x89, ...ascii("PNG"), 13, 10, 26, 10, ...part("IHDR", [...four(width), ...four(7), bits, 2, 0, 0, 0]), ...parts.flat()]);
const jpeg = (/** @type {number} */ colours, /** @type {number[]} */ end) =>
  Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...two(4), 0xff, 0xd9, 0xff, 0xc2, ...two(9), 8, ...two(30), ...two(8000), colours, 0, 0xff, 0xda, ...two(3), 0, 1, 2, 3, ...end]);
const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 9, 0];
const gif = (/** @type {number} */ frames, /** @type {number[]} */ end) =>
  Uint8Array.from([...ascii("GIF89a"), 5, 0, 6, 0, 0x80, 0, 0, ...Array(6).fill(0), 0x21, 0xf9, 1, 0, 0, ...Array(frames).fill(frame).flat(), ...end]);

test("a file that ends too early is told from one that is whole", () => {
  const end = part("IEND", []);
  assert.equal(read(png(9, 8, part("IDAT", [1]), end)).whole, true);
  assert.equal(read(png(9, 8, part("IDAT", [1]))).whole, false);
  assert.equal(read(jpeg(3, [0xff, 0xd9])).whole, true);
  // The end of a thumbnail before the pixels is not the end of the picture.
  assert.equal(read(jpeg(3, [])).whole, false);
  assert.equal(read(gif(1, [0x3b])).whole, true);
  assert.equal(read(gif(1, [])).whole, false);
  const webp = (/** @type {number} */ size) => Uint8Array.from([...ascii("RIFF"), size, 0, 0, 0, ...ascii("WEBPVP8X"), 10, 0, 0, 0, 2, 0]);
  assert.deepEqual([read(webp(14)).whole, read(webp(99)).whole, read(webp(14)).moves], [true, false, true]);
  assert.equal(read(Uint8Array.from(ascii("BM what"))).whole, true);
});

test("print colours, deep colours, moving and very large pictures are remarked on", () => {
  const found = read(jpeg(4, [0xff, 0xd9]));
  assert.deepEqual([found.width, found.height, found.printed], [8000, 30, true]);
  const size = {width: 10, height: 10};
  assert.match(remarks(found, size), /CMYK/);
  assert.match(remarks(found, {width: 8000, height: 30}), /8000 × 30 pixels/);
  assert.match(remarks(read(png(9, 16, part("IEND", []))), size), /16 bits/);
  assert.match(remarks(read(png(9, 8, part("acTL", [...four(3), ...four(0)]), part("IEND", []))), size), /first frame/);
  assert.match(remarks(read(gif(2, [0x3b])), size), /first frame/);
  assert.equal(remarks(read(gif(1, [0x3b])), size), "");
});

test("the middle is taken, and one channel is ink where examples are", () => {
  assert.deepEqual(middle(200, 100, 10, 10), {x: 50, y: 0, width: 100, height: 100});
  assert.deepEqual(middle(100, 200, 20, 10), {x: 0, y: 75, width: 100, height: 50});
  assert.deepEqual(middle(640, 480, 28, 28), {x: 80, y: 0, width: 480, height: 480});
  const ends = [255, 255, 255, 255, 0, 0, 0, 255];
  assert.deepEqual([...planes(ends, [1, 1, 2], true)], [0, 255]);
  assert.deepEqual([...planes(ends, [1, 1, 2], false)], [255, 0]);
  assert.deepEqual([...planes([255, 51, 0, 255], [3, 1, 1], false)], [255, 51, 0]);
  const white = [255, 255, 255, 255, 255, 0, 0, 255];
  assert.deepEqual([...planes(white, [3, 1, 2], false)], [255, 255, 255, 0, 255, 0]);
  assert.deepEqual([...planes(white, [1, 1, 2], true)], [0, 255 - 76]);
  assert.deepEqual([...planes(white, [2, 1, 2], false)], [255, 76, 255, 76]);
});

test("what is no picture is told in words, before anything is decoded", async () => {
  const file = (/** @type {Uint8Array} */ bytes, /** @type {number} */ size = bytes.length) =>
    /** @type {any} */ ({name: "a.png", size, arrayBuffer: async () => bytes.buffer});
  const says = (/** @type {any} */ one, /** @type {RegExp} */ words) =>
    assert.rejects(photo(one, [3, 2, 2], false), (problem) => problem instanceof Unread && words.test(problem.message));
  await says(file(new Uint8Array(0)), /a\.png is empty/);
  await says(file(new Uint8Array(1), 70e6), /has 70 MB, and a page can take 60/);
  await says(file(png(9, 8)), /ends too early: part of this PNG/);
});
