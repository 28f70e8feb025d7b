// @ts-check
/**
 * "Did you mean": for the words of a text that the index does not have, those that differ by a letter or two.
 *
 * @typedef {import("./library.js").Library} Library
 */
import { ask, FIELDS, stemmed, termOf } from "./ask.js";
import { isTerm } from "./explore.js";
import { LAST } from "./library.js";
import { phrases, plainClauses, plainWords, soughtWords } from "./query.js";
import { first } from "./rank.js";
import { matching } from "./vocabulary.js";

// In a word of three letters a wrong one leaves too little, and one of many is no typing mistake.
const SHORTEST = 4;
const SHORTEST_FOR_TWO = 6;
const LONGEST = 40;
const MOST_WORDS = 8;

/**
 * A text that finds papers in place of one that finds none, with how many; none if no word can be put right.
 * @param {Library} library
 * @param {string} text
 * @returns {Promise<{text: string, total: number}[]>}
 */
export async function suggestions(library, text) {
  const parted = phrases(text);
  const words = [...parted.phrases.flat(), ...soughtWords(parted.rest)].slice(0, MOST_WORDS);
  const terms = await Promise.all(words.map(async (word) => ((await isTerm(library, word)) ? undefined : nearest(library, word))));
  if (!terms.some(Boolean)) return [];
  const sought = words.flatMap((word, at) => terms[at] ?? termOf(library, word) ?? []);
  const { numbers } = await ask(library, clausesOf(library, sought));
  const corrected = await Promise.all(words.map((word, at) => (terms[at] ? written(library, terms[at]) : word)));
  return numbers.length ? [{ text: corrected.join(" "), total: numbers.length }] : [];
}

/**
 * @param {Library} library
 * @param {readonly string[]} terms  of the index
 */
function clausesOf(library, terms) {
  return terms.flatMap((term) => plainClauses(library.lunr, FIELDS, [term], { expanded: [term] }));
}

/**
 * The word that a term stands for: the index has stems, the best paper has the word itself.
 * @param {Library} library
 * @param {string} term
 */
async function written(library, term) {
  const { numbers, scores } = await ask(library, clausesOf(library, [term]));
  const papers = await library.papers(first(numbers, scores, 1));
  const texts = papers.flatMap(({ title, authors = [], abstract = "", organization = [] }) => [title, ...authors, ...organization, abstract]);
  return plainWords(texts.join(" ")).find((word) => termOf(library, word) === term) ?? term;
}

/**
 * The term that is nearest to a word; of those equally near the most frequent.
 * @param {Library} library
 * @param {string} word
 * @returns {Promise<string | undefined>}
 */
async function nearest(library, word) {
  const stem = stemmed(library, word);
  if (stem.length < SHORTEST || stem.length > LONGEST) return undefined;
  // Few mistakes are in the first letter, and what begins with it is a small part of the index.
  const first = String.fromCodePoint(stem.codePointAt(0) ?? 0);
  const near = within(library, stem, await library.terms(first, first + LAST));
  return near ?? (await begun(library, word)) ?? within(library, stem, await library.terms());
}

/**
 * The term that a word begins with, where the mistake is in the ending, which terms have not.
 * @param {Library} library
 * @param {string} word
 */
async function begun(library, word) {
  for (let length = word.length - 1; length >= SHORTEST; length--) {
    if (await library.term(word.slice(0, length))) return word.slice(0, length);
  }
  return undefined;
}

/**
 * @param {Library} library
 * @param {string} stem
 * @param {{terms: string[], counts: number[]}} vocabulary
 * @returns {string | undefined}
 */
function within({ lunr }, stem, { terms, counts }) {
  const frequency = new Map(terms.map((term, at) => [term, counts[at]]));
  for (const edits of stem.length < SHORTEST_FOR_TWO ? [1] : [1, 2]) {
    const near = matching(terms, lunr.TokenSet.fromFuzzyString(stem, edits));
    if (near.length) return near.reduce((best, term) => ((frequency.get(term) ?? 0) > (frequency.get(best) ?? 0) ? term : best));
  }
  return undefined;
}
