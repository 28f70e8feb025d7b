// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { isPlain, phrases, plainWords, soughtWords } from "../../theme_overrides/assets/search/query.js";
import { trimmed } from "../../theme_overrides/assets/search/pipeline.js";

test("plain words are those of documents, and the parts of those with a sign", () => {
  assert.deepEqual(plainWords("Patho-R1: A (Multimodal) Expert — 76.5%"), ["patho", "r1", "a", "multimodal", "expert", "76.5"]);
  assert.deepEqual(plainWords("GAN:data a*b +x"), ["gan:data", "gan", "data", "a", "b", "x"]);
  assert.deepEqual(plainWords(" :~^*+-\\ "), []);
});

test("operators are not plain, hyphens inside words are", () => {
  for (const text of ["a:b", "a~1", "a^2", "a*", "+a", "-a", "b -a", "a\\b"]) assert.equal(isPlain(text), false, text);
  for (const text of ["", "pre-training", "what is a key?", "数学 обзор"]) assert.equal(isPlain(text), true, text);
});

test("a plus or a hyphen within a word is no operator", () => {
  assert.ok(["C++", "LLaVA++ and GPT-4", "a+b"].every(isPlain));
  assert.ok(["+data", "data -wall", "title:data", "dat*", "data~1", "data^2"].every((text) => !isPlain(text)));
});

test("words are sought without the fields before them and the operators around them", () => {
  assert.deepEqual(soughtWords("+title:photosynthesis -authors:li data* C++"), ["photosynthesis", "li", "data", "c"]);
  assert.deepEqual(soughtWords("untitled: a study"), ["untitled", "a", "study"]);
});

test("phrases are the words between quotes of any kind, and the rest is what is outside", () => {
  assert.deepEqual(phrases('deep "Large language-models" data “a b”'), { phrases: [["large", "language", "models"], ["a", "b"]], rest: "deep   data" });
  assert.deepEqual(phrases('no "end'), { phrases: [], rest: 'no "end' });
  assert.deepEqual(phrases('"" “ ”'), { phrases: [], rest: '"" “ ”' });
});

test("trimming keeps letters of all scripts", () => {
  assert.equal(trimmed("«数学»,"), "数学");
  assert.equal(trimmed("—"), "");
  assert.equal(trimmed("\u{1D4B3}!"), "\u{1D4B3}");
  assert.equal(trimmed("__init__()"), "__init__");
});
