// @ts-check
/**
 * What other searches would load before a first answer, over the same documents and questions:
 *
 *     npm install --prefix OTHERS minisearch@7.2.0 flexsearch@0.8.212
 *     node benchmarks/search/others.mjs SITE OTHERS
 *
 * `SITE` is what `make_site.py` makes. Each builds its index of the same five fields and stores what its list of results
 * needs (title and abstract); "loads" is that as JSON, compressed with gzip; then the time to read it again, and the
 * median of the questions. Material's search loads the texts and builds lunr's index of them on every page.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [site, others] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(`${others}/package.json`);
const { default: lunr } = await import(pathToFileURL(`${site}/assets/search/lunr.js`).href);
const { setUp, fields } = await import(pathToFileURL(`${site}/assets/search/pipeline.js`).href);

const names = Object.keys(fields);
const documents = (await readFile(`${site}/documents.jsonl`, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
const texts = documents.slice(0, 200).flatMap(({ title }) => {
  const words = title.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return words.length > 1 ? [`${words[0]} ${words.at(-1)}`] : [];
});
const shown = documents.map(({ ref, title, abstract }) => ({ ref, title, abstract }));

const searches = {
  "whole lunr index": {
    build: () => lunr(function () {
      this.use(setUp);
      documents.forEach((document) => this.add(document));
    }),
    save: (index) => JSON.stringify([index, shown]),
    load: (text) => lunr.Index.load(JSON.parse(text)[0]),
    ask: (index, text) => index.search(text),
  },
  "Material: texts": {
    build: () => null,
    save: () => JSON.stringify(documents.map((document) => Object.fromEntries(["ref", ...names].map((name) => [name, document[name]])))),
    load: (text) => lunr(function () {
      this.ref("ref");
      for (const name of names) this.field(name, { boost: fields[name] });
      JSON.parse(text).forEach((document) => this.add(document));
    }),
    ask: (index, text) => index.search(text),
  },
  MiniSearch: miniSearch(),
  FlexSearch: flexSearch(),
};

function miniSearch() {
  const MiniSearch = require("minisearch");
  const options = { idField: "ref", fields: names, storeFields: ["title", "abstract"] };
  return {
    build: () => {
      const index = new MiniSearch(options);
      index.addAll(documents);
      return index;
    },
    save: (index) => JSON.stringify(index),
    load: (text) => MiniSearch.loadJSON(text, options),
    ask: (index, text) => index.search(text, { boost: fields }),
  };
}

function flexSearch() {
  const { Document } = require("flexsearch");
  const make = () => new Document({ document: { id: "ref", index: names } });
  return {
    build: () => {
      const index = make();
      documents.forEach((document) => index.add(document));
      return index;
    },
    save: (index) => {
      const parts = [];
      index.export((key, data) => void parts.push([key, data]));
      return JSON.stringify([parts, shown]);
    },
    load: (text) => {
      const index = make();
      for (const [key, data] of JSON.parse(text)[0]) index.import(key, data);
      return index;
    },
    ask: (index, text) => index.search(text, { limit: 10 }),
  };
}

const timed = (act) => {
  const start = performance.now();
  return [act(), performance.now() - start];
};
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

for (const [name, { build, save, load, ask }] of Object.entries(searches)) {
  const [built, building] = timed(build);
  const text = save(built);
  const [index, loading] = timed(() => load(text));
  const asking = texts.map((text) => timed(() => ask(index, text))[1]);
  const [plain, packed] = [text.length, gzipSync(text).length].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`);
  console.log(`${name}: loads ${packed} (${plain}), builds in ${(building / 1000).toFixed(1)} s, is read in ${(loading / 1000).toFixed(1)} s, answers in ${median(asking).toFixed(1)} ms`);
}
