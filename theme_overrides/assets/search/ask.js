// @ts-check
/**
 * From clauses to the documents that they find: the terms of each clause, their postings, lunr's arithmetic.
 *
 * @typedef {import("./library.js").Library} Library
 * @typedef {import("./postings.js").Term} Term
 * @typedef {import("./score.js").Found} Found
 * @typedef {{term: string, fields: string[], boost: number, presence: number, usePipeline: boolean, editDistance?: number,
 *   expanded?: readonly string[]}} Clause  a clause of lunr's; `expanded` names the terms of the index that it stands for
 * @typedef {ReadonlyMap<string, ReadonlySet<string>>} Marks  the terms looked for, with the fields of each
 */
import { LAST } from "./library.js";
import { fields, trimmed } from "./pipeline.js";
import { PRESENCE, score } from "./score.js";
import { inOrder, matching } from "./vocabulary.js";

export const FIELDS = Object.freeze(Object.keys(fields));

/**
 * @param {Library} library
 * @param {readonly Clause[]} clauses
 * @returns {Promise<Found & {marks: Marks}>}
 */
export async function ask(library, clauses) {
  const expanded = await Promise.all(clauses.map((clause) => terms(library, clause)));
  const asked = clauses.map(({ fields, boost, presence }, at) => ({
    fields: fields.map((field) => FIELDS.indexOf(field)),
    boost,
    presence,
    terms: expanded[at].map(({ term }) => term),
  }));
  return { ...score(asked, library.documents), marks: marks(clauses, expanded) };
}

/**
 * The terms of the index that a clause stands for, in lunr's order.
 * @param {Library} library
 * @param {Clause} clause
 * @returns {Promise<{text: string, term: Term}[]>}
 */
async function terms(library, clause) {
  const texts = clause.expanded ?? (await expanded(library, clause));
  const found = await Promise.all(texts.map((text) => library.term(text)));
  return texts.flatMap((text, at) => {
    const term = found[at];
    return term ? [{ text, term }] : [];
  });
}

/**
 * @param {Library} library
 * @param {Clause} clause
 * @returns {Promise<readonly string[]>}
 */
async function expanded(library, clause) {
  const { lunr } = library;
  const text = clause.usePipeline ? stemmed(library, clause.term) : clause.term;
  if (!clause.editDistance && !text.includes("*")) return [text];
  const root = lunr.TokenSet.fromClause({ ...clause, term: text });
  const start = clause.editDistance ? "" : text.split("*")[0];
  const { terms } = await library.terms(start, start + LAST);
  return inOrder(lunr, matching(terms, root), root);
}

/**
 * @param {readonly Clause[]} clauses
 * @param {readonly {text: string}[][]} expanded
 * @returns {Marks}
 */
function marks(clauses, expanded) {
  /** @type {Map<string, Set<string>>} */
  const marks = new Map();
  clauses.forEach(({ presence, fields }, at) => {
    if (presence === PRESENCE.PROHIBITED) return;
    for (const { text } of expanded[at]) marks.set(text, new Set([...(marks.get(text) ?? []), ...fields]));
  });
  return marks;
}

/**
 * @param {Library} library
 * @param {string} word  trimmed, in small letters
 * @returns {string}
 */
export function stemmed({ lunr }, word) {
  return lunr.stemmer(new lunr.Token(word)).toString();
}

/**
 * The term of a word of a document, as it was indexed; none for a stop word.
 * @param {Library} library
 * @param {string} word
 * @returns {string | undefined}
 */
export function termOf(library, word) {
  const bare = trimmed(word.toLowerCase());
  return library.lunr.stopWordFilter(new library.lunr.Token(bare)) && stemmed(library, bare);
}
