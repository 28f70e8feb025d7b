/* Colours, the key to the search field, folds.  Loaded in the head, and not deferred, so that no page flashes. */
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  // Material keeps its palette under the path of the site; the same key serves both.
  const key = `${new URL("..", document.currentScript.src).pathname}.__palette`;
  const dark = () => (root.dataset.mdColorScheme || (system.matches ? "slate" : "default")) === "slate";

  const stored = () => {
    try {
      return JSON.parse(localStorage.getItem(key))?.color?.scheme;
    } catch {
      return undefined; // storage may be forbidden, or hold something else
    }
  };
  const store = (scheme) => {
    try {
      localStorage.setItem(key, JSON.stringify({ color: { scheme } }));
    } catch {
      // the choice lasts for this page alone
    }
  };
  const paint = (scheme) => {
    if (scheme === "slate" || scheme === "default") root.dataset.mdColorScheme = scheme;
  };

  const colours = (button) => {
    const name = () => button.setAttribute("aria-label", dark() ? "Light colours" : "Dark colours");
    name();
    system.addEventListener("change", name);
    // A page that the browser kept while another one changed the colours.
    addEventListener("pageshow", () => {
      paint(stored());
      name();
    });
    button.addEventListener("click", () => {
      const scheme = dark() ? "default" : "slate";
      paint(scheme);
      store(scheme);
      name();
    });
  };

  paint(stored());
  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".hue").forEach(colours);
    const wide = matchMedia("(min-width: 75em)").matches;
    document.querySelectorAll(".fold").forEach((fold) => (fold.open ||= wide));
  });
  addEventListener("keydown", (event) => {
    const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const wanted = slash || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!wanted) return;
    const boxes = [...document.querySelectorAll("input[type=search]")];
    const target = boxes.find((box) => box.checkVisibility()) ?? document.querySelector(".find");
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (target.matches(".find")) target.click(); // a narrow window has a button in the field's place
  });
  // Until something is typed, the search costs a page no more than these lines.
  addEventListener("input", ({ target }) => {
    if (!target.matches("form[role=search] input") || "answered" in target.dataset) return;
    target.dataset.answered = "";
    import("./search/quick.js").then((quick) => quick.answerBelow(target), () => delete target.dataset.answered);
  });
})();
