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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.search.coding import Numbers, text_list, varints, varints_and_bytes
from generator.search.documents import FIELDS, Document
from generator.search.terms import Terms

Small = NDArray[np.int32]  # of which there is one for each token

_LONG_FIELD: Final = 255
_PARTS: Final = 4  # of a list of postings
_AT_ONCE: Final = 1 << 18  # tokens; more would take more memory and hardly less time


@dataclass(frozen=True, slots=True)
class Counted:
    """The tokens of all fields of all documents, field after field of document after document.

    ``terms`` are in the order of JavaScript, and ``tokens`` are places in it, -1 for the empty term; ``numbers`` are
    those of the terms in the order in which lunr's builder meets them.  ``lengths`` is how many tokens each field of
    each document has, and ``documents`` the number of each document.
    """

    terms: Sequence[str]
    numbers: Sequence[int]
    tokens: Small
    lengths: Numbers
    documents: Sequence[int]


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its postings as bytes."""

    text: str
    number: int
    documents: tuple[int, ...]
    lists: bytes


class _Numbered(dict[str, int]):
    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


def count(documents: Sequence[Document], numbers: Mapping[str, int], terms: Terms) -> Counted:
    """The tokens of ``documents``, which are in the order of refs; ``numbers`` has the number of each, from 0.

    ``terms`` are done then.
    """
    numbered = _Numbered()
    tokens, lengths = array("I"), array("I")
    for document in documents:
        for name in FIELDS:
            found = terms.of(document.field(name))
            tokens.extend(map(numbered.__getitem__, found))
            lengths.append(len(found))
    terms.done()
    texts = sorted(filter(None, numbered), key=in_browser)  # lunr never finds the empty one
    met = [numbered[text] for text in texts]
    ranks = np.full(len(numbered), -1, np.int32)
    ranks[met] = np.arange(len(met))
    refs = [numbers[document.ref] for document in documents]
    return Counted(texts, met, ranks[np.asarray(tokens)], np.array(lengths, np.int64), refs)


def lengths(counted: Counted) -> tuple[int, ...]:
    """How many tokens each field has in all documents."""
    return tuple(counted.lengths.reshape(-1, len(FIELDS)).sum(0).tolist())


def encoded(counted: Counted) -> Iterator[Term]:
    """The terms in the order of JavaScript, by UTF-16 units. The empty term, which lunr never finds, is left out."""
    fields = _Fields.of(counted)
    for first, last in _runs(counted.tokens, len(counted.terms)):
        here = np.flatnonzero((counted.tokens >= first) & (counted.tokens < last))
        lists, documents = fields.encoded(last - first, counted.tokens[here] - first, here)
        run = slice(first, last)
        for text, number, its, told in zip(counted.terms[run], counted.numbers[run], lists, documents, strict=True):
            yield Term(text, number, tuple(told), its)


def in_browser(term: str) -> bytes:
    """The key by which JavaScript sorts."""
    return term.encode("utf-16-be", "surrogatepass")


def _runs(terms: Small, count: int) -> Iterator[tuple[int, int]]:
    """The terms from 0 in runs of a bounded number of tokens, or of a single term."""
    parts = (terms[at : at + _AT_ONCE] for at in range(0, len(terms), _AT_ONCE))
    counts = (np.bincount(part[part >= 0], minlength=count) for part in parts)
    ends = np.cumsum(sum(counts, start=np.zeros(count, np.int64)))
    tokens = int(ends[-1]) if count else 0
    cuts = np.searchsorted(ends, np.arange(_AT_ONCE, tokens, _AT_ONCE), side="right").tolist()
    return ((first, last) for first, last in pairwise((0, *cuts, count)) if first < last)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of all documents, each known by its place: fields of one kind by documents, kind after kind.

    ``ends`` and ``places`` are in the order in which they were counted: where the tokens of each end, and its place.
    ``lengths`` are how many tokens there are at each place.
    """

    documents: int
    ends: Numbers
    places: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, counted: Counted) -> _Fields:
        documents = np.array(counted.documents, np.int64)
        kinds = np.arange(len(FIELDS)) * len(documents)
        places = (documents[:, np.newaxis] + kinds).ravel()
        lengths = np.zeros_like(places)
        lengths[places] = counted.lengths
        return cls(len(documents), np.cumsum(counted.lengths), places, lengths)

    def encoded(self, count: int, terms: Small, tokens: Numbers) -> tuple[list[bytes], list[list[int]]]:
        """Of each of ``count`` terms the bytes of its lists, and how many documents have it in each kind of field.

        ``terms`` are those of ``tokens``, and each of them has some.
        """
        places = self.places[np.searchsorted(self.ends, tokens, side="right")]
        postings, times = np.unique(terms.astype(np.int64) * len(self.lengths) + places, return_counts=True)
        lists, documents = np.divmod(postings, self.documents)
        numbers, parts = _numbers(lists, documents, times, self.lengths[postings % len(self.lengths)])
        data, ends = varints_and_bytes(numbers, parts % _PARTS == _PARTS // 2)
        counts = np.bincount(lists, minlength=count * len(FIELDS)).reshape(count, len(FIELDS))
        last = np.searchsorted(parts, np.arange(1, count + 1) * len(FIELDS) * _PARTS) - 1
        return [data[start:end] for start, end in pairwise((0, *ends[last].tolist()))], counts.tolist()


def _numbers(lists: Numbers, documents: Numbers, times: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """The numbers of lists of postings, and which part of which list each belongs to: four parts a list."""
    again, long = times > 1, lengths >= _LONG_FIELD
    places = documents * 2 + again
    gaps = places.copy()
    gaps[1:] -= np.where(lists[1:] == lists[:-1], (places[:-1] | 1) + 1, 0)
    numbers = np.concatenate((gaps, times[again] - 2, np.minimum(lengths, _LONG_FIELD), lengths[long] - _LONG_FIELD))
    parts = np.concatenate((lists * _PARTS, lists[again] * _PARTS + 1, lists * _PARTS + 2, lists[long] * _PARTS + 3))
    order = np.argsort(parts, kind="stable")
    return numbers[order], parts[order]


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
