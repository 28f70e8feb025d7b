"""``content/problems.yml``: what the last `digest ingest` found missing, damaged, unsure or contradictory.

The site's status page shows it, so a build takes no dump apart.  Each run writes the file anew, and takes it away where
nothing was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, get_args

from generator.content.yamltext import Flow, Value, dumped, yaml_of
from generator.ingest.captures import Dump, hash_of
from generator.ingest.merge import Conflict
from generator.model import ContentError, Level, Place, Problem

_HEAD: Final = "# What `digest ingest` found when it last ran. It writes this anew; the site's status page shows it.\n"
_LEVELS: Final[Mapping[str, Level]] = {level: level for level in get_args(Level)}


@dataclass(frozen=True, slots=True)
class Findings:
    """Problems in the order of their places, and conflicts, each with the slug of its page."""

    problems: tuple[Problem, ...] = ()
    conflicts: tuple[tuple[str, Conflict], ...] = ()

    def without_conflict(self, slug: str, field: str) -> Findings:
        """The same once a conflict is settled."""
        left = tuple((page, one) for page, one in self.conflicts if (page, one.field) != (slug, field))
        return replace(self, conflicts=left)


def written(findings: Findings) -> str | None:
    """The file's text; ``None`` where there is nothing to say."""
    told = {
        "problems": [_of_problem(problem) for problem in findings.problems],
        "conflicts": [Flow(slug=slug, field=it.field, page=it.page, dump=it.dump) for slug, it in findings.conflicts],
    }
    return _HEAD + dumped({name: items for name, items in told.items() if items}) if any(told.values()) else None


def read(text: str, file: str) -> Findings:
    """What a run has written.  A file that cannot be used is a problem like others, since the next run mends it."""
    try:
        told = yaml_of(text, file) or {}
        problems, conflicts = told.get("problems") or (), told.get("conflicts") or ()
        return Findings(tuple(map(_problem, problems)), tuple(map(_conflict, conflicts)))
    except (ContentError, ValueError, TypeError, AttributeError) as error:  # of any shape but ours
        place = error.place if isinstance(error, ContentError) else Place(file)
        return Findings((Problem(place, "warning", "this is not what was written here: run `digest ingest`"),))


def unread(dumps: Mapping[str, bytes | None], known: Mapping[str, Dump], told: Findings) -> Iterator[Problem]:
    """A note of each dump that came, or was changed, after the last run."""
    named = {problem.place.file for problem in told.problems}
    for name, data in dumps.items():
        file = f"dumps/{name}"
        new = name not in known and file not in named
        if new or (data is not None and name in known and known[name].sha256 not in ("", hash_of(data))):
            yield Problem(Place(file), "note", "not read yet, or changed since then: run `digest ingest`")


def _of_problem(problem: Problem) -> Flow:
    place = problem.place
    return Flow(file=place.file, line=place.line, level=problem.level, message=problem.message)


def _problem(told: Value) -> Problem:
    match told:
        case {"file": str(file), "line": str(line), "level": str(level), "message": str(message)} if level in _LEVELS:
            return Problem(Place(file, int(line)), _LEVELS[level], message)
    raise ValueError


def _conflict(told: Value) -> tuple[str, Conflict]:
    match told:
        case {"slug": str(slug), "field": str(field), "page": str(page), "dump": str(dump)}:
            return slug, Conflict(field, page, dump)
    raise ValueError
