"""The search from any page: the panel below its field, the keys that lead to it, and the titles for who has no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.project import Project

pytestmark = pytest.mark.browser

FIELD = ".md-header input[type=search]"
QUERY = "reinforcement lear"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A wide page that fails the test on any error in its scripts."""
    errors: list[str] = []
    page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def test_nothing_of_the_search_is_loaded_before_something_is_typed(page: Any) -> None:
    """Not even when the field is looked at."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("topics/")
    page.focus(FIELD)
    page.wait_for_timeout(200)
    assert not [url for url in loaded if "/assets/search/" in url]
    page.keyboard.type(QUERY)
    page.wait_for_selector("[data-search-quick] a")
    assert [url for url in loaded if "/assets/search/worker.js" in url]


def test_the_panel_has_the_best_papers_and_leads_to_all(page: Any) -> None:
    """The same papers in the same order as the search page."""
    page.goto("topics/")
    page.keyboard.press("/")
    page.keyboard.insert_text(QUERY)
    page.wait_for_selector("[data-search-quick] a")
    links = page.eval_on_selector_all("[data-search-quick] a", "all => all.map(one => one.href)")
    assert len(links) == 7
    said = page.inner_text("[data-search-quick] [role=status]")
    page.get_by_role("link", name="All results").click()
    page.wait_for_selector("[data-search-state=ready]")
    results = page.eval_on_selector_all("[data-search-result] h3 a", "all => all.map(one => one.href)")
    assert results[:6] == links[:6]
    assert page.inner_text("[data-search-count]") == said
    assert page.input_value("[data-search-input]") == QUERY


def test_the_panel_is_walked_with_arrows_and_closed_with_escape(page: Any) -> None:
    """Focus stays where the reader expects it."""
    page.goto("")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(QUERY)
    page.wait_for_selector("[data-search-quick] a")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href").startswith(page.url + "papers/")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.type") == "search"
    assert page.locator("[data-search-quick]").is_hidden()


def test_the_panel_goes_away_when_the_reader_does(page: Any) -> None:
    """Also when what was typed is taken back."""
    page.goto("topics/")
    page.fill(FIELD, QUERY)
    page.wait_for_selector("[data-search-quick] a")
    page.fill(FIELD, "")
    page.wait_for_selector("[data-search-quick]", state="hidden")
    page.fill(FIELD, QUERY)
    page.wait_for_selector("[data-search-quick] a")
    page.focus("footer a")
    page.wait_for_selector("[data-search-quick]", state="hidden")


def test_who_has_left_before_the_panel_comes_is_not_disturbed(page: Any) -> None:
    """On a slow line."""
    held: list[Any] = []
    page.route("**/quick.js", lambda route: held.append(route))  # noqa: PLW0108 (playwright marks the function)
    page.goto("topics/")
    page.fill(FIELD, QUERY)
    while not held:
        page.wait_for_timeout(20)
    page.focus("footer a")
    with page.expect_response("**/quick.js"):
        held[0].continue_()
    page.wait_for_timeout(300)
    assert page.locator("[data-search-quick]:visible").count() == 0


def test_a_panel_without_an_index_says_so_and_enter_still_works(page: Any) -> None:
    """The search page says the rest."""
    page.route("**/assets/search/index.json", lambda route: route.abort())
    page.goto("topics/")
    page.fill(FIELD, "data")
    page.get_by_text("The index could not be loaded.").wait_for()
    page.press(FIELD, "Enter")
    page.wait_for_url("**/search/?q=data")


def test_the_slash_key_leads_to_the_search_page_where_there_is_no_room_for_a_field(browser: Any, address: str) -> None:
    """On a narrow window the header has a button only."""
    page = browser.new_page(base_url=address, viewport={"width": 390, "height": 800})
    page.goto("topics/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/**")
    page.close()


def test_all_titles_are_listed_from_a_to_z(browser: Any, address: str, seeds: Project) -> None:
    """Without a script, linked from the search page."""
    page = browser.new_page(base_url=address, java_script_enabled=False)
    page.goto("search/")
    page.get_by_role("link", name="all titles from A to Z").click()
    titles = page.locator("main ol a").all_inner_texts()
    assert len(titles) == len(list((seeds.content / "papers").glob("*.md")))
    labels = [text.split()[0] for text in page.locator("main h2").all_inner_texts()]
    assert labels == sorted(labels)
    page.close()
