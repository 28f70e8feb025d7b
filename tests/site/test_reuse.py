"""A build leaves alone what is right, and comes to what a clean build gives, byte for byte."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from mkdocs.__main__ import cli
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File

from generator import cache, plugin, related, run, store, workers
from generator.content import paperpage
from generator.model import GeneratorError
from generator.plugin import DigestPlugin
from generator.site import reuse
from generator.site.rendering import Press, Rendered
from generator.site.reuse import Left
from tests.project import ONE, TWO, Project, dump, make

popen = subprocess.Popen
THREE = ("Robots That Learn", "A robot learns manipulation by reinforcement learning.", "Sep 2, 2024")


@pytest.fixture
def three(tmp_path) -> Project:
    """A project with three papers of two dumps, and its site."""
    project = make(tmp_path)
    project.add("a.txt", dump("Dec 10, 2025", ONE, TWO))
    project.add("b.txt", dump("Dec 11, 2025", TWO, THREE))
    project.ingest()
    build(project)
    return project


def build(project: Project) -> dict[str, bytes]:
    """The site of `mkdocs build` alone, by path."""
    cli(["build", "--quiet", "--strict", "--config-file", str(project.root / "mkdocs.yml")], standalone_mode=False)
    return files(project.root / "site")


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def clean_build(project: Project) -> dict[str, bytes]:
    """The site of one who has nothing but the repository."""
    twin = Project(project.root.with_name("twin"))
    shutil.rmtree(twin.root, ignore_errors=True)
    shutil.copytree(project.root, twin.root, symlinks=True, ignore=shutil.ignore_patterns("site", ".cache"))
    return build(twin)


def times(project: Project) -> dict[str, int]:
    """When each page of a paper was written."""
    pages = (project.root / "site" / "papers").rglob("index.html")
    return {page.parent.name: page.stat().st_mtime_ns for page in pages}


def test_nothing_is_written_again_when_nothing_has_changed(three):
    before, written = times(three), files(three.root / "site")
    assert build(three) == written
    assert times(three) == before


def test_one_page_is_written_when_a_paper_changes(three):
    before = times(three)
    three.edit("robots-that-learn", "A robot learns manipulation", "A robot finally learns manipulation")
    build(three)
    after = times(three)
    assert after["robots-that-learn"] != before["robots-that-learn"]
    assert after["a-reward-model-for-reasoning"] == before["a-reward-model-for-reasoning"]


@pytest.mark.parametrize("seed", range(3))
def test_any_edits_give_what_a_clean_build_gives(three, seed):
    edits = [
        lambda: three.edit("video-diffusion", "A diffusion model", "Another diffusion model"),
        lambda: three.edit("robots-that-learn", "# Robots That Learn", "# Robots That Learn\n\nMy words."),
        lambda: three.page("a-reward-model-for-reasoning").rename(three.page("reward-model")),
        lambda: three.page("video-diffusion").unlink(),
        lambda: three.add("c.txt", dump("Dec 12, 2025", ("Something New", "A graph neural network.", "Sep 9, 2024"))),
        lambda: _append(three.content / "topics.yml", "- id: extra\n  name: Extra\n  description: More.\n"),
        lambda: _append(three.content / "topics/agents.md", "\nBelow the list.\n"),
        lambda: _append(three.root / "mkdocs.yml", "\nsite_author: Somebody\n"),
        lambda: three.edit("robots-that-learn", "---\n", "---\nhidden: true\n"),
    ]
    random.Random(seed).shuffle(edits)
    for edit in edits:
        try:
            edit()
        except (AssertionError, FileNotFoundError):  # that page has another name now, or is gone
            continue
        three.run("ingest")
        assert build(three) == clean_build(three)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def test_a_page_that_somebody_changed_in_the_site_is_made_anew(three):
    wanted = files(three.root / "site")
    page = three.root / "site/papers/robots-that-learn/index.html"
    page.write_bytes(page.read_bytes().replace(b"Robots", b"Rabots"))
    assert build(three) == wanted


def test_a_file_that_nobody_asks_for_goes(three):
    wanted = files(three.root / "site")
    stray = three.root / "site/papers/gone/index.html"
    stray.parent.mkdir()
    stray.write_text("once")
    assert build(three) == wanted
    assert not stray.parent.exists()


@pytest.mark.parametrize("broken", [b"", b"{}", b"[1]", b'{"engine": 1}', b"\xff", None])
def test_a_broken_memory_is_noticed(three, broken):
    wanted = files(three.root / "site")
    for name in ("pages.json", "papers.kept", "site.kept", "search-terms.txt"):
        memory = three.root / ".cache" / name
        memory.unlink()
        if broken is not None:
            memory.write_bytes(broken)
    assert build(three) == wanted


def test_a_build_that_was_killed_costs_the_next_one_nothing_but_time(three):
    wanted = files(three.root / "site")
    reuse.set_aside(three.root / "site")
    assert build(three) == wanted
    reuse.set_aside(three.root / "site")
    (three.root / "site/papers/half").mkdir(parents=True)
    (three.root / "site/papers/half/index.html").write_text("half")
    assert build(three) == wanted


def test_a_build_that_fails_ends_what_it_began(three, monkeypatch):
    """Else the index could be written into the next site of a preview."""

    def fail(*_):
        raise GeneratorError("no")

    ended = []
    monkeypatch.setattr(workers, "begun", lambda job: workers.Begun(job, lambda: ended.append(job)))
    monkeypatch.setattr(Press, "jobs", fail)
    with pytest.raises(Abort):
        build(three)
    assert len(ended) == 1


def test_a_preview_of_many_papers_shows_them_before_their_search_is_there(three, monkeypatch):
    """The index is that of a build; a build that follows ends whoever still writes it."""
    wanted = {name: data for name, data in files(three.root / "site").items() if name.startswith("assets/search/")}
    monkeypatch.setattr(plugin, "_MANY", 1)
    monkeypatch.setattr(DigestPlugin, "on_startup", lambda self, **_: setattr(self, "_preview", True))
    monkeypatch.setattr(DigestPlugin, "on_shutdown", lambda self: None)  # as long as the preview goes on
    begun = []
    monkeypatch.setattr(subprocess, "Popen", lambda command: begun.append(popen(command)) or begun[-1])
    build(three)
    assert begun[0].wait(60) == 0
    assert wanted.items() <= files(three.root / "site").items()
    build(three)
    begun[1].wait(60)
    assert wanted.items() <= files(three.root / "site").items()


def test_the_site_that_is_replaced_keeps_its_bytes_while_the_new_one_is_built(three):
    three.run("build")
    old = three.root / "old"
    shutil.copytree(three.root / "site", old, copy_function=os.link)
    before = files(old)
    three.edit("robots-that-learn", "# Robots That Learn", "# Robots That Learn\n\nMy words.")
    assert three.run("build").exit_code == 0
    assert files(old) == before
    assert files(three.root / "site") == clean_build(three)


def test_each_site_is_built_where_the_one_before_the_last_was(three):
    """Which lacks what changed since; what is right there, or in the last one, is not made anew."""
    assert three.run("build").exit_code == 0
    before = times(three)
    for word in ("finally", "really", "nearly"):
        three.edit("robots-that-learn", "A robot ", f"A robot {word} ")
        assert three.run("build").exit_code == 0
        assert files(three.root / "site") == clean_build(three)
    after = times(three)
    assert after["a-reward-model-for-reasoning"] == before["a-reward-model-for-reasoning"]
    half = three.root / ".cache/site-before/papers/robots-that-learn/index.html"
    half.write_text("half")
    shutil.rmtree(half.parent.with_name("video-diffusion"))
    assert three.run("build").exit_code == 0
    assert times(three) == after
    assert files(three.root / "site") == clean_build(three)


@pytest.mark.parametrize("name", ["../mine.html", "papers/../../mine.html", "/mine.html", "mine.html"])
def test_what_is_kept_leads_to_nothing_but_pages(tmp_path, name):
    """A memory may be anybody's."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "mine.html").write_text("theirs")
    (tmp_path / "new/papers").mkdir(parents=True)
    for mine in ("mine.html", "new/mine.html"):
        (tmp_path / mine).write_text("mine")
    before = files(tmp_path)
    reuse.lend(tmp_path / "old", tmp_path / "new", {name: Left("key", 1, 1)})
    assert files(tmp_path) == before


def test_what_begins_with_a_dot_in_a_site_is_that_of_the_last(three):
    """A checkout of the branch that is published, in which somebody has committed meanwhile."""
    head = three.root / "site/.git/HEAD"
    head.parent.mkdir()
    for commit in ("one", "two", "three"):
        head.unlink(missing_ok=True)
        head.write_text(commit)
        assert three.run("build").exit_code == 0
        assert head.read_text() == commit


def test_files_of_the_index_that_are_right_stay(three):
    folder = three.root / "site/assets/search"
    (index,) = (path for path in folder.iterdir() if path.is_dir())
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    wanted, damaged = files(three.root / "site"), index / "has.json"
    damaged.write_text("damaged")
    (index / "stray.bin").write_text("stray")
    assert build(three) == wanted
    after = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    assert {name for name, time in after.items() if time != before[name]} == {damaged.name}
    three.edit("robots-that-learn", "A robot learns manipulation", "A robot learns carpentry")
    assert build(three) == clean_build(three)


def test_how_strictly_a_site_is_built_makes_no_other_pages(three):
    build(three)
    before = times(three)
    cli(["build", "--quiet", "--config-file", str(three.root / "mkdocs.yml")], standalone_mode=False)
    assert times(three) == before


def test_settings_of_plugins_count(three):
    before = times(three)
    settings = three.root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("- digest ", "- digest: {raw_html: true} "), "utf-8")
    build(three)
    assert times(three).items().isdisjoint(before.items())


def test_settings_count_wherever_they_stand(three, monkeypatch):
    """In a variable of the system, or in a file that `mkdocs.yml` builds on."""
    settings = three.root / "mkdocs.yml"
    (three.root / "base.yml").write_text("site_author: Somebody\nextra: {a: 1}\n")
    text = settings.read_text("utf-8").replace("site_name: Paper Digests", "site_name: !ENV NAME\nINHERIT: base.yml")
    settings.write_text(text, encoding="utf-8")
    monkeypatch.setenv("NAME", "One Name")
    build(three)
    monkeypatch.setenv("NAME", "Another Name")
    assert build(three) == clean_build(three)
    before = times(three)
    build(three)
    assert times(three) == before
    (three.root / "base.yml").write_text("site_author: Somebody\nextra: {a: 2}\n")
    build(three)
    assert times(three).items().isdisjoint(before.items())


def test_what_a_hook_or_a_template_of_any_name_says_counts(three):
    """Whatever a page is made of."""
    settings, hook, part = three.root / "mkdocs.yml", three.root / "hook.py", "partials/word.svg"
    theme = three.root / "theme_overrides"
    own = theme.resolve()
    theme.unlink()
    shutil.copytree(own, theme)
    footer = theme / "partials" / "footer.html"
    footer.write_text(f"{{{{ word }}}} {{% include '{part}' %}} {footer.read_text('utf-8')}", encoding="utf-8")
    (theme / part).write_text("first")
    hook.write_text("def on_env(env, **_):\n    env.globals['word'] = 'first'\n    return env\n")
    settings.write_text(f"{settings.read_text('utf-8')}\nhooks: [hook.py]\n", encoding="utf-8")
    build(three)
    hook.write_text(hook.read_text().replace("first", "second"))
    Hooks._load_hook.cache_clear()  # which a process of its own would not have
    assert build(three) == clean_build(three)
    (theme / part).write_text("second")
    assert build(three) == clean_build(three)


def test_a_build_by_mkdocs_alone_that_failed_leaves_nothing_in_the_next_site(three):
    """What it had set aside; what else begins with a dot is somebody's own."""
    for name in (".pages-of-before/papers/x", ".search-of-before/x", ".git"):
        (three.root / "site" / name).mkdir(parents=True)
    assert three.run("build").exit_code == 0
    assert [path.name for path in (three.root / "site").glob(".*")] == [".git"]


def test_what_is_told_of_pages_is_found_again(tmp_path):
    (tmp_path / "a.html").write_text("a")
    reuse.write(tmp_path / "memory.json", tmp_path, {"a.html": "key"})
    state = (tmp_path / "a.html").stat()
    assert reuse.read(tmp_path / "memory.json") == {"a.html": Left("key", 1, state.st_mtime_ns)}


def test_pages_of_other_code_are_not_trusted(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_text("a")
    reuse.write(tmp_path / "memory.json", tmp_path, {"a.html": "key"})
    told = json.loads((tmp_path / "memory.json").read_bytes())
    assert told["engine"] == cache.engine().hex()
    monkeypatch.setattr(reuse, "engine", lambda: b"another engine..")
    assert not reuse.read(tmp_path / "memory.json")


def test_the_memory_of_runs_is_the_same_file_for_ingest_and_build(three):
    files_kept = [run.cache_file(three.root), store.pages_cache(three.root)]
    before = [file.stat().st_mtime_ns for file in files_kept]
    build(three)
    assert [file.stat().st_mtime_ns for file in files_kept] == before


def test_a_build_takes_apart_and_compares_only_what_is_new(three, monkeypatch):
    build(three)
    taken, compared = [], []
    read, closest = paperpage.read, related._closest
    monkeypatch.setattr(paperpage, "read", lambda text, slug: taken.append(slug) or read(text, slug))
    monkeypatch.setattr(related, "_closest", lambda at, *others: compared.append(at) or closest(at, *others))
    monkeypatch.setattr(workers, "_processors", lambda: 1)
    three.edit("robots-that-learn", "# Robots That Learn", "# Robots That Learn\n\nMy words.")
    build(three)
    assert (taken, compared) == (["robots-that-learn"], [])


@pytest.mark.parametrize(
    "name", ["index.md", "topics/index.md", "papers/a-paper.md", "topics/reasoning/2.md", "search.md"]
)
def test_a_printed_page_lies_where_mkdocs_would_put_it(name):
    config = MkDocsConfig()
    config.load_dict({"site_dir": "site"})
    its = File(name, None, "site", True)
    ours = Rendered.of(config, name)
    assert (ours.dest_uri, ours.url, ours.abs_dest_path) == (its.dest_uri, its.url, its.abs_dest_path)
