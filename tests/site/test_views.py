"""Which pages there are and what is on them: lists in pages, digests, the home page, the state of things."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from generator import arrivals
from generator.catalogue import PER_PAGE, catalogue
from generator.content.paperpage import PaperPage
from generator.model import Digest, Entry, Paper, Sighting, Topic
from generator.site import groups
from generator.site.groups import Group
from tests.html import Page, parsed
from tests.project import Project, dump, make


def entries(name: str, number: int, **told: Any) -> tuple[Entry, ...]:
    return tuple(Entry(f"{name}-{at:03}", Paper(title=f"{name} {at}", **told)) for at in range(number))


def group(name: str, number: int) -> Group:
    return Group(name, entries(name, number), number, name, name)


def sizes(pages: tuple[tuple[Group, ...], ...]) -> list[list[tuple[str, int]]]:
    return [[(part.label, len(part.entries)) for part in page] for page in pages]


def test_a_group_that_fits_on_a_page_is_kept_whole():
    """It begins on the next page rather than being cut."""
    pages = groups.in_pages((group("a", 60), group("b", 50), group("c", 30)), whole=True)
    assert sizes(pages) == [[("a", 60)], [("b", 50), ("c", 30)]]


def test_a_group_that_fits_on_no_page_is_cut():
    """What is left of it shares a page with the next group; each part tells the size of the whole."""
    pages = groups.in_pages((group("a", 250), group("b", 50), group("c", 1)), whole=True)
    assert sizes(pages) == [[("a", 100)], [("a", 100)], [("a", 50), ("b", 50)], [("c", 1)]]
    assert {part.total for page in pages for part in page if part.label == "a"} == {250}


def test_years_fill_every_page_but_the_last():
    """A year goes on on the next page."""
    pages = groups.in_pages((group("2025", 60), group("2024", 60), group("2023", 90)))
    assert sizes(pages) == [[("2025", 60), ("2024", 40)], [("2024", 20), ("2023", 80)], [("2023", 10)]]
    assert [groups.span(page) for page in pages] == ["2025 to 2024", "2024 to 2023", "2023"]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("numbers", [(), (0,), (100,), (100, 100), (101,), (99, 2, 300, 1, 100, 57), (1,) * 205])
def test_no_paper_is_lost_between_pages(numbers, whole):
    """Nor is one twice, nor the order another, nor a page empty or too long; a label stands once on a page."""
    told = tuple(group(f"g{at}", number) for at, number in enumerate(numbers))
    pages = groups.in_pages(told, whole=whole)
    assert [e for page in pages for part in page for e in part.entries] == [e for one in told for e in one.entries]
    assert all(sum(len(part.entries) for part in page) <= PER_PAGE for page in pages)
    assert all(len({part.label for part in page}) == len(page) for page in pages)
    assert len(pages) == 1 or all(pages)


def test_anchors_of_a_digest_are_unique_and_no_others():
    """Even where a topic has the name of a part of the page."""
    topics = tuple(Topic(name, name.title()) for name in ("main", "without-topic", "agents"))
    papers = [*(Entry(t.id, Paper(title=t.id, topics=(t.id,))) for t in topics), Entry("none", Paper(title="None"))]
    found = groups.by_first_topic(Digest(date(2025, 1, 1), (), tuple(papers)), topics)
    anchors = [one.anchor for one in found]
    assert len(set(anchors)) == 4
    assert "main" not in anchors
    assert (found[-1].label, found[-1].url) == ("Without a topic", "")


def seen(slug: str, *sightings: tuple[str, date | None]) -> PaperPage:
    told = tuple(Sighting(file, 1, at, day) for at, (file, day) in enumerate(sightings))
    return PaperPage(slug, Paper(title=slug, sightings=told))


FIRST, SECOND, THIRD = date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3)


def test_what_moved_is_told_against_the_digest_before():
    """New papers, those of a digest further back, those of both, those that are gone; none is not told."""
    shown = catalogue(
        (
            seen("new", ("c", THIRD)),
            seen("back", ("a", FIRST), ("c", THIRD)),
            seen("both", ("b", SECOND), ("c", THIRD)),
            seen("gone", ("b", SECOND)),
            seen("gone-too", ("b", SECOND)),
        ),
        (),
    )
    third, second, first = shown.digests
    assert arrivals.moved(third, second) == ("1 joined", "1 came back", "1 stayed", "2 left")
    assert arrivals.moved(second, first) == ("3 joined", "1 left")


def test_dumps_are_listed_with_what_they_brought():
    """Newest first; two of a day apart; one of an unknown day last; a paper is new where it was first seen."""
    shown = catalogue(
        (
            seen("one", ("a", FIRST), ("b2", SECOND), ("u", None)),
            seen("two", ("b1", SECOND), ("b2", SECOND)),
            seen("three", ("u", None)),
        ),
        (),
    )
    assert [(d.file, d.captured, d.papers, d.new) for d in arrivals.dumps(shown)] == [
        ("b1", SECOND, 1, 1),
        ("b2", SECOND, 2, 0),
        ("a", FIRST, 1, 1),
        ("u", None, 2, 1),
    ]


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Project:
    """Three digests, the second a huge one, over two years."""
    project = make(tmp_path_factory.mktemp("large"))
    agents = [(f"Agents, part {n}", "An LLM agent that uses tools.", f"Mar {n % 28 + 1}, 2024") for n in range(130)]
    video = [(f"Video, part {n}", "Video generation from text.", f"Apr {n % 28 + 1}, 2024") for n in range(90)]
    late = [(f"Agents, at last {n}", "An LLM agent that uses tools.", f"Jun {n + 1}, 2025") for n in range(3)]
    project.add("daily-2024-05-01.txt", dump("May 1", agents[0]))
    project.add("daily-2024-06-01.txt", dump("Jun 1", *agents, *video))
    project.add("daily-2025-07-01.txt", dump("Jul 1", agents[1], *late))
    result = project.run("build")
    assert result.exit_code == 0, result.output
    return project


def page(project: Project, url: str) -> Page:
    return parsed(project.root / "site" / url / "index.html")


def listed(found: Page) -> int:
    return len([e for e in found.all("li") if e.attributes.get("class", "").startswith("entry")])


def headings(found: Page) -> list[str]:
    return [" ".join(heading.text.split()) for heading in found.all("h2")]


def test_a_huge_digest_has_pages_of_a_hundred_papers(large):
    """Each with the way to the others, and all topics with the page where they begin."""
    urls = ["digests/2024-06-01/", "digests/2024-06-01/2/", "digests/2024-06-01/3/"]
    found = [page(large, url) for url in urls]
    assert [listed(one) for one in found] == [100, 30, 90]
    assert [headings(one)[0] for one in found] == ["Agents and tool use 130 papers"] * 2 + [headings(found[2])[0]]
    assert found[0].all("a", rel="next")[0].attributes["href"] == "2/"
    assert found[1].all("a", rel="prev")[0].attributes["href"] == "../"
    contents = [a.attributes["href"] for a in found[1].all("a") if "#" in a.attributes["href"]]
    assert "../#agents" in contents
    assert any(href.startswith("../3/#") for href in contents)


def test_a_digest_leads_to_the_one_before_and_the_one_after(large):
    """And says where there is none."""
    texts = [
        page(large, f"digests/{day}/").all("nav", aria_label="Digests")[0].text for day in ("2024-05-01", "2025-07-01")
    ]
    assert "This is the first." in texts[0]
    assert "1 June 2024" in texts[0]
    assert "This is the latest." in texts[1]
    middle = page(large, "digests/2024-06-01/").all("nav", aria_label="Digests")[0]
    assert ("1 May 2024" in middle.text, "1 July 2025" in middle.text) == (True, True)


def test_the_page_of_a_year_is_by_month(large):
    """The year is in its title; a topic's page is by year."""
    assert headings(page(large, "archive/2024/"))[:2] == ["April 90 papers", "March 130 papers"]
    assert [h for h in headings(page(large, "topics/agents/")) if h.startswith("20")] == [
        "2025 3 papers",
        "2024 130 papers",
    ]
    pages = page(large, "topics/agents/").all("nav", aria_label="Pages")[0]
    assert "Page 1 of 2" in pages.text
    assert "2024" in pages.text


def test_a_topics_growth_is_a_picture_with_its_numbers(large):
    """As the picture's name, and as a table; where all papers are of one year there is none."""
    agents = page(large, "topics/agents/")
    (chart,) = agents.all("svg", role="img")
    assert chart.attributes["aria-label"] == "Papers by year: 2024 130, 2025 3"
    rows = [row.text for row in agents.all("tr")]
    assert rows == ["YearPapers", "2024130", "20253"]
    assert "3 new, in bold" in agents.all("main")[0].text
    assert page(large, "topics/agents/2").all("svg", role="img") == []
    assert page(large, "topics/video/").all("svg", role="img") == []


def test_a_topics_page_leads_to_its_feeds_and_its_search(large):
    """Each under the topic's own name."""
    links = {a.attributes["href"] for a in page(large, "topics/agents/").all("a")}
    assert {"../../feeds/topics/agents.xml", "../../feeds/topics/agents.json", "../../search/?topic=agents"} <= links


def test_the_home_page_says_what_is_in_the_digest_and_what_moved(seeds):
    """The five largest topics and how many more, growth, the digests, papers without a date, feeds."""
    home = page(seeds, "")
    main = " ".join(home.all("main")[0].text.split())
    assert "and 11 more topics." in main
    assert "Since 10 December 2025: 27 joined, 19 stayed, 30 left." in main
    assert "Growing topics 2025 against 2024" in " ".join(headings(home))
    assert "Digests: 7 January 2026 (46 papers), 10 December 2025 (49). No date: 1 paper." in main
    links = {a.attributes["href"].removeprefix("./") for a in home.all("a")}
    assert {"feeds/all.xml", "feeds/all.json", "feeds/topics.opml"} <= links


def test_the_home_page_of_an_empty_project_says_so(tmp_path):
    """No growth, no digest, no notice of old age."""
    project = make(tmp_path)
    assert project.run("build").exit_code == 0
    home = page(project, "")
    assert "No digest yet." in home.all("main")[0].text
    assert home.with_attribute("data-age") == []
    assert "Growing topics" not in home.all("main")[0].text


def test_a_paper_shows_related_papers_and_why(seeds):
    """Rare words that both have."""
    found = page(seeds, "papers/seedream-3-0-technical-report/")
    text = found.all("main")[0].text
    assert "Related" in headings(found)
    assert "Both: Seedream" in text
    assert len([a for a in found.all("a") if "seedream-2-0" in a.attributes["href"]]) == 1


def test_the_status_page_tells_dumps_and_the_papers_of_problems(seeds):
    """What was read, when, how much of it was new; and which paper a line of a dump belongs to."""
    found = page(seeds, "status/")
    rows = [row.text for row in found.all("tr")]
    assert "7 Jan 2026004_5b38a78a01707472.txt4627" in rows
    assert "10 Dec 2025000_dc6b2961191534f7.txt4949" in rows
    problem = next(item for item in found.all("li") if "000_dc6b2961191534f7.txt:37" in item.text)
    assert "Robix: A Unified Model for Robot Interaction, Reasoning and Planning" in problem.text
    assert json.loads((seeds.root / "site" / "status.json").read_text("utf-8"))["digests"] == 2


@pytest.mark.browser
@pytest.mark.parametrize(("today", "days"), [("2026-01-14", None), ("2026-01-15", "8"), ("2029-10-03", "1,365")])
@pytest.mark.parametrize("url", ["", "status/"])
def test_a_digest_older_than_a_week_is_said_to_be_old(browser, address, url, today, days):
    """In the reader's days, not the build's; without a script nothing is said."""
    context = browser.new_context()
    tab = context.new_page()
    tab.clock.set_fixed_time(datetime.fromisoformat(f"{today}T12:00:00+00:00"))
    tab.goto(address + url, wait_until="load")
    notice = tab.locator("[data-age]")
    assert notice.is_visible() == (days is not None)
    if days:
        said = f"No digest for {days} days. The last is of 7 January 2026; later papers are missing here."
        assert notice.inner_text() == said
    context.close()
    silent = browser.new_context(java_script_enabled=False)
    tab = silent.new_page()
    tab.goto(address + url)
    assert not tab.locator("[data-age]").is_visible()
    silent.close()
