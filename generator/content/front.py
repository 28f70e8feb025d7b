"""Front matter: the YAML between two ``---`` lines, and the Markdown below it.

The same record is always written as the same bytes; pages that a person has touched
are written by :func:`revised`, which keeps all that the generator did not come to change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.content.yamledit import edited
from generator.content.yamltext import Value, dumped, loaded, refuse_conflicts, what_is_wrong
from generator.model import ContentError, Place

# It begins with the signs themselves, so that the search goes from one `---` to the next.
_FENCE: Final = re.compile(r"---(?<=^---)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Front:
    """What :func:`read` found: the mapping, the lines of its keys, and the Markdown below."""

    meta: Mapping[str, Value]
    body: str
    file: str
    lines: Mapping[str, int]

    def place(self, key: str = "") -> Place:
        """Where ``key`` stands in the file, or the file's first line."""
        return Place(self.file, self.lines.get(key, 1))

    def error(self, key: str, message: str) -> ContentError:
        return ContentError(self.place(key), message)


class _Handler(YAMLHandler):
    """The library's YAML handler, with our own fences, and our reading and writing of values."""

    def split(self, text: str) -> tuple[str, str]:
        _, source, body = _FENCE.split(text, 2)
        return source, body

    def load(self, fm: str, **_: object) -> Any:
        return loaded(fm)

    def export(self, metadata: dict[str, object], **_: object) -> str:
        return dumped(metadata).removesuffix("\n")


_HANDLER: Final = _Handler()


def read(text: str, file: str) -> Front:
    """Split a page.  A page without front matter is all body.

    Raises :class:`ContentError` with the line where the front matter is not closed or
    is no YAML mapping, or where git left the marks of a conflict.
    """
    refuse_conflicts(text, file)
    if not _FENCE.match(text):
        if _FENCE.match(text.lstrip()):
            raise ContentError(Place(file), "the front matter must begin on the first line: take out the empty ones")
        return Front({}, text.strip("\n"), file, {})
    parts = _FENCE.split(text, 2)
    if len(parts) < 3:
        raise ContentError(Place(file), "the front matter is not closed: add a line with --- below it")
    try:
        meta, body = frontmatter.parse(text, handler=_HANDLER)
    except (yaml.YAMLError, RecursionError) as error:
        raise ContentError(_place(error, file), _message(error)) from None
    source = parts[1]
    if not meta and _without_comments(source) not in ("", "{}"):
        raise ContentError(Place(file, 2), "the front matter is not a list of `key: value` lines")
    return Front(meta, body, file, _lines(source))


def written(meta: Mapping[str, Value], body: str) -> str:
    """A page: ``meta`` as front matter, an empty line, ``body``, a line end."""
    return frontmatter.dumps(frontmatter.Post(body, _HANDLER, **meta)).rstrip("\n") + "\n"


def revised(
    text: str,
    changes: Mapping[str, Value | None],
    file: str,
    body: str | None = None,
    before: Mapping[str, Value] | None = None,
) -> str:
    """A page that a person has edited, with some keys set (``None``: taken out) and all else as it stands.

    ``before`` is what the caller had read of these keys, see :func:`~generator.content.yamledit.edited`.
    The body stays to the letter, unless a new one is given.
    """
    source, rest = _parts(text)
    return f"---\n{edited(source, changes, file, before)}---\n" + (rest if body is None else f"\n{body.rstrip()}\n")


def _parts(text: str) -> tuple[str, str]:
    if not _FENCE.match(text):
        return "", "\n" + text
    _, source, rest = _FENCE.split(text, 2)
    return source.lstrip("\n"), rest.removeprefix("\n")


def _lines(source: str) -> dict[str, int]:
    """The line of each top-level key; the opening fence is line 1."""
    lines: dict[str, int] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        key, colon, _ = line.partition(":")
        if colon and key and not key[0].isspace() and key[0] not in "#-":
            lines.setdefault(key.strip("'\" "), number)
    return lines


def _without_comments(source: str) -> str:
    return "".join(line for line in source.splitlines() if not line.lstrip().startswith("#")).strip()


def _place(error: Exception, file: str) -> Place:
    mark = getattr(error, "problem_mark", None)
    return Place(file, mark.line + 1 if mark else 2)


def _message(error: Exception) -> str:
    return (
        f"the front matter is not YAML: {what_is_wrong(error)}; text with a colon or a sign at its start needs quotes"
    )
