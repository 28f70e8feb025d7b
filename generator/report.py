"""What the commands print: lines of text, made of what they found."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from generator import topics
from generator.content.paperpage import place
from generator.ingest import planning
from generator.ingest.planning import Plan
from generator.mdtext import one_line
from generator.model import Paper
from generator.topics.taxonomy import Taxonomy
from generator.topics.why import why
from generator.words import counted

_NEAR: Final = 1.0
_MOST_NEAR: Final = 3


def here(path: Path) -> str:
    """A path as short as it can be written from the current folder."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def problems(plan: Plan, content: Path) -> Iterator[str]:
    """`file:line: level: message`, a line each."""
    return (one_line(f"{here(content)}/{problem}") for problem in plan.problems)


def explained(taxonomy: Taxonomy, paper: Paper, given: Container[str]) -> Iterator[str]:
    """Why a paper is in its topics, a line each; where it is in none, which would be next."""
    yield from (f"{topic}: {told}" for topic, told in why(taxonomy, paper, given).items())
    if not paper.topics:
        scores = topics.points(taxonomy, paper.title, paper.abstract)
        near = sorted((id for id in scores if scores[id] >= _NEAR), key=lambda id: -scores[id])[:_MOST_NEAR]
        found = ", ".join(f"{id} {scores[id]:.1f}" for id in near) or "nothing"
        yield f"in no topic{', as a person confirmed' if paper.topics_reviewed else ''}; near is {found} (3 points do)"


def redescribed(taxonomy: Taxonomy, file: str) -> Iterator[str]:
    """A note, where there are topics for which nothing that was learnt counts."""
    if ids := topics.redescribed(taxonomy):
        why = "only its rules put papers there until some are confirmed and `digest topics retrain` is run"
        yield f"{file}: note: the description has changed since papers were read for it, so {why}: {', '.join(ids)}"


def conflicts(plan: Plan, content: Path) -> Iterator[str]:
    """Both values of each, and the place on the page."""
    for page, conflict in plan.conflicts:
        said = f"`{conflict.field}` is {conflict.page!r} on the page, and the dumps now say {conflict.dump!r}"
        yield one_line(f"{here(content)}/{place(page, conflict.field)}: conflict: {said}")


def summary(plan: Plan) -> str:
    """How much there is, and how much is open."""
    shown = plan.catalogue
    levels = planning.level_counts(plan.problems)
    counts = [counted(levels[level], level) for level in ("error", "warning", "note")]
    counts.append(counted(len(plan.conflicts), "conflict"))
    papers, digests = counted(len(shown.entries), "paper"), counted(len(shown.digests), "digest")
    return f"{papers} in {digests}; {', '.join(counts)}."


def status(told: Mapping[str, Any], today: date) -> Iterator[str]:
    """The counts, the last digest and how old it is, and what is open."""
    for name in ("papers", "sightings", "digests", "organizations", "topics", "undated", "untagged"):
        yield f"{name:14}{told[name]}"
    yield f"{'last digest':14}{_last(told['last'], today)}"
    for name in ("problems", "conflicts"):
        yield f"{name:14}{len(told[name])}"


def _last(last: Mapping[str, Any] | None, today: date) -> str:
    if last is None:
        return "none"
    days = max((today - date.fromisoformat(last["captured"])).days, 0)  # a capture may bear tomorrow's date
    return f"{last['captured']}, {'today' if days == 0 else '1 day ago' if days == 1 else f'{days} days ago'}"
