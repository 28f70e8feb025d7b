// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { Reader, runOf } from "../../theme_overrides/assets/search/coding.js";

test("what is cut short is an error, not an endless or empty answer", () => {
  assert.throws(() => new Reader(new Uint8Array([0x80])).varint(), RangeError);
  assert.throws(() => new Reader(new Uint8Array([1, 2])).bytes(3), RangeError);
  assert.throws(() => new Reader(new Uint8Array([9, 200, 1])).texts(), RangeError);
});

test("a text belongs to the last run that starts before it", () => {
  const starts = ["b", "d", "dx"];
  assert.deepEqual(["a", "b", "c", "d", "dw", "dx", "z", ""].map((text) => runOf(starts, text)), [-1, 0, 0, 1, 1, 2, 2, -1]);
  assert.equal(runOf([], "a"), -1);
});
