"""Whatever goes wrong while the site is built, readers find the old one or the new one, whole."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator.site import swap
from tests.project import ROOT, Project, dump, make
from tests.test_site import files

COMMAND = (sys.executable, "-c", "from generator.cli import main; main()", "build", "--config")


@pytest.fixture
def built(tmp_path) -> Project:
    """A project of a paper, whose site is there."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10", ("A Paper on Agents", "Words.", "Mar 3, 2024")))
    assert project.run("build").exit_code == 0
    return project


def left_behind(project: Project) -> list[str]:
    return [path.name for path in project.root.iterdir() if path.name.startswith(".site")]


def with_theme_of_its_own(project: Project) -> Path:
    """The project's templates, to be changed."""
    theme = project.root / "theme_overrides"
    theme.unlink()
    shutil.copytree(ROOT / "theme_overrides", theme)
    return theme


def a_broken_link(project: Project) -> None:
    (project.content / "about.md").write_text("# About\n\n[there](papers/nope.md)\n", encoding="utf-8")


def a_template_that_fails(project: Project) -> None:
    (with_theme_of_its_own(project) / "main.html").write_text("{{ 1 / 0 }}", encoding="utf-8")


def a_template_that_is_none(project: Project) -> None:
    (with_theme_of_its_own(project) / "main.html").write_text("{% if %}", encoding="utf-8")


def broken_front_matter(project: Project) -> None:
    project.edit("a-paper-on-agents", 'title: "', 'title: "" "')


def a_setting_that_mkdocs_refuses(project: Project) -> None:
    with (project.root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("use_directory_urls: [1, 2]\n")


def addresses_without_folders(project: Project) -> None:
    settings = project.root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("use_directory_urls: true", "use_directory_urls: false"))


def a_template_that_is_not_there(project: Project) -> None:
    (with_theme_of_its_own(project) / "main.html").write_text('{% include "partials/mine.html" %}', encoding="utf-8")


def a_page_that_is_no_utf_8(project: Project) -> None:
    (project.content / "notes.md").write_bytes(b"A page.\n\ncaf\xe9\n")


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (a_broken_link, "about.md"),
        (a_template_that_is_not_there, "there is no template “partials/mine.html”"),
        (a_page_that_is_no_utf_8, "notes.md:3: error: this is not UTF-8"),
        (a_template_that_fails, "main.html:1: ZeroDivisionError"),
        (a_template_that_is_none, "main.html:1: TemplateSyntaxError"),
        (broken_front_matter, "a-paper-on-agents.md:2: error:"),
        (a_setting_that_mkdocs_refuses, "use_directory_urls"),
        (addresses_without_folders, "`use_directory_urls: false` would move every page"),
    ],
)
def test_a_build_that_fails_leaves_the_site_and_says_where(
    built: Project, fault: Callable[[Project], None], named: str
):
    """Byte for byte; exit code 2, one complaint with the file, no traceback, nothing left beside the site."""
    before = files(built.root / "site")
    fault(built)
    result = built.run("build")
    assert result.exit_code == 2, result.output
    lines = [line for line in result.output.splitlines() if ": error: " in line]
    assert named in lines[-1]
    assert len({line.rpartition(": error: ")[2] for line in lines}) == 1  # MkDocs may have said the same
    assert "Traceback" not in result.output
    assert files(built.root / "site") == before
    assert left_behind(built) == []


def test_a_full_disk_leaves_the_site(built: Project):
    """Here a file may have 30,000 bytes, which is less than the site's sheet; the error is that of a full disk's kin."""
    before = files(built.root / "site")
    run = subprocess.run(
        [*COMMAND, str(built.root / "mkdocs.yml")],
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2, run.stderr
    assert run.stderr.splitlines()[-1].endswith("error: File too large: the site is as it was")
    assert "Traceback" not in run.stderr
    assert files(built.root / "site") == before
    assert left_behind(built) == []


@pytest.mark.parametrize("moments", [3, pytest.param(25, marks=pytest.mark.long)])
def test_a_killed_build_leaves_the_old_site_or_the_new_one(built: Project, moments: int, tmp_path):
    """At any moment of it, the last ones included; what it left beside the site goes with the next build."""
    site, config = built.root / "site", str(built.root / "mkdocs.yml")
    with_theme_of_its_own(built).joinpath("404.html").write_text("other", encoding="utf-8")
    old = tmp_path / "old"
    shutil.copytree(site, old)
    begun = time.monotonic()
    assert built.run("build").exit_code == 0
    takes = 2 * (time.monotonic() - begun)  # a program of its own has to start, too
    before, after = files(old), files(site)
    assert before != after
    seen = set()
    for moment in range(moments):
        shutil.rmtree(site)
        shutil.copytree(old, site)
        run = subprocess.Popen([*COMMAND, config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(takes * (moment + 1) / moments)
        run.send_signal(signal.SIGKILL)
        run.wait()
        now = files(site)
        assert now in (before, after), moment
        seen.add(now == after)
    assert built.run("build").exit_code == 0
    assert left_behind(built) == []
    assert files(site) == after


def test_a_file_in_the_place_of_the_site_is_not_overwritten(built: Project):
    """It is somebody's."""
    shutil.rmtree(built.root / "site")
    (built.root / "site").write_text("mine", encoding="utf-8")
    result = built.run("build")
    assert (result.exit_code, "site: error: the site is a folder" in result.output) == (2, True)
    assert (built.root / "site").read_text("utf-8") == "mine"


@pytest.fixture(params=[True, False], ids=["exchange", "two steps"])
def folders(request, tmp_path, monkeypatch) -> tuple[Path, Path]:
    """A new folder and an old one that is a checkout, where the system can exchange names, and where it cannot."""
    new, old = tmp_path / "new", tmp_path / "old"
    new.mkdir()
    (old / ".git" / "refs").mkdir(parents=True)
    (old / ".git" / "refs" / "main").write_text("1234", encoding="utf-8")
    (old / ".nojekyll").touch()
    (old / "index.html").write_text("old", encoding="utf-8")
    (new / "index.html").write_text("new", encoding="utf-8")
    if not request.param:
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    return new, old


def test_one_folder_takes_the_place_of_another(folders):
    """What begins with a dot stays, and is the same."""
    new, old = folders
    git = (old / ".git" / "refs" / "main").stat().st_ino
    swap.replace(new, old)
    assert files(old) == {".git/refs/main": b"1234", ".nojekyll": b"", "index.html": b"new"}
    assert (old / ".git" / "refs" / "main").stat().st_ino == git
    assert files(new)["index.html"] == b"old", "the next site is built there"
    assert [path.name for path in sorted(new.parent.iterdir())] == ["new", "old"]


@pytest.mark.parametrize("gone", [True, False])
def test_a_kill_between_two_steps_is_in_nobodys_way(folders, monkeypatch, gone):
    """The old folder is beside its place then; the next build puts a new one there."""
    new, old = folders
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    (old.rename if gone else partial(shutil.copytree, old))(old.with_name(".old-aside"))
    swap.replace(new, old)
    assert files(old)["index.html"] == b"new"
    assert [path.name for path in sorted(new.parent.iterdir())] == (["old"] if gone else ["new", "old"])


def test_a_fault_before_the_exchange_leaves_the_old_folder_whole(folders, monkeypatch):
    """Its checkout, too, although the new one had a part of it already."""
    new, old = folders
    before = files(old)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(OSError, match="No space left"):
        swap.replace(new, old)
    shutil.rmtree(new)
    assert files(old) == before


def test_where_there_was_no_folder_there_is_one(tmp_path):
    """The first build."""
    (tmp_path / "new").mkdir()
    swap.replace(tmp_path / "new", tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize("alias", ["../../../evil", "..", "a/b"])
def test_no_name_on_a_page_and_no_line_of_the_ledger_leads_out_of_the_site(built: Project, alias: str):
    """It is no name of a page, and counts for nothing."""
    (digest,) = (built.content / "digests").glob("*.md")
    digest.write_text(digest.read_text("utf-8").replace("---\n", f'---\naliases: ["{alias}"]\n', 1), encoding="utf-8")
    with (built.content / "ledger.txt").open("a", encoding="utf-8") as ledger:
        ledger.write(f"digests/../{alias}/\n../../evil/\n//\n")
    before = {path for path in built.root.parent.rglob("*") if "site" not in path.parts and ".cache" not in path.parts}
    assert built.run("build").exit_code == 0
    after = {path for path in built.root.parent.rglob("*") if "site" not in path.parts and ".cache" not in path.parts}
    assert after == before
    assert not [path for path in (built.root / "site").rglob("*") if path.name in ("evil", "b")]
