"""Which documents have a term, in which field and how often: what lunr's builder counts, in files of even size.

lunr's weight of a term in a field is made of four counts: how often the field has the term, how many terms the field
has, how many fields of how many documents have the term. The files hold the counts, and the browser makes the weights,
with lunr's formula and rounding (``postings.js``): counts take a third less room than weights do.

A *shard* has the terms from one to another in the order of JavaScript:

- a text list of the terms;
- for each term, varints: its number in the order in which lunr's builder meets the terms, then for each field in the
  order of ``FIELDS`` how many documents have it there;
- for each term and each field with documents, a list of postings.

A list of postings has for each document, in ascending order, a varint: the gap of its number, times two, plus one if
the term is there more than once; then a varint for each of these: how often, less two; then a byte for each document:
the length of the field in terms, where 255 stands for a varint, in the order of the documents behind the bytes, of what
is to be added.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from generator.search.coding import text_list, varints
from generator.search.documents import FIELDS, Document
from generator.search.terms import Terms

# A posting as one number, so that lists of them are small and sort by field and document: 3 bits for the field, 21 for
# the number of the document, one for whether the term is there more than once, 15 for how much more often than twice,
# and 20 for the length of the field. These are 60 bits, up to which Python reckons fast.
_FIELD_AT: Final = 57
_NUMBER_AT: Final = 36
_AGAIN_AT: Final = 35
_TIMES_AT: Final = 20
_AGAIN: Final = 1 << _AGAIN_AT
_TIMES: Final = (1 << _AGAIN_AT - _TIMES_AT) - 1
_LENGTH: Final = (1 << _TIMES_AT) - 1

_LONG_FIELD: Final = 255


@dataclass(frozen=True, slots=True)
class Counted:
    """The postings of every term in the order in which lunr's builder meets the terms; the terms of each field."""

    postings: Mapping[str, array[int]]
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its postings as bytes."""

    text: str
    number: int
    documents: tuple[int, ...]
    lists: bytes


def count(documents: Sequence[Document], numbers: Mapping[str, int], terms: Terms) -> Counted:
    """The terms of ``documents``, which are in the order of refs; ``numbers`` has the number of each."""
    postings: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
    lengths = [0] * len(FIELDS)
    for document in documents:
        for field, name in enumerate(FIELDS):
            found = terms.of(document.field(name))[:_LENGTH]
            lengths[field] += len(found)
            once = field << _FIELD_AT | numbers[document.ref] << _NUMBER_AT | len(found)
            for term, times in Counter(found).items():
                postings[term].append(once if times == 1 else once | _AGAIN | min(times - 2, _TIMES) << _TIMES_AT)
    return Counted(postings, tuple(lengths))


def encoded(counted: Counted) -> Iterator[Term]:
    """The terms in the order of JavaScript, by UTF-16 units. The empty term, which lunr never finds, is left out."""
    numbers = {term: number for number, term in enumerate(counted.postings)}
    for term in sorted(filter(None, numbers), key=in_browser):
        postings = sorted(counted.postings[term])
        starts = [bisect_left(postings, field << _FIELD_AT) for field in range(len(FIELDS) + 1)]
        fields = [postings[start:end] for start, end in pairwise(starts)]
        lists = b"".join([_list(field, there) for field, there in enumerate(fields) if there])
        yield Term(term, numbers[term], tuple(map(len, fields)), lists)


def in_browser(term: str) -> bytes:
    """The key by which JavaScript sorts."""
    return term.encode("utf-16-be", "surrogatepass")


def _list(field: int, postings: Sequence[int]) -> bytes:
    """The list of the postings of a term in a field."""
    start = (field << _FIELD_AT - _AGAIN_AT) - 1
    places = [posting >> _AGAIN_AT for posting in postings]  # the number times two, plus one if there more than once
    lengths = [posting & _LENGTH for posting in postings]
    is_long = max(lengths) >= _LONG_FIELD
    return b"".join(
        (
            varints([after - (before | 1) - 1 for before, after in pairwise((start, *places))]),
            varints([posting >> _TIMES_AT & _TIMES for posting in postings if posting & _AGAIN]),
            bytes([min(length, _LONG_FIELD) for length in lengths] if is_long else lengths),
            varints([length - _LONG_FIELD for length in lengths if length >= _LONG_FIELD] if is_long else ()),
        )
    )


def shards(terms: Iterable[Term], size: int) -> Iterator[tuple[Term, ...]]:
    """The terms in runs of about ``size`` bytes; one whose lists alone are more has a run of its own."""
    run: list[Term] = []
    room = size
    for term in terms:
        if run and len(term.lists) > room:
            yield tuple(run)
            run, room = [], size
        run.append(term)
        room -= len(term.lists) + len(term.text)
    if run:
        yield tuple(run)


def shard(terms: Sequence[Term]) -> bytes:
    """The bytes of one shard."""
    return b"".join(
        (
            text_list([term.text for term in terms]),
            *(varints((term.number, *term.documents)) for term in terms),
            *(term.lists for term in terms),
        )
    )


def boundaries(runs: Iterable[Sequence[str]]) -> list[str]:
    """Of each run the shortest text that comes after the run before and not after its own first term."""
    made, last = [], ""
    for run in runs:
        first = run[0]
        starts = (first[:length] for length in range(1, len(first) + 1))
        made.append(next(start for start in starts if in_browser(start) > in_browser(last)))
        last = run[-1]
    return made
