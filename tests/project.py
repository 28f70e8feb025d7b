"""A project for tests: a folder with the real configuration, theme and topics, and dumps of one's own."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "example"  # of a site; `content/` may be a curator's own
SEEDS = tuple(sorted((EXAMPLE / "dumps").glob("*.txt")))
NAMES = {
    "site_name": "Paper Digests",
    "site_description": "Research papers, by topic.",
    "site_url": '!ENV [SITE_URL, ""]',
}

HEAD = "new\n\nDaily Papers\n\nbyAK and the research community\n\n{day}\n\n"
ONE = ("A Reward Model for Reasoning", "We train a reward model with reinforcement learning.", "Sep 24, 2024")
TWO = ("Video Diffusion", "A diffusion model for video generation, 2024.", "Jan 2 4")

PAPER = "{title}\n\n{abstract}\n\n  • {authors} authors\n·\n{date}\n\n"


def dump(day: str, *papers: tuple[str, str, str]) -> str:
    """The text of a page: its day, then title, abstract and date of each paper."""
    body = (PAPER.format(title=title, abstract=abstract, authors=3, date=date) for title, abstract, date in papers)
    return HEAD.format(day=day) + "".join(body)


@dataclass(frozen=True)
class Project:
    """A project on disk, and its commands."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    def add(self, name: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        (self.content / "dumps" / name).write_bytes(data)

    def page(self, slug: str) -> Path:
        return self.content / "papers" / f"{slug}.md"

    def edit(self, slug: str, old: str, new: str) -> None:
        text = self.page(slug).read_text("utf-8")
        assert old in text
        self.page(slug).write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        """Run a command of `digest` in this process."""
        command, *rest = arguments
        return CliRunner().invoke(
            main, [command, "--config", str(self.root / "mkdocs.yml"), *rest], catch_exceptions=False
        )

    def ingest(self, *arguments: str) -> Result:
        result = self.run("ingest", *arguments)
        assert result.exit_code == 0, result.output
        return result

    def files(self) -> dict[str, bytes]:
        """Every file of ``content/`` that a run may write."""
        paths = (path for path in sorted(self.content.rglob("*")) if path.is_file())
        return {path.relative_to(self.content).as_posix(): path.read_bytes() for path in paths}


def make(root: Path) -> Project:
    """A project without dumps."""
    (root / "content" / "dumps").mkdir(parents=True)
    for name in ("topics.yml", "index.md", "about.md"):
        shutil.copy(EXAMPLE / name, root / "content" / name)
    (root / "mkdocs.yml").write_text(_settings(), encoding="utf-8")
    (root / "theme_overrides").symlink_to(ROOT / "theme_overrides", target_is_directory=True)
    return Project(root)


def _settings() -> str:
    """The settings of the repository, but for what the site is called."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    for key, value in NAMES.items():
        text = re.sub(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
    return text


def with_seeds(root: Path) -> Project:
    """A project with the two real dumps."""
    project = make(root)
    for seed in SEEDS:
        shutil.copy(seed, project.content / "dumps" / seed.name)
    return project
