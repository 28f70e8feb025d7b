// @ts-check
/**
 * What the search page shows, as its URL says it: `?q=&topic=&year=&organization=&has=&sort=&page=`.
 * A facet's key may be repeated; what the page does not know is left out.
 *
 * @typedef {import("./rank.js").Facet} Facet
 * @typedef {{q: string, filters: Record<Facet, string[]>, sort: string, page: number}} State
 */
import { FACETS, SORTS } from "./rank.js";

export const MOST_PAGES = 40; // each paper of a page may be a file to fetch

/**
 * @param {string} search  the query part of a URL, with or without "?"
 * @returns {State}
 */
export function parse(search) {
  const told = new URLSearchParams(search);
  const sort = told.get("sort") ?? "";
  const page = Number(told.get("page"));
  return {
    q: told.get("q") ?? "",
    filters: /** @type {Record<Facet, string[]>} */ (Object.fromEntries(FACETS.map((facet) => [facet, values(told, facet)]))),
    sort: SORTS.includes(sort) ? sort : SORTS[0],
    page: Number.isInteger(page) && page > 1 ? Math.min(page, MOST_PAGES) : 1,
  };
}

/**
 * @param {URLSearchParams} told
 * @param {Facet} facet
 */
function values(told, facet) {
  return [...new Set(told.getAll(facet).filter(Boolean))];
}

/**
 * The query part of the URL that shows `state`; what is as always is left out.
 * @param {State} state
 */
export function format({ q, filters, sort, page }) {
  const told = new URLSearchParams();
  if (q) told.append("q", q);
  for (const facet of FACETS) for (const value of filters[facet]) told.append(facet, value);
  if (sort !== SORTS[0]) told.append("sort", sort);
  if (page > 1) told.append("page", String(page));
  return `?${told}`;
}

/**
 * The state in which one value of a facet is wanted where it was not, and the other way round.
 * @param {State} state
 * @param {Facet} facet
 * @param {string} value
 * @returns {State}
 */
export function toggled(state, facet, value) {
  const had = state.filters[facet];
  const has = had.includes(value) ? had.filter((other) => other !== value) : [...had, value];
  return { ...state, filters: { ...state.filters, [facet]: has }, page: 1 };
}

/**
 * Every filter in force, in the order of the facets.
 * @param {State} state
 * @returns {{facet: Facet, value: string}[]}
 */
export function inForce({ filters }) {
  return FACETS.flatMap((facet) => filters[facet].map((value) => ({ facet, value })));
}
