// @ts-check
/**
 * A paper as BibTeX, RIS and CSL-JSON: text in, text out, so that Node and the browser load this same file.
 *
 * What is not known is left out.  Texts are strangers': whatever they hold, a reader of the format gets it back,
 * but for runs of white space and control characters, which become one space.
 *
 * @typedef {{title: string, authors: string[], date: string, arxiv: string, url: string,
 *   doi?: string, journal?: string, conference?: string}} Paper
 *   `date` as in 2024-06-20 or 2024; every text may be empty; authors that end in "et al." are not all.
 * @typedef {{family: string, given: string, suffix?: string} | {literal: string}} Name
 * @typedef {{name: string, extension: string, type: string, format: (paper: Paper) => string}} Format
 */

/** Stands at the end of authors that are not all. */
export const FURTHER = "et al.";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SMALL_WORDS = new Set("a an the on in of for to from with by at and or is are how what why do does can".split(" "));
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const SEVERAL = /(?:^| )(?:and|&)(?: |$)/i;
const GROUP =
  /^team | (?:team|collaborat(?:ion|ors)|consortium|contributors|group|community|initiative|workshop|lab(?:s|oratory)?|institute|university|foundation|research)$/i;
const PARTICLE = /^(?:al|bin|da|dal|de|del|della|den|der|di|dos|du|el|ibn|la|le|ten|ter|van|von|zu|zum|zur)$/;

const TEX = new Map([
  ["\\", "{\\textbackslash}"],
  ["~", "{\\textasciitilde}"],
  ["^", "{\\textasciicircum}"],
  ..."{}&%$#_".split("").map((sign) => /** @type {[string, string]} */ ([sign, `\\${sign}`])),
]);
// BibTeX counts an escaped brace, too: one that has no partner would end the value, or never end it.
const LONE = new Map([
  ["{", "{\\textbraceleft}"],
  ["}", "{\\textbraceright}"],
]);

/** In the order of the page. @type {readonly Format[]} */
export const FORMATS = [
  { name: "BibTeX", extension: "bib", type: "application/x-bibtex", format: bibtex },
  { name: "RIS", extension: "ris", type: "application/x-research-info-systems", format: ris },
  { name: "CSL-JSON", extension: "json", type: "application/vnd.citationstyles.csl+json", format: cslJson },
];

/**
 * One entry, in UTF-8; of type misc, where nothing tells in what journal or at what conference it was published.
 * @param {Paper} paper
 * @param {string} [id]  the entry's key
 */
export function bibtex(paper, id = key(paper)) {
  const [year, month] = paper.date.split("-");
  const { journal, conference, doi } = published(paper);
  const { names, areAll } = authorsOf(paper);
  const type = journal ? "article" : conference ? "inproceedings" : "misc";
  const fields = [
    ["author", [...names.map(texName), ...(areAll ? [] : ["others"])].join(" and "), "{}"],
    ["title", texTitle(line(paper.title)), "{}"],
    ["journal", tex(journal), "{}"],
    ["booktitle", tex(journal ? "" : conference), "{}"],
    ["year", year],
    ["month", MONTHS[Number(month) - 1]],
    ["eprint", tex(line(paper.arxiv)), "{}"],
    ["archivePrefix", paper.arxiv && "arXiv", "{}"],
    ["doi", address(doi), "{}"],
    ["url", address(paper.url), "{}"],
  ];
  const told = fields.filter(([, value]) => value);
  const lines = told.map(([name, value, braces = ""]) => `  ${name} = ${braces[0] ?? ""}${value}${braces[1] ?? ""}`);
  return `@${type}{${id},\n${lines.join(",\n")}\n}\n`;
}

/**
 * Several papers as one file, each under a key of its own: a key that is taken gets a number.
 * @param {readonly Paper[]} papers
 */
export function bibliography(papers) {
  const taken = new Set();
  const entries = papers.map((paper) => {
    let id = key(paper);
    for (let number = 2; taken.has(id); number += 1) id = `${key(paper)}-${number}`;
    taken.add(id);
    return bibtex(paper, id);
  });
  return entries.join("\n");
}

/**
 * One record, of the generic type where nothing tells a better one; every value on one line.
 * @param {Paper} paper
 */
export function ris(paper) {
  const day = paper.date.replaceAll("-", "/");
  const { journal, conference, doi } = published(paper);
  const { names, areAll } = authorsOf(paper);
  const told = [
    ["TY", journal ? "JOUR" : conference ? "CONF" : "GEN"],
    ...names.map((author) => ["AU", inverted(author)]),
    ["AU", areAll ? "" : FURTHER],
    ["TI", line(paper.title)],
    ["T2", journal || conference],
    ["DA", day],
    ["PY", day.split("/")[0]],
    ["DB", paper.arxiv && "arXiv"],
    ["AN", paper.arxiv && `arXiv:${line(paper.arxiv)}`],
    ["DO", doi],
    ["UR", address(paper.url)],
  ];
  const lines = told.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}`);
  return `${lines.join("\n")}\nER  - \n`;
}

/**
 * A list of one item, as data: for citeproc, Pandoc and Zotero.
 * @param {Paper} paper
 */
export function csl(paper) {
  const { journal, conference, doi } = published(paper);
  const { names, areAll } = authorsOf(paper);
  const authors = [...names.map(named), ...(areAll ? [] : [{ literal: "others" }])]; // which Pandoc prints as et al.
  return [
    {
      id: key(paper),
      type: journal ? "article-journal" : conference ? "paper-conference" : "article",
      title: line(paper.title),
      ...(authors.length && { author: authors }),
      ...(paper.date && { issued: { "date-parts": [paper.date.split("-").map(Number)] } }),
      ...(paper.arxiv && !(journal || conference) && { publisher: "arXiv", number: `arXiv:${line(paper.arxiv)}` }),
      ...((journal || conference) && { "container-title": journal || conference }),
      ...(doi && { DOI: doi }),
      ...(paper.url && { URL: address(paper.url) }),
    },
  ];
}

/**
 * Where it was published, each on one line.
 * @param {Paper} paper
 */
function published({ journal = "", conference = "", doi = "" }) {
  return { journal: line(journal), conference: line(conference), doi: line(doi) };
}

/**
 * The names, and whether these are all.
 * @param {Paper} paper
 */
function authorsOf(paper) {
  const told = paper.authors.map(line).filter(Boolean);
  const names = told.filter((name, at) => at === 0 || at < told.length - 1 || !/^(?:et al\.?|and others)$/i.test(name));
  return { names, areAll: names.length === told.length };
}

/** @param {Paper} paper */
function cslJson(paper) {
  return `${JSON.stringify(csl(paper), null, 2)}\n`;
}

/**
 * A key of ASCII letters and digits, such as lovelace2024efficient: the first author's family name or, where nobody
 * is named, the first word of the title that says something; the year; the next such word.
 * @param {Paper} paper
 */
export function key(paper) {
  const words = paper.title.split(/[\s\-–—/:]+/u).map(ascii).filter((word) => word && !SMALL_WORDS.has(word));
  const family = ascii(paper.authors.length ? familyName(named(line(paper.authors[0]))) : "");
  const [first = "paper", next = ""] = family ? [family, ...words] : words;
  return `${first}${paper.date.slice(0, 4)}${next}`;
}

/**
 * Family and given name, where the name says which is which: "Ada Lovelace", "Lovelace, Ada", "Ludwig van Beethoven",
 * "Martin Luther King Jr."; a single name, or what is no person's ("Johnson and Johnson", "Qwen Team"), as it stands.
 * @param {string} name
 * @returns {Name}
 */
export function named(name) {
  if (SEVERAL.test(name) || GROUP.test(name) || name.endsWith(" AI")) return { literal: name };
  const parts = name.split(",").map((part) => part.trim());
  if (parts.length > 1) {
    const [family, given] = parts;
    return parts.length === 2 && family && given && !SUFFIX.test(given) ? { family, given } : { literal: name };
  }
  const words = name.split(" ");
  const suffix = words.length > 2 && SUFFIX.test(words[words.length - 1]) ? words.pop() : undefined;
  let from = words.length - 1;
  while (from > 1 && PARTICLE.test(words[from - 1])) from -= 1;
  if (from < 1) return { literal: name };
  const [given, family] = [words.slice(0, from).join(" "), words.slice(from).join(" ")];
  return suffix ? { family, given, suffix } : { family, given };
}

/** @param {Name} name */
function familyName(name) {
  return "literal" in name ? name.literal : name.family;
}

/** Family name first, as RIS and BibTeX's second form have it. @param {string} author */
function inverted(author) {
  const name = named(author);
  return "literal" in name ? name.literal : [name.family, name.given, name.suffix].filter(Boolean).join(", ");
}

/** In braces where it is to stay whole: no person's name has a sign that needs escaping. @param {string} author */
function texName(author) {
  const name = named(author);
  const escaped = tex(author);
  if (escaped !== author) return `{${escaped}}`;
  if ("literal" in name) return /[ ,]|^others$/i.test(author) ? `{${author}}` : author;
  return [name.family, name.suffix, name.given].filter(Boolean).join(", ");
}

/** Escaped, with braces around words whose capitals a style must not lower: LLMs, GPT-4, UniTabE. @param {string} title */
function texTitle(title) {
  const shouted = !/\p{Ll}/u.test(title);
  const escape = escaping(title);
  return title
    .split(" ")
    .map((word) => {
      const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(word) ?? ["", "", word, ""];
      const kept = !shouted && /[\p{L}\p{M}\p{N}]\p{Lu}/u.test(core);
      return kept ? `${escape(before)}{${escape(core)}}${escape(after)}` : escape(word);
    })
    .join(" ");
}

/** @param {string} text */
function tex(text) {
  return escaping(text)(text);
}

/**
 * How the pieces of a value are escaped.
 * @param {string} value
 * @returns {(piece: string) => string}
 */
function escaping(value) {
  const signs = paired(value) ? TEX : new Map([...TEX, ...LONE]);
  return (piece) => piece.replace(/[\\{}~^&%$#_]/g, (sign) => signs.get(sign) ?? sign);
}

/** Whether every brace has a partner. @param {string} value */
function paired(value) {
  let open = 0;
  for (const [brace] of value.matchAll(/[{}]/g)) {
    open += brace === "{" ? 1 : -1;
    if (open < 0) return false;
  }
  return open === 0;
}

/** On one line: a line's end inside a value ends the value in RIS. @param {string} text */
function line(text) {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** A URL without the signs that end a value; it is not escaped, as it is read letter by letter. @param {string} url */
function address(url) {
  return url.replace(/[\s\p{Cc}{}\\]/gu, encodeURIComponent);
}

/** Lower-case letters and digits of ASCII, without accents. @param {string} text */
function ascii(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]/g, "");
}
