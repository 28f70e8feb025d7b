// @ts-check
/**
 * Papers as a JSON Feed of the site tells them: data in, data out, so that Node and the browser load this same file.
 *
 * @typedef {import("./formats.js").Paper} Paper
 * @typedef {{doi?: string, journal?: string, conference?: string, year?: string, further_authors?: boolean}} Extension
 * @typedef {{url: string, title: string, date_published?: string, external_url?: string, authors?: {name: string}[],
 *   _paper?: Extension}} Item
 */
import { FURTHER } from "./formats.js";

const ARXIV = "https://arxiv.org/abs/";

/**
 * The papers in the order of the feed.
 * @param {{items: readonly Item[]}} feed
 * @param {string} address  the feed's own, which the URLs in it are relative to
 * @returns {Paper[]}
 */
export function papers({ items }, address) {
  return items.map(({ title, url, external_url: elsewhere = "", date_published: published = "", authors = [], _paper = {} }) => {
    const { doi = "", journal = "", conference = "", year = "", further_authors: further } = _paper;
    return {
      title,
      authors: [...authors.map(({ name }) => name), ...(further ? [FURTHER] : [])],
      date: published.slice(0, 10) || year,
      arxiv: elsewhere.startsWith(ARXIV) ? decodeURI(elsewhere.slice(ARXIV.length)) : "",
      doi,
      journal,
      conference,
      url: elsewhere || new URL(url, address).href,
    };
  });
}
