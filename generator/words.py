"""How the site words dates and counts and shortens texts, the same on every page and in every locale."""

from __future__ import annotations

from datetime import date

from generator.dates import MONTHS


def long_date(day: date) -> str:
    """As in "7 January 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """As in "7 Jan 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def day_of_year(day: date) -> str:
    """As in "7 Jan", where the year stands above."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def counted(number: int, noun: str) -> str:
    """As in "1 comment", "1,234 papers"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shortened(text: str, most: int) -> str:
    """At most ``most`` signs, cut at a word."""
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most].rstrip(" ,;:.") + " …"
