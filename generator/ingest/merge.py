"""Three versions of a page into one: what the generator last wrote, what is there now, what the dumps tell now.

What still is as the generator last wrote it, the generator may update; what is not is
the curator's and stays.  While all three differ there is a :class:`Conflict`, which
keeps the curator's value.  ``generated`` remembers, as hashes, what was last written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from generator import doi
from generator.content.paperpage import NOTHING, PaperPage, fingerprint
from generator.content.yamltext import Value
from generator.model import LINK_KINDS, SINGLE_FIELDS, Links, Paper, Sighting, known


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """A field that a person changed and that the dumps now tell otherwise, too; ``value`` is what these tell."""

    field: str
    page: str
    dump: str
    value: object = dataclass_field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome: the paper to show, the hashes to keep, and what a person has to settle."""

    paper: Paper
    generated: Mapping[str, Value]
    conflicts: tuple[Conflict, ...] = ()


def merge(now: Paper | None, told: Paper, generated: Mapping[str, Value], own: frozenset[str] = frozenset()) -> Merged:
    """Merge field by field.

    ``now`` is ``None`` for a paper that has no page yet; ``own`` are fields that a person
    changed in a way that their value does not show.
    """
    if now is None:
        return Merged(told, _hashes(told))
    values: dict[str, object] = {}
    hashes: dict[str, Value] = {}
    conflicts: list[Conflict] = []
    for name in SINGLE_FIELDS:
        value, last, conflict = _single(name, now, told, generated.get(name), name in own)
        values[name] = value
        conflicts += [conflict] if conflict else []
        if last is not None:
            hashes[name] = last
    topics, hashes["topics"] = _topics(now, told, _sequence(generated.get("topics")))
    links, hashes["links"] = _merged_links(now, told, _sequence(generated.get("links")))
    sightings = _sightings(now.sightings, told.sightings)
    paper = replace(now, **values, topics=topics, links=_links(links), sightings=sightings)  # type: ignore[arg-type]
    return Merged(paper, {name: last for name, last in hashes.items() if last}, tuple(conflicts))


def _hashes(paper: Paper) -> dict[str, Value]:
    one = {name: fingerprint(printed(getattr(paper, name))) for name in SINGLE_FIELDS if known(paper, name)}
    many = {"topics": list(map(fingerprint, paper.topics)), "links": list(map(fingerprint, _pairs(paper.links)))}
    return one | {name: hashes for name, hashes in many.items() if hashes}


def untouched(page: PaperPage) -> bool:
    """Whether all of a page is as the generator wrote it, so that nothing of a person's would go with it."""
    paper = page.paper
    says_nothing = not (paper.hidden or paper.featured or paper.topics_reviewed or page.own)
    as_written = {name: last for name, last in page.generated.items() if name != "slug"} == _hashes(paper)
    return says_nothing and as_written and not (page.body.above or page.body.below or page.formatted_by_hand)


def as_last_written(page: PaperPage, name: str) -> bool:
    """Whether a field that holds one value is as the generator last wrote it."""
    value = getattr(page.paper, name)
    return known(page.paper, name) and page.generated.get(name) == fingerprint(printed(value))


def links_told(now: Links, told: Links, last: Sequence[str]) -> Links:
    """The links of a page without those that the generator once wrote and nothing tells any more."""
    kept = (pair for pair in _pairs(now) if fingerprint(pair) not in last or pair in _pairs(told))
    return _links(tuple(kept))


def printed(value: object) -> str:
    """A field's value as one line of text: what is hashed, and what a conflict shows."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _single(name: str, now: Paper, told: Paper, last: Value, own: bool) -> tuple[object, Value, Conflict | None]:
    """The value to show, the hash to remember, and the conflict if there is one."""
    there, new = getattr(now, name), getattr(told, name)
    if not known(told, name):
        return there, last, None
    new_hash = fingerprint(printed(new))
    there_hash = fingerprint(printed(there)) if known(now, name) else None
    if there_hash == new_hash or (there_hash == (None if last == NOTHING else last) and not own):
        return new, new_hash, None
    if new_hash == last:
        return there, last, None
    return there, last, Conflict(name, printed(there) if there_hash else "", printed(new), new)


def _topics(now: Paper, told: Paper, last: Sequence[str]) -> tuple[tuple[str, ...], Value]:
    """A list that a person confirmed, or wrote where the generator had found nothing, is theirs as a whole."""
    if now.topics_reviewed or (now.topics and not last):
        return now.topics, list(last)
    return _elements(now.topics, told.topics, last)


def _merged_links(now: Paper, told: Paper, last: Sequence[str]) -> tuple[tuple[str, ...], Value]:
    """Links of dumps that are gone stay, as all that was ever known does, but for one that only says the DOI."""
    named = {fingerprint(f"{kind} {url}") for kind in LINK_KINDS for url in now.links.of(kind) if _names(url, told.doi)}
    there = tuple(pair for pair in _pairs(now.links) if fingerprint(pair) not in named.intersection(last))
    last = [one for one in last if one not in named]
    return _elements(there, _pairs(told.links), last) if told.links else (there, last)


def _names(url: str, known_doi: str | None) -> bool:
    return known_doi is not None and doi.normal(url) == known_doi


def _elements(now: Sequence[str], told: Sequence[str], last: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Merge a list by element: what a person took out stays out, what they added stays in and theirs."""
    told_hashes = list(map(fingerprint, told))
    if list(map(fingerprint, now)) == list(last):
        return tuple(told), told_hashes
    kept = [item for item in now if fingerprint(item) not in last or item in told]
    added = [item for item in told if fingerprint(item) not in last and item not in now]
    taken_out = set(last) - set(map(fingerprint, now)) - set(told_hashes)
    theirs = set(map(fingerprint, now)) - set(last)
    hashes = [one for one in told_hashes if one not in theirs]
    return (*kept, *added), hashes + [one for one in last if one in taken_out]


def _pairs(links: Links) -> tuple[str, ...]:
    return tuple(f"{kind} {url}" for kind in LINK_KINDS for url in links.of(kind))


def _links(pairs: Sequence[str]) -> Links:
    split = [pair.split(" ", 1) for pair in pairs]
    return Links(**{kind: tuple(url for its, url in split if its == kind) for kind in LINK_KINDS})


def _sightings(now: Sequence[Sighting], told: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """All that were ever seen: a dump that is read again speaks for itself, one that is gone keeps its word."""
    read = {sighting.dump for sighting in told}
    return in_order((*told, *(sighting for sighting in now if sighting.dump not in read)))


def in_order(sightings: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """By age, oldest first."""
    return tuple(sorted(sightings, key=lambda seen: seen.age))


def _sequence(value: Value) -> Sequence[str]:
    return value if isinstance(value, list) else ()
