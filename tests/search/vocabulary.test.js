// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { matching } from "../../theme_overrides/assets/search/vocabulary.js";

/** An automaton of a word in which a star is anything, as lunr makes it. */
const automaton = (text) => {
  const root = { final: false, edges: {} };
  let node = root;
  [...text].forEach((char, at) => {
    const isLast = at === text.length - 1;
    const next = char === "*" ? node : { final: isLast, edges: {} };
    node.edges[char] = next;
    if (char === "*") node.final = isLast;
    node = next;
  });
  return root;
};

test("terms that part ways, go on or end early are each judged by themselves", () => {
  const terms = ["a", "ab", "abc", "abd", "b", "constructor", "data", "dated", "datum"];
  assert.deepEqual(matching(terms, automaton("ab*")), ["ab", "abc", "abd"]);
  assert.deepEqual(matching(terms, automaton("*")), terms);
  assert.deepEqual(matching(terms, automaton("*d")), ["abd", "dated"]);
  assert.deepEqual(matching(terms, automaton("dat*d")), ["dated"]);
  assert.deepEqual(matching(terms, automaton("nothing")), []);
  assert.deepEqual(matching([], automaton("*")), []);
});
