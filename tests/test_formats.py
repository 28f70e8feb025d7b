"""`digest formats`, and `digest ingest --format`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.ingest import captures
from generator.model import ContentError
from generator.readers import READERS, read
from tests.project import make

BOTH = b"""Title: A Title in Labelled Text
PDF: https://arxiv.org/pdf/2406.00001
Summary: An abstract.
---
- [A List's Title](https://arxiv.org/abs/2406.00002) - and what is said of it.
"""


def test_formats_are_listed_with_an_example_each() -> None:
    """By their names, the more specific first."""
    lines = CliRunner().invoke(main, ["formats"]).output.splitlines()
    assert [line.split()[0] for line in lines] == [reader.FORMAT for reader in READERS]
    assert all(line.endswith(reader.EXAMPLE) for line, reader in zip(lines, READERS, strict=True))
    assert len({reader.FORMAT for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.FORMAT)
def test_no_reader_claims_what_has_nothing_of_any_format(reader: object) -> None:
    """Prose, and an empty line."""
    assert reader.claims("\n") == reader.claims("Dear all,\n\nhere are the papers of May 4.\n\nYours\n") == 0  # type: ignore[attr-defined]


def test_a_format_that_a_person_forces_is_read_and_remembered(tmp_path: Path) -> None:
    """In `dumps.yml`, so that the next run reads it so, too."""
    project = make(tmp_path / "project")
    dump = tmp_path / "both.txt"
    dump.write_bytes(BOTH)
    assert read(BOTH, "both.txt").format == "labelled"
    project.ingest(str(dump), "--format", "paper-list")
    (page,) = (project.content / "papers").glob("*.md")
    assert "2406.00002" in page.read_text("utf-8")
    assert "format: paper-list" in (project.content / "dumps.yml").read_text("utf-8")
    before = project.files()
    project.ingest()
    assert project.files() == before


@pytest.mark.parametrize("arguments", [["--format", "nonsense", "a.txt"], ["--format", "bibtex"]])
def test_a_format_that_nobody_knows_or_for_no_dump_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    """With what to do."""
    result = make(tmp_path).run("ingest", *arguments)
    assert result.exit_code == 2
    assert "--format: error: " in result.output


def test_a_wrong_format_in_dumps_yml_is_an_error_with_its_line() -> None:
    """As with all that a person writes there."""
    text = "# mine\na.txt: {format: bibtex}\nb.txt: {captured: 2025-01-02, format: nonsense}\n"
    with pytest.raises(ContentError, match=r"dumps\.yml:3: error: there is no format `nonsense`"):
        captures.read(text, "dumps.yml")
    assert captures.read("a.txt: {format: bibtex}\n", "dumps.yml")["a.txt"].format == "bibtex"


def test_a_dump_that_no_reader_knows_names_the_nearest_formats() -> None:
    """By what their examples have in common with it."""
    (problem,) = read(b'[{"paper": 1, "numbers": 2}]', "a.txt").problems
    assert problem.level == "error"
    assert "`digest formats`" in problem.message
    assert "hf-api" in problem.message


def test_a_dump_that_two_readers_claim_goes_to_the_more_specific_and_says_so() -> None:
    """A page with the papers' addresses is one of links, though its bylines are those of the plain page."""
    page = (Path(__file__).parent / "readers" / "hf_page" / "addresses.txt").read_bytes()
    result = read(page, "a.txt")
    assert result.format == "hf-page"
    assert any("`daily-papers`" in problem.message and problem.level == "note" for problem in result.problems)
