"""What is measured: this project and others that make a site of the same papers, and how each is brought into a case.

Hugo and MkDocs are made for full builds: in every case they build everything.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from measure import DIGEST, LAST, set_aside

Command = tuple[str, ...]

# In this order: each case is of the site that the one before it leaves.
CASES: Final[Mapping[str, str]] = {
    "unchanged": "nothing changed",
    "changed": "one abstract edited",
    "dump": "one more dump of 50 papers",
    "cold": "cold: no site, no cache",
}
OURS: Final = "this project"
_MKDOCS: Final = (sys.executable, "-m", "mkdocs", "build", "--quiet")
_STRICT: Final = (*_MKDOCS, "--strict")  # as `digest build` has it


@dataclass(frozen=True, slots=True)
class Tool:
    """``made``: what it leaves in its folder, to be taken away where it is to begin anew."""

    name: str
    folder: Path
    commands: tuple[Command, ...]
    made: tuple[str, ...]
    add: Callable[[Path], None]
    commands_of_dump: tuple[Command, ...] = ()

    def of(self, case: str) -> tuple[Command, ...]:
        """The commands that make its site in a case."""
        return (case == "dump" and self.commands_of_dump) or self.commands

    def prepare(self, case: str, rubbish: Path) -> None:
        """Do what its user has done before the commands are run."""
        if case == "cold":
            for name in self.made:
                set_aside(self.folder / name, rubbish)
        elif case == "changed":
            edit(self.folder / "content/papers")
        elif case == "dump":
            self.add(self.folder)


def edit(papers: Path) -> None:
    """Add a sentence to the abstract of the first paper that has one: it is the last line of its page."""
    for page in sorted(papers.glob("*.md")):
        text = page.read_text("utf-8").rstrip("\n")
        if len(text.rpartition("\n")[2]) > 300:
            page.write_text(f"{text} This sentence is new.\n", encoding="utf-8")
            return


def tools(folder: Path, hugo: str, pagefind: str) -> Iterator[Tool]:
    """All of them, this project first."""
    project, site = folder / "project", folder / "hugo"
    yield Tool(OURS, project, (_STRICT,), ("site", ".cache"), _add_dump, ((*DIGEST, "build"),))
    yield _hugo("Hugo + Pagefind", site, hugo, pagefind, "public")
    yield _hugo("Hugo without related papers + Pagefind", site, hugo, pagefind, "public-unrelated", "unrelated.toml")
    # It builds from the pages of this project, which by then has ingested the dump.
    material = (*_MKDOCS, "--config-file", "material.yml")
    yield Tool("MkDocs + Material + search", project, (material,), ("site-material",), lambda _: None)


def _hugo(name: str, site: Path, hugo: str, pagefind: str, public: str, *further: str) -> Tool:
    """Hugo into a folder of its own, with further files of settings, and Pagefind over what it made."""
    settings = ("--config", ",".join(("hugo.toml", *further)), "--cacheDir", str(site / "cache"))
    made = (*shlex.split(hugo), "--quiet", *settings, "--destination", public)
    indexed = (*shlex.split(pagefind), "--site", public)
    return Tool(name, site, (made, indexed), (public, "resources", "cache"), _add_pages)


def version(command: str, argument: str) -> str:
    """What a program says of its version, or nothing if there is no such program."""
    try:
        said = subprocess.run([*shlex.split(command), argument], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip().splitlines()[-1]


def _add_dump(project: Path) -> None:
    shutil.copy(project / LAST, project / "content/dumps")


def _add_pages(site: Path) -> None:
    shutil.copytree(site / "more", site / "content/papers", dirs_exist_ok=True)
