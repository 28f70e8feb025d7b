"""The built site in Chromium, as readers meet it: below a folder of the host, as on GitHub Pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from generator.search.documents import Document
from tests.project import Project
from tests.search.conftest import Oracle, oracle  # noqa: F401
from tests.search.test_search import made_queries
from tests.serving import until

pytestmark = pytest.mark.browser

KINDS = (
    *("", "papers/rlp-reinforcement-as-a-pretraining-objective/", "topics/", "topics/pretraining/", "digests/"),
    *("digests/2026-01-07/", "organizations/", "organizations/nvidia/", "archive/", "archive/2025/"),
    *("archive/undated/", "search/?q=reasoning", "status/", "about/", "404.html"),
)


@dataclass
class Reader:
    """A tab, and all that went wrong in it."""

    page: Any
    address: str
    trouble: list[str] = field(default_factory=list)

    def open(self, url: str) -> Any:
        self.page.goto(self.address + url, wait_until="networkidle")
        return self.page

    def heard(self, message: Any) -> None:
        self.trouble.append(f"{message.type}: {message.text}")

    def asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.trouble.append(f"asked of another host: {request.url}")


@pytest.fixture
def reader(browser, address) -> Iterator[Reader]:
    """A tab at a desktop's width, whose console stays empty and which asks nothing of other hosts."""
    yield from _tab(browser, address, viewport={"width": 1280, "height": 900})


def _tab(browser: Any, address: str, **settings: Any) -> Iterator[Reader]:
    context = browser.new_context(**settings)
    reader = Reader(context.new_page(), address)
    reader.page.on("console", reader.heard)
    reader.page.on("pageerror", lambda error: reader.trouble.append(str(error)))
    reader.page.on("request", reader.asked)
    yield reader
    context.close()
    assert reader.trouble == []


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        ("dark", 320),
        pytest.param("dark", 1280, marks=pytest.mark.long),
        pytest.param("light", 320, marks=pytest.mark.long),
    ],
)
def test_every_kind_of_page_opens_without_trouble(browser, address, scheme, width):
    """An empty console, no request to another host, no sideways scroll, a heading to see."""
    for reader in _tab(browser, address, viewport={"width": width, "height": 800}, color_scheme=scheme):
        for url in KINDS:
            page = reader.open(url)
            assert page.locator("h1").count() == 1, url
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def test_every_page_of_the_site_opens_without_trouble(reader, seeds):
    """All of them, one after the other; what stands beside a title ends above what comes below."""
    for path in sorted((seeds.root / "site").rglob("*.html")):
        url = path.relative_to(seeds.root / "site").as_posix().removesuffix("index.html")
        reader.page.goto(reader.address + url, wait_until="load")
        for by in reader.page.query_selector_all(".top > .by"):
            room = by.evaluate(
                "by => by.parentElement.getBoundingClientRect().bottom - by.getBoundingClientRect().bottom"
            )
            assert room >= 0, url


ASTRAY = """() => [...document.querySelectorAll(".entry")].flatMap((entry) => {
  const left = (element) => element.getBoundingClientRect().left;
  const links = [...entry.querySelectorAll(".topics a")];
  const first = (link) => link.getBoundingClientRect().top > entry.querySelector(".meta").getBoundingClientRect().top + 12;
  const starts = links.filter((link, at) => first(link) && (!at || left(link) < left(links[at - 1])));
  return starts.filter((link) => Math.abs(left(link) - left(entry.querySelector("h3 a"))) > 1).map((link) => link.textContent);
})"""


@pytest.mark.parametrize("width", [390, 780])
def test_topics_that_begin_a_line_stand_below_the_title(browser, address, width):
    """On the axis of all text."""
    for reader in _tab(browser, address, viewport={"width": width, "height": 900}):
        page = reader.open("digests/2026-01-07/")
        assert page.evaluate(ASTRAY) == []
        assert page.locator(".entry .topics a").count() > 40


def test_a_search_from_the_home_page_finds_a_known_paper(reader):
    """Typed, sent with Enter, followed by a click."""
    page = reader.open("")
    page.fill("input[type=search]", "grokking memorization")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-search-state=ready] [data-search-result]")
    assert page.get_attribute("[data-search-result]", "data-ref").startswith("where-to-find-grokking")
    page.click("[data-search-result] a")
    page.wait_for_url("**/papers/where-to-find-grokking*/")
    assert page.inner_text("h1").startswith("Where to find Grokking")


def test_the_slash_key_leads_to_the_search_field(reader):
    """From any page, by keyboard alone."""
    page = reader.open("topics/")
    page.keyboard.press("/")
    page.keyboard.type("nvidia")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-search-state=ready]")
    assert page.get_attribute("[data-search-count]", "data-count") == "1"


def test_filters_and_sorts_are_in_the_address_and_back_works(reader):
    """A search can be sent to a friend."""
    page = reader.open("search/?q=data&year=2025")
    page.wait_for_selector("[data-search-state=ready]")
    before = page.get_attribute("[data-search-count]", "data-count")
    page.click("[data-facet=topic][data-value=reasoning]")
    page.wait_for_url("**topic=reasoning**")
    page.wait_for_selector("[data-search-state=ready]")
    assert int(page.get_attribute("[data-search-count]", "data-count")) < int(before)
    page.go_back()
    until(page, f"document.querySelector('[data-search-count]').dataset.count === '{before}'")


def test_the_switch_changes_colours_and_is_remembered(reader):
    """On the next page, too."""
    page = reader.open("")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".hue")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    reader.open("topics/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_switch_names_the_colours_that_are_not_shown(reader):
    """Whether the system changes them by itself, or another page did while the browser kept this one."""
    page = reader.open("")
    name = "document.querySelector('.hue').getAttribute('aria-label')"
    assert page.evaluate(name) == "Dark colours"
    page.emulate_media(color_scheme="dark")
    until(page, f"{name} === 'Light colours'")
    other = page.context.new_page()
    other.emulate_media(color_scheme="dark")
    other.goto(page.url)
    other.click(".hue")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.evaluate(name) == "Dark colours"
    assert page.evaluate("document.documentElement.dataset.mdColorScheme") == "default"


def test_paper_is_white_whatever_the_colours_of_the_screen(reader):
    """A page is printed in the colours that it has when it is light."""
    page = reader.open("topics/")
    colour = "getComputedStyle(document.querySelector('main a')).color"
    page.emulate_media(media="print")
    light = page.evaluate(colour)
    page.emulate_media(media="screen")
    page.click(".hue")
    assert page.evaluate(colour) != light
    page.emulate_media(media="print")
    assert page.evaluate(colour) == light


def test_pages_read_without_a_script(browser, address):
    """Lists and papers are there; the search says where else to look."""
    for reader in _tab(browser, address, java_script_enabled=False):
        assert reader.open("topics/pretraining/").locator(".entry").count() > 20
        assert "Search needs JavaScript" in reader.open("search/").inner_text("main")


def test_the_search_of_the_site_agrees_with_lunr_over_the_export(oracle: Oracle, seeds: Project):  # noqa: F811
    """Hits, their order among equals apart, and scores, for some hundred queries."""
    site = seeds.root / "site"
    documents = [json.loads(line) for line in seeds.run("export").output.splitlines()]
    known = [
        Document(**{key: line[key] for key in ("ref", "title", "topics", "organization", "authors", "abstract", "url")})
        for line in documents
    ]
    queries = ["reasoning data", "title:pre-training^3 +data", *made_queries(known, 300)]
    theirs = oracle("lunr", site, documents=documents, queries=queries)
    ours = oracle("search", site, queries=[[query, {"limit": 1000}] for query in queries])
    compared = 0
    for query, expected, found in zip(queries, theirs, ours, strict=True):
        if expected is not None and found["notice"] is None:
            scores = {hit["ref"]: hit["score"] for hit in found["hits"]}
            assert scores == pytest.approx({hit["ref"]: hit["score"] for hit in expected}, abs=1e-6), query
            compared += 1
    assert compared > 250
