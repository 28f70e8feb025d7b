// @ts-check
/**
 * The search page: what is typed and clicked becomes a state, the state a URL and a question, the answer the page.
 *
 * @typedef {import("./rank.js").Facet} Facet
 * @typedef {import("./state.js").State} State
 * @typedef {import("./result.js").Answer} Answer
 * @typedef {Record<Facet, import("./rank.js").Count[]>} Facets
 * @typedef {{text: string, total: number}} Suggestion
 */
import { createClient } from "./client.js";
import { beside, make, one, ROOT } from "./dom.js";
import { FACETS, SORTS } from "./rank.js";
import { result } from "./result.js";
import { MOST_PAGES, format, inForce, parse, toggled } from "./state.js";
import { FACET_NAMES, SORT_NAMES, counted, nothingFound, number, otherQueries, valueName } from "./words.js";

const PAUSE = 40;
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
const end = one("[data-search-end]");
const rest = /** @type {HTMLElement} */ (more.parentElement);
const filters = one("[data-search-facets]");

const search = createClient();
let state = parse(location.search);
let asked = 0;
let pause = 0;

/**
 * A link to another state of this page.
 * @param {State} to
 * @param {Record<string, string | boolean | null>} attributes
 * @param {...import("./dom.js").Child} children
 */
function stateLink(to, attributes, ...children) {
  return make("a", { href: format(to), ...attributes }, ...children);
}

// ---- asking ----

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
  const { q, filters, sort, page } = state;
  try {
    const found = await search.explore(q, { filters, sort, limit: FIRST_PAGE + (page - 1) * NEXT_PAGE });
    clearTimeout(late);
    if (mine !== asked) return;
    adopt(found);
    show(found);
    await complete(found, () => mine === asked);
  } catch {
    if (mine === asked) showError();
  } finally {
    clearTimeout(late);
  }
}

/**
 * A topic that has another id since its address was kept has the new one on the page and in the address.
 * @param {Answer} found
 */
function adopt({ filters }) {
  const next = { ...state, filters: { ...state.filters, ...filters } };
  if (format(next) === format(state)) return;
  state = next;
  history.replaceState(null, "", format(state));
}

/**
 * What comes after the results, so that these need not wait: facets, and what else could be asked for.
 * @param {Answer} found
 * @param {() => boolean} isCurrent
 */
async function complete(found, isCurrent) {
  const { q, filters } = state;
  const isLost = !found.unfiltered && Boolean(q.trim());
  const none = /** @type {Facets} */ (Object.fromEntries(FACETS.map((facet) => [facet, []])));
  const [facets, suggestions] = await Promise.all([
    search.facets(q, { filters }).catch(() => none),
    isLost ? search.suggest(q).catch(() => []) : [],
  ]);
  if (!isCurrent()) return;
  showChips(found, facets);
  showFacets(facets);
  showWays(found.total ? [] : waysOn(found, suggestions));
  box.dataset.searchState = "ready";
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

/**
 * Arrows lead from the field through the results, Escape leads back to it.
 * @param {KeyboardEvent} event
 */
function walked(event) {
  const isInResults = list.contains(document.activeElement);
  if (event.isComposing || !(isInResults || event.target === input)) return;
  const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("h3 a")]);
  const back = isInResults && (event.key === "Escape" || (event.key === "ArrowUp" && document.activeElement === links[0]));
  const next = back ? input : beside(links, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** @param {MouseEvent} event */
async function clicked(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link?.getAttribute("href")?.startsWith("?") || !isPlain) return;
  event.preventDefault();
  const shownBefore = list.children.length;
  const path = "more" in link.dataset ? null : selector(link);
  const gone = go(parse(link.search), "push");
  input.value = state.q;
  await gone;
  focus(path ? document.querySelector(path) : list.children[shownBefore]?.querySelector("a"));
}

/**
 * The keyboard goes on there, or at the count; who types again meanwhile stays in the field.
 * @param {Element | null} [next]
 */
function focus(next) {
  if (document.activeElement !== input) (next instanceof HTMLElement ? next : count).focus();
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
  say(found.total ? counted(found.total, "paper") : nothingFound(state.q, found.unfiltered > 0, found.common));
  count.dataset.count = String(found.total);
  notice.textContent = found.notice;
  notice.hidden = !found.notice;
  showWays([]);
  showTabs(found.total > 1);
  heading.hidden = !found.total;
  list.replaceChildren(...found.hits.map((hit) => result(hit, found.topics)));
  showMore(found);
}

function showNothing() {
  clear();
  say();
  delete count.dataset.count;
  box.dataset.searchState = "idle";
}

function showError() {
  clear();
  const again = make("a", { href: location.href }, "Try again");
  again.addEventListener("click", async (event) => {
    event.preventDefault();
    await answer();
    focus();
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
  filters.replaceChildren();
  folded(true);
}

/**
 * @param {Answer} found
 * @param {Facets} facets
 */
function showChips({ topics }, facets) {
  const links = inForce(state).map(({ facet, value }) => {
    const known = facets[facet].find((item) => item.value === value)?.name ?? topics.get(value) ?? value;
    const name = valueName(facet, known);
    const label = `Remove the filter: ${FACET_NAMES[facet].toLowerCase()} ${name}`;
    const cross = make("span", { "aria-hidden": "true" }, "×");
    return stateLink(toggled(state, facet, value), { class: "chip", "aria-label": label }, name, " ", cross);
  });
  chips.replaceChildren(count, ...links);
}

/** @param {readonly Node[]} items */
function showWays(items) {
  ways.replaceChildren(...items);
  ways.hidden = !items.length;
}

/**
 * Ways on where nothing was found.
 * @param {Answer} found
 * @param {readonly Suggestion[]} suggestions
 */
function waysOn({ unfiltered, topics }, suggestions) {
  const plain = { ...state, filters: parse("").filters, page: 1 };
  /**
   * @param {string} ask
   * @param {string} q
   * @param {string} name
   */
  const way = (ask, q, name) => {
    const link = stateLink({ ...plain, q }, { class: "more", "data-suggestion": true }, name);
    return make("li", {}, `${ask} `, link);
  };
  const all = make("a", { class: "more", href: `${ROOT}topics/` }, `Look through the ${counted(topics.size, "topic")}`);
  return [
    ...(unfiltered ? [way("Without the filters:", state.q, counted(unfiltered, "paper"))] : []),
    ...suggestions.map(({ text, total }) => way("Did you mean", text, `${text} (${counted(total, "paper")})`)),
    ...(unfiltered ? [] : otherQueries(state.q).map(({ ask, query }) => way(ask, query, query))),
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
  const isLast = state.page === MOST_PAGES;
  more.hidden = isLast;
  end.hidden = !isLast;
  end.textContent = `The list ends here, at ${number(hits.length)} papers. More words or a filter lead to the others.`;
  rest.hidden = next < 1;
}

/** @param {Facets} facets */
function showFacets(facets) {
  const blocks = FACETS.filter((facet) => facets[facet].length).map((facet) => facetBlock(facet, facets[facet]));
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
 * @param {readonly import("./rank.js").Count[]} counts
 */
function facetBlock(facet, counts) {
  const isWanted = (/** @type {{value: string}} */ { value }) => state.filters[facet].includes(value);
  const items = counts.filter((item, at) => at < LONGEST_FACET || isWanted(item)).map((item) => {
    const told = { "data-facet": facet, "data-value": item.value, "aria-current": isWanted(item) && "true" };
    const sum = make("span", {}, number(item.count));
    return make("li", {}, stateLink(toggled(state, facet, item.value), told, valueName(facet, item.name), " ", sum));
  });
  return make("div", { class: "facet" }, make("h2", {}, FACET_NAMES[facet]), make("ul", {}, ...items));
}

input.addEventListener("input", typed);
input.addEventListener("keydown", entered);
document.addEventListener("keydown", walked);
one("main").addEventListener("click", clicked);
addEventListener("popstate", travelled);
// What was typed before this module had come is newer than the URL; what a browser restores is the URL's.
if (input.value && input.value !== state.q) go({ ...state, q: input.value, page: 1 }, "replace");
else travelled();
