"""The Content Security Policy in Chromium: it is in no reader's way, and nothing that a page holds runs against it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from generator.site.policy import policy
from tests.html import parsed
from tests.project import Project, dump, make
from tests.test_browser import KINDS

PAPER = "papers/rlp-reinforcement-as-a-pretraining-objective/"

# What a page might hold if all escaping failed, each telling on itself by `window.ran`.
PAYLOADS = {
    "a script": "<script>window.ran = 1</script>",
    "a handler": "<img src=data:, onerror='window.ran = 1'>",
    "a script from elsewhere": "<script src='https://elsewhere.example/x.js'></script>",
    "a script as data": "<script src='data:text/javascript,window.ran=1'></script>",
    "a frame": "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
    "an object": "<object data='https://elsewhere.example/x.svg'></object>",
    "a style": "<style>body { background: url(https://elsewhere.example/x) }</style>",
    "a picture from elsewhere": "<img src='https://elsewhere.example/x.png'>",
    "another base": "<base href='https://elsewhere.example/'><script src='x.js'></script>",
    "a form": "<form action='https://elsewhere.example/'><button id='sent'>Send</button></form>",
}


@dataclass
class Tab:
    """A page of Chromium, and what it reported."""

    page: Any
    address: str
    violations: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def is_foreign(self, url: str) -> bool:
        return not url.startswith((self.address, "data:", "blob:", "about:"))

    def asked(self, route: Any) -> None:
        """A request that got past the policy."""
        self.foreign.append(route.request.url)
        route.abort()


@pytest.fixture
def tab(browser, address) -> Iterator[Tab]:
    """A tab that may use the clipboard, and hears of every violation on every page it opens."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = Tab(context.new_page(), address)
    context.expose_binding("violated", lambda _, told: tab.violations.append(told))
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => violated(`${e.effectiveDirective} ${e.blockedURI}`))"
    )
    tab.page.on("console", lambda message: tab.said.append(message.text))
    tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
    context.route(tab.is_foreign, tab.asked)
    yield tab
    context.close()


@pytest.mark.browser
def test_normal_use_violates_nothing(tab):
    """Every kind of page; search, its filters and its results, the colours, citing, a topic's BibTeX."""
    page = tab.page
    for url in KINDS:
        page.goto(tab.address + url, wait_until="networkidle")
        page.click(".hue")
    page.goto(tab.address, wait_until="networkidle")
    page.fill("input[type=search]", "grokking memorization")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-search-state=ready] [data-search-result]")
    page.click("[data-facet=year]")
    page.wait_for_selector("[data-search-state=ready] .chip")
    page.click("[data-search-result] a")
    page.wait_for_selector("[data-abstract]")
    page.get_by_role("button", name="Copy BibTeX").click()
    page.wait_for_selector("main [role=status]:text('BibTeX copied')", state="attached")
    with page.expect_download():
        page.get_by_role("link", name="Download RIS").click()
    page.goto(f"{tab.address}topics/pretraining/", wait_until="networkidle")
    with page.expect_download():
        page.get_by_role("link", name="BibTeX").click()
    assert (tab.violations, tab.said, tab.foreign) == ([], [], [])


@pytest.mark.browser
@pytest.mark.parametrize("url", ["", PAPER])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_what_a_page_should_never_hold_does_not_run(tab, url, payload):
    """With escaping out of the way, the policy alone stops it: nothing runs, nothing is asked of elsewhere."""

    def poisoned(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</head>", f"</head>{payload}", 1))

    tab.page.route(tab.address + url, poisoned)
    tab.page.goto(tab.address + url, wait_until="networkidle")
    if tab.page.locator("#sent").count():
        tab.page.eval_on_selector("#sent", "button => button.click()")
    tab.page.wait_for_timeout(50)
    assert tab.page.evaluate("window.ran") is None
    assert tab.page.url == tab.address + url
    assert tab.violations
    assert tab.foreign == []


def test_every_page_begins_with_the_policy(seeds):
    """Before anything that a browser might load; and says what it tells other sites of its readers."""
    paths = sorted((seeds.root / "site").rglob("*.html"))
    assert len(paths) > 100
    for path in paths:
        page = parsed(path)
        first = next(e for e in page.elements if e.tag not in ("html", "head"))
        assert first.attributes == {"http-equiv": "Content-Security-Policy", "content": policy()}, path
        assert page.all("meta", name="referrer")
        assert all("src" in e.attributes or "json" in e.attributes["type"] for e in page.all("script")), path
        assert not page.all("style"), path
        assert not page.with_attribute("style"), path


def test_no_script_of_the_theme_is_published(seeds):
    """The policy trusts the site's own files: there are none but those that pages load."""
    scripts = {path.relative_to(seeds.root / "site").parts[:2] for path in (seeds.root / "site").rglob("*.js")}
    assert ("assets", "look.js") in scripts
    assert ("assets", "javascripts") not in scripts


def test_the_policy_allows_no_script_in_a_page_but_in_the_preview():
    """Nor anything from elsewhere."""
    assert "unsafe" not in policy()
    assert "http" not in policy(preview=True)
    assert "script-src 'self' 'unsafe-inline'" in policy(preview=True)


@pytest.mark.browser
def test_the_preview_reloads_a_changed_page(browser, tmp_path):
    """MkDocs' script for it stands in the page: the preview's policy lets it run, and nothing else is said on the console."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words.", "Mar 3, 2024")))
    project.ingest()
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with _Preview(project) as host:
        page.goto(f"{host}/about/", wait_until="load")
        about = project.content / "about.md"
        about.write_text("# About\n\nWritten just now.\n", encoding="utf-8")
        page.wait_for_selector("text=Written just now.", timeout=30_000)
        assert set(said) == {"Enabled live reload"}
        page.close()


class _Preview:
    """`mkdocs serve` of a project on a free port, as long as it is needed."""

    def __init__(self, project: Project) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._host = f"127.0.0.1:{free.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", self._host]
        there = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        self._server = subprocess.Popen(command, cwd=project.root, env=there)

    def __enter__(self) -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urlopen(f"http://{self._host}/").close()
            except URLError:
                time.sleep(0.1)
            else:
                return f"http://{self._host}"
        raise TimeoutError(self._host)

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(timeout=30)
