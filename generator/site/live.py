"""A preview of many papers shows an edit at once: the page that was edited is printed by itself, the rest follows.

MkDocs builds the whole site after each edit, and shows nothing until it is done.  With thousands of papers that is
longer than a person wants to wait for a page, and nearly all of it is about others: lists, feeds, what is related.
So a page is first printed with what the last build knew of the others, and the build begins when nobody has edited
anything for a moment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Final

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files

from generator import store
from generator.model import GeneratorError
from generator.site.rendering import Press
from generator.site.view import View
from generator.site.views import edited

_QUIET: Final = 3.0  # seconds without an edit, in which a browser has fetched what was shown: a build lets it wait
_MOST: Final = 20  # pages: who changes more at once wants the site
_OF_EDITORS: Final = re.compile(r"[.#].*|.*~")  # files that editors have beside the one that is edited
_State = tuple[int, int]

log = get_plugin_logger("digest")


class OnlyInBuildError(GeneratorError):
    """A page that a build alone can make."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site as a build has left it, page by page; ``views`` change with what is shown."""

    views: dict[str, View]
    files: Files
    press: Press

    def show(self, content: Path, names: Iterable[str]) -> None:
        """Print the pages of these files as they are now; what they tell of others is as it was.

        Raises :class:`GeneratorError` where a file cannot be used, or more than its page would change.
        """
        for name in names:
            file, before = self.files.get_file_from_path(name), self.views.get(name)
            view = edited(before, name, store.read_text(content, name)) if before else None
            if file is None or (before and not view):
                raise OnlyInBuildError(name)
            if view:
                self.views[name] = view
            if view is None or view.is_converted(name):
                self.press.convert(file, self.files)
            else:
                self.press.write([(file, view)])


class Live:
    """MkDocs' builder for a preview, called after each change, which shows an edited page before it builds the rest."""

    def __init__(self, build: Callable[[], None], content: Path, built: Callable[[], Built | None], rest: Path) -> None:
        """``built`` tells how the last build left the site; ``rest`` is a file that MkDocs watches, too."""
        self._build, self._content, self._built, self._rest = build, content, built, rest
        self._before = _states(content)
        self._timer: Timer | None = None
        self._owed = False  # the rest of the site

    def __call__(self) -> None:
        """Show what was edited, or build."""
        before, self._before = self._before, _states(self._content)
        changed = {name for name, _ in before.items() ^ self._before.items()}
        names = {name for name in changed if not _OF_EDITORS.fullmatch(name.rpartition("/")[2])}
        if changed and not names and not self._owed:
            return
        self.stop()
        are_pages = names <= before.keys() & self._before.keys() and all(name.endswith(".md") for name in names)
        self._owed = 0 < len(names) <= _MOST and are_pages and self._shown(names)
        if self._owed:
            log.info("Shown: %s. The rest of the site follows.", ", ".join(sorted(names)))
            self._timer = Timer(_QUIET, self._rest.touch)
            self._timer.daemon = True
            self._timer.start()
        else:
            self._build()

    def stop(self) -> None:
        """Let nothing follow."""
        if self._timer:
            self._timer.cancel()

    def _shown(self, names: Collection[str]) -> bool:
        built = self._built()
        if built is None:
            return False
        try:
            built.show(self._content, names)
        except Exception:  # whatever it is, the build tells it
            return False
        return True


def _states(folder: Path) -> Mapping[str, _State]:
    """The size and time of each file below a folder; what is no plain file is none."""
    return dict(_below(str(folder), ""))


def _below(folder: str, prefix: str) -> Iterator[tuple[str, _State]]:
    with os.scandir(folder) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False):
                yield from _below(item.path, f"{prefix}{item.name}/")
            elif item.is_file(follow_symlinks=False):
                with suppress(FileNotFoundError):  # an editor's, already gone
                    told = item.stat(follow_symlinks=False)
                    yield f"{prefix}{item.name}", (told.st_size, told.st_mtime_ns)
