"""The only writer of ``content/``, and the loader of what lies there.

Files are replaced atomically: written beside, flushed, renamed.  A file whose text is
already right is not touched, so a run with nothing new leaves no trace.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from generator import atomic, cache, slugs, topics, workers
from generator.cache import Cache
from generator.content import paperpage
from generator.content.paperpage import PaperPage
from generator.ingest import captures, findings, ledger
from generator.ingest.captures import Dump
from generator.ingest.findings import Findings
from generator.ingest.ledger import Line
from generator.model import BrokenContentError, ContentError, GeneratorError, Place
from generator.topics import Taxonomy, learnt

TOPICS: Final = "topics.yml"
LEARNT: Final = "topics-learnt.json"
DUMPS: Final = "dumps.yml"
REMOVED: Final = "removed.yml"
PROBLEMS: Final = "problems.yml"
LEDGER: Final = "ledger.txt"
_MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_OWN: Final = (TOPICS, LEARNT, DUMPS, REMOVED, PROBLEMS, LEDGER)
_PAGES: Final = "papers.kept"
_FOLDERS: Final = ("dumps", "papers", "topics", "digests")


@dataclass(frozen=True, slots=True)
class Content:
    """What lies in ``content/`` apart from the dumps.  ``texts`` holds all files of ours but papers by name.

    ``strays`` are files that look like pages of papers and are none.
    """

    taxonomy: Taxonomy
    papers: tuple[PaperPage, ...]
    texts: Mapping[str, str]
    strays: tuple[str, ...] = ()

    @property
    def seen(self) -> Mapping[str, str]:
        """The texts of all files by name."""
        return {**self.texts, **{page.file: page.text for page in self.papers}}

    @property
    def rules(self) -> str:
        """A hash of all that tells which topics a paper is in, beside what this package brings."""
        return sha256(repr([self.texts.get(name) for name in (TOPICS, LEARNT)]).encode()).hexdigest()

    @property
    def removed(self) -> frozenset[str]:
        """The slugs of papers that a person took out."""
        return ledger.removed(self.texts.get(REMOVED, ""), REMOVED)

    @property
    def lines(self) -> Mapping[str, Line]:
        """What the ledger knows of every URL that was ever published."""
        return ledger.read(self.texts.get(LEDGER, ""), LEDGER)

    @property
    def findings(self) -> Findings:
        """What the last run found."""
        return findings.read(self.texts.get(PROBLEMS, ""), PROBLEMS)

    @property
    def dumps(self) -> Mapping[str, Dump]:
        """What is known of every dump that was ever read."""
        return captures.read(self.texts.get(DUMPS, ""), DUMPS)


def pages_cache(root: Path) -> Path:
    """Where the project in a folder keeps the pages that runs and builds have taken apart."""
    return root / cache.FOLDER / _PAGES


def load(content: Path, known: Cache | None = None, *, texts: bool = True, own_model: bool = True) -> Content:
    """Read all pages and settings; ``known`` spares taking apart what was taken apart before.

    Pages of papers have their ``texts`` for those who write pages.  Without its ``own_model`` the project has that of
    the package.

    Raises :class:`BrokenContentError` with every page that cannot be used, since going on
    without one would make its paper a second time.
    """
    if not (content / TOPICS).is_file():
        wish = "write `- {id: a-topic, name: A Topic}` there, or `[]`"
        raise GeneratorError(f"{content / TOPICS}: error: there are no topics: {wish}")
    known = known or Cache()
    errors: list[ContentError] = []
    taxonomy = _taxonomy(content, known, own_model)
    papers: list[PaperPage] = []
    for read in workers.mapped(partial(_read, content, known, texts), [*_markdown(content, "papers")]):
        if isinstance(read, ContentError):
            errors.append(read)
            continue
        page: PaperPage = read.page or known.get_by_key(read.key)
        known.put_by_key(read.key, page)
        papers.append(replace(page, text=read.text) if texts else page)
    if errors:
        raise BrokenContentError(errors)
    names = [*_markdown(content, "topics"), *_markdown(content, "digests"), *_OWN]
    others = {name: read_text(content, name) for name in names if (content / name).is_file()}
    return Content(taxonomy, tuple(papers), others, tuple(_strays(content)) if texts else ())


class _PageRead(NamedTuple):
    """The key that a page is kept by, its text where that is wanted, and the page without it, unless it was kept."""

    key: bytes
    text: str
    page: PaperPage | None


def _read(content: Path, known: Cache, texts: bool, file: str) -> _PageRead | ContentError:
    try:
        text, slug = read_text(content, file), _slug(file)
        key = paperpage.key(text, slug)
        page = None if known.get_by_key(key) else replace(paperpage.read(text, slug), text="")
        return _PageRead(key, text if texts else "", page)
    except ContentError as error:
        return error


def _taxonomy(content: Path, known: Cache, own_model: bool) -> Taxonomy:
    rules = read_text(content, TOPICS)
    taxonomy = known(lambda: topics.load(rules, TOPICS), TOPICS, rules)
    own = read_text(content, LEARNT) if own_model and (content / LEARNT).is_file() else None
    model = known(lambda: learnt.shipped() if own is None else learnt.read(own, LEARNT), LEARNT, own)
    return topics.taught(taxonomy, model)


def read_text(content: Path, name: str) -> str:
    """The text of a file, with line feeds at the ends of lines.

    Raises :class:`~generator.model.ContentError` where it is no UTF-8.
    """
    try:
        return (content / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ContentError(Place(name, line), "this is not UTF-8: save the file as UTF-8") from None


def dumps(content: Path) -> Mapping[str, bytes | None]:
    """The dumps by name; ``None`` for what is no plain file or cannot be read."""
    folder = content / "dumps"
    items = sorted(item for item in folder.iterdir() if not item.name.startswith(".")) if folder.is_dir() else []
    return {_printable(item.name): _bytes(item) if item.name == _printable(item.name) else None for item in items}


def add_dump(content: Path, source: Path) -> str:
    """Copy a dump into the folder, unless it lies there, and return its name.

    Raises :class:`GeneratorError` where the file cannot be read or another of that name is there.
    """
    target = content / "dumps" / source.name
    if not source.exists():
        raise GeneratorError(f"{source}: error: no such file")
    if source.is_symlink() or not source.is_file() or source.name.startswith("."):
        raise GeneratorError(f"{source}: error: a dump must be a plain file whose name begins with no dot")
    if source.name != _printable(source.name):
        raise GeneratorError(f"{_printable(str(source))}: error: the name of a dump must be plain text: rename it")
    if target.exists():
        if not source.samefile(target) and source.read_bytes() != target.read_bytes():
            raise GeneratorError(f"{source}: error: another dump of this name is in {target.parent}: rename one")
        return source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(target, source.read_bytes())
    return source.name


def remove_dump(content: Path, name: str) -> None:
    """Take a dump away, if it is there."""
    (content / "dumps" / name).unlink(missing_ok=True)


def write(content: Path, texts: Mapping[str, str | None], seen: Mapping[str, str]) -> tuple[str, ...]:
    """Bring the files to these texts, in the order given, ``None`` to be taken away; the names of those changed.

    ``seen`` are the texts that the new ones were made from.  Raises :class:`GeneratorError` before it overwrites a
    file that somebody has changed since then.
    """
    for folder in (content, *(content / name for name in _FOLDERS)):
        atomic.sweep(folder)
    changed = pending(content, texts)
    for name in changed:
        target, text = content / name, texts[name]
        if (read_text(content, name) if target.is_file() else None) != seen.get(name):
            raise GeneratorError(f"{target}: error: this file was changed meanwhile: run the command again")
        if text is None:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(target, text.encode("utf-8"))
    return changed


def pending(content: Path, texts: Mapping[str, str | None]) -> tuple[str, ...]:
    """The names of the files that :func:`write` would change."""
    wanted = {name: None if text is None else text.encode("utf-8") for name, text in texts.items()}
    return tuple(name for name, data in wanted.items() if _bytes(content / name) != data)


def _printable(name: str) -> str:
    """The name as it can be shown and written down: bytes that are no UTF-8, and controls, as their numbers."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in shown)


def _markdown(content: Path, folder: str) -> Iterable[str]:
    """The pages of a folder; what is no plain file is none, since a pipe would never end."""
    if not (content / folder).is_dir():
        return ()
    with os.scandir(content / folder) as items:
        names = [item.name for item in items if item.name.endswith(".md") and item.is_file(follow_symlinks=False)]
    return (f"{folder}/{name}" for name in sorted(names) if not name.startswith("."))


def _strays(content: Path) -> Iterator[str]:
    """What somebody may have meant as a paper's page: Markdown in a folder of papers/, or called otherwise."""
    if not (content / "papers").is_dir():
        return
    with os.scandir(content / "papers") as items:
        others = sorted(item.name for item in items if not item.name.endswith(".md") and not item.name.startswith("."))
    for path in (content / "papers" / name for name in others):
        found = sorted(path.rglob("*")) if path.is_dir() and not path.is_symlink() else [path]
        yield from (one.relative_to(content).as_posix() for one in found if one.suffix.lower() in _MARKDOWN)


def _slug(file: str) -> str:
    name = file.removesuffix(".md").rpartition("/")[2]
    if not slugs.is_slug(name):
        raise ContentError(Place(file), "a page's file name is its URL: small letters, digits and single hyphens")
    return name


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None
