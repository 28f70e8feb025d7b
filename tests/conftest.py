"""What all tests share: files that hold what is expected, and the option that accepts what is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tests.project import ONE, TWO, Project, dump, make, with_seeds
from tests.serving import serving

settings.register_profile("project", deadline=None)  # how long a machine takes says nothing of the code
settings.load_profile("project")

Golden = Callable[[str, Path], None]

# Chromium as root in a container, that asks nobody on the network for anything of its own.
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files; then read their diff")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a check that a text is the golden file's, or becomes it under ``--accept``."""

    def check(actual: str, path: Path) -> None:
        if request.config.getoption("accept"):
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert path.exists(), f"{path} is missing: run pytest --accept, then read it"
        assert actual == path.read_text(encoding="utf-8"), f"{path}: run pytest --accept, then read the diff"

    return check


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, the one on this machine; without it the test fails under CI and is skipped elsewhere."""
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)
        except PlaywrightError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"SKIPPED: no Chromium to look at the site with: {error}")
        yield chromium
        chromium.close()


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with two papers of one dump, ingested."""
    made = make(tmp_path)
    made.add("a.txt", dump("Dec 10", ONE, TWO))
    made.ingest()
    return made


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the two real dumps, ingested and built.  Not to be changed."""
    project = with_seeds(tmp_path_factory.mktemp("seeds"))
    result = project.run("build")
    assert result.exit_code == 0, result.output
    return project


@pytest.fixture(scope="session")
def address(seeds: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of that project's site, below a folder as on GitHub Pages."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "repo").symlink_to(seeds.root / "site", target_is_directory=True)
    with serving(folder) as host:
        yield f"{host}/repo/"
