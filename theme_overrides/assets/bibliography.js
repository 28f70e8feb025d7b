// @ts-check
/**
 * The link on a topic's page that gives all its papers away as BibTeX: made of the topic's feed when a reader asks.
 *
 * @typedef {import("./cite/formats.js").Paper} Paper
 */
import { papers } from "./cite/feed.js";
import { bibliography } from "./cite/formats.js";

const TYPE = "application/x-bibtex;charset=utf-8";

for (const link of document.querySelectorAll("a[data-bibliography]")) {
  if (link instanceof HTMLAnchorElement) offer(link);
}

/**
 * The link leads to the feed; a click on it fetches that, and saves what is made of it.
 * @param {HTMLAnchorElement} link
 */
function offer(link) {
  const name = link.textContent ?? "";
  link.closest("[hidden]")?.removeAttribute("hidden");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(`${answer.status}`);
      save(bibliography(papers(await answer.json(), answer.url)), link.download);
      link.textContent = name;
    } catch {
      link.textContent = `${name} (it could not be loaded: try again)`;
    }
  });
}

/**
 * @param {string} text
 * @param {string} name
 */
function save(text, name) {
  const href = URL.createObjectURL(new Blob([text], { type: TYPE }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href));
}
