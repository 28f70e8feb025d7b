"""Papers under labels, as lists show them: topics of a digest, years of a topic, months of a year; and in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final
from unicodedata import normalize

from generator.catalogue import PER_PAGE
from generator.dates import MONTHS
from generator.model import Digest, Entry, Topic

NO_DATE: Final = "No date known"
_DIGITS: Final = "0–9"
_NO_TOPIC: Final = "without-topic"
_TAKEN: Final = frozenset({"main", _NO_TOPIC})  # ids that pages have already


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one label.  ``total`` counts those on other pages, too; ``anchor`` is unique on its page."""

    label: str
    entries: tuple[Entry, ...]
    total: int
    topic: str = ""
    anchor: str = ""

    @property
    def url(self) -> str:
        """The page of the topic, if it is the group of one."""
        return f"topics/{self.topic}/" if self.topic else ""


def by_first_topic(digest: Digest, topics: Sequence[Topic]) -> tuple[Group, ...]:
    """A digest's papers by their first topic, largest group first; new papers lead, then the most discussed."""
    order = {topic.id: at for at, topic in enumerate(topics)}
    members: dict[str, list[Entry]] = {}
    for entry in sorted(digest.entries, key=lambda e: (e.slug not in digest.new, -(e.paper.comments or 0))):
        members.setdefault(next((t for t in entry.paper.topics if t in order), ""), []).append(entry)
    ranked = sorted(members.items(), key=lambda item: (not item[0], -len(item[1]), order.get(item[0], 0)))
    return tuple(
        Group(
            topics[order[topic]].name if topic else "Without a topic",
            tuple(entries),
            len(entries),
            topic,
            _anchor(topic),
        )
        for topic, entries in ranked
    )


def years(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Entries, which are in the order of dates, under their years."""
    return _by_label(entries, lambda entry: str(entry.paper.date.year) if entry.paper.date else NO_DATE)


def months(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Entries of one year, which are in the order of dates, under their months."""
    return _by_label(entries, lambda entry: MONTHS[entry.paper.date.month - 1] if entry.paper.date else NO_DATE)


def initials(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Entries by title under their first letters without accents, digits under one label, in the order of these."""
    ordered = sorted(entries, key=lambda entry: (_initial(entry), entry.paper.title.casefold(), entry.slug))
    return _by_label(ordered, _initial)


def in_pages(groups: Iterable[Group], *, whole: bool = False) -> tuple[tuple[Group, ...], ...]:
    """The same groups on as many pages as it takes, at most :data:`PER_PAGE` entries on each; at least one page.

    A group that does not end on a page goes on on the next; ``whole``: it begins there, unless it fits.
    """
    pages: list[list[Group]] = [[]]
    for group in groups:
        left = PER_PAGE - _size(pages[-1])
        if not left or (whole and pages[-1] and len(group.entries) > left):
            pages.append([])
        for part in _parts(group, PER_PAGE - _size(pages[-1])):
            if _size(pages[-1]) + len(part.entries) > PER_PAGE:
                pages.append([])
            pages[-1].append(part)
    return tuple(tuple(page) for page in pages)


def span(page: Sequence[Group]) -> str:
    """What a page of dated groups holds: "2025 to 2023", or "2025" alone."""
    first, last = page[0].label, page[-1].label
    return first if first == last else f"{first} to {last[0].lower() + last[1:] if last == NO_DATE else last}"


def _parts(group: Group, first: int) -> Iterator[Group]:
    """The group cut so that its first part has at most ``first`` entries."""
    starts = [0, *range(first, len(group.entries), PER_PAGE)]
    for start, end in zip(starts, [*starts[1:], len(group.entries)], strict=True):
        yield replace(group, entries=group.entries[start:end])


def _size(page: Iterable[Group]) -> int:
    return sum(len(group.entries) for group in page)


def _by_label(entries: Iterable[Entry], label: Callable[[Entry], str]) -> tuple[Group, ...]:
    grouped = ((name, tuple(members)) for name, members in groupby(entries, key=label))
    return tuple(Group(name, members, len(members)) for name, members in grouped)


def _initial(entry: Entry) -> str:
    first = next(filter(str.isalnum, normalize("NFKD", entry.paper.title)), "")
    return _DIGITS if first.isdecimal() or not first else first.upper()[0]


def _anchor(topic: str) -> str:
    return f"{topic}_" if topic in _TAKEN else topic or _NO_TOPIC
