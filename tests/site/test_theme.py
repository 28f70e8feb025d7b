"""What the templates share: who wrote a paper, in few words, and where links lead."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.templates import url_filter

from generator.model import Paper
from generator.site.snippets import byline
from generator.site.urls import url

BYLINES = json.loads((Path(__file__).parents[1] / "search" / "bylines.json").read_text("utf-8"))


@pytest.mark.parametrize("case", BYLINES, ids=lambda case: case["shown"])
def test_a_byline_names_three_authors_and_says_how_many_more(case):
    """As far as anything tells; the results of a search say the same."""
    told = byline(Paper(title="A", authors=tuple(case["authors"]), author_count=case["author_count"]))
    assert str(told).replace("<bdi>", "").replace("</bdi>", "") == case["shown"]


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
