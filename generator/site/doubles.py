"""No two files at one address: MkDocs would publish one of them and say nothing of the other."""

from __future__ import annotations

from collections.abc import Container, Iterator

from mkdocs.structure.files import File, Files, InclusionLevel

from generator.model import ContentError, Place
from generator.site.view import HOME

_OF_RECORDS = ("papers/", "topics/", "digests/")


def refuse(files: Files, folder: str, views: Container[str], made: Container[str]) -> None:
    """Refuse a file of a person's, below ``folder``, where the site has another page or file of its own.

    ``views`` are the pages of the site by the names of their Markdown files, and ``made`` its other files.
    Raises :class:`ContentError`.
    """
    taken: dict[str, str] = {}
    for file in _by_hand(files, folder, views):
        place = file.dest_uri.lower()  # which is the same place on a disk of macOS or Windows
        if place in made or any(name in views for name in _names_of(place)):
            raise _double(file, "the site makes a page or a file of its own there")
        if place in taken:
            raise _double(file, f"so does {taken[place]}")
        taken[place] = file.src_uri


def _by_hand(files: Files, folder: str, views: Container[str]) -> Iterator[File]:
    """The files of a person's, without those that views are made from."""
    for file in files:
        is_record = file.src_uri.startswith(_OF_RECORDS) and file.src_uri.count("/") == 1 and file.name != "index"
        is_told = (is_record or file.src_uri == HOME) and file.src_uri in views
        if file.src_dir == folder and not is_told and file.inclusion is not InclusionLevel.EXCLUDED:
            yield file


def _names_of(place: str) -> tuple[str, str]:
    """The Markdown files that MkDocs would publish at a place."""
    page = place.removesuffix("/index.html")
    return f"{page}.md", f"{page}/index.md"


def _double(file: File, why: str) -> ContentError:
    return ContentError(Place(file.src_uri), f"it would be published as {file.dest_uri}, but {why}: rename it")
