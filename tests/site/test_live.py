"""A preview of many papers shows an edited page before it builds the rest of the site."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from generator import plugin
from generator.site import live
from tests.project import ONE, TWO, Project, dump, make

SLUG = "video-diffusion"


@dataclass
class Preview:
    """`mkdocs serve`, one change after the other, without its threads and its network."""

    project: Project
    site: Path
    built: int = 0

    def __post_init__(self) -> None:
        self._config = self._load()
        self._config.plugins.on_startup(command="serve", dirty=False)
        self._build()
        server = LiveReloadServer(self._build, "127.0.0.1", 0, str(self.site))
        server.server_close()
        self.notice = self._config.plugins.on_serve(server, config=self._config, builder=self._build).builder

    def _load(self):
        address = "http://127.0.0.1:8000/"
        return load_config(config_file=str(self.project.root / "mkdocs.yml"), site_dir=str(self.site), site_url=address)

    def _build(self) -> None:
        self._config = self._load()
        build(self._config, serve_url="http://127.0.0.1:8000/")
        self.built += 1

    def html(self, url: str) -> str:
        return (self.site / url / "index.html").read_text("utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        file = self.project.content / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def close(self) -> None:
        self._config.plugins.on_shutdown()


@pytest.fixture
def preview(tmp_path, monkeypatch) -> Iterator[Preview]:
    """The preview of a project whose papers count as many."""
    monkeypatch.setattr(plugin, "_MANY", 2)
    monkeypatch.setattr(live, "_QUIET", 0.05)
    project = make(tmp_path / "project")
    project.add("a.txt", dump("Dec 10, 2025", ONE, TWO))
    project.ingest()
    preview = Preview(project, tmp_path / "site")
    yield preview
    preview.close()


def test_an_edit_is_shown_without_a_build_which_follows(preview):
    rest = preview.project.root / ".cache" / "rest-of-preview"
    before = rest.stat().st_mtime_ns
    preview.edit(f"papers/{SLUG}.md", "# Video Diffusion", "# Zebras")
    preview.notice()
    assert preview.built == 1
    assert "Zebras" in preview.html(f"papers/{SLUG}")
    assert "Zebras" not in preview.html("topics/video")
    until = time.monotonic() + 10
    while rest.stat().st_mtime_ns == before:  # MkDocs watches it
        assert time.monotonic() < until
        time.sleep(0.01)
    preview.notice()
    assert preview.built == 2
    assert "Zebras" in preview.html("topics/video")


@pytest.mark.parametrize(
    ("name", "old", "new", "url"),
    [
        (f"papers/{SLUG}.md", "A diffusion model", "A zebra", f"papers/{SLUG}"),
        (f"papers/{SLUG}.md", "# Video Diffusion", "# Zebras of Today", f"papers/{SLUG}"),
        (f"papers/{SLUG}.md", "A diffusion model", "A **bold** zebra", f"papers/{SLUG}"),
        (
            f"papers/{SLUG}.md",
            "# Video Diffusion",
            "# Video Diffusion\n\nMy zebra. See [it](../about.md).",
            f"papers/{SLUG}",
        ),
        ("topics/video.md", "\n## Papers", "\nWhat I say of zebras.\n\n## Papers", "topics/video"),
        ("digests/2025-12-10.md", "\n## Papers", "\nA week of zebras.\n\n## Papers", "digests/2025-12-10"),
        ("about.md", "# About", "# About\n\nA zebra.", "about"),
        ("index.md", "---\n", "---\nsubtitle: a zebra\n", "."),
    ],
)
def test_what_is_shown_is_what_a_build_makes_of_it(preview, name, old, new, url):
    preview.edit(name, old, new)
    preview.notice()
    shown = preview.html(url)
    assert preview.built == 1
    preview.notice()
    assert preview.built == 2
    assert shown == preview.html(url)


def test_markdown_comes_and_goes(preview):
    for _ in range(2):
        preview.edit(f"papers/{SLUG}.md", "A diffusion model", "A *slanted* model")
        preview.notice()
        assert "<em>slanted</em>" in preview.html(f"papers/{SLUG}")
        preview.edit(f"papers/{SLUG}.md", "A *slanted* model", "A diffusion model")
        preview.notice()
        assert "<em>" not in preview.html(f"papers/{SLUG}")
    assert preview.built == 1


def test_what_touches_more_than_a_page_is_built(preview):
    preview.edit(f"papers/{SLUG}.md", "---\n", "---\nhidden: true\n")
    preview.notice()
    assert preview.built == 2
    assert "A diffusion model" not in preview.html(f"papers/{SLUG}")
    preview.edit("topics.yml", "description: ", "description: Zebras. ")
    preview.notice()
    assert preview.built == 3
    preview.project.page("other").write_text("---\ntitle: Other\n---\n\n# Other\n\nA paper.\n", encoding="utf-8")
    preview.notice()
    assert preview.built == 4
    preview.notice()  # of the theme, say
    assert preview.built == 5


def test_a_page_that_cannot_be_read_stops_the_build_and_the_next_edit_mends_it(preview, caplog):
    preview.edit(f"papers/{SLUG}.md", "title: ", "title: [")
    with pytest.raises(Abort):
        preview.notice()
    assert f"papers/{SLUG}.md:3" in caplog.text
    preview.edit(f"papers/{SLUG}.md", "title: [", "title: ")
    preview.notice()
    assert preview.built == 2
    assert "Video Diffusion" in preview.html(f"papers/{SLUG}")


def test_few_papers_are_built_at_once(preview, monkeypatch):
    monkeypatch.setattr(plugin, "_MANY", 3)
    few = Preview(preview.project, preview.site.with_name("few"))
    few.edit(f"papers/{SLUG}.md", "A diffusion model", "A zebra")
    few.notice()
    assert few.built == 2
    few.close()


def test_files_of_editors_are_no_change(preview):
    for name in (f".{SLUG}.md.swp", f"{SLUG}.md~", f"#{SLUG}.md#"):
        preview.project.page(SLUG).with_name(name).write_text("half a sentence", encoding="utf-8")
        preview.notice()
    assert preview.built == 1
    preview.project.page(SLUG).with_name(f"{SLUG}.md~").unlink()
    preview.edit(f"papers/{SLUG}.md", "A diffusion model", "A zebra")
    preview.notice()
    assert preview.built == 1
    assert "A zebra" in preview.html(f"papers/{SLUG}")
    preview.project.page(SLUG).with_name(f".{SLUG}.md.swp").write_text("a sentence", encoding="utf-8")
    preview.notice()  # perhaps of the rest that is owed, too
    assert preview.built == 2


def test_a_page_that_became_a_link_to_elsewhere_is_not_shown(preview, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n\n# Secret\n\nNobody shall read this.\n", encoding="utf-8")
    preview.project.page(SLUG).unlink()
    preview.project.page(SLUG).symlink_to(secret)
    preview.notice()
    assert preview.built == 2
    assert not any("Nobody shall" in page.read_text("utf-8") for page in preview.site.rglob("*.html"))


def test_many_pages_at_once_are_built(preview, monkeypatch):
    monkeypatch.setattr(live, "_MOST", 1)
    preview.edit(f"papers/{SLUG}.md", "A diffusion model", "A zebra")
    preview.edit("about.md", "# About", "# About\n\nA zebra.")
    preview.notice()
    assert preview.built == 2
