import assert from "node:assert/strict";
import test from "node:test";
import {gzipSync} from "node:zlib";
import {bytes, once} from "../../templates/js/download.js";

test("a file is fetched once for all who want it", async () => {
  let count = 0;
  const make = async () => ++count;
  assert.deepEqual(await Promise.all([once("a", make), once("a", make)]), [1, 1]);
});

test("a failed download is tried again at the next call", async () => {
  let count = 0;
  const make = async () => {
    count += 1;
    if (count === 1) throw new Error("offline");
    return "here";
  };
  await assert.rejects(once("b", make), /offline/);
  assert.equal(await once("b", make), "here");
});

test("bytes arrive whole and tell how many have come", async (context) => {
  const parts = [new Uint8Array([1, 2]), new Uint8Array([3])];
  const body = new ReadableStream({
    pull(control) {
      const part = parts.shift();
      if (part) control.enqueue(part);
      else control.close();
    },
  });
  context.mock.method(globalThis, "fetch", async () => new Response(body));
  /** @type {number[]} */
  const told = [];
  assert.deepEqual([...(await bytes("x", (loaded) => told.push(loaded)))], [1, 2, 3]);
  assert.deepEqual(told, [2, 3]);
});

test("what the build packed is unpacked, and half of it is not taken for the whole", async (context) => {
  const whole = new TextEncoder().encode("0".repeat(3000) + "1");
  const packed = gzipSync(whole);
  const answer = context.mock.method(globalThis, "fetch", async () => new Response(packed));
  assert.deepEqual(await bytes("https://x/assets/f00.packed", () => {}), whole);
  answer.mock.mockImplementation(async () => new Response(packed.subarray(0, packed.length / 2)));
  await assert.rejects(bytes("https://x/assets/f00.packed", () => {}), /did not arrive whole/);
  // A file whose name does not say so is passed on as it is.
  answer.mock.mockImplementation(async () => new Response(packed));
  assert.deepEqual([...(await bytes("https://x/assets/f00.onnx", () => {}))], [...packed]);
});

test("a missing file and a lost connection are said in a sentence", async (context) => {
  const answer = context.mock.method(globalThis, "fetch", async () => new Response("", {status: 404}));
  await assert.rejects(bytes("https://x/assets/f00.onnx", () => {}), /could not be fetched: it is not there/);
  answer.mock.mockImplementation(async () => new Response("", {status: 503}));
  await assert.rejects(bytes("https://x/assets/f00.onnx", () => {}), /could not be fetched: the server answered 503/);
  answer.mock.mockImplementation(async () => {
    throw new TypeError("Failed to fetch");
  });
  await assert.rejects(bytes("https://x/assets/f00.onnx", () => {}), /no connection/);
});

test("a connection that breaks in the middle is said too", async (context) => {
  const body = new ReadableStream({
    pull(control) {
      control.error(new TypeError("network error"));
    },
  });
  context.mock.method(globalThis, "fetch", async () => new Response(body));
  await assert.rejects(bytes("x", () => {}), /did not arrive whole/);
});
