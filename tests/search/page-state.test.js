// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { format, inForce, parse, toggled } from "../../theme_overrides/assets/search/state.js";
import { byline, counted, day, nothingFound, otherQueries } from "../../theme_overrides/assets/search/words.js";

const BARE = { q: "", filters: { topic: [], year: [], organization: [], has: [] }, sort: "relevance", page: 1 };

test("a state survives its URL", () => {
  const filters = { topic: ["a", "b&c"], year: ["2025"], organization: ["x y"], has: ["code"] };
  const state = { q: "título: +a &b#", filters, sort: "comments", page: 3 };
  assert.deepEqual(parse(format(state)), state);
});

test("the bare page is the bare URL, and strangers' keys are left out", () => {
  assert.deepEqual(parse(""), BARE);
  assert.equal(format(BARE), "?");
  assert.deepEqual(parse("?sort=constructor&page=-1&page=x&topic=&__proto__=x&utm=1"), BARE);
  assert.equal(parse("?page=1e9999").page, 1);
  assert.equal(parse("?page=9007199254740991").page, 40); // more than anybody turns, and than a browser fetches at once
});

test("a repeated value counts once", () => {
  assert.deepEqual(parse("?year=2025&year=2025&year=2024").filters.year, ["2025", "2024"]);
});

test("toggling adds a value, takes it away, and goes back to the first page", () => {
  const on = toggled({ ...BARE, page: 2 }, "topic", "reasoning");
  assert.deepEqual(inForce(on), [{ facet: "topic", value: "reasoning" }]);
  assert.deepEqual(toggled(on, "topic", "reasoning"), BARE);
});

const BYLINES = JSON.parse(readFileSync(new URL("./bylines.json", import.meta.url), "utf8"));

test("counts, days and bylines read as on the other pages", () => {
  assert.equal(counted(1, "paper"), "1 paper");
  assert.equal(counted(1234, "paper"), "1,234 papers");
  assert.equal(day("2026-01-07"), "7 Jan 2026");
  for (const { names, count, shown } of BYLINES) assert.equal(byline(names.slice(0, 3), count), shown);
});

test("nothing found is said in the reader's words, shortened, with other queries to try", () => {
  assert.equal(nothingFound(" x ", false, false), "No paper has “x” in its title, topics, organisation, authors or abstract.");
  assert.ok(nothingFound("x".repeat(999), false, false).length < 200);
  assert.deepEqual(otherQueries("photosyntesis").map((other) => other.query), ["photosyntesis~1", "photo*"]);
  assert.deepEqual(otherQueries("of title:photosyntesis").map((other) => other.query), ["photosyntesis~1", "photo*"]);
  assert.deepEqual(otherQueries("x".repeat(99)), []);
});
