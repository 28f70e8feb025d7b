"""What a dump tells, written down so that a person can read it beside the dump."""

from __future__ import annotations

import json
from dataclasses import asdict

from generator import arxiv, doi
from generator.content import fields
from generator.model import LINK_KINDS, Problem, known
from generator.readers import Result


def told(result: Result) -> str:
    """All that a dump tells, as JSON, without the fields that say nothing."""
    records = [
        _shown(
            asdict(record.paper)
            | {"stand_ins": sorted(record.stand_ins)}
            | {"problems": list(map(str, record.problems))}
        )
        for record in result.records
    ]
    captures = [f"{one.line}: {one.day} ({one.source})" for one in result.captures]
    told = {"format": result.format, "captures": captures, "problems": list(map(str, result.problems))}
    return json.dumps({**told, "records": records}, indent=1, ensure_ascii=False, default=str) + "\n"


def _shown(value: object) -> object:
    if isinstance(value, dict):
        shown = {name: _shown(one) for name, one in value.items()}
        return {name: one for name, one in shown.items() if _says_something(one)}
    return [_shown(one) for one in value] if isinstance(value, (list, tuple)) else value


def _says_something(value: object) -> bool:
    """0 comments are told, unlike an empty text."""
    return bool(value) or (value == 0 and value is not False)


def all_problems(result: Result) -> list[Problem]:
    """Those of the dump, and those of its records."""
    return [*result.problems, *(problem for record in result.records for problem in record.problems)]


def holds(result: Result) -> None:
    """What is true of every reading, whatever was read."""
    assert [record.sighting.position for record in result.records] == [*range(1, len(result.records) + 1)]
    for record in result.records:
        paper = record.paper
        assert paper.title == " ".join(paper.title.split()) != ""
        assert paper.abstract == " ".join(paper.abstract.split())
        assert all(name == " ".join(name.split()) != "" for name in paper.authors)
        assert paper.arxiv is None or arxiv.normal(paper.arxiv) == paper.arxiv
        assert all(fields.is_web(url) for kind in LINK_KINDS for url in paper.links.of(kind))
        assert all(known(paper, name) for name in record.stand_ins)
        day, captured = paper.date, record.sighting.captured
        assert day is None or captured is None or day <= captured
        assert paper.doi is None or (doi.normal(paper.doi) == paper.doi and not doi.is_arxivs(paper.doi))
        assert paper.venue == " ".join(paper.venue.split())
        f"{paper}".encode()  # no lone surrogate, which no page could hold
    assert not set(result.problems) & {problem for record in result.records for problem in record.problems}
    assert result.records or result.problems, "what tells nothing says why"
