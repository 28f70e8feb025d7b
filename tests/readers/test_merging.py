"""One paper in a page capture, the API, arXiv's mail, a bibliography and a list is one paper that all of them tell."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

from generator.ingest.identity import groups, told
from generator.model import Organization, Record
from generator.readers import read
from tests.project import make

PAGE = """
Daily Papers

byAK and the research community

Oct 2

A Unified Model: Examples Without Training

The abstract of the page, which simtimes lost its LaTeX and is long enough to be the abstract of a paper on this page.

  • 3 authors

·

May 29, 2025 6
"""
CAPTURES = {
    "page_2026-10-02.txt": PAGE,
    "api_2025-06-02.json": """[{"paper": {"id": "2505.12345", "title": "A Unified Model: Examples\\n  Without Training",
        "authors": [{"name": "Ada Example"}, {"name": "Ömer Sample"}, {"name": "Carl Test"}],
        "publishedAt": "2025-05-29T17:50:01.000Z", "summary": "The abstract of arXiv, with $\\\\alpha$.", "upvotes": 27,
        "organization": {"name": "example-lab", "fullname": "Example Lab"}, "githubRepo": "https://github.com/example/unified"},
        "numComments": 3}]""",
    "mail_2025-05-30.txt": r"""
\\
arXiv:2505.12345
Date: Thu, 29 May 2025 17:50:01 GMT   (77kb)

Title: A Unified Model: Examples Without Training
Authors: Ada Example, Ömer Sample, Carl Test
Categories: cs.AI
DOI: 10.1000/unified
\\
  The abstract of arXiv, with $\alpha$.
\\ ( https://arxiv.org/abs/2505.12345 ,  77kb)
""",
    "library.bib": """@article{unified, title = {A {{Unified Model}}: Examples without Training},
        author = {Example, Ada and others}, journal = {Journal of Examples}, year = {2025}}""",
    "list_2026-11-01.md": """# List
- [Unified](https://arxiv.org/abs/2505.12345) - what somebody else says of the paper, which is no abstract of it.
- [Another](https://arxiv.org/abs/2505.54321)
""",
}


def records(names: tuple[str, ...] = tuple(CAPTURES)) -> list[Record]:
    return [record for name in names for record in read(CAPTURES[name].encode(), name).records]


def test_captures_in_five_formats_are_one_paper_with_five_sightings() -> None:
    """Whatever their order, by the id or by the title where there is none."""
    for order in permutations(CAPTURES):
        unified = max(groups(records(order), ()), key=lambda group: len(group.records))
        assert len(unified.records) == 5
        assert len(groups(records(order), ())) == 2


def test_each_field_comes_from_whoever_tells_it() -> None:
    """Authors, id, organisation and links flow in; short titles, blurbs and first authors of many only stand in."""
    unified = max(groups(records(), ()), key=lambda group: len(group.records))
    paper = told(unified.records)
    assert paper.title == "A Unified Model: Examples Without Training"
    assert paper.abstract.startswith("The abstract of the page")  # the newest capture that is no list
    assert paper.authors == ("Ada Example", "Ömer Sample", "Carl Test")
    assert (paper.arxiv, paper.date, paper.comments, paper.upvotes) == ("2505.12345", date(2025, 5, 29), 6, 27)
    assert paper.organization == Organization("example-lab", "Example Lab")
    assert (paper.links.code, paper.links.other) == (("https://github.com/example/unified",), ())
    assert (paper.doi, paper.venue) == ("10.1000/unified", "Journal of Examples, 2025")


def test_comments_and_upvotes_keep_their_history_by_day() -> None:
    """A sighting tells what was counted on its day."""
    unified = max(groups(records(), ()), key=lambda group: len(group.records))
    history = [(seen.captured, seen.comments, seen.upvotes) for seen in told(unified.records).sightings]
    assert history == [
        (None, None, None),
        (date(2025, 5, 30), None, None),
        (date(2025, 6, 2), 3, 27),
        (date(2026, 10, 2), 6, None),
        (date(2026, 11, 1), None, None),
    ]


def test_a_folder_of_all_formats_makes_pages_once(tmp_path: Path) -> None:
    """A second run writes nothing, and the page holds what all told."""
    project = make(tmp_path)
    for name, text in CAPTURES.items():
        project.add(name, text)
    assert "2 papers" in project.ingest().output
    page = project.page("a-unified-model-examples-without-training").read_text("utf-8")
    assert all(part in page for part in ('arxiv: "2505.12345"', "Ömer Sample", "upvotes: 27", "library.bib"))
    before = project.files()
    project.ingest()
    assert project.files() == before
