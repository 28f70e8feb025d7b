"""Papers that a page prints twice are read once: trending pages repeat every card, lists a paper under each topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from generator import links
from generator.ingest.identity import fold
from generator.model import SINGLE_FIELDS, Place, Problem, known
from generator.reading.found import Capture, Found


def read_once(capture: Capture, name: str) -> Capture:
    """Return the capture with each paper where it first stands, and what only its repetitions tell."""
    kept: dict[int, Found] = {}
    repeated: list[Found] = []
    for key, found in _keyed(capture.found):
        if key in kept:
            repeated.append(found)
        kept[key] = _both(kept[key], found) if key in kept else found
    if not repeated:
        return capture
    note = Problem(Place(f"dumps/{name}", repeated[0].line), "note", _message(len(repeated)))
    return replace(capture, found=tuple(kept.values()), problems=(*capture.problems, note))


def _keyed(papers: Iterable[Found]) -> Iterator[tuple[int, Found]]:
    """Yield each paper with a number that it shares with its repetitions: two arXiv ids are never one paper."""
    numbers = count()
    by_id: dict[str, int] = {}
    by_title: dict[str, int] = {}
    ids: dict[int, str] = {}
    for found in papers:
        title, arxiv = fold(found.paper.title), found.paper.arxiv
        number = by_id.get(arxiv) if arxiv else None
        if number is None:
            number = by_title.get(title)
            if number is None or (arxiv and ids.get(number, arxiv) != arxiv):
                number = next(numbers)
        by_title.setdefault(title, number)
        if arxiv:
            by_id.setdefault(arxiv, number)
            ids.setdefault(number, arxiv)
        yield number, found


def _both(first: Found, again: Found) -> Found:
    if replace(again, line=first.line) == first:
        return first
    told = {
        name: getattr(again.paper, name)
        for name in SINGLE_FIELDS
        if known(again.paper, name)
        and (not known(first.paper, name) or (name in first.stand_ins and name not in again.stand_ins))
    }
    paper = replace(first.paper, links=links.united(first.paper.links, again.paper.links), **told)
    return replace(
        first,
        paper=paper,
        day=first.day or again.day,
        stand_ins=first.stand_ins - told.keys() | (again.stand_ins & told.keys()),
    )


def _message(times: int) -> str:
    return (
        f"{times} {'paper stands' if times == 1 else 'papers stand'} here again, the first one at this line: read once"
    )
