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

  /** The index of `documents` as lunr.js serialises it. */
  async serialised({ site, documents }) {
    const { lunr, pipeline } = await modules(site);
    const index = lunr(function () {
      this.use(pipeline.setUp);
      documents.forEach((document) => this.add(document));
    });
    return JSON.parse(JSON.stringify(index));
  },

  /** Answers of the site's own search to [text, options]. */
  async search({ site, queries, method = "query" }) {
    const { createSearch } = await modules(site);
    const search = createSearch({ base: pathToFileURL(`${site}/`).href, fetch: fileFetch });
    const found = [];
    for (const [text, options] of queries) found.push(await search[method](text, options));
    return found;
  },

  /** What a search says when its first load fails, how often it fetches, and what a second try finds. */
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
    return { before, error, fetched: fetched.length, total: first.total };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await answers[request.ask](request).then((value) => ({ value }), (error) => ({ error: `${error.stack}` }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
