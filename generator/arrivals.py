"""What each dump and each digest brought: papers that are new, that came back, that left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from generator.catalogue import Catalogue
from generator.model import Digest


@dataclass(frozen=True, slots=True)
class Dump:
    """What a dump brought: its papers that are to be seen, and how many of them no earlier dump has."""

    captured: date | None
    file: str
    papers: int
    new: int


def dumps(shown: Catalogue) -> tuple[Dump, ...]:
    """The dumps that any paper was read from, newest capture first, then by name; those without a day last."""
    papers: Counter[tuple[date | None, str]] = Counter()
    new: Counter[tuple[date | None, str]] = Counter()
    for entry in shown.entries:
        seen = {(sighting.captured, sighting.dump) for sighting in entry.paper.sightings}
        papers.update(seen)
        new.update([min(seen, key=lambda one: (one[0] or date.max, one[1]))] if seen else ())
    order = sorted(papers, key=lambda one: (-(one[0] or date.min).toordinal(), one[1]))
    return tuple(Dump(captured, file, papers[captured, file], new[captured, file]) for captured, file in order)


def moved(digest: Digest, before: Digest) -> tuple[str, ...]:
    """What changed from the digest before, in words: papers that joined, came back, stayed and left."""
    now, then = ({entry.slug for entry in each.entries} for each in (digest, before))
    counts = {
        "joined": len(digest.new),
        "came back": len(now - then - digest.new),
        "stayed": len(now & then),
        "left": len(then - now),
    }
    return tuple(f"{count:,} {what}" for what, count in counts.items() if count)
