// @ts-check
/**
 * What a reader typed, as lunr clauses: lunr's own syntax where it can be read, else the plain words.
 *
 * @typedef {import("./ask.js").Clause} Clause
 * @typedef {{clauses: Clause[], term(word: string, options?: object): unknown}} Query  a `lunr.Query`
 */
import { fields, SEPARATOR, trimmed } from "./pipeline.js";

const PLAIN_NOTICE = "Read as plain words, not as search syntax.";

// What lunr itself would take minutes or all memory for, found by trying: a reader's query is far below.
const MOST_PATTERNS = 16;
const MOST_STARS = 8;
const MOST_EDITS = 1e6;

// A plus or hyphen inside a word, as in C++, is none to lunr either.
const SYNTAX = /[:~^*\\]|(^|\s)[+-]/u;
const SIGNS = /[\s:~^*+\\-]+/u;

/**
 * The clauses of what `text` asks for, and the notice, if it had to be read as plain words.
 * @param {any} lunr
 * @param {readonly string[]} fields
 * @param {string} text
 * @returns {{clauses: Clause[], notice: string | null}}
 */
export function read(lunr, fields, text) {
  try {
    const { clauses } = new lunr.QueryParser(text, new lunr.Query([...fields])).parse();
    if (!isTooMuch(clauses)) return { clauses, notice: null };
  } catch (error) {
    if (!(error instanceof lunr.QueryParseError)) throw error;
  }
  return { clauses: plainClauses(lunr, fields, plainWords(text)), notice: PLAIN_NOTICE };
}

/**
 * A clause for each word, as it stands.
 * @param {any} lunr
 * @param {readonly string[]} fields
 * @param {readonly string[]} words
 * @param {object} [options]  of each clause
 * @returns {Clause[]}
 */
export function plainClauses(lunr, fields, words, options = {}) {
  const query = new lunr.Query([...fields]);
  for (const word of words) query.term(word, { ...options });
  return query.clauses;
}

/**
 * The words of a text as documents have them, and the parts of those that hold a sign of the query syntax.
 * @param {string} text
 * @returns {string[]}
 */
export function plainWords(text) {
  return text.toLowerCase().split(SEPARATOR).flatMap(wordAndParts).filter(Boolean);
}

const FIELD = new RegExp(`(?<!\\S)[+-]?(?:${Object.keys(fields).join("|")}):`, "gu");

/**
 * The words that a text asks for, without the syntax around them.
 * @param {string} text
 */
export function soughtWords(text) {
  return plainWords(text.replaceAll(FIELD, " ")).filter(isPlain);
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

/** @typedef {{phrases: string[][], rest: string}} Parted  the words of each phrase in quotes, and what is outside */

const QUOTED = /["“”„]([^"“”„]*)["“”„]/gu;

/**
 * @param {string} text
 * @returns {Parted}
 */
export function phrases(text) {
  const inside = [...text.matchAll(QUOTED)].map((match) => plainWords(match[1])).filter((words) => words.length);
  return { phrases: inside, rest: inside.length ? text.replaceAll(QUOTED, " ").trim() : text };
}
