"""The ledger says what it was told, whoever merged its lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest import ledger
from generator.ingest.ledger import Line
from generator.model import ContentError, Place

URLS = st.from_regex(r"(papers|topics|digests)/[a-z0-9]{1,9}(-[a-z0-9]{1,5}){0,2}/", fullmatch=True)
LINES = st.builds(
    Line,
    st.frozensets(st.from_regex(r"[bcdf]{4}|arxiv:[0-9]{4}\.[0-9]{5}", fullmatch=True), max_size=3),
    st.sampled_from(["", "moved", "removed", "forgotten"]),
)
LEDGERS = st.dictionaries(URLS, LINES, max_size=6)


@given(LEDGERS)
def test_a_ledger_is_read_as_it_was_written(lines):
    """In one order, with a line a URL that begins with it."""
    text = ledger.written(lines)
    assert ledger.read(text, "ledger.txt") == lines
    assert text == ledger.written(dict(reversed(lines.items())))
    assert all(ledger.place(text, url, "ledger.txt").line > 1 for url in lines)


@given(LEDGERS, LEDGERS)
def test_two_branches_of_a_ledger_merge_by_keeping_all_lines(ours, theirs):
    """No URL and no key is lost; a page that stands in one of the two stands."""
    both = ledger.read(ledger.written(ours) + ledger.written(theirs), "ledger.txt")
    assert set(both) == set(ours) | set(theirs)
    for url in both:
        one, other = ours.get(url), theirs.get(url)
        assert both[url].keys == (one.keys if one else frozenset()) | (other.keys if other else frozenset())
        if one and other and not (one.state and other.state):
            assert both[url].state == ""


def test_removed_papers_and_addresses_are_named_by_slug_and_url():
    """Nothing else is let through."""
    assert ledger.removed("- a-paper\n- topics/a-topic\n", "removed.yml") == {"a-paper", "topics/a-topic"}
    for text in ("- ../evil\n", "- topics/../evil\n", "- a: b\n", "a: b\n", "- elsewhere/a\n"):
        with pytest.raises(ContentError):
            ledger.removed(text, "removed.yml")


def test_the_line_of_a_removed_paper_is_that_of_its_whole_name():
    """Not of a longer one, nor of a comment."""
    text = "# not a-paper\n- a-paper-2\n- topics/a-paper\n- 'a-paper'  # spam\n"
    assert ledger.removed_place(text, "a-paper", "removed.yml") == Place("removed.yml", 4)


def test_a_list_of_removed_papers_keeps_its_comments_and_its_indentation():
    """What joins stands as what is there."""
    text = "# mine\n  - some-spam   # really bad\n"
    assert ledger.removed_text(text, ["another"], "removed.yml") == text + "  - another\n"
