import assert from "node:assert/strict";
import test from "node:test";
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
