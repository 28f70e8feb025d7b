// @ts-check
/**
 * The words of the search page.
 *
 * @typedef {import("./rank.js").Facet} Facet
 */
import { soughtWords } from "./query.js";

/** @type {Readonly<Record<Facet, string>>} */
export const FACET_NAMES = { topic: "Topic", year: "Year", organization: "Organisation", has: "Has" };

/** @type {Readonly<Record<string, string>>} */
export const SORT_NAMES = { relevance: "Best match", date: "Newest", comments: "Most discussed" };

/**
 * A value of a facet as it is shown: "code" is "Code".
 * @param {Facet} facet
 * @param {string} name
 */
export function valueName(facet, name) {
  return facet === "has" ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

const LONGEST_QUOTE = 80;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * "1 paper", "1,234 papers".
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** @param {number} count */
export function number(count) {
  return count.toLocaleString("en-GB");
}

/**
 * "7 Jan 2026" for "2026-01-07".
 * @param {string} iso
 */
export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/**
 * "9 authors"; with names the first three, "and 4 more" or, where nobody knows how many, "and others".
 * @param {readonly string[]} names  the first names, at most three of them
 * @param {number | null} count
 */
export function byline(names, count) {
  if (!names.length) return count ? counted(count, "author") : "";
  const more = (count ?? Infinity) - names.length;
  const others = count === null ? "others" : `${number(more)} more`;
  return names.join(", ") + (more > 0 ? ` and ${others}` : "");
}

/**
 * What is said when no paper is found.
 * @param {string} text
 * @param {boolean} isFiltered  whether filters leave out what the text finds
 * @param {boolean} isCommon  whether its words are too common to be in the index
 */
export function nothingFound(text, isFiltered, isCommon) {
  const sought = [...text.trim()];
  if (!sought.length) return isFiltered ? "No paper passes these filters." : "No paper yet.";
  if (isCommon) return "Every word of this is too common to be searched for.";
  const where = isFiltered ? "and passes these filters" : "in its title, topics, organisation, authors or abstract";
  const quoted = sought.length > LONGEST_QUOTE ? `${sought.slice(0, LONGEST_QUOTE).join("")}…` : sought.join("");
  return `No paper has “${quoted}” ${where}.`;
}

/**
 * Other queries to try for a text that finds nothing: a letter off, or sure of the beginning only. Its longest word is
 * the one that says most.
 * @param {string} text
 */
export function otherQueries(text) {
  const word = soughtWords(text).reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  if (!word || word.length > LONGEST_QUOTE) return [];
  return [
    { ask: "A letter off?", query: `${word}~1` },
    { ask: "Sure of the beginning only?", query: `${beginning(word)}*` },
  ];
}

/**
 * The first half of a word, but no more than five letters.
 * @param {string} word
 */
function beginning(word) {
  const letters = [...word];
  return letters.slice(0, Math.min(5, Math.ceil(letters.length / 2))).join("");
}
