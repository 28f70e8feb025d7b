"""What results are filtered, counted and ordered by: a file for each facet, and one with the counts of comments.

A facet's file has for each value: the value, its name, and the gaps of the numbers of the documents that have it. The
file of the comments has for each document their count, null where it is unknown. Years need no file: the numbers of the
documents are in the order of their dates. All are JSON, which servers compress: that is smaller than bytes would be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from generator.search.coding import gaps
from generator.search.documents import Document

FACETS: Final[Mapping[str, Callable[[Document], Sequence[str]]]] = {
    "topic": lambda document: document.topic_ids,
    "organization": lambda document: (document.organization_handle,) if document.organization_handle else (),
    "has": lambda document: document.has,
}


def facet(values: Iterable[Sequence[str]], names: Mapping[str, str]) -> list[tuple[str, str, list[int]]]:
    """A facet's file; ``values`` are those of each document, in the order of the numbers."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, several in enumerate(values):
        for value in dict.fromkeys(several):
            having[value].append(number)
    return [(value, names.get(value, value), gaps(having[value])) for value in sorted(having)]


def comments(documents: Iterable[Document]) -> list[int | None]:
    """The file of the comments."""
    return [document.comments for document in documents]


def years(documents: Iterable[Document]) -> list[list[str | int]]:
    """Each year with the number of its first document; documents without a date come before all of them."""
    first: dict[str, int] = {}
    for number, document in enumerate(documents):
        if document.date:
            first.setdefault(document.date[:4], number)
    return [[year, number] for year, number in first.items()]
