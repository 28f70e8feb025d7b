// @ts-check
/**
 * The search of the site, in a browser as in Node: ask, and get papers.
 *
 *     const search = createSearch({ base: "https://example.org/digests/" });
 *     const { total, hits, notice } = await search.query("reasoning +data", { filters: { year: ["2025"] } });
 *
 * The index is fetched at the first question and once; after a failure the next question tries again.
 *
 * @typedef {import("./rank.js").Document} Document
 * @typedef {import("./rank.js").Filters} Filters
 * @typedef {import("./excerpt.js").Segment} Segment
 * @typedef {{filters?: Filters, sort?: string, offset?: number, limit?: number}} Options
 * @typedef {{ref: string, score: number, title: string, url: string, date: string | null, topics: string[]}} Hit
 * @typedef {{base?: string | URL, fetch?: typeof globalThis.fetch}} Place
 * @typedef {{lunr: any, index: any, documents: Map<string, Document>, topics: Map<string, string>,
 *   organizations: Map<string, string>}} Library
 * @typedef {import("./rank.js").Found & {matches: Record<string, Record<string, object>>}} Match
 */
import { excerpt, marked } from "./excerpt.js";
import { trimmed } from "./pipeline.js";
import { plainWords, read, withPrefix } from "./query.js";
import { facets, filtered, rank } from "./rank.js";

const FAILED = "The index could not be loaded.";

/**
 * @param {Place} [place]  `base` is the URL of the site's root
 */
export function createSearch({ base = new URL("../../", import.meta.url), fetch = globalThis.fetch } = {}) {
  const root = String(base).replace(/\/*$/u, "/");
  /** @type {Promise<Library> | undefined} */
  let library;
  const load = () =>
    (library ??= open(root, fetch).catch((cause) => {
      library = undefined;
      throw new Error(FAILED, { cause });
    }));

  return {
    /**
     * The papers that `text` finds, as lunr.js finds and scores them. An empty text finds all; one that lunr cannot
     * parse is read as plain words, which `notice` then says.
     * @param {string} [text]
     * @param {Options} [options]
     * @returns {Promise<{total: number, hits: Hit[], notice: string | null}>}
     */
    async query(text = "", { filters = {}, sort, offset = 0, limit = 10 } = {}) {
      const { found, notice } = ask(await load(), String(text));
      const passed = rank(filtered(found, filters), sort);
      return { total: passed.length, hits: part(passed, offset, limit).map((one) => hit(one, root)), notice };
    },

    /**
     * The same for a page with a field: the last word may be begun only, and there are facets and marked texts.
     * @param {string} text
     * @param {Options} [options]
     */
    async explore(text, { filters = {}, sort, offset = 0, limit = 10 } = {}) {
      const library = await load();
      const { found, notice } = ask(library, withPrefix(text, (word) => isTerm(library, word)));
      const passed = /** @type {Match[]} */ (rank(filtered(found, filters), sort));
      return {
        total: passed.length,
        unfiltered: found.length,
        hits: part(passed, offset, limit).map((one) => ({ ...hit(one, root), ...shown(one, library) })),
        facets: facets(found, filters),
        topics: library.topics,
        organizations: library.organizations,
        unknown: plainWords(text).find((word) => !isTerm(library, word)) ?? plainWords(text).at(-1) ?? "",
        notice,
      };
    },
  };
}

/**
 * @param {string} root
 * @param {typeof globalThis.fetch} fetch
 * @returns {Promise<Library>}
 */
async function open(root, fetch) {
  /** @param {string} name */
  const json = async (name) => {
    const response = await fetch(`${root}assets/search/${name}`);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.json();
  };
  // @ts-ignore: the build puts lunr.js beside this module
  const [{ default: lunr }, index, listing] = await Promise.all([import("./lunr.js"), json("index.json"), json("documents.json")]);
  return {
    lunr,
    index: lunr.Index.load(index),
    documents: new Map(listing.documents.map((/** @type {Document} */ document) => [document.ref, document])),
    topics: new Map(Object.entries(listing.topics)),
    organizations: new Map(Object.entries(listing.organizations)),
  };
}

/**
 * @param {Library} library
 * @param {string} text
 * @returns {{found: Match[], notice: string | null}}
 */
function ask({ lunr, index, documents }, text) {
  /** @type {string | null} */
  let notice = null;
  const results = index.query((/** @type {any} */ query) => {
    notice = read(query, text, (words, query) => new lunr.QueryParser(words, query).parse());
  });
  const found = results.flatMap((/** @type {any} */ result) => {
    const document = documents.get(result.ref);
    return document ? [{ document, score: result.score, matches: result.matchData.metadata }] : [];
  });
  return { found, notice };
}

/**
 * @param {import("./rank.js").Found} found
 * @param {string} root
 * @returns {Hit}
 */
function hit({ document, score }, root) {
  const { ref, title, url, date, topics } = document;
  return { ref, score, title, url: root + url, date, topics };
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} offset
 * @param {number} limit
 */
function part(list, offset, limit) {
  return list.slice(offset, offset + limit);
}

/**
 * @param {Match} match
 * @param {Library} library
 */
function shown({ document, matches }, library) {
  /** @param {string} field */
  const hitIn = (field) => (/** @type {string} */ word) => {
    const term = termOf(library, word);
    return term !== undefined && matches[term]?.[field] ? term : undefined;
  };
  const { comments, organization, has, authors, author_count: authorCount } = document;
  const texts = { heading: marked(document.title, hitIn("title")), snippet: excerpt(document.abstract, hitIn("abstract")) };
  return { ...texts, comments, organization, has, authors, authorCount };
}

/**
 * The term of a word of a document, as it was indexed; none for a stop word.
 * @param {Library} library
 * @param {string} word
 * @returns {string | undefined}
 */
function termOf({ lunr }, word) {
  const token = lunr.stopWordFilter(new lunr.Token(trimmed(word.toLowerCase())));
  return token && lunr.stemmer(token).toString();
}

/**
 * @param {Library} library
 * @param {string} word
 */
function isTerm(library, word) {
  const term = termOf(library, word);
  return term === undefined || term in library.index.invertedIndex;
}
