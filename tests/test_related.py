"""Which papers are related, and the words that say why."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import workers
from generator.cache import Cache
from generator.keyterms import words
from generator.model import Entry, Paper
from generator.related import MOST, related


def entry(slug: str, title: str, abstract: str = "", day: date | None = None) -> Entry:
    return Entry(slug, Paper(title=title, abstract=abstract, date=day))


# Papers that have nothing in common, so that words of two papers are rare.
OTHERS = tuple(
    entry(f"z-{at}", title)
    for at, title in enumerate(
        (
            "Crop Yields from Orbit",
            "Protein Folding at Home",
            "Whisper Songs",
            "Chess without Boards",
            "Tidal Turbines",
            "Ancient Scrolls Unrolled",
            "Beehive Acoustics",
            "Volcano Plumes",
            "Glacier Cracks",
            "Traffic Lights",
        )
    )
)


def reasons(*entries: Entry, others: tuple[Entry, ...] = OTHERS) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Slug to the slugs of related papers with the words."""
    papers = {one.slug: one.paper for one in (*entries, *others)}
    found = related((*entries, *others))
    return {
        slug: [(other.slug, words(papers[slug], other.paper, terms)) for other, terms in close]
        for slug, close in found.items()
    }


def test_rare_words_that_two_papers_share_relate_them():
    """And are named to both, a phrase as one."""
    one = entry("a", "Grokking in Clifford Addition", "We study delayed memorization of grids.")
    other = entry("b", "A Theory of Grokking", "Clifford addition has circuits; delayed memorization is not.")
    assert reasons(one, other) == {
        "a": [("b", ("grokking", "clifford addition"))],
        "b": [("a", ("grokking", "clifford addition"))],
    }


def test_words_of_every_paper_relate_nothing():
    """Be the papers few or many, the field's own words say nothing."""
    one = entry("a", "An Efficient Framework for Large Language Models", "We propose a novel method.")
    other = entry("b", "A Novel Framework: Efficient Large Language Models", "We propose an approach.")
    assert reasons(one, other) == {}


def test_a_word_that_many_papers_have_relates_nothing():
    """What is rare in a small collection is of the field in another."""
    grokking = tuple(entry(f"g-{at}", f"Grokking {word}") for at, word in enumerate(("one", "two", "six", "ten")))
    assert reasons(*grokking[:2])
    assert not reasons(*grokking, others=OTHERS[:6])


@pytest.mark.parametrize(("sharing", "is_rare"), [(120, True), (121, False)])
def test_what_is_many_has_an_end(sharing, is_rare):
    """In a collection of any size: or the time for a paper would grow with it."""
    together = tuple(entry(f"g-{at}", "Grokking Circuits of Tidal Turbines") for at in range(sharing))
    others = tuple(entry(f"o-{at}", f"Tale{at}") for at in range(122 * 122 - sharing))
    assert bool(related((*together, *others))) == is_rare


def test_turns_of_phrase_relate_nothing_however_rare():
    """A word counts only if it stands in a title."""
    one = entry("a", "Birds", "Quixotically meandering prose, furthermore serendipitous.")
    other = entry("b", "Bridges", "Quixotically meandering prose, furthermore serendipitous.")
    assert reasons(one, other) == {}


def test_two_rare_words_in_one_title_alone_are_chance():
    """One must be a phrase, or stand in both titles."""
    one = entry("a", "Draw the Planets", "")
    other = entry("b", "Birds", "We draw conclusions. There are no planets.")
    assert reasons(one, other) == {}


def test_forms_of_a_word_are_one_word():
    """Plural, hyphen, capitals; the reason is a form that stands in one of the two texts."""
    one = entry("a", "Autoencoders that Forget", "")
    other = entry("b", "An Auto-Encoder", "The auto-encoder is small.")
    assert reasons(one, other)["a"] == [("b", ("auto-encoder",))]


def test_capitals_that_are_a_words_own_are_kept():
    """Those of a title or of a sentence's beginning are not."""
    one = entry("a", "Upcycling MoE in Brazil", "Upcycling pays. MoE is used.")
    other = entry("b", "Brazil: MoE, Upcycling and All", "It is of Brazil.")
    (found,) = reasons(one, other)["a"]
    assert set(found[1]) < {"MoE", "upcycling", "Brazil", "MoE upcycling", "upcycling MoE"}


def test_a_paper_has_at_most_three_relations_the_closest_first():
    """Equally close papers stand newest first, then by slug; undated ones last."""
    days = {"n": date(2025, 1, 2), "o": date(2024, 1, 1), "b": None, "a": None}
    same = [entry(slug, "Grokking Circuits", day=day) for slug, day in days.items()]
    many = tuple(entry(f"y-{at}", f"Tale {at}") for at in range(60))
    found = reasons(*same, others=many)
    assert [slug for slug, _ in found["b"]] == ["n", "o", "a"]
    assert all(len(close) <= MOST for close in found.values())


def test_the_order_of_papers_does_not_matter():
    """The same papers, the same relations."""
    papers = (
        entry("a", "Grokking Circuits"),
        entry("b", "Circuits of Grokking"),
        entry("c", "Grokking Planets"),
        *OTHERS,
    )
    assert related(papers) == related(papers[::-1])


def test_the_number_of_processes_does_not_matter(monkeypatch):
    """Many papers are shared out; what comes back is the same, and the papers are the very ones."""
    papers = tuple(entry(f"p-{at}", f"Tale{at % 1100} of Kings{at % 900}", "Of tidal turbines.") for at in range(1200))
    monkeypatch.setattr(workers, "_processors", lambda: 1)
    one = related(papers)
    monkeypatch.setattr(workers, "_processors", lambda: 3)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)
    assert related(papers) == one
    assert one
    assert all(close.entry in papers for found in one.values() for close in found)


RARE = st.lists(
    st.sampled_from(["grokking", "clifford", "tidal", "turbine", "plume", "circuit", "glacier", "beehive"]), max_size=4
)
SOME = st.lists(st.tuples(RARE, RARE, st.dates(date(2026, 1, 1), date(2026, 1, 3))), min_size=4, max_size=12)


@settings(max_examples=60, deadline=None)
@given(SOME, SOME, st.integers(0, 12))
def test_what_was_compared_before_spares_time_and_changes_nothing(papers, later, same):
    """Whichever papers have changed, come or gone since then."""

    def entries(told):
        return [entry(f"p-{at}", f"On {' '.join(title)}", " ".join(text), day) for at, (title, text, day) in told]

    memory = Cache()
    related((*entries(enumerate(papers)), *OTHERS), memory)
    now = (*entries(enumerate((*papers[:same], *later[same:]))), *OTHERS)
    memory = Cache(memory.used)
    assert related(now, memory) == related(now)
    again = Cache(memory.used)
    related(now, again)
    assert not again.new


def test_a_paper_that_shares_no_word_changes_no_relation():
    """It can change how rare the others' words are, and so, in a larger collection, what counts as rare."""
    one, other = entry("a", "Grokking Circuits"), entry("b", "Circuits of Grokking")
    stranger = entry("s", "Lighthouse Keepers", "Foghorns at dusk.")
    assert reasons(one, other, stranger) == reasons(one, other)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_few_papers_have_no_rare_words(number):
    """What both of two papers say is not rare."""
    assert related([entry(str(at), "Grokking Circuits") for at in range(number)]) == {}


def test_addresses_are_not_words():
    """Nor are numbers: that both have code on one host relates nothing."""
    one = entry("a", "Birds https://example.org/grokking-circuits 2048", "grokkinglab.github.io/circuits")
    other = entry("b", "Bridges https://example.org/grokking-circuits 2048", "grokkinglab.github.io/circuits")
    assert reasons(one, other) == {}


def test_text_in_other_scripts_relates_too():
    """A word is what has letters, with the marks of its script."""
    one, other = entry("a", "हिन्दी अनुवाद पर"), entry("b", "हिन्दी अनुवाद")
    assert reasons(one, other)["a"] == [("b", ("हिन्दी अनुवाद",))]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=2, max_size=6))
def test_any_text_is_survived_and_reasons_hold_no_markup(texts):
    """Every relation is to another paper, with one or two reasons of letters, digits and signs inside words."""
    papers = [entry(f"p-{at}", text, f"{text} {text}") for at, text in enumerate((*texts, *texts))]
    by_slug = {one.slug: one.paper for one in (*papers, *OTHERS)}
    for slug, close in related((*papers, *OTHERS)).items():
        assert slug not in {other.slug for other, _ in close}
        for other, terms in close:
            shown = words(by_slug[slug], other.paper, terms)
            assert 1 <= len(shown) == len(terms) <= 2
            assert not set("".join(shown)) & set('<>&"`*[](){}|\u202e\u200b\n')


@pytest.mark.parametrize("text", ["a-" * 40_000, "a." * 40_000, "a" * 80_000, "x.com" * 16_000, "<b " * 25_000])
def test_no_text_takes_long(text):
    """Not even one that is made to."""
    started = time.perf_counter()
    related([entry("a", "T", text), entry("b", "T", text), *OTHERS])
    assert time.perf_counter() - started < 5
