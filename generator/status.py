"""What stands in ``status.json`` and `digest status`: counts, the last dump, problems, conflicts."""

from __future__ import annotations

from generator.catalogue import Catalogue, organizations
from generator.content.yamltext import Value
from generator.ingest.findings import Findings
from generator.mdtext import one_line
from generator.model import Problem


def status(shown: Catalogue, findings: Findings) -> dict[str, Value]:
    """Everything about a project's state that does not depend on the clock, ready for JSON."""
    return {
        "papers": len(shown.entries),
        "sightings": shown.sightings,
        "digests": len(shown.digests),
        "organizations": len(organizations(shown.entries)),
        "topics": len(shown.topics),
        "undated": sum(entry.paper.date is None for entry in shown.entries),
        "untagged": sum(not entry.paper.topics for entry in shown.entries),
        "last": _last(shown),
        "problems": [_problem(problem) for problem in findings.problems],
        "conflicts": [
            {"slug": slug, "field": conflict.field, "page": conflict.page, "dump": conflict.dump}
            for slug, conflict in findings.conflicts
        ],
    }


def _last(shown: Catalogue) -> dict[str, Value] | None:
    latest = shown.latest
    return {"captured": latest.day.isoformat(), "dumps": list(latest.dumps)} if latest else None


def _problem(problem: Problem) -> dict[str, Value]:
    place = problem.place
    return {"file": one_line(place.file), "line": place.line, "level": problem.level, "message": problem.message}
