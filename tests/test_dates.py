"""Days without a year, days in file names, and the year of a capture."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import EARLIEST, LATEST, PartialDate, date_in_name, parse, year_of_capture


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dec 10", PartialDate(12, 10)),
        ("Sep 27, 2025", PartialDate(9, 27, 2025)),
        ("Sept. 7, 2025", PartialDate(9, 7, 2025)),
        ("September 27, 2025", PartialDate(9, 27, 2025)),
        ("may 1", PartialDate(5, 1)),
        (" Jan\t7 ", PartialDate(1, 7)),
        ("Feb 30", PartialDate(2, 30)),
        ("10 Dec", PartialDate(12, 10)),
        ("Dec 10th", PartialDate(12, 10)),
        ("3rd Sept. 2025", PartialDate(9, 3, 2025)),
        ("Wed, Dec 10, 2025", PartialDate(12, 10, 2025)),
        ("Wednesday 10 December, 2025", PartialDate(12, 10, 2025)),
        ("2025-12-10", PartialDate(12, 10, 2025)),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: PartialDate) -> None:
    """In English, whatever the locale; whether there is such a day is another question."""
    assert parse(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dec",
        "Wed",
        "Dec 10 2",
        "Dec 100",
        "100 Dec",
        "Sep 27, 20",
        "Foo 3",
        "Maybe 3",
        "3 Maybe",
        "2025-12-1",
        "1 2025",
    ],
)
def test_what_is_no_such_day_is_none(text: str) -> None:
    """Also with something left over."""
    assert parse(text) is None


def test_a_day_exists_if_some_year_has_it() -> None:
    """Feb 29 does without a year, and in the years that have it."""
    assert PartialDate(2, 29).exists
    assert PartialDate(2, 29, 2024).exists
    assert not PartialDate(2, 29, 2025).exists
    assert not PartialDate(2, 30).exists
    assert not PartialDate(1, 0).exists


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("x_2025-12-10.txt", date(2025, 12, 10)),
        ("2025_12_10-daily.txt", date(2025, 12, 10)),
        ("daily.20251210.txt", date(2025, 12, 10)),
        ("v2-2025-13-10-2025-12-10.txt", date(2025, 12, 10)),
        ("000_dc6b2961191534f7.txt", None),
        ("a20251210.txt", None),
        ("20251210f7.txt", None),
        ("120251210.txt", None),
        ("2025-12_10.txt", None),
        ("2025-02-30.txt", None),
        ("1999-12-31.txt", None),
        ("2100-01-01.txt", None),
    ],
)
def test_a_file_name_tells_a_day_only_if_it_is_one(name: str, day: date | None) -> None:
    """Years 2000 to 2099, days that exist, and no digits of a longer word."""
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("header", "bylines", "year"),
    [
        ("Dec 10", ["Sep 27", "Jul 24, 2024", "Jan 1, 2019"], 2025),
        ("Jan 7", ["Sep 27, 2025", "Dec 14, 2023"], 2026),
        ("Jan 7", ["Sep 27"], None),
        ("Jan 7", [], None),
        ("Feb 30", ["Sep 27, 2025"], None),
        ("Dec 10", ["Feb 29", "Jul 24, 2020"], 2024),
        ("Feb 29", ["Jul 24, 2024"], 2028),
        ("Jan 7", ["Feb 29", "Jul 24, 2020"], 2021),
        ("Dec 10", ["Feb 30", "Feb 30, 2024", "Jul 24, 2020"], 2021),
        ("Dec 10", ["Jan 1, 1970"], 2000),
        ("Dec 10", ["Jan 1, 2099"], None),
        ("Dec 10", ["Jan 1, 2999"], None),
    ],
)
def test_the_year_of_capture_is_the_first_that_the_bylines_allow(
    header: str, bylines: list[str], year: int | None
) -> None:
    """Later than every year written, and with the days that are written without one."""
    days = [day for day in map(parse, bylines) if day]
    assert len(days) == len(bylines)
    captured = parse(header)
    assert captured
    assert year_of_capture(captured, days) == year


@given(st.text())
def test_any_text_can_be_asked_for_a_day(text: str) -> None:
    """Nothing is raised."""
    parse(text)
    date_in_name(text)


@given(st.dates(EARLIEST, LATEST))
def test_a_day_that_is_written_is_read_again(day: date) -> None:
    """With its year."""
    partial = PartialDate(day.month, day.day, day.year)
    assert parse(str(partial)) == partial
    assert partial.in_year(2000) == day
