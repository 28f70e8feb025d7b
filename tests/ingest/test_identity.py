"""The same paper is one paper, and two papers stay two."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from generator.content.paperpage import PaperPage
from generator.ingest.identity import fold, groups, keys, told
from generator.ingest.merge import merge
from generator.model import Links, Paper, Record, Sighting


def record(title: str, dump: str = "a.txt", position: int = 1, **fields: object) -> Record:
    captured = date(2025, 1, ord(dump[0]) - ord("a") + 1)
    seen = Sighting(dump, position, 10 * position, captured, fields.get("comments"))
    return Record(paper=Paper(title=title, sightings=(seen,), **fields))


def titles(records: list[Record]) -> list[set[str]]:
    return sorted(({item.paper.title for item in group.records} for group in groups(records, [])), key=sorted)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("POA: Pre-training Once", "poa pre training once"),
        ("Naïve Bayes", "Nai\u0308ve  Bayes!"),
        ("STRASSE", "Straße"),
        ("ﬁne-tuning", "Fine-Tuning"),
    ],
)
def test_titles_are_the_same_after_folding(one, other):
    """Unicode, case, punctuation and white space do not tell papers apart."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("???", "!!!"), ("C", "C2"), ("中文", "文中")])
def test_titles_that_differ_stay_apart(one, other):
    """Titles of signs alone, too."""
    assert fold(one) != fold(other)


def test_the_same_title_in_two_dumps_is_one_paper():
    """With both sightings, the oldest first."""
    (group,) = groups([record("A Paper", "b.txt"), record("A paper.", "a.txt")], [])
    assert [item.sighting.dump for item in group.records] == ["a.txt", "b.txt"]


def test_an_arxiv_id_links_two_titles_and_keeps_one_title_apart():
    """The id decides where there is one."""
    same = [record("Old", arxiv="2501.00001"), record("New", "b.txt", arxiv="2501.00001")]
    other = [record("Old", "c.txt", arxiv="2501.00002")]
    assert titles(same + other) == [{"New", "Old"}, {"Old"}]


def test_a_paper_without_an_id_joins_the_smallest_id_of_its_title():
    """In whatever order the records come, two ids never become one."""
    records = [
        record("T", "a.txt", 1, arxiv="2501.00002"),
        record("T", "a.txt", 2, arxiv="2501.00001"),
        record("T", "b.txt", 3),
    ]
    for order in permutations(records):
        found = {frozenset(r.sighting.position for r in g.records) for g in groups(list(order), [])}
        assert found == {frozenset({1}), frozenset({2, 3})}


def test_a_page_with_a_corrected_title_is_still_the_paper_of_the_dumps():
    """It answers to the title that the dumps told."""
    first = record("Misspelt Titel")
    written = merge(None, first.paper, {})
    page = PaperPage("misspelt-titel", Paper(title="Right Title"), written.generated)
    (group,) = groups([first, record("Right title", "b.txt")], [page])
    assert group.pages == (page,)
    assert len(group.records) == 2


def test_the_page_that_was_seen_first_stands_for_a_paper_that_two_titles_had():
    """Whatever the names of the pages; the id that links them came later."""
    early, late = record("Zebra", "a.txt"), record("Aardvark", "b.txt", arxiv="2501.00001")
    pages = [
        PaperPage(item.paper.title.lower(), item.paper, merge(None, item.paper, {}).generated) for item in (early, late)
    ]
    (group,) = groups([early, late, record("Zebra", "c.txt", arxiv="2501.00001")], pages)
    assert [page.slug for page in group.pages] == ["zebra", "aardvark"]


def test_a_page_answers_to_all_that_it_was_ever_known_by():
    """The ledger remembers a title and an arXiv id that no dump and no page tells any more."""
    page = PaperPage("a", Paper(title="Quite Another Title", arxiv="2501.00009"))
    remembered = {"a": keys(Paper(title="A Former Title", arxiv="2501.00001"))}
    for found in (record("A former title!"), record("Unheard of", arxiv="2501.00001")):
        (group,) = groups([found], [page], remembered)
        assert group.pages == (page,)
    assert len(groups([record("A Former Title", arxiv="2501.00002")], [page], remembered)) == 2


def test_a_paper_that_has_no_page_any_more_comes_back_as_one():
    """Though each of its titles is told by another record; a title that another page has now is that page's."""
    remembered = {"a": keys(Paper(title="One Title")) | keys(Paper(title="Other Title"))}
    records = [record("One Title", "a.txt"), record("Other Title", "b.txt")]
    assert len(groups(records, [])) == 2
    assert len(groups(records, [], remembered)) == 1
    assert len(groups(records, [PaperPage("other", Paper(title="Other Title"))], remembered)) == 2


def test_a_record_without_an_id_belongs_to_the_page_that_lists_it():
    """Of two papers with one title, told apart by their ids."""
    first, second = record("T", "a.txt", 1), record("T", "b.txt", 1)
    pages = [
        PaperPage("one", Paper(title="T", arxiv="2501.00001", sightings=(second.sighting,))),
        PaperPage("two", Paper(title="T", arxiv="2501.00002", sightings=(first.sighting,))),
    ]
    found = {group.pages[0].slug: group.records for group in groups([first, second], pages)}
    assert found == {"one": (second,), "two": (first,)}


def test_each_field_comes_from_the_newest_that_knows_it():
    """Known beats unknown; links and sightings come from all."""
    old = record("T", "a.txt", abstract="Old.", comments=2, author_count=5, links=Links(code=("https://a.b",)))
    new = record("T!", "b.txt", abstract="New.", comments=None, links=Links(code=("https://c.d",)))
    paper = told([new, old])
    assert (paper.title, paper.abstract, paper.comments, paper.author_count) == ("T!", "New.", 2, 5)
    assert paper.links.code == ("https://c.d", "https://a.b")
    assert [seen.dump for seen in paper.sightings] == ["a.txt", "b.txt"]
