"""Days as dumps write them: in English, and often without the year.

The Daily Papers page leaves the year out of dates in the year of capture.  So the years that
a capture does write tell the year that it leaves out; see :func:`year_of_capture`.  Nothing
here reads the clock, and nothing depends on the locale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

# A paper or a capture of another year is a slip of the pen, or an attack.
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2099, 12, 31)
_FIRST_YEAR: Final = 2000  # of captures: there was no such page before

# Not calendar.month_name, which speaks the language of the machine.
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH: Final = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_WEEKDAY: Final = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?[ \t]+)?"
_DAY: Final = re.compile(
    rf"{_WEEKDAY}(?:([A-Za-z]{{3,9}})\.?[ \t]+([0-9]{{1,2}})(?:st|nd|rd|th)?(?:,[ \t]*([12][0-9]{{3}}))?|"
    r"([0-9]{1,2})(?:st|nd|rd|th)?\.?[ \t]+([A-Za-z]{3,9})\.?(?:,?[ \t]*([12][0-9]{3}))?|"
    r"([12][0-9]{3})-([01][0-9])-([0-3][0-9]))(?![^ \t])"
)
_ISO: Final = re.compile(r"([12][0-9]{3})-([01]?[0-9])-([0-3]?[0-9])(?![0-9])")
_IN_NAME: Final = re.compile(r"(?<![A-Za-z0-9])([0-9]{4})([-_]?)([0-9]{2})\2([0-9]{2})(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A month and a day, perhaps of a year, as somebody wrote them: such a day need not exist."""

    month: int
    day: int
    year: int | None = None

    def in_year(self, year: int) -> date | None:
        """Return the day in ``year``, or in its own year if it has one; ``None`` if there is no such day."""
        try:
            day = date(self.year or year, self.month, self.day)
        except ValueError:
            return None
        return day if EARLIEST <= day <= LATEST else None

    @property
    def exists(self) -> bool:
        """Whether there is such a day; Feb 29 without a year is one."""
        return 1 <= self.month <= len(MONTHS) and self.year != 0 and self.in_year(2000) is not None

    def __str__(self) -> str:
        name = MONTHS[self.month - 1][:3]
        return f"{name} {self.day}" + (f", {self.year}" if self.year is not None else "")

    def same_day(self, day: date) -> bool:
        """Whether ``day`` has this month and day, and this year if there is one."""
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)


def parse(text: str) -> PartialDate | None:
    """Read ``Dec 10``, ``September 27, 2025``, ``Wed, 10 Dec 2025``; ``None`` if ``text`` is anything else."""
    day, rest = split(text)
    return None if rest else day


def split(text: str) -> tuple[PartialDate | None, str]:
    """Read the day that ``text`` begins with, and return it with what follows it."""
    found = _DAY.match(text.strip())
    if not found:
        return None, text.strip()
    name, year, day = found[1] or found[5] or "", found[3] or found[6] or found[7], found[2] or found[4] or found[9]
    month = int(found[8]) if found[8] else _MONTH.get(name.lower())
    if month is None:
        return None, text.strip()
    return PartialDate(month, int(day), int(year) if year else None), text.strip()[found.end() :].strip()


def iso(text: str) -> PartialDate | None:
    """Read the day that an ISO 8601 date or time begins with: ``2025-01-10``, ``2025-01-10T05:33:06.168Z``.

    The day is the one that stands there, whatever the time zone.
    """
    found = _ISO.match(text.strip())
    day = PartialDate(int(found[2]), int(found[3]), int(found[1])) if found else None
    return day if day and day.exists else None


def edtf(text: str) -> PartialDate | None:
    """Read a day in the Extended Date/Time Format, of an interval the first; ``None`` if any of it is open or unsure.

    So ``2016-07-18T20:26:06Z`` and ``2016-07-18/2016-07-20`` are days; ``2016-07``, ``199u``, ``2016-07-18?`` are not.
    """
    found = _ISO.match(text.strip())
    return iso(text) if found and text.strip()[found.end() :][:1] in ("", "T", "/", " ") else None


def of_parts(year: str, month: str, day: str) -> PartialDate | None:
    """Read a day from a year, the number or the English name of a month, and a day; ``None`` if one is missing."""
    name, parts = month.strip(" {}.").lower(), (year.strip(" {}"), day.strip(" {}").split("-")[0].split("/")[0])
    number = _MONTH.get(name) or (int(name) if name.isdecimal() and len(name) <= 2 else 0)
    if not number or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    found = PartialDate(number, int(parts[1]), int(parts[0]))
    return found if found.exists else None


def date_in_name(name: str) -> date | None:
    """Return the first day, of 2000 to 2099, that a file name tells: ``2025-12-10``, ``2025_12_10``, ``20251210``."""
    days = (_day(*found.group(1, 3, 4)) for found in _IN_NAME.finditer(name))
    return next((day for day in days if day), None)


def _day(year: str, month: str, day: str) -> date | None:
    if int(year) < _FIRST_YEAR:
        return None
    return PartialDate(int(month), int(day), int(year)).in_year(0)


def year_of_capture(header: PartialDate, bylines: Iterable[PartialDate]) -> int | None:
    """Return the earliest year in which a page with this header and these bylines can have been captured.

    That is the first year later than every year written in a byline in which the header's day and
    the bylines' days without a year exist.  ``None`` when no byline has a year, or when the bylines
    lead beyond :data:`LATEST`.  A byline's day that comes after the header's tells nothing.
    """
    days = tuple(day for day in bylines if day.exists)
    written = [day.year for day in days if day.year is not None]
    if not written or not header.exists:
        return None
    without_year = [day for day in days if day.year is None and (day.month, day.day) <= (header.month, header.day)]
    first = max(_FIRST_YEAR, max(written) + 1)
    years = (year for year in range(first, LATEST.year + 1) if _all_in(year, (header, *without_year)))
    return next(years, None)


def _all_in(year: int, days: Iterable[PartialDate]) -> bool:
    return all(day.in_year(year) for day in days)
