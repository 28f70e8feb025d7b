"""What the templates share: who wrote a paper, in few words."""

from __future__ import annotations

import pytest

from generator.model import Paper
from generator.theme import byline


@pytest.mark.parametrize(
    ("authors", "count", "shown"),
    [
        ((), None, ""),
        ((), 1, "1 author"),
        ((), 5, "5 authors"),
        (("Ann",), None, "Ann"),
        (("Ann", "Bo", "Cy"), None, "Ann, Bo, Cy"),
        (("Ann", "Bo", "Cy", "Di", "Ed"), None, "Ann, Bo, Cy and 2 more"),
        (("Ann",), 5, "Ann and 4 more"),
        (("Ann", "et al."), None, "Ann and others"),
        (("Ann", "Bo", "Cy", "Di", "et al."), None, "Ann, Bo, Cy and others"),
        (("Ann", "et al."), 3, "Ann and 2 more"),
    ],
)
def test_a_byline_names_three_authors_and_says_how_many_more(authors, count, shown):
    """As far as anything tells."""
    told = byline(Paper(title="A", authors=authors, author_count=count))
    assert str(told).replace("<bdi>", "").replace("</bdi>", "") == shown
