// @ts-check
/**
 * The search page: what is typed and clicked becomes a state, the state a URL and a question, the answer the page.
 *
 * The only module that touches the DOM. Texts of papers are strangers' texts: they enter the page as text nodes.
 *
 * @typedef {import("./rank.js").Facet} Facet
 * @typedef {import("./state.js").State} State
 * @typedef {Awaited<ReturnType<ReturnType<typeof import("./search.js").createSearch>["explore"]>>} Answer
 * @typedef {Answer["hits"][number]} Hit
 * @typedef {Node | string | null | undefined | false} Child
 */
import { FACETS, SORTS } from "./rank.js";
import { format, inForce, parse, toggled } from "./state.js";
import { FACET_NAMES, SORT_NAMES, byline, counted, day, nothingFound, number, otherQueries } from "./words.js";

const ROOT = new URL("../../", import.meta.url).href;
const PAUSE = 120;
const LATE = 200;
const FIRST_PAGE = 10;
const NEXT_PAGE = 20;
const LONGEST_FACET = 8;

const input = /** @type {HTMLInputElement} */ (one("[data-search-input]"));
const box = one("[data-search-state]");
const count = one("[data-search-count]");
const chips = one(".chips", box);
const notice = one("[data-search-notice]");
const ways = one("[data-search-ways]");
const tabs = one(".tabs", box);
const heading = one("h2", box);
const list = one("ol", box);
const more = /** @type {HTMLAnchorElement} */ (one("[data-more]"));
const rest = /** @type {HTMLElement} */ (more.parentElement);
const filters = one("[data-search-facets]");

let state = parse(location.search);
let asked = 0;
let pause = 0;
/** @type {Promise<{explore: (text: string, options: object) => Promise<Answer>}> | undefined} */
let search;

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
function one(selector, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the search page has no ${selector}`);
  return found;
}

/**
 * An element; attributes that are null or false are left out, and so are such children.
 * @param {string} tag
 * @param {Record<string, string | boolean | null | undefined>} attributes
 * @param {...Child} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(isShown));
  return element;
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isShown(child) {
  return child instanceof Node || Boolean(child);
}

/**
 * A link to another state of this page.
 * @param {State} to
 * @param {Record<string, string | boolean | null>} attributes
 * @param {...Child} children
 */
function stateLink(to, attributes, ...children) {
  return make("a", { href: format(to), ...attributes }, ...children);
}

// ---- asking ----

/** The module with the index is loaded here and not above, so that its failing is said on the page. */
async function explorer() {
  search ??= import("./search.js").then((module) => module.createSearch({ base: ROOT }));
  return search.catch((error) => {
    search = undefined;
    throw error;
  });
}

/** Whether there is anything to ask for: on the bare page nothing is loaded. */
function isIdle() {
  return location.search.length < 2 && format(state) === "?";
}

/** Ask for the state and show the answer, unless another question came in between. */
async function answer() {
  clearTimeout(pause);
  const mine = ++asked;
  if (isIdle()) return showNothing();
  box.dataset.searchState = "loading";
  const late = setTimeout(() => mine === asked && say("Searching…"), LATE);
  const limit = FIRST_PAGE + (state.page - 1) * NEXT_PAGE;
  try {
    const { q, filters, sort } = state;
    const found = await (await explorer()).explore(q, { filters, sort, limit });
    if (mine === asked) show(found);
  } catch (error) {
    console.error(error);
    if (mine === asked) showError();
  } finally {
    clearTimeout(late);
  }
}

/**
 * Show another state, under its own URL.
 * @param {State} next
 * @param {"push" | "replace"} how
 */
function go(next, how) {
  state = next;
  // An emptied field asks for all papers, so its URL must differ from that of the bare page.
  const url = format(state) === "?" ? "?q=" : format(state);
  if (how === "push") history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  return answer();
}

function typed() {
  if (input.value === state.q) return;
  box.dataset.searchState = "loading";
  asked += 1;
  clearTimeout(pause);
  pause = window.setTimeout(() => go({ ...state, q: input.value, page: 1 }, "replace"), PAUSE);
}

/** @param {KeyboardEvent} event */
function entered(event) {
  if (event.key === "Enter" && !event.isComposing) go({ ...state, q: input.value, page: 1 }, "replace");
}

/** @param {MouseEvent} event */
async function clicked(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link?.getAttribute("href")?.startsWith("?") || !isPlain) return;
  event.preventDefault();
  const shownBefore = list.children.length;
  const path = "more" in link.dataset ? null : selector(link);
  await go(parse(link.search), "push");
  input.value = state.q;
  const next = path ? document.querySelector(path) : list.children[shownBefore]?.querySelector("a");
  (next instanceof HTMLElement ? next : count).focus();
}

/**
 * Where the same link will stand when the page is made anew, so that the keyboard stays there.
 * @param {HTMLElement} link
 */
function selector({ dataset: { facet, value, sort } }) {
  if (sort) return `[data-sort="${CSS.escape(sort)}"]`;
  return facet ? `[data-facet="${CSS.escape(facet)}"][data-value="${CSS.escape(value ?? "")}"]` : "[data-search-count]";
}

function travelled() {
  state = parse(location.search);
  input.value = state.q;
  answer();
}

// ---- showing ----

/** @param {...(Node | string)} children */
function say(...children) {
  count.replaceChildren(...children);
}

/** @param {Answer} found */
function show(found) {
  say(found.total ? counted(found.total, "paper") : nothingFound(state.q, found.unfiltered > 0));
  count.dataset.count = String(found.total);
  notice.textContent = found.notice;
  notice.hidden = !found.notice;
  showChips(found);
  showWays(found.total ? [] : waysOn(found));
  showTabs(found.total > 1);
  heading.hidden = !found.total;
  list.replaceChildren(...found.hits.map((hit) => result(hit, found)));
  showMore(found);
  showFacets(found);
  box.dataset.searchState = "ready";
}

function showNothing() {
  clear();
  say();
  delete count.dataset.count;
  filters.replaceChildren();
  folded(true);
  box.dataset.searchState = "idle";
}

function showError() {
  clear();
  const again = make("a", { href: location.href }, "Try again");
  again.addEventListener("click", (event) => {
    event.preventDefault();
    answer();
  });
  const topics = make("a", { href: `${ROOT}topics/` }, "look through the topics");
  say("The index could not be loaded. ", again, ", or ", topics, ".");
  delete count.dataset.count;
  box.dataset.searchState = "error";
}

function clear() {
  notice.hidden = true;
  heading.hidden = true;
  showWays([]);
  showTabs(false);
  chips.replaceChildren(count);
  list.replaceChildren();
  rest.hidden = true;
}

/** @param {Answer} found */
function showChips(found) {
  const links = inForce(state).map(({ facet, value }) => {
    const name = valueName(facet, value, found);
    const label = `Remove the filter: ${FACET_NAMES[facet].toLowerCase()} ${name}`;
    return stateLink(toggled(state, facet, value), { class: "chip", "aria-label": label }, name, " ", cross());
  });
  for (const old of chips.querySelectorAll(".chip")) old.remove();
  chips.append(...links);
}

function cross() {
  return make("span", { "aria-hidden": "true" }, "×");
}

/** @param {readonly Node[]} items */
function showWays(items) {
  ways.replaceChildren(...items);
  ways.hidden = !items.length;
}

/**
 * Ways on where nothing was found.
 * @param {Answer} found
 */
function waysOn({ unfiltered, unknown, topics }) {
  const plain = { ...state, filters: parse("").filters, page: 1 };
  const without = stateLink(plain, { class: "more", "data-suggestion": true }, counted(unfiltered, "paper"));
  const others = unfiltered || !unknown ? [] : otherQueries(unknown);
  const all = make("a", { class: "more", href: `${ROOT}topics/` }, `Look through the ${counted(topics.size, "topic")}`);
  return [
    ...(unfiltered ? [make("li", {}, "Without the filters: ", without)] : []),
    ...others.map(({ ask, query }) => {
      const link = stateLink({ ...plain, q: query }, { class: "more", "data-suggestion": true }, query);
      return make("li", {}, `${ask} `, link);
    }),
    make("li", {}, "Not sure of the word? ", all),
  ];
}

/** @param {boolean} isChoice  whether there is anything to order */
function showTabs(isChoice) {
  const links = (isChoice ? SORTS : []).map((sort) => {
    const current = sort === state.sort && "true";
    return stateLink({ ...state, sort, page: 1 }, { "data-sort": sort, "aria-current": current }, SORT_NAMES[sort]);
  });
  tabs.replaceChildren(...links);
  tabs.hidden = !isChoice;
}

/** @param {Answer} found */
function showMore({ total, hits }) {
  const next = Math.min(total - hits.length, NEXT_PAGE);
  more.href = format({ ...state, page: state.page + 1 });
  more.textContent = `Show ${number(next)} more`;
  rest.hidden = next < 1;
}

/** @param {Answer} found */
function showFacets(found) {
  const blocks = FACETS.filter((facet) => found.facets[facet].length).map((facet) => facetBlock(facet, found));
  filters.replaceChildren(...blocks);
  folded(!blocks.length);
}

/** @param {boolean} isHidden */
function folded(isHidden) {
  const aside = filters.closest("aside");
  if (aside) aside.hidden = isHidden;
}

/**
 * @param {Facet} facet
 * @param {Answer} found
 */
function facetBlock(facet, found) {
  const isWanted = (/** @type {{value: string}} */ { value }) => state.filters[facet].includes(value);
  const shown = found.facets[facet].filter((item, at) => at < LONGEST_FACET || isWanted(item));
  const items = shown.map((item) => {
    const name = valueName(facet, item.value, found);
    const told = { "data-facet": facet, "data-value": item.value, "aria-current": isWanted(item) && "true" };
    return make("li", {}, stateLink(toggled(state, facet, item.value), told, name, " ", make("span", {}, number(item.count))));
  });
  return make("div", { class: "facet" }, make("h2", {}, FACET_NAMES[facet]), make("ul", {}, ...items));
}

/**
 * @param {Facet} facet
 * @param {string} value
 * @param {Answer} found
 */
function valueName(facet, value, { topics, organizations }) {
  if (facet === "topic") return topics.get(value) ?? value;
  if (facet === "organization") return organizations.get(value) ?? value;
  return facet === "has" ? value.charAt(0).toUpperCase() + value.slice(1) : value;
}

/**
 * @param {Hit} hit
 * @param {Answer} found
 */
function result(hit, found) {
  const title = make("h3", {}, make("a", { href: hit.url }, ...hit.heading.map(piece)));
  const snippet = hit.snippet.length > 0 && make("p", { class: "snip serif" }, ...hit.snippet.map(piece));
  const date = hit.date && make("time", { datetime: hit.date }, day(hit.date));
  const meta = make("p", { class: "meta" }, date, ...spaced(facts(hit, found)), ...spaced(topicLinks(hit, found)));
  return make("li", { class: "entry", "data-search-result": true, "data-ref": hit.ref }, title, snippet, meta);
}

/** @param {{text: string, hit: boolean}} segment */
function piece({ text, hit }) {
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
 * @param {Answer} found
 */
function facts({ authors, authorCount, organization, comments, has }, { organizations }) {
  const link = organization && make("a", { href: page("organizations", organization) }, organizations.get(organization) ?? organization);
  const told = [
    authors.length ? byline(authors, authorCount) : link || byline([], authorCount),
    comments ? make("b", {}, counted(comments, "comment")) : "",
    ...has,
  ].filter(Boolean);
  return told.length ? make("span", {}, ...told.flatMap((fact, at) => (at ? [" · ", fact] : [fact]))) : null;
}

/**
 * @param {Hit} hit
 * @param {Answer} found
 */
function topicLinks(hit, { topics }) {
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

input.value = state.q;
input.addEventListener("input", typed);
input.addEventListener("keydown", entered);
one("main").addEventListener("click", clicked);
addEventListener("popstate", travelled);
answer();
