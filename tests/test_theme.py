"""What the templates share: who wrote a paper, in few words, and where links lead."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.templates import url_filter

from generator.model import Paper
from generator.snippets import byline
from generator.urls import url


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


PARTS = st.sampled_from(["papers", "a", "b", "a-b", "2", "..", ".", "index.html", "x.png", "#a", "https:", ""])
TARGETS = st.lists(PARTS, max_size=4).map("/".join) | st.text(max_size=8)


@given(
    st.lists(st.sampled_from(["papers", "a", "b", "2", "c.d"]), max_size=3), st.sampled_from(["/", ".html"]), TARGETS
)
def test_urls_are_those_of_mkdocs_filter(parts, end, target):
    """From pages of every depth, wherever they lead."""
    here = "/".join(parts) + end if parts else ""
    for page in (SimpleNamespace(url=here), None):
        context = {"page": page, "base_url": "../.."}
        assert url(context, target) == url_filter(context, target)
