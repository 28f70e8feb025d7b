"""The pages of topics and the overview of them, as they are built."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator import store
from generator.catalogue import Catalogue
from generator.content import listpage
from generator.model import Entry, Organization, Paper, Topic
from generator.site.topic_views import topic_views
from generator.site.view import Site, View
from generator.topics import taxonomy
from tests.html import Page, parsed
from tests.project import EXAMPLE, Project


def page(project: Project, url: str) -> Page:
    return parsed(project.root / "site" / url / "index.html")


def topics_of(project: Project) -> list[set[str]]:
    """Those of every paper that is shown."""
    return [set(found.paper.topics) for found in store.load(project.content).papers]


def cells(overview: Page) -> dict[tuple[str, str], Any]:
    """The links of the table, by the ids of the two topics in their addresses."""
    found = [
        (re.fullmatch(r"\.\./search/\?topic=([\w-]+)\+([\w-]+)", a.attributes["href"]), a) for a in overview.all("a")
    ]
    return {match.groups(): link for match, link in found if match}


def test_the_overview_says_how_many_papers_each_two_topics_share(seeds):
    """Each number leads to a search for both, both ways round; topics that share nothing have none."""
    found = cells(page(seeds, "topics/"))
    papers = topics_of(seeds)
    pairs = {(one, other) for topics in papers for one in topics for other in topics if one != other}
    assert set(found) == pairs
    for (one, other), link in found.items():
        assert link.text.endswith(str(sum({one, other} <= topics for topics in papers))), (one, other)


def test_the_table_has_headers_for_rows_and_columns(seeds):
    """In the same order, for every topic with papers; a row's leads to the topic's page."""
    overview = page(seeds, "topics/")
    table = overview.elements[overview.elements.index(overview.all("table", class_="grid")[0]) :]
    columns = [one.text for one in table if one.tag == "span"]
    rows = [one.text for one in table if one.tag == "a" and re.fullmatch(r"[\w-]+/", one.attributes["href"])]
    assert columns == rows
    assert len(columns) == len(set.union(*topics_of(seeds)))
    assert len(overview.all("th", scope="col")) == len(columns)
    (area,) = overview.all("div", role="region")
    assert area.attributes["tabindex"] == "0"
    assert area.attributes["aria-labelledby"] in overview.ids
    assert overview.with_attribute("style") == []


def test_the_overview_leads_to_the_table_and_to_all_feeds(seeds):
    """From its head."""
    links = {a.attributes["href"] for a in page(seeds, "topics/").all("a")}
    assert {"#together", "../feeds/topics.opml"} <= links


def test_a_topics_page_names_organisations_and_related_topics(seeds):
    """Each with how many of its papers."""
    found = page(seeds, "topics/pretraining/")
    headings = [" ".join(h.text.split()) for h in found.all("h2")]
    assert "Organisations papers" in headings
    assert "Often together papers in both" in headings
    nvidia = [a.text for a in found.all("a", href="../../organizations/nvidia/") if a.text.startswith("NVIDIA")]
    count = sum(
        one.paper.organization is not None and one.paper.organization.handle == "nvidia"
        for one in store.load(seeds.content).papers
        if "pretraining" in one.paper.topics
    )
    assert f"NVIDIA{count}" in nvidia


def views(topics: int, *papers: Paper, texts: dict[str, str] | None = None) -> dict[str, View]:
    shown = Catalogue(
        tuple(Entry(f"p{at:03}", paper) for at, paper in enumerate(papers)),
        tuple(Topic(f"t{at}", f"Topic {at}") for at in range(topics)),
        (),
    )
    rules = taxonomy.load((EXAMPLE / "topics.yml").read_text("utf-8"), "topics.yml")
    return dict(topic_views(Site(shown, (), rules, "", texts or {}, frozenset(), {}, {})))


def test_a_title_that_a_person_wrote_stands_on_the_topics_page():
    """One that was generated does not: the topic may have another name since."""
    told = {"title": "Old name", "papers": 0}
    written = listpage.updated(None, "topics/t0.md", told, "No paper yet.\n")
    by_hand = written.replace("# Old name", "# All about it")
    texts = {"topics/t0.md": by_hand, "topics/t1.md": written, "topics/t2.md": "# No front matter\n"}
    made = views(3, texts=texts)
    assert [made[f"topics/t{at}.md"].title for at in range(3)] == ["All about it", "Topic 1", "Topic 2"]


def test_a_topic_without_papers_has_a_page_and_no_company():
    """And a taxonomy that nothing is in has no table."""
    made = views(2)
    assert {"topics/index.md", "topics/t0.md", "topics/t1.md"} == set(made)
    assert made["topics/index.md"].context["closest"] == []
    assert made["topics/t0.md"].context["together"] == []


def test_more_than_forty_topics_are_too_many_for_the_table():
    """It has the largest; the overview has all."""
    papers = [Paper(title="T", topics=(f"t{at}", f"t{at + 1}")) for at in range(49)]
    overview = views(60, *papers)["topics/index.md"].context
    assert len(overview["arranged"]) == 40
    assert len(overview["table"]) == 60


def test_a_topics_page_shows_six_organisations_and_says_how_many_there_are():
    """Those with most papers, by name."""
    who = [Organization(f"o{at}", f"Org {at}") for at in (1, 2, 3, 4, 5, 6, 7, 7)]
    context = views(1, *(Paper(title="T", topics=("t0",), organization=one) for one in who))["topics/t0.md"].context
    assert [(one.name, count) for _, one, count in context["publishers"]][:2] == [("Org 7", 2), ("Org 1", 1)]
    assert (len(context["publishers"]), context["publisher_count"]) == (6, 7)


@pytest.mark.browser
def test_a_number_of_the_table_leads_to_so_many_papers(browser, address):
    """On a phone: the table scrolls in its own area, by keyboard, and the page does not."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    tab = context.new_page()
    tab.goto(f"{address}topics/", wait_until="networkidle")
    area = tab.locator("[role=region]")
    area.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(300)
    assert area.evaluate("area => area.scrollLeft") > 0
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    link = tab.locator(".grid a[href$='topic=pretraining+training-data']")
    promised = link.inner_text()
    link.click()
    tab.wait_for_selector("[data-search-state=ready]")
    assert tab.get_attribute("[data-search-count]", "data-count") == promised
    assert tab.locator(".chip").inner_text().startswith("Pre-training + Training data")
    context.close()
