// @ts-check
/**
 * What the page asks for a text in its field, beyond lunr: the last word may be begun only, words in quotes stand side
 * by side, and words of scripts without spaces are found inside others.
 *
 * @typedef {import("./library.js").Library} Library
 * @typedef {import("./library.js").Paper} Paper
 * @typedef {import("./ask.js").Clause} Clause
 * @typedef {import("./search.js").Found} Found
 */
import { ask, FIELDS, stemmed, termOf } from "./ask.js";
import { LAST } from "./library.js";
import { isPlain, phrases, plainClauses, plainWords, read, soughtWords } from "./query.js";
import { first } from "./rank.js";
import { PRESENCE } from "./score.js";

// The terms that a word may be the beginning of; more would cost more than they tell.
const MOST_BEGUN = 20;
const SHORTEST_BEGUN = 2;
// Of so many papers, a word of one may be a beginning, if what it begins is so many times as frequent.
const RARE = 200;
const MUCH_RARER = 20;
// Texts have to be read for phrases: so many of them, the best first, and so many at a time.
const MOST_READ = 200;
const READ_AT_ONCE = 40;

// Chinese, Japanese, Korean and Thai run words together; terms with them come late in the order of JavaScript.
const RUN_TOGETHER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const FIRST_RUN_TOGETHER = "\u0e00";

/**
 * @param {Library} library
 * @param {string} text
 * @returns {Promise<Found>}
 */
export async function explored(library, text) {
  const parted = phrases(text);
  const { clauses, notice } = isPlain(parted.rest) ? { clauses: await wordClauses(library, parted.rest), notice: null } : read(library.lunr, FIELDS, parted.rest);
  const required = parted.phrases.flat().filter((word) => termOf(library, word));
  const sought = plainClauses(library.lunr, FIELDS, required, { presence: PRESENCE.REQUIRED });
  const found = { ...(await ask(library, [...sought, ...clauses])), notice };
  return parted.phrases.length ? withPhrases(library, found, parted.phrases) : found;
}

/**
 * Plain words without their punctuation, which lunr would look for, and what begins with the last one while it may not
 * be whole.
 * @param {Library} library
 * @param {string} text
 * @returns {Promise<Clause[]>}
 */
async function wordClauses(library, text) {
  const words = plainWords(text);
  const last = words.at(-1);
  const clauses = plainClauses(library.lunr, FIELDS, words);
  const inside = await Promise.all(words.filter((word) => RUN_TOGETHER.test(word)).map((word) => termsWith(library, word)));
  const begun = last === undefined || /[\s-]$/u.test(text) ? [] : await begunTerms(library, last);
  const own = new Set(words.map((word) => termOf(library, word)));
  const expanded = [...new Set([...inside.flat(), ...begun])].filter((term) => !own.has(term));
  return [...clauses, ...expanded.flatMap((term) => plainClauses(library.lunr, FIELDS, [term], { expanded: [term] }))];
}

/**
 * In how many fields of documents a term is.
 * @param {Library} library
 * @param {string} term
 */
async function frequency(library, term) {
  const found = await library.term(term);
  return (found?.fields ?? []).reduce((sum, list) => sum + (list?.numbers.length ?? 0), 0);
}

/**
 * The most frequent terms that a word may be the beginning of. One that is in the index is taken to be whole, unless it
 * is far rarer than what it may become: among many papers nearly every beginning is a word of one.
 * @param {Library} library
 * @param {string} word
 */
async function begunTerms(library, word) {
  const term = termOf(library, word);
  if (term === undefined || [...word].length < SHORTEST_BEGUN) return [];
  const times = await frequency(library, term);
  if (times * RARE > library.documents) return [];
  const vocabulary = await library.terms(word, word + LAST);
  const terms = mostFrequent(vocabulary, (term) => term.startsWith(word));
  if (times && times * MUCH_RARER >= (vocabulary.counts[vocabulary.terms.indexOf(terms[0])] ?? 0)) return [];
  // The index holds stems, so "reasoni", on its way to "reasoning", is the beginning of no term.
  const stems = [4, 3, 2, 1].map((cut) => word.slice(0, -cut)).filter((stem) => isBegun(word, stem));
  for (const stem of stems) if (await library.term(stem)) return [...terms, stem];
  return terms;
}

const ENDINGS = ["ations", "ions", "ization", "ings", "ers", "ities", "ively", "ments", "ness", "able"];

/**
 * Whether a word may be a stem on its way to an ending.
 * @param {string} word
 * @param {string} stem
 */
function isBegun(word, stem) {
  return stem.length > 3 && ENDINGS.some((ending) => ending.startsWith(word.slice(stem.length)));
}

/**
 * The most frequent terms that a word of a script without spaces is in.
 * @param {Library} library
 * @param {string} word
 */
async function termsWith(library, word) {
  return mostFrequent(await library.terms(FIRST_RUN_TOGETHER), (term) => term.includes(word));
}

/**
 * @param {{terms: readonly string[], counts: readonly number[]}} vocabulary
 * @param {(term: string) => boolean} test
 */
function mostFrequent({ terms, counts }, test) {
  const found = Uint32Array.from(terms.keys()).filter((at) => test(terms[at]));
  return first(found, counts, MOST_BEGUN).map((at) => terms[at]);
}

/**
 * Whether the index has a word, which a stop word never is.
 * @param {Library} library
 * @param {string} word
 */
export async function isTerm(library, word) {
  const term = termOf(library, word);
  return term === undefined || Boolean(await library.term(term));
}

/**
 * Whether a text has words, but none that the index would have: lunr leaves out the most common ones.
 * @param {Library} library
 * @param {string} text
 */
export function isCommon(library, text) {
  const words = soughtWords(text);
  return words.length > 0 && words.every((word) => termOf(library, word) === undefined);
}

/**
 * What was found, if its title or abstract has the words of each phrase side by side, in any of their forms.
 * @param {Library} library
 * @param {Found} found
 * @param {string[][]} phrases
 * @returns {Promise<Found>}
 */
async function withPhrases(library, found, phrases) {
  const sought = phrases.map((words) => ` ${words.map((word) => stemmed(library, word)).join(" ")} `);
  const candidates = first(found.numbers, found.scores, MOST_READ);
  /** @type {number[]} */
  const having = [];
  for (let at = 0; at < candidates.length; at += READ_AT_ONCE) {
    const some = candidates.slice(at, at + READ_AT_ONCE);
    const papers = await library.papers(some);
    having.push(...some.filter((_, each) => hasAll(library, papers[each], sought)));
  }
  const left = found.numbers.length - candidates.length;
  const partly = left > 0 && `Looked for the phrase in the best ${MOST_READ} of ${found.numbers.length} papers with its words.`;
  const notice = [found.notice, partly].filter(Boolean).join(" ") || null;
  return { ...found, numbers: Uint32Array.from(having).sort(), notice };
}

/**
 * @param {Library} library
 * @param {Paper} paper
 * @param {readonly string[]} sought
 */
function hasAll(library, { title, abstract = "" }, sought) {
  const texts = [title, abstract].map((text) => ` ${plainWords(text).map((word) => stemmed(library, word)).join(" ")} `);
  return sought.every((phrase) => texts.some((text) => text.includes(phrase)));
}
