"""Documents say of a paper what is indexed, and the files of the index depend on nothing else."""

from __future__ import annotations

import json
import random
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.model import Entry, Links, Organization, Paper
from generator.search.documents import Document, document, record
from generator.search.index import index_files

from .conftest import ORGANIZATIONS, TOPICS

BYLINES = json.loads(Path(__file__).with_name("bylines.json").read_text("utf-8"))
PAPER = Paper(
    title="A paper",
    abstract="Of data.",
    date=date(2025, 9, 24),
    authors=("Ada Lovelace", "李明", "B. Third", "C. Fourth"),
    author_count=4,
    organization=Organization("cmu-lti", "CMU LTI"),
    comments=0,
    links=Links(code=("https://example.org/",), demo=("https://example.org/",)),
    topics=("pretraining", "of-nobody"),
)


def test_a_document_has_the_strings_that_are_indexed() -> None:
    """Names of topics, both names of the organisation, all authors."""
    made = document(Entry("a-paper", PAPER), TOPICS)
    assert (made.topics, made.organization) == ("Pre-training of-nobody", "CMU LTI cmu-lti")
    assert made.authors == "Ada Lovelace, 李明, B. Third, C. Fourth"
    assert (made.url, made.date, made.comments, made.has) == ("papers/a-paper/", "2025-09-24", 0, ("code", "demo"))
    assert made.author_count == 4
    assert (made.new, document(Entry("a-paper", PAPER), TOPICS, True).new) == (False, True)


def test_what_a_paper_does_not_tell_is_empty_or_none() -> None:
    """Nothing is invented."""
    assert document(Entry("bare", Paper(title="Bare")), TOPICS) == Document(
        ref="bare", title="Bare", url="papers/bare/"
    )


def test_a_handle_that_is_the_name_is_indexed_once() -> None:
    """Twice would weigh twice."""
    paper = Paper(title="x", organization=Organization("nvidia", "nvidia"))
    assert document(Entry("x", paper), TOPICS).organization == "nvidia"


def test_an_exported_record_begins_with_what_is_indexed() -> None:
    """Whoever builds an index of their own finds the keys first, and all is JSON."""
    keys = list(record(document(Entry("a-paper", PAPER), TOPICS)))
    assert keys[:6] == ["ref", "title", "topics", "organization", "authors", "abstract"]
    assert keys[6:9] == ["date", "comments", "url"]
    assert json.loads(json.dumps(record(document(Entry("a-paper", PAPER), TOPICS))))["has"] == ["code", "demo"]


def test_the_files_are_the_same_whatever_the_order(documents: list[Document]) -> None:
    """Documents, topics and organisations."""
    shuffled = random.Random(1).sample(documents, len(documents))
    topics = dict(reversed(TOPICS.items()))
    organizations = dict(reversed(ORGANIZATIONS.items()))
    assert index_files(shuffled, topics, organizations) == index_files(documents, TOPICS, ORGANIZATIONS)


def test_lunr_js_is_the_file_of_the_mkdocs_package_as_a_module() -> None:
    """Unchanged between two lines."""
    module = index_files([], {}, {})["assets/search/lunr.js"].decode()
    assert module.startswith("const module = {exports: {}}, exports = module.exports;\n")
    assert module.endswith("\nexport default module.exports;\n")
    assert 'lunr.version = "2.3.9"' in module


def test_a_lone_surrogate_does_not_end_the_build() -> None:
    """No file should hold one; a YAML escape can."""
    files = index_files([Document(ref="x", title="a\ud800b")], {}, {})
    [papers] = (content for name, content in files.items() if "/papers-" in name)
    assert json.loads(zlib.decompress(papers, wbits=-zlib.MAX_WBITS))[0]["title"] == "a?b"


@pytest.mark.parametrize("case", BYLINES, ids=lambda case: case["shown"])
def test_what_stands_for_further_authors_is_no_author(case: dict[str, Any]) -> None:
    """They are counted as far as anything tells how many there are."""
    paper = Paper(title="A", authors=tuple(case["authors"]), author_count=case["author_count"])
    made = document(Entry("a", paper), TOPICS)
    assert (list(made.author_names), made.author_count) == (case["names"], case["count"])
