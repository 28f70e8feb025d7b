"""How long a reader waits in Chromium, from typing two words of a title to the results.

    python benchmarks/search/waiting.py SITE [--throttle 4] [--questions 100]

``SITE`` is a folder as ``benchmarks/search/make_site.py`` makes it. The page is warm: it has answered another
question. Each pair is typed twice: at first its parts of the index are fetched, from a server on this machine, then
they are there. With ``--throttle`` the processor is that many times slower, and the search runs in the page, as
Chromium slows no worker.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from typing import Any, Final

from corpus import ROOT, documents
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Playwright, sync_playwright

sys.path.insert(0, str(ROOT))

from tests.conftest import CHROMIUM_FLAGS, _chromium
from tests.serving import serving

_TYPE: Final = """async (text) => {
  const input = document.querySelector("[data-search-input]");
  const list = document.querySelector("[data-search-state] ol");
  const shown = new Promise((resolve) => {
    const observer = new MutationObserver(() => { observer.disconnect(); resolve(performance.now()); });
    observer.observe(list, { childList: true });
  });
  const start = performance.now();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const took = await shown - start;
  const state = document.querySelector("[data-search-state]").dataset;
  while (state.searchState !== "ready") await new Promise((go) => setTimeout(go, 5));
  return took;
}"""


def chromium(playwright: Playwright) -> Browser:
    """The Chromium of this machine."""
    return playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)


def served(folder: Path) -> AbstractContextManager[str]:
    """The address of a server of ``folder``."""
    return serving(folder)


def pairs(count: int, papers: int | None) -> list[str]:
    """Two words of one title each, the same at each run."""
    chance = random.Random(2025)
    titles = [paper.title for paper in documents(papers)]
    words = (re.findall(r"[a-z]{4,}", chance.choice(titles).lower()) for _ in range(count * 3))
    return [" ".join(chance.sample(several, 2)) for several in words if len(several) > 1][:count]


def search_page() -> str:
    """The search page alone, with the look of the site."""
    environment = Environment(loader=FileSystemLoader(ROOT / "theme_overrides/partials"), autoescape=True)
    environment.filters["url"] = lambda path: f"../{path}"
    inside = environment.get_template("search.html").render()
    style = (ROOT / "theme_overrides/assets/look.css").read_text("utf-8")
    head = f'<!doctype html><meta charset="utf-8"><title>Search</title><style>{style}</style>'
    return f'{head}<main class="md-grid">{inside}</main>'


def waits(page: Any, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each question when its parts are not there yet, and when they are."""
    page.evaluate(_TYPE, "warm pages")
    first, again = [], []
    for question in questions:
        first.append(page.evaluate(_TYPE, question))
        page.evaluate(_TYPE, "warm pages")
        again.append(page.evaluate(_TYPE, question))
    return first, again


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="From typing to results in Chromium.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--papers", type=int, help="as the site was made with")
    parser.add_argument("--throttle", type=int, default=1)
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args(arguments)
    (options.site / "search").mkdir(exist_ok=True)
    (options.site / "search/index.html").write_text(search_page(), encoding="utf-8")
    with served(options.site) as host, sync_playwright() as playwright:
        page = chromium(playwright).new_page()
        if options.throttle > 1:
            page.route("**/worker.js", lambda route: route.abort())
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": options.throttle})
        page.goto(f"{host}/search/")
        page.wait_for_selector("[data-search-state=idle]")
        for name, each in zip(("first", "again"), waits(page, pairs(options.questions, options.papers)), strict=True):
            high = sorted(each)[int(len(each) * 0.95)]
            print(f"{name}: median {median(each):.0f} ms, p95 {high:.0f} ms")


if __name__ == "__main__":
    main()
