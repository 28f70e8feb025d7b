// @ts-check
/**
 * The Cite section of a paper's page: what the head's citation_* tags tell, in three formats to copy and to download.
 *
 * The only module of these that touches the DOM.  Texts of papers are strangers' texts: they enter the page as text.
 *
 * @typedef {import("./cite/formats.js").Paper} Paper
 * @typedef {import("./cite/formats.js").Format} Format
 */
import { FORMATS, FURTHER } from "./cite/formats.js";

const SHOWN_FOR = 2000;

const place = document.querySelector("[data-cite]");
const status = make("p", { className: "vh", role: "status" });

/** @param {string} name */
function told(name) {
  const tags = document.querySelectorAll(`meta[name="citation_${name}"]`);
  return [...tags].map((tag) => tag.getAttribute("content") ?? "");
}

/** @returns {Paper} */
function paper() {
  const [title = ""] = told("title");
  const [date = ""] = told("publication_date");
  const [arxiv = ""] = told("arxiv_id");
  const [here = location.origin + location.pathname] = told("abstract_html_url");
  const [doi = ""] = told("doi");
  const url = arxiv ? `https://arxiv.org/abs/${encodeURI(arxiv)}` : here;
  const [journal = ""] = told("journal_title");
  const [conference = ""] = told("conference_title");
  const authors = [...told("author"), ...(place?.hasAttribute("data-further-authors") ? [FURTHER] : [])];
  return { title, authors, date: date.replaceAll("/", "-"), arxiv, doi, journal, conference, url };
}

/** The last part of the page's address. */
function slug() {
  return decodeURIComponent(location.pathname.split("/").filter((part) => part && part !== "index.html").pop() ?? "paper");
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {...Node} children
 */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * Where the clipboard is closed to the page, the text is selected, for the reader's own keys.
 * @param {HTMLDetailsElement} fold
 * @param {HTMLElement} pre
 * @param {string} name
 */
async function copy(fold, pre, name) {
  try {
    await navigator.clipboard.writeText(pre.textContent ?? "");
    return [`Copied`, `${name} copied`];
  } catch {
    fold.open = true;
    getSelection()?.selectAllChildren(pre);
    return ["Selected", `${name} selected: copy it with your keyboard or menu`];
  }
}

/**
 * A fold, and beside its name the ways to take the text along.
 * @param {Format} format
 * @param {string} text
 * @param {boolean} open
 */
function block({ name, extension, type }, text, open) {
  const pre = make("pre", { textContent: text, translate: false });
  const fold = make("details", { open }, make("summary", { textContent: name }), pre);
  const button = make("button", { type: "button", textContent: "Copy", ariaLabel: `Copy ${name}` });
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const download = `${slug()}.${extension}`;
  const link = make("a", { href, download, textContent: "Download", ariaLabel: `Download ${name}` });
  let timer = 0;
  button.addEventListener("click", async () => {
    const [word, sentence] = await copy(fold, pre, name);
    button.textContent = word;
    status.textContent = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = "Copy";
      status.textContent = "";
    }, SHOWN_FOR);
  });
  return make("div", { className: "cite" }, fold, make("p", { className: "copy" }, button, link));
}

if (place) {
  const cited = paper();
  const blocks = FORMATS.map((format, at) => block(format, format.format(cited), at === 0));
  place.firstElementChild?.replaceWith(...blocks);
  place.append(status);
}
