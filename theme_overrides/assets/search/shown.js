// @ts-check
/**
 * What the page shows of a paper that was found, with the words marked by which it was.
 *
 * @typedef {import("./library.js").Library} Library
 * @typedef {import("./library.js").Paper} Paper
 */
import { termOf } from "./ask.js";
import { excerpt, marked } from "./excerpt.js";

/**
 * @param {Library} library
 * @param {Paper} paper
 * @param {import("./ask.js").Marks} marks
 */
export function shown(library, paper, marks) {
  /** @param {string} field */
  const hitIn = (field) => (/** @type {string} */ word) => {
    const term = termOf(library, word);
    return term !== undefined && marks.get(term)?.has(field) ? term : undefined;
  };
  const { comments = null, organization = null, has = [], authors = [], author_count: authorCount = null } = paper;
  const heading = marked(paper.title, hitIn("title"));
  const snippet = excerpt(paper.abstract ?? "", hitIn("abstract"));
  return { heading, snippet, comments, organization, has, authors, authorCount, isNew: Boolean(paper.new) };
}
