"""Live preview: `mkdocs serve` shows changed pages; a watch on the dumps makes pages of new ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import store
from generator.command import complain
from generator.model import GeneratorError
from generator.settings import Settings
from generator.site.site_build import mkdocs_command

_CHANGES = frozenset({"created", "modified", "moved", "deleted"})
_SETTINGS = frozenset({store.TOPICS, store.LEARNT, store.DUMPS, store.REMOVED})
_QUIET_SECONDS = 0.5  # editors and copies touch a file several times


def serve(settings: Settings, dev_addr: str, ingest: Callable[[], object]) -> None:
    """Serve until interrupted.  ``ingest`` is called when a dump or a setting in ``content/`` has changed,
    and after a failure also when a page has.
    """
    observer = Observer()
    handler = _AfterQuiet(settings, ingest)
    observer.schedule(handler, str(settings.content), recursive=True)
    observer.daemon = True
    observer.start()
    try:
        mkdocs_command(["serve", "--config-file", str(settings.config), "--dev-addr", dev_addr])
    finally:
        handler.stop()
        observer.stop()


class _AfterQuiet(FileSystemEventHandler):
    """Calls back once the folder has been quiet for a moment."""

    def __init__(self, settings: Settings, ingest: Callable[[], object]) -> None:
        self._settings, self._ingest = settings, ingest
        self._timer: threading.Timer | None = None
        self._running = threading.Lock()
        self._failed = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES and self._matters(str(event.src_path), str(event.dest_path or "")):
            self.stop()
            self._timer = threading.Timer(_QUIET_SECONDS, self._run)
            self._timer.daemon = True
            self._timer.start()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _matters(self, *paths: str) -> bool:
        return any(self._is_read(Path(path)) for path in paths if path)

    def _is_read(self, path: Path) -> bool:
        """Whether a run reads the file; a page only where the last one failed: it may have been put right."""
        if self._settings.content not in path.parents:
            return False
        folder, *below = path.relative_to(self._settings.content).parts
        if folder == "dumps":
            return bool(below) and not any(name.startswith(".") for name in below)
        return (not below and folder in _SETTINGS) or (self._failed and path.suffix == ".md")

    def _run(self) -> None:
        with self._running:
            self._failed = True
            try:
                self._ingest()
                self._failed = False
            except (GeneratorError, OSError) as error:
                complain(error, self._settings.content)
