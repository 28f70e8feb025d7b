// @ts-check
/**
 * The search of the site, in a browser as in Node: ask, and get papers.
 *
 *     const search = createSearch({ base: "https://example.org/digests/" });
 *     const { total, hits, notice } = await search.query("reasoning +data", { filters: { year: ["2025"] } });
 *
 * Nothing is fetched before the first question, and then what it needs; after a failure the next question tries again.
 *
 * @typedef {import("./rank.js").Filters} Filters
 * @typedef {import("./library.js").Paper} Paper
 * @typedef {import("./ask.js").Marks} Marks
 * @typedef {{filters?: Filters, sort?: string, offset?: number, limit?: number}} Options
 * @typedef {{ref: string, score: number, title: string, url: string, date: string | null, topics: string[]}} Hit
 * @typedef {{base?: string | URL, fetch?: typeof globalThis.fetch}} Place
 * @typedef {{numbers: Uint32Array, scores: Float64Array, marks: Marks, notice: string | null}} Found
 */
import { ask, FIELDS } from "./ask.js";
import { explored, isCommon } from "./explore.js";
import { Library } from "./library.js";
import { read } from "./query.js";
import { current, facets, FACETS, filtered, first, inForce } from "./rank.js";
import { shown } from "./shown.js";
import { suggestions } from "./suggest.js";

const FAILED = "The index could not be loaded.";

/**
 * @param {Place} [place]  `base` is the URL of the site's root
 */
export function createSearch({ base = new URL("../../", import.meta.url), fetch = globalThis.fetch.bind(globalThis) } = {}) {
  const root = String(base).replace(/\/*$/u, "/");
  /** @type {Promise<Library> | undefined} */
  let library;
  const open = () =>
    (library ??= Library.open(root, fetch).catch((cause) => {
      library = undefined;
      throw cause;
    }));

  /**
   * Act on the index; where a part of it is missing, once more if there is a newer one.
   * @template T
   * @param {(library: Library) => Promise<T>} act
   * @returns {Promise<T>}
   */
  async function using(act) {
    try {
      const opened = await open();
      return await act(opened).catch(async (error) => {
        library = undefined;
        if ((await open()).manifest.folder === opened.manifest.folder) throw error;
        return act(await open());
      });
    } catch (cause) {
      throw new Error(FAILED, { cause });
    }
  }

  const lastExplored = remembered(explored);
  return {
    /**
     * The papers that `text` finds, as lunr.js finds and scores them. An empty text finds all; one that lunr cannot
     * parse is read as plain words, which `notice` then says.
     * @param {string} [text]
     * @param {Options} [options]
     * @returns {Promise<{total: number, hits: Hit[], notice: string | null}>}
     */
    query(text = "", options = {}) {
      return using(async (library) => {
        const { clauses, notice } = read(library.lunr, FIELDS, String(text));
        const found = { ...(await ask(library, clauses)), notice };
        const filters = current(options.filters ?? {}, library.formerTopics);
        const { total, papers } = await page(library, found, { ...options, filters });
        return { total, hits: papers.map(({ paper, score }) => hit(paper, score, root)), notice };
      });
    },

    /**
     * The same for a page with a field: the last word may be begun only, words in quotes stand side by side, and
     * texts are marked. `filters` in the answer are those asked for with the ids that topics have now.
     * @param {string} text
     * @param {Options} [options]
     */
    explore(text, options = {}) {
      return using(async (library) => {
        const found = await lastExplored(library, text);
        const filters = current(options.filters ?? {}, library.formerTopics);
        const { total, papers } = await page(library, found, { ...options, filters });
        const hits = papers.map(({ paper, score }) => ({ ...hit(paper, score, root), ...shown(library, paper, found.marks) }));
        const common = isCommon(library, text);
        const { notice } = found;
        return { total, unfiltered: found.numbers.length, hits, notice, common, filters, topics: library.topics };
      });
    },

    /**
     * The facets of what `explore` finds.
     * @param {string} text
     * @param {Options} [options]
     */
    facets(text, { filters = {} } = {}) {
      return using(async (library) => {
        const { numbers } = await lastExplored(library, text);
        const wanted = current(filters, library.formerTopics);
        return facets(numbers, wanted, await columns(library, FACETS), library.documents);
      });
    },

    /**
     * Other texts that do find papers, for one that finds none.
     * @param {string} text
     */
    suggest(text) {
      return using((library) => suggestions(library, text));
    },
  };
}

/**
 * The same answer for the same question, asked again right away.
 * @template T
 * @param {(library: Library, text: string) => Promise<T>} answer
 */
function remembered(answer) {
  /** @type {{library: Library, text: string, answer: Promise<T>} | undefined} */
  let last;
  return (/** @type {Library} */ library, /** @type {string} */ text) => {
    if (last?.library === library && last.text === text) return last.answer;
    const mine = { library, text, answer: answer(library, text) };
    last = mine;
    mine.answer.catch(() => (last = last === mine ? undefined : last));
    return mine.answer;
  };
}

/**
 * @param {Library} library
 * @param {readonly import("./rank.js").Facet[]} names
 */
async function columns(library, names) {
  const read = await Promise.all(names.map(async (name) => [name, await library.facet(name)]));
  return Object.fromEntries(read);
}

/**
 * The part of what was found that `options` ask for.
 * @param {Library} library
 * @param {Pick<Found, "numbers" | "scores">} found
 * @param {Options} options
 */
async function page(library, { numbers, scores }, { filters = {}, sort, offset = 0, limit = 10 }) {
  const passed = filtered(numbers, filters, await columns(library, inForce(filters)), library.documents);
  const keys = sort === "date" ? null : sort === "comments" ? (await library.comments()).map((count) => count ?? -1) : scores;
  const wanted = first(passed, keys, Math.max(0, offset) + Math.max(0, limit)).slice(Math.max(0, offset));
  const papers = await library.papers(wanted);
  return { total: passed.length, papers: papers.map((paper, at) => ({ paper, score: scores[wanted[at]] })) };
}

/**
 * @param {Paper} paper
 * @param {number} score
 * @param {string} root
 * @returns {Hit}
 */
function hit({ ref, title, url = `papers/${ref}/`, date = null, topics = [] }, score, root) {
  return { ref, score, title, url: root + url, date, topics };
}
