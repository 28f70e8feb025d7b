"""A paper's page says what the paper is, and can be taken apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import mdtext, pages
from generator.content import paperpage
from generator.dates import EARLIEST, LATEST
from generator.ingest.merge import merge
from generator.model import ContentError, Links, Organization, Paper, Sighting

SIGNS = "\\`*_[](){}<>#&!|~+-=:.;'\"/1aA? é中🤗\u2028"
LINES = (st.text(max_size=40) | st.text(alphabet=SIGNS, max_size=40)).map(mdtext.one_line)
TITLES = LINES.filter(bool)
URLS = st.sampled_from(["https://github.com/a/b", "http://a.b/?c=d&e=(f)", "https://huggingface.co/a/b-1.5"])
SIGHTINGS = st.builds(
    Sighting,
    dump=TITLES,
    position=st.integers(1, 999),
    line=st.integers(1, 9999),
    captured=st.none() | st.dates(EARLIEST, LATEST),
    comments=st.none() | st.integers(0, 99),
)
PAPERS = st.builds(
    Paper,
    title=TITLES,
    abstract=LINES,
    date=st.none() | st.dates(EARLIEST, LATEST),
    authors=st.lists(TITLES, max_size=3).map(tuple),
    author_count=st.none() | st.integers(0, 999),
    organization=st.none() | st.builds(Organization, TITLES, TITLES),
    comments=st.none() | st.integers(0, 99),
    arxiv=st.none() | st.just("2509.20186"),
    doi=st.sampled_from([None, "10.1145/3292500.3330701", "10.1000/(sici)1:1<1::a>2.0.co;2-#", "10.1000/182"]),
    venue=LINES,
    stars=st.none() | st.integers(0, 99),
    links=st.builds(Links, code=st.lists(URLS, max_size=2, unique=True).map(tuple)),
    topics=st.lists(st.sampled_from(["video", "no", "3d"]), max_size=2, unique=True).map(tuple),
    sightings=st.lists(SIGHTINGS, max_size=2).map(tuple),
    hidden=st.booleans(),
)


def page_of(paper: Paper) -> str:
    return paperpage.written(paper, merge(None, paper, {}).generated, pages.paper_body(paper))


@given(PAPERS)
def test_a_page_that_the_generator_wrote_is_read_as_it_was_meant(paper):
    """Every field, and no mark of a person's hand."""
    page = paperpage.read(page_of(paper), "a-slug")
    assert page.paper == paper
    assert page.generated == merge(None, paper, {}).generated
    assert not page.formatted_by_hand


@given(PAPERS, LINES.filter(lambda line: not line.startswith("#")))
def test_words_above_and_below_the_abstract_are_told_from_it(paper, words):
    """As long as the abstract is as it was written."""
    words = f"Above: {words}".strip()
    if not paper.abstract or mdtext.escape(words) == mdtext.escape(paper.abstract):
        return
    body = pages.paper_body(paper)
    text = page_of(paper).replace(
        f"\n\n{body.abstract}\n", f"\n\n{mdtext.escape(words)}\n\n{body.abstract}\n\n- *below*\n"
    )
    page = paperpage.read(text, "a-slug")
    assert page.paper.abstract == paper.abstract
    assert page.body.above == mdtext.escape(words)
    assert page.body.below == "- *below*"


def test_an_edited_abstract_is_the_first_paragraph():
    """And its Markdown is shown, searched as the words in it."""
    paper = Paper(title="T", abstract="Old words.")
    page = paperpage.read(page_of(paper).replace("Old words.", "New *words*.\n\nMine."), "t")
    assert (page.paper.abstract, page.body.below) == ("New words.", "Mine.")


def test_a_changed_heading_is_a_changed_title():
    """A person who corrects the heading alone means the title."""
    text = page_of(Paper(title="Teh Title"))
    assert paperpage.read(text.replace("# Teh Title", "# The Title"), "t").paper.title == "The Title"
    both = text.replace("# Teh Title", "# Other").replace('title: "Teh Title"', 'title: "The Title"')
    assert paperpage.read(both, "t").paper.title == "The Title"


def test_line_ends_and_trailing_space_are_no_edit():
    """Editors change them unasked."""
    assert paperpage.fingerprint("a \r\nb\n") == paperpage.fingerprint("a\nb")


@pytest.mark.parametrize(
    "text", ["---\ntitle: My Paper\n---\n", "# My Paper\n", "---\ntitle: My Paper\n---\n\nWords.\n"]
)
def test_a_page_with_no_more_than_a_title_is_a_paper(text):
    """In the front matter or as a heading."""
    assert paperpage.read(text, "my-paper").paper.title == "My Paper"


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ("date: 24 Sep 2025", 3, "a date such as 2025-09-24"),
        ("comments: many", 3, "a whole number"),
        ("stars: 1.2k", 3, "a whole number"),
        ("doi: 11.1145/x", 3, "a DOI such as"),
        ("venue: [ICML]", 3, "on one line"),
        ("topics: video", 3, "must be a list"),
        ("links: {code: [javascript:x]}", 3, "https: or http: URLs"),
        ("links: {sauce: []}", 3, "no kind of link"),
        ("organization: NVIDIA", 3, "`name: value` pairs"),
        ("hidden: perhaps", 3, "true or false"),
        ("template: x.html", 3, "how the theme works"),
        ("sightings: [1]", 3, "`sightings`"),
        ("authors: [[a]]", 3, "a list of texts"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named_with_its_line(front, line, said):
    """Before MkDocs or a template meets it."""
    with pytest.raises(ContentError) as caught:
        paperpage.read(f"---\ntitle: T\n{front}\n---\n", "t")
    assert (caught.value.place.line, said in caught.value.message) == (line, True), caught.value


def test_what_yaml_calls_nothing_is_nothing():
    """A title may be called so."""
    source = "title: Null\nvenue: null\narxiv: ~\nauthors: ~\norganization: null\nlinks: Null\nsame_as: ~\ndate: NULL\n"
    read = paperpage.read(f"---\n{source}---\n", "p").paper
    assert read == Paper(title="Null")


def test_a_page_without_a_title_is_named():
    """There is nothing to call it."""
    with pytest.raises(ContentError, match="no title"):
        paperpage.read("Words alone.\n", "t")


@pytest.mark.parametrize("doi", ["10.1145/ABC.1", "doi:10.1145/abc.1", "https://doi.org/10.1145/Abc.1"])
def test_a_doi_is_the_same_however_a_person_wrote_it(doi):
    """It is kept as it stands, and read as one."""
    page = paperpage.read(f'---\ntitle: T\ndoi: "{doi}"\n---\n', "t")
    assert page.paper.doi == "10.1145/abc.1"
    revised = paperpage.revised(page, replace(page.paper, comments=2), {}, page.body)
    assert doi in revised


def test_the_form_of_a_page():
    """To the letter: keys in order, what is not known is not there, text in quotes."""
    paper = Paper(
        title="Thinking: a *Study*",
        abstract="Words.",
        date=date(2025, 9, 24),
        author_count=5,
        organization=Organization("nvidia", "NVIDIA"),
        comments=2,
        links=Links(code=("https://github.com/a/b",)),
        topics=("pretraining", "training-data"),
        sightings=(Sighting("000_a.txt", 41, 320, date(2025, 12, 10), 2),),
    )
    assert page_of(paper).split("generated:")[0] == (
        '---\ntitle: "Thinking: a *Study*"\ndate: 2025-09-24\nauthor_count: 5\n'
        'organization: {handle: nvidia, name: "NVIDIA"}\ncomments: 2\nlinks: {code: ["https://github.com/a/b"]}\n'
        "topics: [pretraining, training-data]\nsightings:\n"
        "- {dump: 000_a.txt, captured: 2025-12-10, position: 41, line: 320, comments: 2}\n"
    )
    assert page_of(paper).endswith("---\n\n# Thinking: a \\*Study\\*\n\nWords.\n")
