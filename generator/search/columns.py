"""What results are filtered, counted and ordered by: a file for each facet, and one with the counts of comments.

A facet's file is a text list of its values, each followed in the next line by its name; then for each value, varints:
how many documents have it, and the gaps of their numbers. The file of the comments is a varint for each document: 0
where the count is unknown, else one more than the count. Years need no file: the numbers of the documents are in the
order of their dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from generator.search.coding import gaps, text_list, varints
from generator.search.documents import Document

FACETS: Final[Mapping[str, Callable[[Document], Sequence[str]]]] = {
    "topic": lambda document: document.topic_ids,
    "organization": lambda document: (document.organization_handle,) if document.organization_handle else (),
    "has": lambda document: document.has,
}


def facet(values: Iterable[Sequence[str]], names: Mapping[str, str]) -> bytes:
    """The file of a facet; ``values`` are those of each document, in the order of the numbers."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, several in enumerate(values):
        for value in dict.fromkeys(several):
            having[value].append(number)
    ordered = sorted(having)
    told = [" ".join(text.split()) for value in ordered for text in (value, names.get(value, value))]
    return text_list(told) + b"".join(varints((len(having[v]), *gaps(having[v]))) for v in ordered)


def comments(documents: Iterable[Document]) -> bytes:
    """The file of the comments."""
    return varints([0 if one.comments is None else one.comments + 1 for one in documents])


def years(documents: Iterable[Document]) -> list[list[str | int]]:
    """Each year with the number of its first document; documents without a date come before all of them."""
    first: dict[str, int] = {}
    for number, document in enumerate(documents):
        if document.date:
            first.setdefault(document.date[:4], number)
    return [[year, number] for year, number in first.items()]
