"""A bibliography as a capture: papers whose dates are often a year alone."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Place, Problem
from generator.reading.found import Capture, Found, with_year


def capture(read: Sequence[tuple[Found | Problem, str]], file: str) -> Capture:
    """Return the capture of these papers and problems, each with its date as it stands there."""
    partly = [(one.line, " ".join(date.split())) for one, date in read if isinstance(one, Found) and not one.day]
    return Capture(
        line=1,
        day=None,
        found=tuple(with_year(one, date) for one, date in read if isinstance(one, Found)),
        problems=(*(one for one, _ in read if isinstance(one, Problem)), *_partly_dated(partly, file)),
        has_header=False,
    )


def _partly_dated(dates: Sequence[tuple[int, str]], file: str) -> tuple[Problem, ...]:
    """Return one note on all papers whose date is no day, such as a year alone."""
    partly = [(line, date) for line, date in dates if date]
    if not partly:
        return ()
    papers = "1 paper tells" if len(partly) == 1 else f"{len(partly)} papers tell"
    message = f"{papers} no whole day, here “{partly[0][1][:40]}”: fill in `date` on the page where the day is known"
    return (Problem(Place(file, partly[0][0]), "note", message),)
