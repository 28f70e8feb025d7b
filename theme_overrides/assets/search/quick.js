// @ts-check
/**
 * The best papers below a search field of any page, as one types; Enter leads to all of them on the search page.
 * `look.js` loads this module when something is typed, and not before.
 *
 * @typedef {import("./result.js").Answer} Answer
 */
import { createClient } from "./client.js";
import { beside, make } from "./dom.js";
import { piece } from "./result.js";
import { counted, nothingFound } from "./words.js";

const PAUSE = 40;
const SHOWN = 6;

const search = createClient();

/**
 * Answer in a panel below the field from now on.
 * @param {HTMLInputElement} input  in a form that leads to the search page
 */
export function answerBelow(input) {
  const form = /** @type {HTMLFormElement} */ (input.form);
  const status = make("p", { role: "status", class: "fine" });
  const list = make("ul", {});
  const panel = make("div", { class: "quick", "data-search-quick": true, hidden: true }, status, list);
  let asked = 0;
  let pause = 0;
  form.append(panel);

  async function answer() {
    const mine = ++asked;
    const text = input.value.trim();
    if (!text) return close();
    try {
      const found = await search.explore(text, { limit: SHOWN });
      if (mine === asked) show(found);
    } catch {
      if (mine === asked) say("The index could not be loaded. Enter leads to the search page.");
    }
  }

  /** @param {Answer} found */
  function show({ total, hits, common }) {
    say(total ? counted(total, "paper") : nothingFound(input.value, false, common));
    const papers = hits.map(({ heading, url, isNew }) => make("li", { class: isNew ? "new" : "" }, make("a", { href: url, class: "serif", dir: "auto" }, ...heading.map(piece))));
    const all = make("a", { href: address() }, "All results");
    list.replaceChildren(...papers, ...(total > hits.length ? [make("li", {}, all)] : []));
  }

  /** @param {string} text */
  function say(text) {
    panel.hidden = !form.contains(document.activeElement); // who has left meanwhile is not disturbed
    status.textContent = text;
    list.replaceChildren();
  }

  function close() {
    asked += 1;
    panel.hidden = true;
  }

  function address() {
    const url = new URL(form.action);
    url.searchParams.set(input.name, input.value);
    return url.href;
  }

  function typed() {
    clearTimeout(pause);
    pause = window.setTimeout(answer, PAUSE);
  }

  /** @param {KeyboardEvent} event */
  function walked(event) {
    if (event.isComposing || panel.hidden) return;
    const links = [...list.querySelectorAll("a")];
    const isBack = event.key === "ArrowUp" && document.activeElement === links[0];
    const next = isBack || event.key === "Escape" ? input : beside(links, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (event.key === "Escape") close();
  }

  input.addEventListener("input", typed);
  input.addEventListener("focus", () => panel.hidden && list.children.length && typed());
  form.addEventListener("keydown", walked);
  form.addEventListener("focusout", ({ relatedTarget }) => !form.contains(/** @type {Node | null} */ (relatedTarget)) && close());
  answer();
}
