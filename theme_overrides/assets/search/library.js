// @ts-check
/**
 * The files of the index, each fetched when it is first needed and once; `generator/search/index.py` says what they are.
 * What could not be fetched is tried again when it is next needed.
 *
 * @typedef {{format: number, folder: string, documents: number, block: number, lengths: number[],
 *   years: [string, number][], topics: Record<string, string>, former?: Record<string, string>, shards: string[],
 *   terms: string[]}} Manifest  `former`: ids that topics once had, and those that they have now
 * @typedef {{ref: string, title: string, url?: string, date?: string, comments?: number, topics?: string[],
 *   organization?: [handle: string, name: string], has?: string[], authors?: string[], author_count?: number,
 *   new?: boolean, abstract?: string}} Paper
 * @typedef {{name: string, numbers: Uint32Array}} Value  of a facet: its name, and the documents that have it
 * @typedef {import("./postings.js").Term} Term
 */
import { ascending, runOf } from "./coding.js";
import { fields } from "./pipeline.js";
import { readShard, weighed } from "./postings.js";

const FORMAT = 2;
const BOOSTS = Object.values(fields);
/** Comes after every letter. */
export const LAST = "\uffff";

/** Something of the index is not there, or is not what it should be. */
class IndexError extends Error {}

export class Library {
  #fetch;
  #folder;
  /** @type {Map<string, Promise<any>>} */
  #parts = new Map();
  /** @type {Map<string, Term>} */
  #terms = new Map();

  /**
   * @param {any} lunr
   * @param {Manifest} manifest
   * @param {string} base  the URL of the folder of the modules
   * @param {typeof globalThis.fetch} fetch
   */
  constructor(lunr, manifest, base, fetch) {
    this.lunr = lunr;
    this.manifest = manifest;
    this.documents = manifest.documents;
    this.topics = new Map(Object.entries(manifest.topics));
    this.formerTopics = new Map(Object.entries(manifest.former ?? {}));
    this.#folder = `${base}${manifest.folder}/`;
    this.#fetch = fetch;
  }

  /**
   * @param {string} root  the URL of the site's root
   * @param {typeof globalThis.fetch} fetch
   */
  static async open(root, fetch) {
    const base = `${root}assets/search/`;
    // The one file that changes under its name: a copy that the browser keeps must be asked after.
    const manifest = get(fetch, `${base}index.json`, { cache: "no-cache" }).then((response) => response.json());
    // @ts-ignore: the build puts lunr.js beside this module
    const [{ default: lunr }, read] = await Promise.all([import("./lunr.js"), manifest]);
    if (read.format !== FORMAT) throw new IndexError("The index is not of this page's version.");
    return new Library(lunr, read, base, fetch);
  }

  /**
   * A term with its weights, if any document has it.
   * @param {string} text
   * @returns {Promise<Term | undefined>}
   */
  async term(text) {
    const run = runOf(this.manifest.shards, text);
    if (run < 0) return undefined;
    const shard = await this.#part(`shard-${run}.bin`, async (response) => readShard(await bytes(response), BOOSTS.length));
    const postings = shard.get(text);
    if (postings && !this.#terms.has(text)) {
      const { documents, lengths } = this.manifest;
      this.#terms.set(text, weighed(postings, { documents, lengths, boosts: BOOSTS }));
    }
    return this.#terms.get(text);
  }

  /**
   * The terms from one text to another in the order of JavaScript, perhaps with others before and after; and in how
   * many fields of documents each is.
   * @param {string} from
   * @param {string} to
   * @returns {Promise<{terms: string[], counts: number[]}>}
   */
  async terms(from = "", to = LAST) {
    const starts = this.manifest.terms;
    const runs = starts.map((_, run) => run).slice(Math.max(0, runOf(starts, from)), runOf(starts, to) + 1);
    const parts = await Promise.all(runs.map((run) => this.#part(`terms-${run}.json`, readTerms)));
    return { terms: parts.flatMap((part) => part.terms), counts: parts.flatMap((part) => part.counts) };
  }

  /**
   * What the list of results shows of some documents.
   * @param {readonly number[]} numbers
   * @returns {Promise<Paper[]>}
   */
  async papers(numbers) {
    const { block } = this.manifest;
    return Promise.all(
      numbers.map(async (number) => {
        const papers = await this.#part(`papers-${Math.floor(number / block)}.bin`, inflated);
        return papers[number % block];
      }),
    );
  }

  /**
   * The values of a facet.
   * @param {string} name
   * @returns {Promise<Map<string, Value>>}
   */
  async facet(name) {
    return name === "year" ? this.#years() : this.#part(`${name}.json`, readFacet);
  }

  /**
   * How many comments each document has, null where that is unknown.
   * @returns {Promise<(number | null)[]>}
   */
  async comments() {
    return this.#part("comments.json", (response) => response.json());
  }

  #years() {
    const { years } = this.manifest;
    const values = years.map(([year, first], at) => {
      const numbers = new Uint32Array((years[at + 1]?.[1] ?? this.documents) - first);
      for (let each = 0; each < numbers.length; each++) numbers[each] = first + each;
      return /** @type {[string, Value]} */ ([year, { name: year, numbers }]);
    });
    return new Map(values);
  }

  /**
   * @template T
   * @param {string} name
   * @param {(response: Response) => Promise<T>} read
   * @returns {Promise<T>}
   */
  #part(name, read) {
    const known = this.#parts.get(name);
    if (known) return known;
    const part = get(this.#fetch, this.#folder + name).then(read);
    this.#parts.set(name, part);
    part.catch(() => this.#parts.delete(name));
    return part;
  }
}

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {string} url
 * @param {RequestInit} [options]
 */
async function get(fetch, url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new IndexError(`${url}: ${response.status}`);
  return response;
}

/** @param {Response} response */
async function bytes(response) {
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * What JSON in raw DEFLATE holds.
 * @param {Response} response
 */
async function inflated(response) {
  const packed = new Blob([await response.arrayBuffer()]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("deflate-raw"))).json();
}

/** @param {Response} response */
async function readTerms(response) {
  const { terms, counts } = await response.json();
  return { terms: terms.split("\n"), counts };
}

/** @param {Response} response */
async function readFacet(response) {
  /** @type {[value: string, name: string, gaps: number[]][]} */
  const values = await response.json();
  return new Map(values.map(([value, name, gaps]) => [value, { name, numbers: ascending(gaps) }]));
}
