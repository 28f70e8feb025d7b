"""Captures of the Daily Papers page: each dump reads as the JSON file of its name says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Organization, Record
from generator.readers import Result, read
from tests.project import SEEDS
from tests.readers.reading import all_problems, holds, told

CASES = Path(__file__).parent / "daily_papers"
DUMPS = [*SEEDS, *sorted(CASES.glob("*.txt"))]
SHORT = [path.read_bytes() for path in sorted(CASES.glob("*.txt"))]
WHOLE = (CASES / "whole.txt").read_bytes()
DIGESTS = Path(__file__).parents[3] / "shared" / "digests"
OTHERS = [path for path in DIGESTS.glob("*/**/*") if path.is_file() and path.parent.name not in ("seeds", "scale")]
NAMED_2025 = "daily_2025-12-10.txt"


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_a_dump_reads_as_its_golden_file_says(dump: Path, golden: Callable[[str, Path], None]) -> None:
    """Papers, days and problems, with their places."""
    golden(told(read(dump.read_bytes(), dump.name)), CASES / f"{dump.stem}.json")


def test_the_two_seeds_tell_76_papers_of_two_days() -> None:
    """49 and 46 sightings; the years of capture follow from the bylines."""
    first, second = (read(dump.read_bytes(), dump.name) for dump in SEEDS)
    assert (len(first.records), len(second.records)) == (49, 46)
    assert (*first.captured, *second.captured) == (date(2025, 12, 10), date(2026, 1, 7))
    records = (*first.records, *second.records)
    assert len({record.paper.title for record in records}) == 76
    organizations = {record.paper.organization for record in records} - {None}
    assert organizations == {Organization("nvidia", "NVIDIA"), Organization("cmu-lti", "CMU-LTI")}
    assert [record.paper.title.split(":")[0] for record in records if record.paper.comments is None] == ["Robix"]
    assert all(record.paper.abstract for record in records)


def test_both_seeds_date_the_papers_that_they_share_alike() -> None:
    """``Sep 27`` in one and ``Sep 27, 2025`` in the other are one day."""
    first, second = ({r.paper.title: r.paper.date for r in read(d.read_bytes(), d.name).records} for d in SEEDS)
    shared = first.keys() & second.keys()
    assert len(shared) == 19
    assert {title: first[title] for title in shared} == {title: second[title] for title in shared}


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data + b"\n\n\n",
        lambda data: data.replace(b"\n", b" \t\n"),
    ],
    ids=["crlf", "cr", "bom", "utf16", "empty lines at the end", "trailing space"],
)
def test_how_a_file_was_saved_does_not_matter(rewritten: Callable[[bytes], bytes]) -> None:
    """Line ends, byte order marks and encodings leave the same records on the same lines."""
    for dump in SEEDS:
        assert read(rewritten(dump.read_bytes()), dump.name) == read(dump.read_bytes(), dump.name)


def test_bytes_of_another_encoding_spoil_only_their_line() -> None:
    """A line in Windows-1252 is read as such, with a warning; the byline beside it is still UTF-8."""
    data = WHOLE.replace(b"physicians", "cliniciens formés".encode("cp1252"))
    result = read(data, NAMED_2025)
    assert "cliniciens formés" in result.records[2].paper.abstract
    assert [str(problem) for problem in result.problems] == [
        f"dumps/{NAMED_2025}:31: warning: 1 line is not UTF-8 and read as Windows-1252, the first one here: "
        "save the file as UTF-8 if letters look wrong"
    ]


# Who tells the day of capture


@pytest.mark.parametrize(
    ("name", "captured", "day", "source"),
    [
        ("a.txt", None, date(2025, 12, 10), "bylines"),
        ("a_2026-12-10.txt", None, date(2026, 12, 10), "name"),
        ("a_2026-12-10.txt", date(2027, 12, 10), date(2027, 12, 10), "told"),
        ("a_2026-12-10.txt", (date(2027, 12, 10),), date(2027, 12, 10), "told"),
        ("a_2026-12-10.txt", (None,), date(2026, 12, 10), "name"),
        ("a.txt", (), date(2025, 12, 10), "bylines"),
    ],
)
def test_who_told_the_day_counts_more_than_its_name_and_that_more_than_inference(
    name: str, captured: date | tuple[date | None, ...] | None, day: date, source: str
) -> None:
    """The years of bylines without one follow the capture's."""
    result = read(WHOLE, name, captured=captured)
    assert [(one.day, one.source) for one in result.captures] == [(day, source)]
    assert result.records[1].paper.date == date(day.year, 9, 26)
    assert {record.sighting.captured for record in result.records} == {day}


def test_a_told_day_other_than_the_pages_counts_and_is_noted() -> None:
    """Whether it was told in the name or by a person."""
    for result in (read(WHOLE, "2025-12-11.txt"), read(WHOLE, "a.txt", captured=date(2025, 12, 11))):
        assert result.captured == (date(2025, 12, 11),)
        assert [problem.level for problem in result.problems] == ["note"]
        assert "Dec 10" in result.problems[0].message


def test_a_day_without_a_year_is_told_by_whom_it_can_be_told() -> None:
    """The papers are in, undated, with one warning; once the day is told they are dated and nothing is left to say."""
    data = (CASES / "no_year_in_any_byline.txt").read_bytes()
    unknown, known = read(data, "a.txt"), read(data, "a.txt", captured=date(2024, 12, 10))
    assert unknown.captured == (None,)
    assert [record.paper.date for record in unknown.records] == [None, None]
    assert [problem.level for problem in all_problems(unknown)] == ["warning"]
    assert "digest ingest --captured YYYY-MM-DD a.txt" in unknown.problems[0].message
    assert [record.paper.date for record in known.records] == [date(2024, 4, 11), date(2024, 7, 24)]
    assert all_problems(known) == []


def test_no_paper_is_dated_after_its_capture() -> None:
    """A day told too early leaves the papers that contradict it undated, with a warning each."""
    result = read(WHOLE, "a.txt", captured=date(2023, 12, 10))
    assert [record.paper.date for record in result.records] == [None, date(2023, 9, 26), date(2023, 12, 10)]
    assert [problem.settled_by for problem in all_problems(result)] == [("date",)]


def test_a_day_told_for_a_dump_of_two_captures_is_that_captures() -> None:
    """One day goes to the capture whose header it is; several go to the captures in turn."""
    data = (CASES / "two_captures.txt").read_bytes()
    assert read(data, "2030-01-07.txt").captured == (date(2025, 12, 10), date(2030, 1, 7))
    assert read(data, "a.txt", captured=date(2030, 12, 10)).captured == (date(2030, 12, 10), date(2026, 1, 7))
    days = (date(2031, 1, 1), date(2032, 1, 1))
    assert read(data, "a.txt", captured=days).captured == days


# What is no such dump


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the dump is empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "the dump is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40 + bytes(100), "this is no text"),
        (b'[{"name": "A", "size": 2}]', "no reader knows this dump"),
        (b"<!doctype html><title>Daily Papers</title><p>Dec 10</p>", "no reader knows this dump"),
        (b"Dear all,\n\nhere are the papers of May 4.\n\nYours\n", "no reader knows this dump"),
    ],
    ids=["empty", "blank", "binary", "json", "html", "prose"],
)
def test_what_is_no_dump_is_one_error_and_no_paper(data: bytes, message: str) -> None:
    """It says so at the file's first line, and nothing is raised."""
    result = read(data, "a.txt")
    assert (result.format, result.records, result.captures) == ("", (), ())
    assert [(str(problem.place), problem.level) for problem in result.problems] == [("dumps/a.txt:1", "error")]
    assert result.problems[0].message.startswith(message)


@pytest.mark.skipif(not OTHERS, reason="the dumps of other formats are not beside the checkout")
def test_no_real_dump_of_another_format_is_taken_for_this_one() -> None:
    """Feeds, mails, API responses, and the same page through other crawlers."""
    taken = [path.name for path in OTHERS if read(path.read_bytes(), path.name).format == "daily-papers"]
    assert taken == []


# Any bytes at all


def _holds(result: Result) -> None:
    """What is true of every reading, and that papers follow each other down the page."""
    holds(result)
    lines = [record.sighting.line for record in result.records]
    assert result.format != "daily-papers" or lines == sorted(set(lines))


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_can_be_read(data: bytes, name: str) -> None:
    """Nothing is raised, whatever the dump and its name."""
    _holds(read(data, name))


LINES = st.sampled_from(
    [
        "",
        "·",
        "  • 4 authors",
        "Dec 10",
        "Jul 24, 2024 3",
        "Feb 29",
        "nvidia NVIDIA",
        "Daily Papers",
        "new",
        "A Title",
        "byAK and the research community",
        "word " * 60,
        "A sentence. " * 40,
        "Ju",
        "\x00",
        "\ufeff",
        "\u2028",
    ]
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=30))
def test_any_order_of_the_pages_lines_can_be_read(lines: list[str]) -> None:
    """Nothing is raised, and what holds of whole dumps holds of pieces."""
    _holds(read("\n".join(lines).encode(), "a.txt"))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_dumps_that_lost_or_moved_lines_can_be_read(data: st.DataObject) -> None:
    """Lines dropped, doubled and swapped, and the end cut off anywhere."""
    lines = data.draw(st.sampled_from(SHORT)).split(b"\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        change = data.draw(st.sampled_from(["drop", "double", "swap"]))
        if change == "drop" and len(lines) > 1:
            del lines[at]
        elif change == "double":
            lines.insert(at, lines[at])
        else:
            lines[at], lines[other] = lines[other], lines[at]
    whole = b"\n".join(lines)
    _holds(read(whole[: data.draw(st.integers(0, len(whole)))], "a.txt"))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SEEDS), st.floats(0, 1))
def test_a_seed_cut_anywhere_keeps_the_papers_above_the_cut(seed: Path, part: float) -> None:
    """All but the paper that the cut goes through read as in the whole dump."""
    data = seed.read_bytes()
    whole, cut = (read(some, "a.txt", captured=date(2026, 12, 31)) for some in (data, data[: int(part * len(data))]))
    kept = max(len(cut.records) - 1, 0)
    assert cut.records[:kept] == whole.records[:kept]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 350))
def test_a_byline_that_is_lost_costs_no_other_paper(seed: Path, at: int) -> None:
    """Every paper keeps its title and abstract; the one that lost its byline says so."""
    lines = seed.read_bytes().split(b"\n")
    first = next(line for line in range(at, len(lines)) if lines[line].strip() == "·".encode()) - 1
    lost = read(b"\n".join([*lines[:first], *lines[first + 3 :]]), "a.txt").records
    whole = read(seed.read_bytes(), "a.txt").records
    assert [_words(record) for record in lost] == [_words(record) for record in whole]


def _words(record: Record) -> tuple[str, str]:
    return record.paper.title, record.paper.abstract
