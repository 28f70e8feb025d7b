// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { excerpt, marked } from "../../theme_overrides/assets/search/excerpt.js";

const any = (...words) => (word) => (words.includes(word.toLowerCase()) ? word.toLowerCase() : undefined);
const text = (segments) => segments.map((segment) => segment.text).join("");
const hits = (segments) => segments.filter((segment) => segment.hit).map((segment) => segment.text);

test("marked pieces are the whole text, words without their punctuation", () => {
  const title = "“Data”, data-wall & (DATA): metadata";
  const segments = marked(title, any("data"));
  assert.equal(text(segments), title);
  assert.deepEqual(hits(segments), ["Data", "data", "DATA"]);
});

test("the sentence with most different words wins, then the one with most words, then the first", () => {
  const abstract = "One data data data. Two of data and model. Three data model. Four.";
  assert.equal(text(excerpt(abstract, any("data", "model"))), "Two of data and model.");
  assert.equal(text(excerpt(abstract, any("data"))), "One data data data.");
  assert.equal(text(excerpt(abstract, any("nothing"))), "One data data data.");
});

test("decimals and abbreviations do not end a sentence, Chinese stops do", () => {
  assert.equal(text(excerpt("It gains 3.5 points, e.g. on data. Next.", any("data"))), "It gains 3.5 points, e.g. on data.");
  assert.equal(text(excerpt("Some (e.g. ImageNet) and Li et al. (2020) use data. Next.", any("data"))), "Some (e.g. ImageNet) and Li et al. (2020) use data.");
  assert.equal(text(excerpt("第一句。第二句 data 。第三句。", any("data"))), "第二句 data 。");
});

test("a long sentence is cut between words around its hits, and says so", () => {
  const words = Array.from({ length: 200 }, (_, at) => (at === 120 ? "data" : `word${at}`)).join(" ");
  const shown = text(excerpt(words, any("data")));
  assert.match(shown, /^… word\d+ .*\bdata\b.* word\d+ …$/u);
  assert.ok(shown.length <= 240);
  assert.ok(words.includes(shown.slice(2, -2)));
});

test("text without spaces is cut between characters", () => {
  const shown = text(excerpt("\u{1D4B3}".repeat(500), any("data")));
  assert.ok(shown.isWellFormed?.() ?? true);
  assert.ok(shown.endsWith(" …"));
});

test("an empty abstract has no excerpt", () => {
  assert.deepEqual(excerpt("  ", any("data")), []);
});
