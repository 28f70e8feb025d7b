// @ts-check
/**
 * Order, filters and facets of what was found; nothing here knows lunr or the page.
 *
 * @typedef {{ref: string, title: string, url: string, date: string | null, comments: number | null,
 *   topics: string[], organization: string | null, has: string[], authors: string[], author_count: number | null,
 *   abstract: string}} Document
 * @typedef {{document: Document, score: number}} Found
 * @typedef {"topic" | "year" | "organization" | "has"} Facet
 * @typedef {Partial<Record<Facet, readonly (string | number)[]>>} Filters
 * @typedef {{value: string, count: number}} Count
 */

/** @type {readonly Facet[]} */
export const FACETS = Object.freeze(["topic", "year", "organization", "has"]);

/** @type {Readonly<Record<Facet, (document: Document) => string[]>>} */
const VALUES = {
  topic: (document) => document.topics,
  year: (document) => (document.date ? [document.date.slice(0, 4)] : []),
  organization: (document) => (document.organization ? [document.organization] : []),
  has: (document) => document.has,
};

/** @type {Readonly<Record<string, (found: Found) => number | string>>} */
const KEYS = {
  relevance: (found) => found.score,
  date: (found) => found.document.date ?? "",
  comments: (found) => found.document.comments ?? -1,
};

export const SORTS = Object.freeze(Object.keys(KEYS));

/**
 * Greatest first by `sort`; among equals the newer paper, with undated ones last, and then the slug.
 * @param {readonly Found[]} found
 * @param {string} [sort]  one of `SORTS`; anything else is relevance
 * @returns {Found[]}
 */
export function rank(found, sort = "relevance") {
  const key = SORTS.includes(sort) ? KEYS[sort] : KEYS.relevance;
  return [...found].sort(
    (a, b) =>
      descending(key(a), key(b)) ||
      descending(a.document.date ?? "", b.document.date ?? "") ||
      descending(b.document.ref, a.document.ref),
  );
}

/**
 * @param {number | string} a
 * @param {number | string} b
 */
function descending(a, b) {
  return a > b ? -1 : a < b ? 1 : 0;
}

/**
 * What passes: one of the values of every facet that has any.
 * @param {readonly Found[]} found
 * @param {Filters} filters
 * @param {Facet} [except]  a facet whose filter does not count
 */
export function filtered(found, filters, except) {
  const tests = FACETS.filter((facet) => facet !== except).map((facet) => test(facet, filters[facet]));
  return found.filter(({ document }) => tests.every((passes) => passes(document)));
}

/**
 * @param {Facet} facet
 * @param {readonly (string | number)[]} [wanted]
 * @returns {(document: Document) => boolean}
 */
function test(facet, wanted) {
  const values = new Set([wanted ?? []].flat().map(String));
  return (document) => !values.size || VALUES[facet](document).some((value) => values.has(value));
}

/**
 * How many papers each value of each facet would give: the facet's own filter does not reduce its counts.
 * Years come newest first, all else by count. A wanted value is listed even where it would give none.
 * @param {readonly Found[]} found
 * @param {Filters} filters
 * @returns {Record<Facet, Count[]>}
 */
export function facets(found, filters) {
  const counted = FACETS.map((facet) => [facet, counts(facet, filtered(found, filters, facet), filters[facet])]);
  return Object.fromEntries(counted);
}

/**
 * @param {Facet} facet
 * @param {readonly Found[]} found
 * @param {readonly (string | number)[]} [wanted]
 * @returns {Count[]}
 */
function counts(facet, found, wanted) {
  const sums = new Map([wanted ?? []].flat().map((value) => [String(value), 0]));
  for (const { document } of found) {
    for (const value of new Set(VALUES[facet](document))) sums.set(value, (sums.get(value) ?? 0) + 1);
  }
  const list = [...sums].map(([value, count]) => ({ value, count }));
  const byValue = facet === "year" ? descending : (/** @type {string} */ a, /** @type {string} */ b) => descending(b, a);
  return list.sort((a, b) => (facet === "year" ? 0 : b.count - a.count) || byValue(a.value, b.value));
}
