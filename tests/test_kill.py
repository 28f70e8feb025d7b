"""A run that is killed leaves every file whole, and the next one ends as if nothing had happened."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator import atomic
from tests.project import Project, dump, make

PAPERS = [
    (
        f"Agents, part {number}",
        f"An agent for part {number}, with reinforcement learning.",
        f"Mar {number % 28 + 1}, 2024",
    )
    for number in range(120)
]


@pytest.fixture
def project(tmp_path) -> Project:
    """A year of dumps, half of them already read, with edited, renamed and removed pages."""
    project = make(tmp_path / "project")
    for week in range(12):
        papers = PAPERS[week * 8 : week * 8 + 24]
        project.add(f"{week:02}.txt", dump(f"Jan {week + 1}, 2025", *papers))
        if week == 6:
            project.ingest()
    project.edit("agents-part-3", "An agent", "*My* agent")
    project.edit("agents-part-5", "title:", "# mine\ntitle:")
    project.page("agents-part-7").rename(project.page("seven"))
    project.page("agents-part-8").unlink()
    return project


# `digest ingest` that is killed at the nth file: before its bytes are safe on the disk, or once they are in place.
KILLED = """
import os, signal, sys
from pathlib import Path
from generator.cli import main

moment, left = sys.argv[1], int(sys.argv[2])

def dying(whole, name):
    def wrapped(*arguments, **options):
        global left
        if moment == name:
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
        return whole(*arguments, **options)
    return wrapped

os.fsync = dying(os.fsync, "write")
Path.chmod = dying(Path.chmod, "rename")
Path.replace = dying(Path.replace, "place")
main(["ingest", "--config", sys.argv[3]])
"""


@pytest.mark.long
def test_killed_at_fifty_moments_a_run_is_made_good_by_the_next(project, tmp_path):
    """SIGKILL at any file from the first to the last, before, while and after it is put in place."""
    whole = Project(tmp_path / "whole")
    shutil.copytree(project.root, whole.root, symlinks=True)
    files = int(whole.ingest().output.split(" files written")[0].split()[-1])
    wanted = whole.files()
    rng = random.Random(20)
    cut_short = 0
    for turn in range(50):
        one = Project(tmp_path / f"{turn}")
        shutil.copytree(project.root, one.root, symlinks=True)
        before = one.files()
        arguments = [
            rng.choice(["write", "rename", "place"]),
            str(rng.randrange(files - 1)),
            str(one.root / "mkdocs.yml"),
        ]
        process = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True, check=False)
        assert process.returncode == -signal.SIGKILL, process.stderr
        now = {name: data for name, data in one.files().items() if not Path(name).name.startswith(".")}
        assert all(data in (before.get(name), wanted.get(name)) for name, data in now.items())
        cut_short += now not in (before, wanted)
        one.ingest()
        assert one.files() == wanted
        shutil.rmtree(one.root)
    assert cut_short > 40


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_disk_or_a_folder_that_cannot_be_written_is_a_plain_message(project, monkeypatch, error):
    """Nothing is lost, nothing is left lying about, and the next run makes good."""
    written, whole = [], os.fsync

    def failing(handle: int) -> None:
        written.append(handle)
        if len(written) > 20:
            raise OSError(error, os.strerror(error), "content/papers/.digest-x.new")
        whole(handle)

    edited = project.page("agents-part-3").read_bytes()
    monkeypatch.setattr(atomic.os, "fsync", failing)
    result = project.run("ingest")
    assert result.exit_code == 2
    assert os.strerror(error) in result.output
    assert "Traceback" not in result.output
    assert project.page("agents-part-3").read_bytes() == edited
    assert not list(project.content.rglob(".*"))
    monkeypatch.undo()
    project.ingest()
    assert "Nothing new." in project.ingest().output


def test_a_dump_that_cannot_be_read_costs_itself_only(project, monkeypatch):
    """Its name, and what to do."""
    whole = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.name == "11.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", failing)
    assert "dumps/11.txt:1: error: this is no plain file that can be read" in project.ingest().output


def test_a_page_with_the_marks_of_a_conflict_of_git_stops_the_run_with_its_line(project):
    """Whatever file it is in; nothing is written."""
    for file in (
        "papers/agents-part-3.md",
        "topics/agents.md",
        "digests/2025-01-01.md",
        "dumps.yml",
        "topics.yml",
        "ledger.txt",
    ):
        path = project.content / file
        text = path.read_text("utf-8")
        first, rest = text.split("\n", 1)
        path.write_text(f"{first}\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n{rest}", encoding="utf-8")
        before = project.files()
        result = project.run("ingest")
        assert result.exit_code == 2, file
        assert f"{file}:2: error: git left the marks of a conflict" in result.output, result.output
        assert project.files() == before
        path.write_text(text, encoding="utf-8")
