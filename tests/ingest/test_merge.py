"""What a person changed stays; what they left alone follows the dumps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.merge import Conflict, merge
from generator.model import Links, Organization, Paper, Sighting

PAPER = Paper(
    title="Old Title",
    abstract="Old words.",
    date=date(2025, 1, 2),
    author_count=3,
    comments=1,
    links=Links(code=("https://a.b/c",)),
    topics=("reasoning", "agents"),
    sightings=(Sighting("a.txt", 1, 13, date(2025, 2, 1), 1),),
)
WORDS = st.sampled_from(["A", "B", "C", "D"])
TOPICS = st.lists(st.sampled_from(["p", "q", "r", "s"]), unique=True, max_size=4).map(tuple)
PAPERS = st.builds(
    Paper,
    title=WORDS,
    abstract=WORDS | st.just(""),
    date=st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 3)),
    comments=st.none() | st.integers(0, 2),
    doi=st.sampled_from([None, "10.1000/a", "10.1000/b"]),
    venue=WORDS | st.just(""),
    stars=st.none() | st.integers(0, 2),
    organization=st.none() | st.builds(Organization, WORDS, WORDS),
    topics=TOPICS,
)
WRITTEN = merge(None, PAPER, {})


def test_a_new_paper_is_as_the_dumps_tell_it():
    """And every known field is remembered."""
    assert WRITTEN.paper == PAPER
    assert set(WRITTEN.generated) == {"title", "abstract", "date", "author_count", "comments", "topics", "links"}


def test_a_field_that_nobody_touched_follows_the_dumps():
    """A newer capture counts more comments."""
    merged = merge(PAPER, replace(PAPER, comments=5, title="New Title"), WRITTEN.generated)
    assert (merged.paper.comments, merged.paper.title, merged.conflicts) == (5, "New Title", ())


def test_a_corrected_field_stays_when_the_dumps_say_the_same_as_before():
    """No conflict: there is nothing to settle."""
    merged = merge(replace(PAPER, title="My Title"), PAPER, WRITTEN.generated)
    assert (merged.paper.title, merged.conflicts) == ("My Title", ())


def test_a_corrected_field_stays_when_the_dumps_change_and_both_are_shown():
    """The conflict lasts until it is settled."""
    mine, newer = replace(PAPER, title="My Title"), replace(PAPER, title="New Title")
    first = merge(mine, newer, WRITTEN.generated)
    again = merge(first.paper, newer, first.generated)
    assert first.paper.title == again.paper.title == "My Title"
    assert first.conflicts == again.conflicts == (Conflict("title", "My Title", "New Title"),)


def test_a_correction_that_the_dumps_come_to_agree_with_is_no_edit_any_more():
    """The field follows the dumps again."""
    merged = merge(replace(PAPER, title="New Title"), replace(PAPER, title="New Title"), WRITTEN.generated)
    later = merge(merged.paper, replace(PAPER, title="Newest"), merged.generated)
    assert (merged.conflicts, later.paper.title) == ((), "Newest")


def test_a_deleted_field_stays_away():
    """A person takes out a wrong number of authors."""
    assert merge(replace(PAPER, author_count=None), PAPER, WRITTEN.generated).paper.author_count is None


def test_a_filled_field_stays():
    """A person adds the day that no dump tells."""
    undated = merge(None, replace(PAPER, date=None), {})
    filled = replace(undated.paper, date=date(2024, 5, 6))
    assert merge(filled, replace(PAPER, date=None), undated.generated).paper.date == date(2024, 5, 6)


def test_a_topic_that_a_person_took_out_does_not_come_back_and_one_they_added_stays():
    """Lists merge by element."""
    mine = replace(PAPER, topics=("agents", "safety"))
    merged = merge(mine, replace(PAPER, topics=("reasoning", "agents", "video")), WRITTEN.generated)
    assert merged.paper.topics == ("agents", "safety", "video")


def test_topics_that_a_person_confirmed_are_left_alone():
    """However the rules change."""
    mine = replace(PAPER, topics_reviewed=True)
    assert merge(mine, replace(PAPER, topics=("video",)), WRITTEN.generated).paper.topics == PAPER.topics


def test_a_link_that_a_person_moved_to_another_kind_stays_there():
    """A link is an element of a list, its kind included."""
    mine = replace(PAPER, links=Links(project=("https://a.b/c",)))
    assert merge(mine, PAPER, WRITTEN.generated).paper.links == Links(project=("https://a.b/c",))


def test_a_link_that_says_no_more_than_the_doi_goes_when_the_doi_is_told():
    """Former versions wrote it among the links; one that a person wrote is theirs."""
    before = replace(PAPER, links=Links(code=("https://a.b/c",), other=("https://doi.org/10.1000/A",)))
    told = replace(PAPER, doi="10.1000/a")
    for links in (PAPER.links, Links()):
        merged = merge(before, replace(told, links=links), merge(None, before, {}).generated)
        assert (merged.paper.doi, merged.paper.links) == ("10.1000/a", PAPER.links)
        assert merge(merged.paper, replace(told, links=links), merged.generated) == merged
    assert merge(before, told, WRITTEN.generated).paper.links == before.links
    assert merge(before, PAPER, merge(None, before, {}).generated).paper.doi is None


def test_a_sighting_is_never_lost():
    """Not even when its dump is gone."""
    other = replace(PAPER, sightings=(Sighting("b.txt", 2, 20, date(2025, 3, 1)),))
    assert [seen.dump for seen in merge(PAPER, other, WRITTEN.generated).paper.sightings] == ["a.txt", "b.txt"]


@given(PAPERS, PAPERS, PAPERS)
def test_merging_twice_changes_nothing_more(first, edited, newer):
    """Whatever a person did and the dumps say."""
    start = merge(None, first, {})
    once = merge(edited, newer, start.generated)
    twice = merge(once.paper, newer, once.generated)
    assert (twice.paper, dict(twice.generated), twice.conflicts) == (once.paper, dict(once.generated), once.conflicts)


@given(PAPERS, PAPERS)
def test_a_page_that_nobody_touched_ends_as_a_fresh_one_would(first, newer):
    """Where the newer dump knows a field; what it does not know, stays."""
    start = merge(None, first, {})
    merged = merge(start.paper, newer, start.generated).paper
    for name in ("title", "abstract", "date", "comments", "organization"):
        told = getattr(newer, name)
        assert getattr(merged, name) == (told if told not in (None, "") else getattr(first, name))
    assert merged.topics == newer.topics


@given(PAPERS, PAPERS, PAPERS)
def test_no_edit_is_lost(first, edited, newer):
    """A field that differs from what was written keeps the person's value."""
    start = merge(None, first, {})
    merged = merge(edited, newer, start.generated).paper
    for name in ("title", "abstract", "date", "comments", "organization"):
        mine, written = getattr(edited, name), getattr(first, name)
        if mine != written and not (mine in (None, "") and name not in start.generated):
            assert getattr(merged, name) == mine


@pytest.mark.parametrize("field", ["topics", "links"])
def test_what_a_person_added_to_a_list_stays_theirs_when_others_say_it_too(field):
    """A topic that is learnt from it, a dump that tells the same link and is taken back."""
    own = {"topics": ("reasoning", "agents", "safety"), "links": Links(code=("https://a.b/c", "https://a.b/d"))}[field]
    first = merge(replace(PAPER, **{field: own}), PAPER, WRITTEN.generated)
    agreed = merge(first.paper, replace(PAPER, **{field: own}), first.generated)
    later = merge(agreed.paper, PAPER, agreed.generated)
    assert getattr(later.paper, field) == own
    assert agreed.generated[field] == WRITTEN.generated[field]
