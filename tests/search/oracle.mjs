// @ts-check
/**
 * Answers the tests in Python: one request a line in, one answer a line out, as JSON.
 *
 * What lunr.js itself says is the truth that the built index is held to, so the requests take it from the
 * mkdocs package's own file, made a module by the caller; `site` is the folder of a built site.
 */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const modules = async (site) => {
  const load = (name) => import(pathToFileURL(`${site}/assets/search/${name}`).href);
  const [{ default: lunr }, pipeline, search] = await Promise.all(["lunr.js", "pipeline.js", "search.js"].map(load));
  return { lunr, pipeline, ...search };
};

const fileFetch = async (url) => new Response(await readFile(new URL(url)));

const openLibrary = async (site) => {
  const { Library } = await import(pathToFileURL(`${site}/assets/search/library.js`).href);
  return Library.open(pathToFileURL(`${site}/`).href, fileFetch);
};

const answers = {
  /** Words and terms of each text, as lunr.js makes them; plain: without setUp. */
  async terms({ site, texts, plain }) {
    const { lunr, pipeline } = await modules(site);
    let made;
    lunr(function () {
      if (!plain) this.use(pipeline.setUp);
      made = this.pipeline;
    });
    return texts.map((text) => {
      const tokens = lunr.tokenizer(text);
      return { words: tokens.map(String), terms: made.run(tokens).map(String) };
    });
  },

  /** The stem of each word. */
  async stems({ site, words }) {
    const { lunr } = await modules(site);
    return words.map((word) => lunr.stemmer(new lunr.Token(word)).toString());
  },

  async fields({ site }) {
    return (await modules(site)).pipeline.fields;
  },

  /** Hits of lunr.js's own index of `documents`; null for what it cannot parse. */
  async lunr({ site, documents, queries, repeated }) {
    const { lunr, pipeline } = await modules(site);
    const index = lunr(function () {
      this.use(pipeline.setUp);
      if (repeated) {
        this.ref("ref");
        for (const [name, boost] of Object.entries(pipeline.fields)) this.field(name, { boost });
      }
      documents.forEach((document) => this.add(document));
    });
    JSON.stringify(index);
    return queries.map((text) => {
      try {
        return index.search(text).map(({ ref, score }) => ({ ref, score }));
      } catch (error) {
        return null;
      }
    });
  },

  /** Terms and weights of lunr's own index of `documents` and of the site's: how many, and those that differ. */
  async weights({ site, documents }) {
    const { lunr, pipeline } = await modules(site);
    const whole = lunr(function () {
      this.use(pipeline.setUp);
      documents.forEach((document) => this.add(document));
    });
    const library = await openLibrary(site);
    const { terms } = await library.terms();
    const theirs = Object.keys(whole.invertedIndex).filter(Boolean).sort();
    const refs = (await library.papers([...Array(library.documents).keys()])).map(({ ref }) => ref);
    const vectors = Object.create(null);
    for (const term of terms) {
      const { order, fields } = await library.term(term);
      fields.forEach((list, field) =>
        list?.numbers.forEach((number, at) => {
          const name = `${Object.keys(pipeline.fields)[field]}/${refs[number]}`;
          (vectors[name] ??= []).push([order, list.weights[at]]);
        }),
      );
    }
    // The empty term is in lunr's vectors, though no query finds it.
    const empty = whole.invertedIndex[""]?._index;
    const different = Object.entries(whole.fieldVectors).filter(([name, { elements }]) => {
      const ours = (vectors[name] ?? []).sort(([a], [b]) => a - b);
      const wanted = elements.flatMap((order, at) => (at % 2 || order === empty ? [] : [[order, elements[at + 1]]]));
      return JSON.stringify(ours) !== JSON.stringify(wanted);
    });
    return { same: JSON.stringify(terms) === JSON.stringify(theirs), terms: terms.length, different: different.map(([name]) => name) };
  },

  /** What the formats of the index read as: each a list of numbers or texts. */
  async read({ site, coded }) {
    const { ascending, Reader } = await import(pathToFileURL(`${site}/assets/search/coding.js`).href);
    const kinds = {
      varints: (reader, count) => reader.varints(count),
      ascending: (reader, count) => ascending(reader.varints(count)),
      texts: (reader) => reader.texts(),
    };
    return coded.map(({ kind, count, hex }) => [...kinds[kind](new Reader(Buffer.from(hex, "hex")), count)]);
  },

  /** Answers of the site's own search to [text, options]. */
  async search({ site, queries, method = "query" }) {
    const { createSearch } = await modules(site);
    const search = createSearch({ base: pathToFileURL(`${site}/`).href, fetch: fileFetch });
    const found = [];
    for (const [text, options] of queries) found.push(await search[method](text, options));
    return found;
  },

  /** What a search says when all loads fail, how often it fetches, and what a second try finds. */
  async failure({ site }) {
    const { createSearch } = await modules(site);
    const fetched = [];
    let broken = true;
    const fetch = async (url) => {
      fetched.push(url);
      return broken ? new Response("", { status: 503 }) : fileFetch(url);
    };
    const search = createSearch({ base: pathToFileURL(site).href, fetch });
    const before = fetched.length;
    const error = await search.query("data").then(() => null, (error) => `${error.constructor.name}: ${error.message}`);
    broken = false;
    fetched.length = 0;
    const [first] = await Promise.all([search.query("data"), search.query("model")]);
    await search.query("data");
    return { before, error, fetched: fetched.length, different: new Set(fetched).size, total: first.total };
  },

  /** Answers to each text while the files whose names hold `missing` cannot be fetched, and then again when they can. */
  async missing({ site, missing, texts }) {
    const { createSearch } = await modules(site);
    let broken = true;
    const fetch = async (url) => (broken && url.includes(missing) ? new Response("", { status: 404 }) : fileFetch(url));
    const search = createSearch({ base: pathToFileURL(site).href, fetch });
    const totals = () => Promise.all(texts.map((text) => search.query(text).then(({ total }) => total, ({ message }) => message)));
    const first = await totals();
    broken = false;
    return [first, await totals()];
  },

  /** What a search that knows the index of `older` answers once the site is `site`. */
  async moved({ site, older, text }) {
    const { createSearch } = await modules(site);
    let now = older;
    const fetch = (url) => fileFetch(String(url).replace("file:///base/", pathToFileURL(`${now}/`).href)).catch(() => new Response("", { status: 404 }));
    const search = createSearch({ base: "file:///base/", fetch });
    const before = await search.query("");
    now = site;
    return [before.total, (await search.query(text)).total];
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await answers[request.ask](request).then((value) => ({ value }), (error) => ({ error: `${error.stack}` }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
