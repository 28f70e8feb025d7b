"""Two views with the same key make the same page, and whatever a page shows is in its key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Digest, Entry, Paper
from generator.site.view import View
from generator.site.viewkey import ViewKeys

ENTRY = Entry("a", Paper(title="A", date=date(2025, 1, 2)))
OTHER = Entry("b", Paper(title="B"))
DIGEST = Digest(date(2025, 1, 3), ("a.txt",), (ENTRY,), frozenset({"a"}))
VIEW = View("paper.html", "A", {"entry": ENTRY, "others": [OTHER], "seen": [(1, DIGEST)]}, "About A.")

PLAIN = st.none() | st.booleans() | st.integers() | st.dates() | st.text("1:,()a", max_size=4)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("1:a"), inner, max_size=2)
)


def key(view, around="", new=()):
    return ViewKeys(around, new).of(view)


def test_the_same_view_has_the_same_key():
    again = replace(VIEW, context={**VIEW.context, "others": [Entry("b", Paper(title="B"))]})
    assert key(again) == key(VIEW)


@pytest.mark.parametrize(
    "other",
    [
        replace(VIEW, title="B"),
        replace(VIEW, template="gone.html"),
        replace(VIEW, description=""),
        replace(VIEW, indexed=False),
        replace(VIEW, updated=date(2025, 1, 2)),
        replace(VIEW, context={**VIEW.context, "entry": replace(ENTRY, paper=replace(ENTRY.paper, comments=1))}),
        replace(VIEW, context={**VIEW.context, "others": []}),
        replace(VIEW, context={**VIEW.context, "seen": [(2, DIGEST)]}),
        replace(VIEW, context={**VIEW.context, "seen": [(1, replace(DIGEST, entries=(ENTRY, OTHER)))]}),
        replace(VIEW, context={**VIEW.context, "seen": [(1, replace(DIGEST, new=frozenset()))]}),
    ],
)
def test_whatever_differs_gives_another_key(other):
    assert key(other) != key(VIEW)


def test_what_is_around_a_view_and_what_is_new_are_in_its_key():
    assert len({key(VIEW), key(VIEW, "another theme"), key(VIEW, new={"a"}), key(VIEW, new={"b"})}) == 4
    assert key(VIEW, new={"c"}) == key(VIEW)


def test_the_order_of_a_set_is_none():
    one = View("x", "x", {"set": frozenset({"a", "b", "c"})})
    assert key(one) == key(replace(one, context={"set": frozenset({"c", "b", "a"})}))


def test_what_does_not_tell_all_that_it_is_is_refused():
    with pytest.raises(TypeError, match="function does not tell"):
        key(View("x", "x", {"call": key}))


@given(st.lists(VALUES, min_size=2, max_size=2, unique_by=repr))
def test_whatever_else_a_view_is_given_is_in_its_key(values):
    """However alike two values look when they are written: texts with brackets, numbers as texts."""
    one, other = (key(View("x", "x", {"value": value})) for value in values)
    assert one != other
