"""A preview reads the dumps again when what a run reads has changed."""

from __future__ import annotations

import pytest
from watchdog.events import FileModifiedEvent, FileMovedEvent

from generator import settings
from generator.model import ContentError, Place
from generator.site import preview
from tests.project import Project, make


@pytest.fixture
def project(tmp_path) -> Project:
    return make(tmp_path)


@pytest.fixture
def runs(project, monkeypatch):
    """What a preview does of itself: its handler, and how often it has run, without the wait for quiet."""
    monkeypatch.setattr(preview, "_QUIET_SECONDS", 0)
    done: list[Exception | None] = []
    fails: list[Exception] = []

    def ingest() -> None:
        done.append(fails[0] if fails else None)
        if fails:
            raise fails.pop()

    handler = preview._AfterQuiet(settings.load(project.root / "mkdocs.yml"), ingest)

    def touched(name: str) -> int:
        """Have a file of the project changed; how often it has run since the beginning."""
        handler.on_any_event(FileModifiedEvent(str(project.root / name)))
        if handler._timer:
            handler._timer.join()
        return len(done)

    touched.handler, touched.fails = handler, fails
    return touched


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("content/dumps/new.txt", True),
        ("content/dumps/folder/new.txt", True),
        ("content/topics.yml", True),
        ("content/topics-learnt.json", True),
        ("content/dumps.yml", True),
        ("content/removed.yml", True),
        ("content/dumps/.new.txt.swp", False),
        ("content/papers/a.md", False),
        ("content/problems.yml", False),
        ("content/dumps", False),
        ("content", False),
        ("content/notes/topics.yml", False),
        ("elsewhere/dumps/new.txt", False),
    ],
)
def test_what_a_run_reads_starts_one(runs, name, is_read):
    """And what it writes does not, nor a file that an editor keeps for itself."""
    assert runs(name) == is_read


def test_a_dump_that_was_moved_here_is_a_new_one(runs, project):
    """Which is how browsers end a download."""
    there = project.content / "dumps"
    runs.handler.on_any_event(FileMovedEvent(str(there / ".a.part"), str(there / "a.txt")))
    runs.handler._timer.join()
    assert runs("content/about.md") == 1


def test_after_a_failure_the_page_that_is_put_right_starts_a_run(runs, capsys):
    """The failure is told as the command tells it, with a file that can be opened from here."""
    runs.fails.append(ContentError(Place("papers/a.md", 3), "this is wrong\x1b[31m"))
    assert runs("content/topics.yml") == 1
    told = capsys.readouterr().err
    assert "\x1b" not in told
    assert "content/papers/a.md:3: error: this is wrong" in told
    assert runs("content/papers/a.md") == 2
    assert runs("content/papers/a.md") == 2, "all is well again"
