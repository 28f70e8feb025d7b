// @ts-check
/**
 * How many bytes a first question fetches for its ten results: `node benchmarks/search/fetched.mjs SITE [PAIRS]`.
 *
 * The questions are pairs of words from one title, the same in each run. Text is counted as a server compresses it with
 * gzip, all else as it is (GitHub Pages compresses neither .bin nor anything unknown); modules and lunr.js, which every
 * question shares and a browser keeps, are told apart.
 */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [site, pairs = "200"] = process.argv.slice(2);
const base = pathToFileURL(`${site}/`).href;
const { createSearch } = await import(`${base}assets/search/search.js`);
const { Library } = await import(`${base}assets/search/library.js`);

/** A fetch that counts. */
function counting() {
  const bytes = { index: 0, terms: 0, shards: 0, papers: 0, facets: 0, files: 0 };
  /** @param {string} url */
  const kind = (url) =>
    url.endsWith("index.json") ? "index" : url.includes("/terms-") ? "terms" : url.includes("/shard-") ? "shards" : url.includes("/papers-") ? "papers" : "facets";
  const fetch = async (/** @type {string} */ url) => {
    const content = await readFile(new URL(url));
    bytes[kind(url)] += url.endsWith(".json") ? gzipSync(content).length : content.length;
    bytes.files += 1;
    return new Response(content);
  };
  return { bytes, fetch };
}

/** Small, and the same everywhere: the random numbers that the choice of words is made with. */
function chance(seed) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

export async function questions(count) {
  const library = await Library.open(base, counting().fetch);
  const random = chance(2025);
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  const made = [];
  while (made.length < count) {
    const [{ title }] = await library.papers([Math.floor(random() * library.documents)]);
    const words = title.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
    if (words.length > 1) made.push(`${pick(words)} ${pick(words)}`);
  }
  return made;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const high = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * 0.95)];

const texts = await questions(Number(pairs));
for (const [name, act] of [
  ["query", (search, text) => search.query(text)],
  ["page, results", (search, text) => search.explore(text)],
  ["page, facets too", (search, text) => search.explore(text).then(() => search.facets(text))],
]) {
  const all = [];
  const times = [];
  for (const text of texts) {
    const { bytes, fetch } = counting();
    const search = createSearch({ base, fetch });
    const start = performance.now();
    await act(search, text);
    times.push(performance.now() - start);
    all.push(bytes);
  }
  const kinds = Object.keys(all[0]).map((kind) => `${kind} ${median(all.map((one) => one[kind]))}`);
  const sums = all.map(({ files, ...kinds }) => Object.values(kinds).reduce((sum, each) => sum + each, 0));
  console.log(`${name}: median ${median(sums)} bytes, p95 ${high(sums)}; medians of ${kinds.join(", ")}; cold in node ${median(times).toFixed(0)} ms`);
}
