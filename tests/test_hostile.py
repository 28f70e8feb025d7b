"""A few hundred hostile strings through every field into a site, and what Chromium makes of it.

Nothing runs, nothing is asked of another host, nothing becomes markup, and the reader sees the text itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest

from tests.hostile import corpus, sites
from tests.hostile.sites import Attacked, Expected
from tests.serving import serving, until

_SEARCHED = 100  # strings of a site; each takes a page of its own

pytestmark = pytest.mark.browser

EVERY = pytest.param(1, marks=pytest.mark.long, id="all strings")
SOME = pytest.param(40, id="some strings")

# What the templates write, and the converter for a plain paragraph; nothing else may be on a page.
ELEMENTS = (
    "html head body meta title link script header main footer nav aside section article form input button label noscript "
    "h1 h2 h3 p a b bdi br code dd details div dl dt em figure li line mark ol pre rect path text small span summary svg "
    "table tbody td th thead time tr ul"
)
LISTED, TEXTS = "[data-search-result] h3 a", "all => all.map(e => e.textContent)"
LOOK = """(elements) => {
  const known = new Set(elements.split(" ")), all = [...document.querySelectorAll("*")];
  const addresses = all.flatMap((e) => ["href", "src", "action", "formaction", "xlink:href"].map((n) => e.getAttribute(n)));
  const parsed = (url) => URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).protocol : "no URL";
  const away = (url) => !/^(?:https?|blob):$/.test(parsed(url));
  const acts = (e) => e.getAttributeNames().some((name) => name.startsWith("on") || name === "style" || name === "srcdoc");
  return {
    heading: [...document.querySelectorAll("h1")].map((e) => e.textContent),
    title: document.title,
    abstract: document.querySelector("[data-abstract]")?.textContent ?? "",
    names: [...document.querySelectorAll(".by a")].map((e) => e.textContent),
    listed: [...document.querySelectorAll(".entry h3 a, .lines a")].map((e) => e.textContent),
    unknown: all.filter((e) => !known.has(e.localName)).map((e) => e.outerHTML.slice(0, 80)),
    acting: all.filter(acts).map((e) => e.outerHTML.slice(0, 80)),
    away: addresses.filter((url) => url !== null && away(url)),
    scripts: [...document.scripts].filter((e) => !e.src && e.type !== "application/ld+json").length,
  };
}"""


@dataclass
class Visitor:
    """A tab that notes whatever must not happen."""

    page: Any
    address: str
    trouble: list[str] = field(default_factory=list)
    visited: int = 0

    def asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.trouble.append(f"asked of another host: {request.url}")

    def visit(self, url: str) -> dict[str, Any]:
        """Open a page and tell what is on it, after looking for what should not be."""
        self.page.goto(self.address + url, wait_until="load")
        self.visited += 1
        seen: dict[str, Any] = self.page.evaluate(LOOK, ELEMENTS)
        for wrong in ("unknown", "acting", "away"):
            self.trouble += [f"{url}: {wrong}: {what}" for what in seen[wrong]]
        if seen["scripts"] or len(seen["heading"]) != 1:
            self.trouble.append(f"{url}: {seen['scripts']} scripts in the page, headings {seen['heading']}")
        return seen


def visiting(browser: Any, address: str) -> Iterator[Visitor]:
    context = browser.new_context()
    visitor = Visitor(context.new_page(), address)
    note = visitor.trouble.append
    context.expose_binding("violated", lambda _, told: note(f"violation: {told}"))
    context.add_init_script("addEventListener('securitypolicyviolation', (e) => violated(e.violatedDirective))")
    visitor.page.on("request", visitor.asked)
    visitor.page.on("dialog", lambda dialog: (note(f"dialog: {dialog.message}"), dialog.dismiss()))
    visitor.page.on("console", lambda message: note(f"console: {message.text}"))
    visitor.page.on("pageerror", lambda error: note(f"error: {error}"))
    visitor.page.on("popup", lambda _: note("a window was opened"))
    yield visitor
    context.close()


@pytest.fixture(scope="module", params=[SOME, EVERY])
def texts(request) -> tuple[str, ...]:
    return corpus.every(request.param)


@pytest.fixture(scope="module", params=[sites.of_dumps, sites.of_pages], ids=["dumps", "pages"])
def attacked(request, texts, tmp_path_factory) -> Attacked:
    made: Attacked = request.param(tmp_path_factory.mktemp("attacked"), texts)
    return made


def urls(site: Path) -> list[str]:
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in sorted(site.rglob("*.html"))]


def test_no_string_does_anything_and_every_string_is_shown(attacked, texts, browser, capsys):
    """On every page of the site: headings, titles, abstracts, names, lists, to the letter."""
    site = attacked.project.root / "site"
    shown: dict[str, dict[str, Any]] = {}
    with serving(site) as host:
        for visitor in visiting(browser, f"{host}/"):
            shown = {url: visitor.visit(quote(url)) for url in urls(site)}
            with capsys.disabled():
                print(
                    f"\n{len(texts)} strings in {attacked.fields} fields, {visitor.visited} pages, {len(visitor.trouble)} troubles"
                )
            assert visitor.trouble == []
    listed = {title for page in shown.values() for title in page["listed"]}
    organizations = {page["heading"][0] for url, page in shown.items() if url.startswith("organizations/")}
    topics = {page["heading"][0] for url, page in shown.items() if url.startswith("topics/")}
    for slug, paper in attacked.papers.items():
        page = shown[f"papers/{slug}/"]
        assert page["heading"] == [paper.title]
        assert page["title"] == f"{paper.title} · Paper Digests"
        assert page["abstract"] == paper.abstract
        assert paper.title in listed
        if paper.organization:
            assert paper.organization in page["names"]
            assert paper.organization in organizations
        if paper.topic:
            assert paper.topic in topics


def test_search_results_show_the_text_and_do_nothing(attacked, browser):
    """All of them, page after page; and a search for one of every few strings does no more than find or not."""
    site = attacked.project.root / "site"
    with serving(site) as host:
        for visitor in visiting(browser, f"{host}/"):
            page, found = visitor.page, set()
            page.goto(f"{host}/search/?q=", wait_until="load")
            page.wait_for_selector("[data-search-state=ready]")
            while page.locator("[data-more]:visible").count():
                before = page.locator("[data-search-result]").count()
                page.click("[data-more]")
                until(page, f"document.querySelectorAll('[data-search-result]').length > {before}")
            found = set(page.eval_on_selector_all(LISTED, TEXTS))
            titles = {paper.title for paper in attacked.papers.values()}
            for title in sorted(titles - found):  # where the list is longer than a search shows
                numbered = re.search(r"number [0-9]+$", title)
                assert numbered
                page.goto(f'{host}/search/?q="{numbered[0]}"', wait_until="load")
                page.wait_for_selector("[data-search-state=ready]")
                found |= set(page.eval_on_selector_all(LISTED, TEXTS))
            assert titles <= found
            papers = list(attacked.papers.values())
            for paper in papers[:: max(1, len(papers) // _SEARCHED)]:
                page.goto(f"{host}/search/?q={quote(paper.title[:300])}", wait_until="load")
                page.wait_for_selector("[data-search-state=ready]")
            assert visitor.trouble == []


def test_machines_read_the_text_itself(attacked):
    """Feeds by a parser of XML and by one of feeds, the sitemap, the JSON files, the export."""
    site, papers = attacked.project.root / "site", attacked.papers
    titles = {paper.title for paper in papers.values()}
    read: set[str] = set()
    for path in sorted(site.rglob("*.xml")):
        ElementTree.fromstring(path.read_bytes())
    for path in sorted((site / "feeds").rglob("*.json")):
        for item in json.loads(path.read_bytes())["items"]:
            read.add(item["title"])
    assert read <= titles | {title for title in read if title.startswith("In a file of name")}
    if any(paper.topic for paper in papers.values()):
        assert titles <= read
    for path in sorted((site / "feeds").rglob("*.xml")):
        source = ElementTree.fromstring(path.read_bytes())
        told = [title.text for title in source.iterfind("{*}entry/{*}title")]
        assert set(told) <= read
        assert len(feedparser.parse(path.read_bytes()).entries) == len(told)
    assert json.loads((site / "status.json").read_bytes())["papers"] >= len(papers)
    exported = [json.loads(line) for line in attacked.project.run("export").output.splitlines()]
    assert {slug: paper.title for slug, paper in papers.items()}.items() <= {
        one["ref"]: one["title"] for one in exported
    }.items()


def test_nothing_leaves_the_folder(attacked):
    """Whatever a handle, a topic or a file is called; and names are what a careful disk takes."""
    for path in attacked.project.root.rglob("*"):
        if path.is_relative_to(attacked.project.content / "dumps") or path.is_symlink():
            continue
        assert path.name.isprintable(), path
        assert len(path.name) <= 120
    made = {path.name for path in attacked.project.root.iterdir()}
    assert made == {".cache", "content", "mkdocs.yml", "site", "theme_overrides"}


def test_the_corpus_is_what_it_says():
    """Several hundred strings, no class empty, none twice."""
    found = corpus.strings()
    every = [text for texts in found.values() for text in texts]
    assert len(every) > 400
    assert len(found) >= 15
    assert all(found.values())
    assert len(set(every)) == len(every)
    assert isinstance(Expected("a", "b"), Expected)
