// @ts-check
/**
 * Papers as a JSON Feed of the site tells them: data in, data out, so that Node and the browser load this same file.
 *
 * @typedef {import("./formats.js").Paper} Paper
 * @typedef {{url: string, title: string, date_published?: string, external_url?: string, authors?: {name: string}[]}} Item
 */

const ARXIV = "https://arxiv.org/abs/";
const DOI = "https://doi.org/";

/**
 * The papers in the order of the feed.
 * @param {{items: readonly Item[]}} feed
 * @param {string} address  the feed's own, which the URLs in it are relative to
 * @returns {Paper[]}
 */
export function papers({ items }, address) {
  return items.map(({ title, url, external_url: elsewhere = "", date_published: published = "", authors = [] }) => {
    const arxiv = elsewhere.startsWith(ARXIV) ? decodeURI(elsewhere.slice(ARXIV.length)) : "";
    const doi = elsewhere.startsWith(DOI) ? decodeURIComponent(elsewhere.slice(DOI.length)) : "";
    return {
      title,
      authors: authors.map(({ name }) => name),
      date: published.slice(0, 10),
      arxiv,
      doi,
      url: elsewhere || new URL(url, address).href,
    };
  });
}
