// @ts-check
/**
 * The words of a text that a query found, and the part of an abstract that shows most of them.
 *
 * @typedef {{text: string, hit: boolean}} Segment
 * @typedef {{start: number, end: number, term: string}} Hit
 * @typedef {(word: string) => string | undefined} HitTerm  the term by which a word was found, if it was
 */
import { trimmed } from "./pipeline.js";

const WORD = /[^\s-]+/gu;
// A sentence ends where a stop is followed by white space and what may begin the next, or at a CJK stop.
const SENTENCE_END =
  /(?<=[.!?]["')\]”’]*)(?<!\b(?:e\.g|i\.e|al|cf|vs|resp|etc|Fig|Eq|Sec)\.)\s+(?=["'(\[“‘]*[\p{Lu}\p{N}\p{Lo}])|(?<=[。！？])/u;
const LONGEST = 230;
const BEFORE = 50;
// How far a cut may move to fall between words; text without spaces is cut where it is.
const SLACK = 30;

/**
 * A text in pieces, whole and in order; those found are `hit`.
 * @param {string} text
 * @param {HitTerm} hitTerm
 * @returns {Segment[]}
 */
export function marked(text, hitTerm) {
  return pieces(text, 0, text.length, hits(text, hitTerm));
}

/**
 * The sentence of an abstract that shows most of what was found, cut where it is long; the first sentence of an
 * abstract in which nothing was found; nothing of an empty one.
 * @param {string} abstract
 * @param {HitTerm} hitTerm
 * @returns {Segment[]}
 */
export function excerpt(abstract, hitTerm) {
  const text = abstract.trim();
  const found = hits(text, hitTerm);
  const [start, end] = best(sentences(text), found);
  const [from, to] = window(text, start, end, inside(found, start, end));
  return [
    ...(from > start ? [{ text: "… ", hit: false }] : []),
    ...pieces(text, from, to, found),
    ...(to < end ? [{ text: " …", hit: false }] : []),
  ];
}

/**
 * @param {string} text
 * @param {HitTerm} hitTerm
 * @returns {Hit[]}
 */
function hits(text, hitTerm) {
  return [...text.matchAll(WORD)].flatMap((match) => {
    const word = trimmed(match[0]);
    const term = word && hitTerm(word);
    const start = match.index + match[0].indexOf(word);
    return term ? [{ start, end: start + word.length, term }] : [];
  });
}

/**
 * @param {string} text
 * @returns {[number, number][]}
 */
function sentences(text) {
  let at = 0;
  return text.split(SENTENCE_END).map((sentence) => {
    const start = text.indexOf(sentence, at);
    at = start + sentence.length;
    return [start, at];
  });
}

/**
 * @param {readonly Hit[]} found
 * @param {number} start
 * @param {number} end
 */
function inside(found, start, end) {
  return found.filter((hit) => hit.start >= start && hit.end <= end);
}

/** @param {readonly Hit[]} found */
function worth(found) {
  return new Set(found.map((hit) => hit.term)).size * 100 + found.length;
}

/**
 * The range in which most different terms were found, then most words; the first among equals.
 * @param {readonly [number, number][]} ranges
 * @param {readonly Hit[]} found
 */
function best(ranges, found) {
  const worths = ranges.map(([start, end]) => worth(inside(found, start, end)));
  return ranges[worths.indexOf(Math.max(...worths))];
}

/**
 * At most `LONGEST` characters of a sentence, with as many of its hits as fit.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {readonly Hit[]} found
 * @returns {[number, number]}
 */
function window(text, start, end, found) {
  if (end - start <= LONGEST) return [start, end];
  /** @type {[number, number][]} */
  const ranges = [start, ...found.map((hit) => hit.start - BEFORE)].map((at) => {
    const from = Math.max(start, Math.min(at, end - LONGEST));
    return [from, from + LONGEST];
  });
  const [from, to] = best(ranges, found);
  return [from > start ? wordStart(text, from) : start, to < end ? wordEnd(text, to) : end];
}

/**
 * @param {string} text
 * @param {number} at
 */
function wordStart(text, at) {
  const space = text.slice(at, at + SLACK).search(/\s/u);
  return space < 0 ? whole(text, at) : at + space + 1;
}

/**
 * @param {string} text
 * @param {number} at
 */
function wordEnd(text, at) {
  const spaces = [...text.slice(at - SLACK, at + 1).matchAll(/\s/gu)];
  return spaces.length ? at - SLACK + (spaces.at(-1)?.index ?? 0) : whole(text, at);
}

/**
 * The same place, or the one before it where it would part a surrogate pair.
 * @param {string} text
 * @param {number} at
 */
function whole(text, at) {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {readonly Hit[]} found
 * @returns {Segment[]}
 */
function pieces(text, from, to, found) {
  let at = from;
  const list = inside(found, from, to).flatMap(({ start, end }) => {
    const between = text.slice(at, start);
    at = end;
    return [
      { text: between, hit: false },
      { text: text.slice(start, end), hit: true },
    ];
  });
  return [...list, { text: text.slice(at, to), hit: false }].filter((segment) => segment.text);
}
