"""The terms of texts, each text read once: what was read before is kept, and can be kept between builds.

Kept terms are lines, one for each text that was read: a hash of the text, a checksum, and the terms, a space after
each, parted by tabs. A line that is not what its checksum says is passed over, so a file of them may be cut, garbled
or gone: what is missing is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from zlib import crc32

from generator.cache import engine
from generator.search.pipeline import term, words


class Terms:
    """Makes the terms of texts, and remembers them."""

    def __init__(self, kept: Iterable[str] = (), keep: Callable[[Iterator[str]], None] | None = None) -> None:
        """``kept`` is lines of :meth:`to_keep`, perhaps damaged; ``keep`` is given them when :meth:`done`."""
        self._known = dict(_whole(kept))
        self._keep = keep
        self._asked: set[str] = set()
        self._of_word = _OfWord()
        #: How many texts had to be read.
        self.read = 0

    def of(self, text: str) -> list[str]:
        """The terms in their order, stop words left out; the empty term counts in the length of a field."""
        if not text:
            return []
        key = blake2b(text.encode("utf-8", "replace"), digest_size=12, key=engine()).hexdigest()
        self._asked.add(key)
        if key in self._known:
            return self._known[key].split(" ")[:-1]
        terms = self._read(text)
        self._known[key] = " ".join([*terms, ""])
        return terms

    def to_keep(self) -> Iterator[str]:
        """Lines with the terms of every text that was asked for; of no other, or they would pile up."""
        for key in sorted(self._asked):
            terms = self._known[key]
            yield f"{key}\t{_checksum(terms)}\t{terms}\n"

    def done(self) -> None:
        """Have the terms kept, if a text had to be read, and let go of all, which are a large part of the memory."""
        if self._keep:
            if self.read:
                self._keep(self.to_keep())
            self._known, self._asked = {}, set()

    def _read(self, text: str) -> list[str]:
        self.read += 1
        # A lone surrogate, which no file should hold, becomes "?" rather than the end of the build.
        encodable = text.encode("utf-8", "replace").decode()
        return [each for each in map(self._of_word.__getitem__, words(encodable)) if each is not None]


class _OfWord(dict[str, str | None]):
    """The term of each word that was met: there are far fewer different words than words."""

    def __missing__(self, word: str) -> str | None:
        self[word] = made = term(word)
        return made


def _whole(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        key, _, rest = line.partition("\t")
        checksum, _, terms = rest.rstrip("\n").partition("\t")
        if checksum == _checksum(terms):
            yield key, terms


def _checksum(terms: str) -> str:
    return f"{crc32(terms.encode('utf-8', 'replace')):08x}"
