// @ts-check
/**
 * What a reader typed, as lunr clauses: lunr's own syntax where it can be read, else the plain words.
 *
 * @typedef {{term: string, editDistance?: number}} Clause
 * @typedef {{clauses: Clause[], term(word: string): unknown}} Query
 */
import { SEPARATOR, trimmed } from "./pipeline.js";

export const PLAIN_NOTICE = "Read as plain words, not as search syntax.";

// What lunr itself would take minutes or all memory for, found by trying: a reader's query is far below.
const MOST_PATTERNS = 16;
const MOST_STARS = 8;
const MOST_EDITS = 1e6;

const SYNTAX = /[:~^*+\\]|(^|\s)-/u;
const SIGNS = /[\s:~^*+\\-]+/u;

/**
 * Fill a query with what `text` asks for, and say whether it had to be read as plain words.
 * @param {Query} query
 * @param {string} text
 * @param {(text: string, query: Query) => void} parse  adds the clauses of `text` or throws
 * @returns {string | null} the notice
 */
export function read(query, text, parse) {
  try {
    parse(text, query);
    if (!isTooMuch(query.clauses)) return null;
  } catch {
    // The words below are the answer to a text that is no query.
  }
  query.clauses.length = 0;
  for (const word of plainWords(text)) query.term(word);
  return PLAIN_NOTICE;
}

/**
 * The words of a text as documents have them, and the parts of those that hold a sign of the query syntax.
 * @param {string} text
 * @returns {string[]}
 */
export function plainWords(text) {
  return text.toLowerCase().split(SEPARATOR).flatMap(wordAndParts).filter(Boolean);
}

/** @param {string} word */
function wordAndParts(word) {
  const whole = trimmed(word);
  const parts = whole.split(SIGNS).map(trimmed);
  // A star would be a wildcard even here.
  return parts.length > 1 && !whole.includes("*") ? [whole, ...parts] : parts;
}

/** @param {readonly Clause[]} clauses */
function isTooMuch(clauses) {
  const patterns = clauses.filter((clause) => clause.editDistance !== undefined || clause.term.includes("*"));
  return patterns.length > MOST_PATTERNS || patterns.some(isTooWide);
}

/** @param {Clause} clause */
function isTooWide({ term, editDistance }) {
  if (editDistance === undefined) return term.split("*").length > MOST_STARS + 1;
  return (4 * term.length) ** Math.max(editDistance, 2) > MOST_EDITS;
}

/**
 * Whether `text` is words alone, without any sign of the query syntax.
 * @param {string} text
 */
export function isPlain(text) {
  return !SYNTAX.test(text);
}

// The index holds stems, so that "reasoni", on its way to "reasoning", is the beginning of no term.
const ENDINGS = ["ations", "ization", "ings", "ers", "ities", "ively", "ments", "ness", "able"];

/**
 * The query to ask for a text in a field: plain words without their punctuation, which lunr would look for, and
 * what begins with the last one while it may not be whole. A word that is in the index is taken to be whole.
 * @param {string} text
 * @param {(word: string) => boolean} isTerm  whether the index holds the word's stem
 */
export function withPrefix(text, isTerm) {
  const words = plainWords(text);
  const last = words.at(-1);
  if (!isPlain(text) || last === undefined) return text;
  if (/[\s-]$/u.test(text) || isTerm(last)) return words.join(" ");
  const begun = [4, 3, 2, 1].map((cut) => last.slice(0, -cut)).find((stem) => isBegun(last, stem) && isTerm(stem));
  return [...words, `${last}*`, ...(begun ? [begun] : [])].join(" ");
}

/**
 * @param {string} word
 * @param {string} stem
 */
function isBegun(word, stem) {
  return stem.length > 3 && ENDINGS.some((ending) => ending.startsWith(word.slice(stem.length)));
}
