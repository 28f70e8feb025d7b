"""The search page in a browser: what it promises to readers, to links and to tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.model import Entry, Links, Organization, Paper
from generator.search.documents import Document, document
from tests.serving import serving, until

from .conftest import ROOT, TOPICS, write_site

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=document.title='hacked'> & <b>bold</b>"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, documents: Sequence[Document]) -> Iterator[str]:
    """The URL of a site, below a folder as on GitHub Pages, that has the search page and nothing else."""
    folder = tmp_path_factory.mktemp("served")
    hostile = Paper(
        title=f"Hostile {HOSTILE}",
        abstract=f"An abstract with {HOSTILE} in it.",
        organization=Organization("x-y", "X<i>Y</i>"),
        links=Links(demo=("https://example.org/",)),
        topics=("reasoning",),
    )
    _write_search(folder / "repo", [*documents, document(Entry("zz-hostile", hostile), TOPICS)])
    with serving(folder) as host:
        yield f"{host}/repo/"


def _write_search(folder: Path, documents: Sequence[Document]) -> None:
    site = write_site(folder, documents)
    (site / "search").mkdir()
    (site / "search/index.html").write_text(_page(), encoding="utf-8")


def _page() -> str:
    environment = Environment(loader=FileSystemLoader(ROOT / "theme_overrides/partials"))
    environment.filters["url"] = lambda path: f"../{path}"
    inside = environment.get_template("search.html").render()
    sheets = [ROOT / "theme_overrides/assets/look.css", ROOT.parent / "shared/look/look.css"]
    style = next((sheet.read_text("utf-8") for sheet in sheets if sheet.exists()), "")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title><style>{style}</style>'
        f'<body><main class="md-grid">{inside}</main>'
    )


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that fails the test on any error in its scripts."""
    errors: list[str] = []
    page = browser.new_page(base_url=address)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def ready(page: Any, state: str = "ready") -> Any:
    """Wait until the page has answered."""
    page.wait_for_selector(f'[data-search-state="{state}"]')
    return page


def count(page: Any) -> int:
    """The number of papers found."""
    return int(page.get_attribute("[data-search-count]", "data-count"))


def refs(page: Any) -> list[str]:
    """The papers in the list, from the top."""
    found: list[str] = page.eval_on_selector_all("[data-search-result]", "all => all.map(one => one.dataset.ref)")
    return found


def test_the_bare_page_is_idle_and_loads_no_index(page: Any) -> None:
    """Nothing was asked: neither index nor library."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("search/")
    ready(page, "idle")
    assert not [url for url in loaded if url.endswith((".json", ".bin", "lunr.js", "worker.js"))]


def test_typing_finds_and_keeps_the_url_in_step(page: Any) -> None:
    """Without a new entry in the history; emptying the field shows all."""
    page.goto("search/")
    page.fill("[data-search-input]", "reasoning data")
    ready(page)
    assert page.url.endswith("/search/?q=reasoning+data")
    assert count(page) > 10
    assert page.inner_text("[data-search-count]") == f"{count(page)} papers"
    assert len(refs(page)) == 10
    page.fill("[data-search-input]", "")
    ready(page)
    assert count(page) > 80


def test_a_url_shows_what_it_says(page: Any, documents: list[Document]) -> None:
    """Query, filters and order; each filter is a chip that takes it away."""
    page.goto("search/?q=&year=2024&has=code&sort=date")
    ready(page)
    wanted = [one for one in documents if (one.date or "").startswith("2024") and "code" in one.has]
    newest = sorted(sorted(wanted, key=lambda one: one.ref), key=lambda one: one.date or "", reverse=True)
    assert count(page) == len(wanted)
    assert refs(page) == [one.ref for one in newest][:10]
    assert page.get_attribute('[data-sort="date"]', "aria-current") == "true"
    page.get_by_role("link", name="Remove the filter: year 2024").click()
    page.wait_for_url("**/search/?has=code&sort=date")
    ready(page)
    assert count(page) == len([one for one in documents if "code" in one.has])


def test_facets_are_links_that_the_back_button_undoes(page: Any) -> None:
    """A second value widens the first, a second click takes it back, and the count is the one that was promised."""
    page.goto("search/?q=data")
    before = count(ready(page))
    page.click("summary")
    facet = '[data-facet="topic"][data-value="reasoning"]'
    promised = int(page.inner_text(f"{facet} span"))
    page.click(facet)
    page.wait_for_url("**/search/?q=data&topic=reasoning")
    assert count(ready(page)) == promised
    assert page.get_attribute(facet, "aria-current") == "true"
    assert page.evaluate("document.activeElement.dataset.value") == "reasoning"
    page.click('[data-facet="topic"][data-value="medicine"]')
    page.wait_for_url("**/search/?q=data&topic=reasoning&topic=medicine")
    assert count(ready(page)) >= promised
    page.go_back()
    page.go_back()
    until(page, f"document.querySelector('[data-search-count]').dataset.count === '{before}'")
    assert page.url.endswith("/search/?q=data")


def test_an_address_with_the_former_id_of_a_topic_shows_the_topic(page: Any, documents: Sequence[Document]) -> None:
    """The address gets the id that the topic has now, and no step back leads to the former one."""
    page.goto("search/?topic=medicine")
    ready(page)
    page.goto("search/?topic=thinking&year=2024")
    ready(page)
    assert page.url.endswith("/search/?topic=reasoning&year=2024")
    wanted = [one for one in documents if "reasoning" in one.topic_ids and (one.date or "").startswith("2024")]
    assert count(page) == len(wanted) > 0
    assert page.get_by_role("link", name="Remove the filter: topic Reasoning").count() == 1
    until(page, """document.querySelector('[data-facet="topic"][data-value="reasoning"][aria-current]')""")
    page.go_back()
    page.wait_for_url("**/search/?topic=medicine")


def test_more_papers_come_below_those_shown(page: Any) -> None:
    """The link says how many, and the keyboard goes on with the first of them."""
    page.goto("search/?q=data")
    ready(page)
    shown = refs(page)
    total = count(page)
    assert page.inner_text("[data-more]") == f"Show {min(20, total - 10)} more"
    page.click("[data-more]")
    until(page, "document.querySelectorAll('[data-search-result]').length > 10")
    assert refs(page)[:10] == shown
    assert len(refs(page)) == min(30, total)
    assert page.evaluate("document.activeElement.closest('li').dataset.ref") == refs(page)[10]


def test_a_long_list_says_where_it_ends(browser: Any, tmp_path: Path) -> None:
    """A link that shows the same again would be none."""
    alike = [document(Entry(f"paper-{at}", Paper(title=f"Paper {at}")), TOPICS) for at in range(800)]
    _write_search(tmp_path / "site", alike)
    with serving(tmp_path / "site") as host:
        page = browser.new_page()
        page.goto(f"{host}/search/?q=paper&page=39")
        assert ready(page).inner_text("[data-more]") == "Show 20 more"
        assert not page.is_visible("[data-search-end]")
        page.click("[data-more]")
        page.wait_for_selector("[data-search-end]")
        assert page.inner_text("[data-search-end]").startswith("The list ends here, at 790 papers.")
        assert not page.is_visible("[data-more]")
        assert len(refs(page)) == 790
        page.close()


def test_nothing_found_says_so_and_shows_ways_on(page: Any) -> None:
    """A letter off, only the beginning, all topics."""
    page.goto("search/?q=photosyntesis")
    ready(page)
    assert count(page) == 0
    message = "No paper has “photosyntesis” in its title, topics, organisation, authors or abstract."
    assert page.inner_text("[data-search-count]") == message
    offered = page.eval_on_selector_all("[data-suggestion]", "all => all.map(one => one.getAttribute('href'))")
    assert offered == ["?q=photosyntesis%7E1", "?q=photo*"]
    assert page.get_by_role("link", name=f"Look through the {len(TOPICS)} topics").count() == 1
    page.goto("search/?q=of+the")
    ready(page)
    assert page.inner_text("[data-search-count]") == "Every word of this is too common to be searched for."
    page.goto("search/?q=data&year=1999")
    ready(page)
    page.get_by_text(re.compile("^\\d+ papers$")).click()
    page.wait_for_url("**/search/?q=data")


def test_a_typing_mistake_is_put_right_with_one_click(page: Any) -> None:
    """The suggestion says how many papers it finds, and keeps the promise."""
    page.goto("search/?q=reasonigs+trainnig")
    ready(page)
    assert count(page) == 0
    said = page.inner_text("[data-search-ways] li")
    assert re.fullmatch(r"Did you mean reasoning training \(\d+ papers\)", said)
    page.click("[data-suggestion]")
    page.wait_for_url("**/search/?q=reasoning+training")
    assert f"({count(ready(page))} papers)" in said


def test_words_in_quotes_are_found_side_by_side(page: Any) -> None:
    """Fewer than with the words anywhere, and all shown have them."""
    page.goto("search/?q=language+model")
    anywhere = count(ready(page))
    page.goto("search/?q=%22language+model%22")
    assert 0 < count(ready(page)) < anywhere


def test_the_keyboard_walks_from_the_field_through_the_results_and_back(page: Any) -> None:
    """Arrows, and Escape."""
    page.goto("search/?q=data")
    ready(page)
    page.focus("[data-search-input]")
    focused = "document.activeElement.closest('[data-ref]')?.dataset.ref ?? document.activeElement.type"
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "Escape"):
        page.keyboard.press(key)
        seen.append(page.evaluate(focused))
    first, second = refs(page)[:2]
    assert seen == [first, second, first, "search", first, second, "search"]


@pytest.mark.parametrize("hole", ["**/search/worker.js", "**/topic.json"])
def test_what_fails_beside_the_results_does_not_take_them_along(page: Any, hole: str) -> None:
    """Without a worker the page searches by itself; without a facet there are no filters."""
    page.route(hole, lambda route: route.abort())
    page.goto("search/?q=data")
    assert count(ready(page)) > 0
    assert len(refs(page)) == 10
    assert page.locator("[data-facet]").count() == 0 if "topic" in hole else page.locator("[data-facet]").count() > 0


@pytest.mark.parametrize("part", ["**/shard-*.bin", "**/papers-*.bin"])
def test_a_missing_part_of_the_index_is_said(page: Any, part: str) -> None:
    """And it can be tried again."""
    page.route(part, lambda route: route.fulfill(status=404))
    page.goto("search/?q=data")
    ready(page, "error")
    page.unroute(part)
    page.get_by_role("link", name="Try again").click()
    assert count(ready(page)) > 0


def test_an_answer_that_comes_late_is_not_shown(page: Any) -> None:
    """What was typed last is what is answered."""
    page.goto("search/")
    page.wait_for_selector("[data-search-input]")
    for text in ("d", "da", "dat", "data", "data rea", "nothing-at-all-like-this"):
        page.fill("[data-search-input]", text)
    ready(page)
    page.wait_for_timeout(300)
    assert page.url.endswith("q=nothing-at-all-like-this")
    wanted = page.inner_text("[data-search-count]")
    page.reload()
    ready(page)
    assert page.inner_text("[data-search-count]") == wanted


def test_what_was_typed_before_the_page_could_answer_is_asked(page: Any) -> None:
    """The field is there before the modules are, and longer so on a slow line."""
    held: list[Any] = []
    page.route("**/page.js", lambda route: held.append(route))  # noqa: PLW0108 (playwright marks the function)
    page.goto("search/", wait_until="commit")
    page.fill("[data-search-input]", "reasoning")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    assert count(ready(page)) > 0
    assert page.input_value("[data-search-input]") == "reasoning"
    assert page.url.endswith("/search/?q=reasoning")


def test_a_page_that_is_loaded_again_shows_as_much_as_before(page: Any) -> None:
    """Though the browser may fill in the field before the page does."""
    page.goto("search/?q=data&page=2")
    shown = ready(page).locator("[data-search-result]").count()
    page.reload()
    assert ready(page).locator("[data-search-result]").count() == shown
    assert page.url.endswith("/search/?q=data&page=2")


def test_who_types_on_while_a_click_is_answered_stays_in_the_field(page: Any) -> None:
    """What a click brings comes late on a slow line."""
    page.goto("search/?q=data")
    ready(page)
    held: list[Any] = []
    page.route("**/comments.json", lambda route: held.append(route))  # noqa: PLW0108 (playwright marks the function)
    page.click('[data-sort="comments"]')
    page.focus("[data-search-input]")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    ready(page)
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.type") == "search"


def test_papers_of_the_latest_digest_are_bold(page: Any, documents: Sequence[Document]) -> None:
    """As everywhere on the site."""
    [new] = [one.ref for one in documents if one.new]
    page.goto(f"search/?q={next(one.title for one in documents if one.new)}")
    ready(page)
    assert page.locator(f'[data-ref="{new}"].new').count() == 1
    assert page.locator("[data-search-result].new").count() == 1


def test_a_failed_load_is_said_and_can_be_tried_again(page: Any) -> None:
    """The words tell what to do."""
    page.route("**/index.json", lambda route: route.abort())
    page.goto("search/?q=data")
    ready(page, "error")
    said = "The index could not be loaded. Try again, or look through the topics."
    assert page.inner_text("[data-search-count]") == said
    page.unroute("**/index.json")
    page.get_by_role("link", name="Try again").press("Enter")
    assert count(ready(page)) > 0
    page.wait_for_function("document.activeElement.matches('[data-search-count]')")


def test_what_fails_leaves_nothing_of_the_question_before(page: Any) -> None:
    """Its filters would lead to papers that the new one does not find."""
    page.goto("search/?q=data")
    assert ready(page).locator("[data-facet]").count() > 0
    page.route("**/assets/search/**", lambda route: route.abort())
    page.fill("[data-search-input]", "reasoning models")
    ready(page, "error")
    assert page.locator("[data-facet]").count() == 0


def test_a_long_word_that_finds_nothing_moves_no_phone_sideways(page: Any) -> None:
    """It is broken where there is no room."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"search/?q={'z' * 120}&topic={'t' * 90}")
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_while_the_index_loads_the_page_says_that_it_searches(page: Any) -> None:
    """In the status line, which is read aloud."""
    waiting: list[Any] = []
    page.route("**/index.json", lambda route: waiting.append(route))  # noqa: PLW0108 (playwright marks the function)
    page.goto("search/?q=data")
    ready(page, "loading")
    page.get_by_role("status").get_by_text("Searching…").wait_for()
    while not waiting:
        page.wait_for_timeout(20)
    waiting[0].continue_()
    assert count(ready(page)) > 0


def test_texts_of_papers_are_shown_and_never_run(page: Any) -> None:
    """Tags in a title, an abstract and a name are letters."""
    page.goto("search/?q=hostile")
    ready(page)
    result = page.locator('[data-ref="zz-hostile"]')
    assert result.locator("h3").inner_text() == f"Hostile {HOSTILE}"
    assert HOSTILE in result.locator(".snip").inner_text()
    assert result.locator("img, b:has-text('bold'), i").count() == 0
    assert result.locator("mark").all_inner_texts() == ["Hostile"]
    assert page.title() == "Search"
    assert result.locator("h3 a").get_attribute("href").endswith("/repo/papers/zz-hostile/")


def test_colons_and_names_of_javascript_break_nothing(page: Any) -> None:
    """A pasted title is found, and the page says how it was read."""
    for query in ("Patho-R1: A Multimodal Expert", "constructor", "__proto__", "x" * 10_000, "a:b:c"):
        page.goto("search/")
        page.fill("[data-search-input]", query)
        ready(page)
    assert page.inner_text("[data-search-notice]") == "Read as plain words, not as search syntax."


def test_without_javascript_the_page_says_where_else_to_look(browser: Any, address: str) -> None:
    """The topics and the archive."""
    page = browser.new_page(base_url=address, java_script_enabled=False)
    page.goto("search/")
    said = "Search needs JavaScript. The topics and the archive do not, nor do all titles from A to Z."
    assert said in page.inner_text("main")
    page.close()
