"""No barrier that axe-core can see on any kind of page, light and dark, on a desktop, a phone and at 200 % zoom."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.test_browser import KINDS

pytestmark = pytest.mark.browser

# WCAG 2.2 A and AA, and what axe-core's makers hold for good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        ("dark", 390),
        pytest.param("dark", 1280, marks=pytest.mark.long),
        pytest.param("light", 390, marks=pytest.mark.long),
        pytest.param("light", 640, marks=pytest.mark.long),
        pytest.param("dark", 640, marks=pytest.mark.long),
    ],
)
def test_axe_finds_no_barrier(browser, address, scheme, width):
    """A window of 640 is one of 1280 at 200 %."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = []
    for url in KINDS:
        page.goto(address + url, wait_until="networkidle")
        if "search" in url:
            page.wait_for_selector("[data-search-state=ready]")
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [f"{url}: {one['id']}: {one['nodes'][0]['html'][:150]}" for one in violations]
    context.close()
    assert found == []
