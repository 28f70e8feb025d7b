// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { papers } from "../../theme_overrides/assets/cite/feed.js";
import { bibliography, bibtex, csl, key, named, ris } from "../../theme_overrides/assets/cite/formats.js";

const SPARSE = { title: "Robix: A Unified Model", authors: [], date: "", arxiv: "", url: "" };
const FULL = {
  title: "Scaling LLMs to 50% of $n$: {Pre-Training} with GPT-4",
  authors: ["Ada Lovelace", "Ludwig van Beethoven", "Martin Luther King Jr.", "李明", "Johnson and Johnson"],
  date: "2024-06-20",
  arxiv: "2406.14833",
  url: "https://arxiv.org/abs/2406.14833",
};

test("a full BibTeX entry", () => {
  assert.equal(
    bibtex(FULL),
    `@misc{lovelace2024scaling,
  author = {Lovelace, Ada and van Beethoven, Ludwig and King, Jr., Martin Luther and 李明 and {Johnson and Johnson}},
  title = {Scaling {LLMs} to 50\\% of \\$n\\$: \\{Pre-Training\\} with {GPT-4}},
  year = 2024,
  month = jun,
  eprint = {2406.14833},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/2406.14833}
}
`,
  );
});

test("a full RIS record", () => {
  assert.equal(
    ris(FULL),
    `TY  - GEN
AU  - Lovelace, Ada
AU  - van Beethoven, Ludwig
AU  - King, Martin Luther, Jr.
AU  - 李明
AU  - Johnson and Johnson
TI  - Scaling LLMs to 50% of $n$: {Pre-Training} with GPT-4
DA  - 2024/06/20
PY  - 2024
DB  - arXiv
AN  - arXiv:2406.14833
UR  - https://arxiv.org/abs/2406.14833
ER  - 
`,
  );
});

test("a full CSL item", () => {
  assert.deepEqual(csl({ ...FULL, authors: FULL.authors.slice(0, 4) }), [
    {
      id: "lovelace2024scaling",
      type: "article",
      title: FULL.title,
      author: [
        { family: "Lovelace", given: "Ada" },
        { family: "van Beethoven", given: "Ludwig" },
        { family: "King", given: "Martin Luther", suffix: "Jr." },
        { literal: "李明" },
      ],
      issued: { "date-parts": [[2024, 6, 20]] },
      publisher: "arXiv",
      number: "arXiv:2406.14833",
      URL: FULL.url,
    },
  ]);
});

const PUBLISHED = { ...SPARSE, authors: ["Ada Lovelace", "et al."], date: "2024-06-20", doi: "10.1145/a_1(2)<3>" };
const JOURNAL = { ...PUBLISHED, journal: "Letters & Reviews" };
const CONFERENCE = { ...PUBLISHED, conference: "ICML 2024" };

test("a journal, a conference and a DOI are cited, and authors that are not all end as each format has it", () => {
  assert.equal(
    bibtex(JOURNAL),
    `@article{lovelace2024robix,
  author = {Lovelace, Ada and others},
  title = {Robix: A Unified Model},
  journal = {Letters \\& Reviews},
  year = 2024,
  month = jun,
  doi = {10.1145/a_1(2)<3>}
}
`,
  );
  assert.match(bibtex(CONFERENCE), /^@inproceedings\{[^]*  booktitle = \{ICML 2024\},\n/);
  assert.equal(
    ris(CONFERENCE),
    `TY  - CONF
AU  - Lovelace, Ada
AU  - et al.
TI  - Robix: A Unified Model
T2  - ICML 2024
DA  - 2024/06/20
PY  - 2024
DO  - 10.1145/a_1(2)<3>
ER  - 
`,
  );
  assert.match(ris(JOURNAL), /^TY  - JOUR\n[^]*T2  - Letters & Reviews\n/);
  const [item] = csl(JOURNAL);
  assert.deepEqual(item.author, [{ family: "Lovelace", given: "Ada" }, { literal: "others" }]);
  assert.deepEqual([item.type, item["container-title"], item.DOI], ["article-journal", JOURNAL.journal, JOURNAL.doi]);
  assert.deepEqual([csl(CONFERENCE)[0].type, csl(PUBLISHED)[0].type], ["paper-conference", "article"]);
});

test("what is not known is left out", () => {
  assert.equal(bibtex(SPARSE), "@misc{robixunified,\n  title = {Robix: A Unified Model}\n}\n");
  assert.equal(ris(SPARSE), "TY  - GEN\nTI  - Robix: A Unified Model\nER  - \n");
  assert.deepEqual(csl(SPARSE), [{ id: "robixunified", type: "article", title: SPARSE.title }]);
});

test("special signs are escaped, and braces stay balanced for BibTeX", () => {
  const entry = bibtex({ ...SPARSE, title: "\\ { & % $ # _ ~ ^ \"" });
  const escaped = '{\\textbackslash} {\\textbraceleft} \\& \\% \\$ \\# \\_ {\\textasciitilde} {\\textasciicircum} "';
  assert.ok(entry.includes(`title = {${escaped}}`), entry);
});

test("braces keep capitals only where a style would spoil the word", () => {
  const title = (text) => /title = \{(.*)\}/.exec(bibtex({ ...SPARSE, title: text }))?.[1];
  assert.equal(title("The (LLMs) of Llama-3-8B: Pre-Training, O'Neil's"), "The ({LLMs}) of {Llama-3-8B}: Pre-Training, O'Neil's");
  assert.equal(title("ATTENTION IS ALL"), "ATTENTION IS ALL");
  assert.equal(title("数学推理"), "数学推理");
});

test("a value stays on its line", () => {
  const record = ris({ ...SPARSE, title: "One\r\nER  - \u2028two\u0085three", authors: ["A\nB"] });
  assert.equal(record, "TY  - GEN\nAU  - B, A\nTI  - One ER - two three\nER  - \n");
});

test("keys are ASCII, whatever the name and the title", () => {
  const of = (title, ...authors) => key({ ...SPARSE, title, authors, date: "2024-06-20" });
  assert.equal(of("On the Gap", "José García"), "garcia2024gap");
  assert.equal(of("The Stability Gap"), "stability2024gap");
  assert.equal(of("数学推理", "李明"), "paper2024");
  assert.equal(of("数学 and GPT-4", "李明"), "gpt20244");
});

test("names are taken apart only where they say how", () => {
  assert.deepEqual(named("Lovelace, Ada"), { family: "Lovelace", given: "Ada" });
  assert.deepEqual(named("O'Neil, Jr."), { literal: "O'Neil, Jr." });
  assert.deepEqual(named("Ana de la Cruz"), { family: "de la Cruz", given: "Ana" });
  assert.deepEqual(named("de Cruz"), { family: "Cruz", given: "de" });
  assert.deepEqual(named("Plato"), { literal: "Plato" });
  for (const group of ["Qwen Team", "Team GLM", "The ATLAS Collaboration", "Shanghai AI Laboratory", "Meta AI", "BigScience Workshop"])
    assert.deepEqual(named(group), { literal: group });
  assert.deepEqual(named("Wei Ai"), { family: "Ai", given: "Wei" });
});

test("papers in one file have keys of their own", () => {
  const twins = [FULL, { ...FULL, title: "Scaling again" }, SPARSE, SPARSE];
  const keys = [...bibliography(twins).matchAll(/^@misc\{(.*),$/gm)].map(([, id]) => id);
  assert.deepEqual(keys, ["lovelace2024scaling", "lovelace2024scaling-2", "robixunified", "robixunified-2"]);
  assert.equal(bibliography([]), "");
});

test("a feed tells what a citation needs", () => {
  const [known, published, sparse] = papers(
    {
      items: [
        {
          url: "../../papers/scaling/",
          title: FULL.title,
          external_url: FULL.url,
          date_published: "2024-06-20T00:00:00Z",
          authors: FULL.authors.map((name) => ({ name })),
        },
        {
          url: "../../papers/a/",
          title: "A",
          external_url: "https://doi.org/10.1145/a%3C3%3E",
          authors: [{ name: "Ada Lovelace" }],
          _paper: { doi: "10.1145/a<3>", conference: "ICML 2024", year: "2024", further_authors: true },
        },
        { url: "../../papers/robix/", title: SPARSE.title },
      ],
    },
    "https://user.example/repo/feeds/topics/agents.json",
  );
  const nothing = { doi: "", journal: "", conference: "" };
  assert.deepEqual(known, { ...FULL, ...nothing });
  assert.match(bibtex(published), /^@inproceedings\{lovelace2024,\n  author = \{Lovelace, Ada and others\},[^]* doi = \{10\.1145\/a<3>\}/);
  assert.match(bibtex(published), /booktitle = \{ICML 2024\},\n  year = 2024,\n  doi/);
  assert.deepEqual(sparse, { ...SPARSE, ...nothing, url: "https://user.example/repo/papers/robix/" });
});
