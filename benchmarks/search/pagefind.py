"""What Pagefind fetches for a first question and ten results, over the same papers:

    npm install --prefix OTHERS pagefind@1.6.0
    python benchmarks/search/pagefind.py SITE OTHERS [--questions 50]

``SITE`` is what ``make_site.py`` makes. Each paper becomes a bare page with its title, facts and abstract. Bytes are
those of the bodies of all answers after Pagefind's own script and its WebAssembly; it compresses its files by itself.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from playwright.sync_api import Response, sync_playwright
from waiting import chromium, pairs, served

_ASK: Final = """async (text) => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const { results } = await pagefind.search(text);
  await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return results.length;
}"""


def write_pages(documents: Path, folder: Path) -> None:
    """A page for each paper."""
    for line in documents.read_text("utf-8").splitlines():
        told = json.loads(line)
        facts = " ".join(told[name] for name in ("topics", "organization", "authors"))
        body = f"<h1>{escape(told['title'])}</h1><p>{escape(facts)}<p>{escape(told['abstract'])}"
        page = folder / told["ref"] / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<!doctype html><html lang="en"><title>{escape(told["title"])}</title><main>{body}</main>')


def fetched(browser: Any, host: str, text: str) -> int:
    """The bytes of one question in a browser that knows nothing yet."""
    page = browser.new_context().new_page()
    page.goto(f"{host}/empty.html")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (playwright marks the function)
    page.evaluate(_ASK, text)
    counted = [answer for answer in answers if not (answer.url.endswith(".js") or "/wasm." in answer.url)]
    sizes = [len(answer.body()) for answer in counted]
    page.context.close()
    return sum(sizes)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="What Pagefind fetches for a first question.")
    parser.add_argument("site", type=Path)
    parser.add_argument("others", type=Path)
    parser.add_argument("--questions", type=int, default=50)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(options.site / "documents.jsonl", folder)
        start = perf_counter()
        program = options.others / "node_modules/.bin/pagefind"
        subprocess.run([program, "--site", folder], check=True, stdout=subprocess.DEVNULL)
        print(f"Pagefind: builds in {perf_counter() - start:.1f} s")
        (folder / "empty.html").write_text("<!doctype html><title>Empty</title>")
        with served(folder) as host, sync_playwright() as playwright:
            browser = chromium(playwright)
            each = [fetched(browser, host, text) for text in pairs(options.questions, None)]
        print(f"Pagefind: a first question fetches {median(each):.0f} bytes at the median, {max(each)} at most")


if __name__ == "__main__":
    main()
