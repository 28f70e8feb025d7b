// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { isPlain, plainWords, withPrefix } from "../../theme_overrides/assets/search/query.js";
import { trimmed } from "../../theme_overrides/assets/search/pipeline.js";

const known = (...words) => (word) => words.includes(word);

test("plain words are those of documents, and the parts of those with a sign", () => {
  assert.deepEqual(plainWords("Patho-R1: A (Multimodal) Expert — 76.5%"), ["patho", "r1", "a", "multimodal", "expert", "76.5"]);
  assert.deepEqual(plainWords("GAN:data a*b +x"), ["gan:data", "gan", "data", "a", "b", "x"]);
  assert.deepEqual(plainWords(" :~^*+-\\ "), []);
});

test("operators are not plain, hyphens inside words are", () => {
  for (const text of ["a:b", "a~1", "a^2", "a*", "+a", "-a", "b -a", "a\\b"]) assert.equal(isPlain(text), false, text);
  for (const text of ["", "pre-training", "what is a key?", "数学 обзор"]) assert.equal(isPlain(text), true, text);
});

test("an unknown last word is a beginning, a known one is whole", () => {
  assert.equal(withPrefix("Deep reaso", known("deep")), "deep reaso reaso*");
  assert.equal(withPrefix("deep reason", known("reason")), "deep reason");
  assert.equal(withPrefix("reaso ", known()), "reaso");
  assert.equal(withPrefix("+reaso", known()), "+reaso");
  assert.equal(withPrefix("???", known()), "???");
});

test("a word on its way past its stem is found by the stem", () => {
  assert.equal(withPrefix("reasoni", known("reason")), "reasoni reasoni* reason");
  assert.equal(withPrefix("photosyntesis", known("photo", "photosynte")), "photosyntesis photosyntesis*");
});

test("trimming keeps letters of all scripts", () => {
  assert.equal(trimmed("«数学»,"), "数学");
  assert.equal(trimmed("—"), "");
  assert.equal(trimmed("\u{1D4B3}!"), "\u{1D4B3}");
  assert.equal(trimmed("__init__()"), "__init__");
});
