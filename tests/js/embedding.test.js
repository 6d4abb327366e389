import assert from "node:assert/strict";
import test from "node:test";
import {embedding} from "../../templates/js/embedding.js";

test("the code names page, script, title and height, and nothing in them breaks out", () => {
  const code = embedding({
    page: 'https://example.org/figures/a/b/index.html#b~b.x=1&b.y="2"',
    script: "https://example.org/figures/embed.js",
    title: 'Figure 1 of "A & B"',
    height: 640,
  });
  assert.ok(code.includes('src="https://example.org/figures/a/b/index.html#b~b.x=1&amp;b.y=&quot;2&quot;"'));
  assert.ok(code.includes('title="Figure 1 of &quot;A &amp; B&quot;"'));
  assert.ok(code.includes('height="640"'));
  assert.ok(code.endsWith('<script async src="https://example.org/figures/embed.js"></script>'));
});
