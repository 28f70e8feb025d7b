// @ts-check
/**
 * One paper in the list of results.
 *
 * @typedef {Awaited<ReturnType<ReturnType<typeof import("./search.js").createSearch>["explore"]>>} Answer
 * @typedef {Answer["hits"][number]} Hit
 * @typedef {import("./dom.js").Child} Child
 */
import { make, ROOT } from "./dom.js";
import { byline, counted, day } from "./words.js";

/**
 * @param {Hit} hit
 * @param {ReadonlyMap<string, string>} topics  the name of each
 */
export function result(hit, topics) {
  const title = make("h3", { dir: "auto" }, make("a", { href: hit.url }, ...hit.heading.map(piece)));
  const snippet = hit.snippet.length > 0 && make("p", { class: "snip serif", dir: "auto" }, ...hit.snippet.map(piece));
  const date = hit.date && make("time", { datetime: hit.date }, day(hit.date));
  const meta = make("p", { class: "meta" }, date, ...spaced(facts(hit)), ...spaced(topicLinks(hit, topics)));
  return make("li", { class: hit.isNew ? "entry new" : "entry", "data-search-result": true, "data-ref": hit.ref }, title, snippet, meta);
}

/** @param {{text: string, hit: boolean}} segment */
export function piece({ text, hit }) {
  return hit ? make("mark", {}, text) : text;
}

/**
 * An element with a space before it; nothing of nothing.
 * @param {Node | null} element
 * @returns {Child[]}
 */
function spaced(element) {
  return element ? [" ", element] : [];
}

/**
 * Byline, comments and kinds of link.
 * @param {Hit} hit
 */
function facts({ authors, authorCount, organization, comments, has }) {
  const link = organization && make("a", { href: page("organizations", organization[0]) }, organization[1]);
  const told = [
    authors.length ? byline(authors, authorCount) : link || byline([], authorCount),
    comments ? make("b", {}, counted(comments, "comment")) : "",
    has.join(", "),
  ].filter(Boolean);
  return told.length ? make("span", {}, ...told.flatMap((fact, at) => (at ? [" · ", fact] : [fact]))) : null;
}

/**
 * @param {Hit} hit
 * @param {ReadonlyMap<string, string>} topics
 */
function topicLinks(hit, topics) {
  const known = hit.topics.filter((id) => topics.has(id));
  const links = known.map((id) => make("a", { href: page("topics", id) }, topics.get(id)));
  return links.length ? make("span", { class: "topics" }, ...links.flatMap((link) => [link, " "])) : null;
}

/**
 * @param {string} folder
 * @param {string} name
 */
function page(folder, name) {
  return `${ROOT}${folder}/${encodeURIComponent(name)}/`;
}
