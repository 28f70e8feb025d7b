"""What a run keeps for the next is found again only where it is right, and harms nothing where it is not."""

from __future__ import annotations

import os
import pickle
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import cache, run, store, workers
from generator.cache import Cache
from generator.model import BrokenContentError, Links, Organization, Paper, Place, Problem, Record, Sighting
from generator.topics import assign
from tests.project import ONE, dump

PAPER = Paper(
    title="A",
    date=date(2025, 1, 2),
    organization=Organization("x", "X"),
    links=Links(code=("https://a.org",)),
    sightings=(Sighting("a.txt", 1, 2, date(2025, 1, 3)),),
)
RECORD = Record(paper=PAPER, problems=(Problem(Place("a", 1), "note", "b"),), stand_ins=frozenset({"authors"}))


def file_of(project):
    return run.cache_file(project.root)


def test_what_is_kept_is_found_again(tmp_path):
    file = tmp_path / ".cache" / "x.kept"
    first = cache.read(file)
    first.put(RECORD, "a", 1)
    cache.write(file, first)
    assert cache.read(file).get("a", 1) == RECORD
    assert cache.read(file).get("a", 2) is None


def test_what_was_not_asked_for_again_goes_in_the_end(tmp_path):
    file = tmp_path / "x.kept"
    write(file, {1: "one", 2: "two", 3: "three"})
    second = cache.read(file)
    second.get(1)
    cache.write(file, second)
    assert [cache.read(file).get(key) for key in (1, 2, 3)] == ["one", None, None]


def test_what_is_new_is_added_and_a_part_that_was_cut_off_costs_only_itself(tmp_path):
    file = tmp_path / "x.kept"
    write(file, {1: "one", 2: "two"})
    whole = file.read_bytes()
    second = cache.read(file)
    second.get(1)
    second.put("three", 3)
    cache.write(file, second)
    assert file.read_bytes().startswith(whole)
    file.write_bytes(file.read_bytes()[:-1])
    third = cache.read(file)
    assert [third.get(key) for key in (1, 2, 3)] == ["one", "two", None]
    third.put("three", 3)
    cache.write(file, third)
    assert [cache.read(file).get(key) for key in (1, 2, 3)] == ["one", "two", "three"]


def test_a_value_is_made_once():
    made = []
    memory = Cache()
    for _ in range(2):
        assert memory(lambda: made.append(1) or "value", "key") == "value"
    assert made == [1]


@given(st.binary(max_size=60), st.integers(0, 200))
def test_a_damaged_file_counts_as_none(tmp_path_factory, noise, at):
    file = tmp_path_factory.mktemp("kept") / "x.kept"
    whole = Cache()
    whole.put(RECORD, "a")
    cache.write(file, whole)
    data = file.read_bytes()
    damaged = data[:at] + noise + data[at + len(noise) :]
    file.write_bytes(damaged)
    assert cache.read(file).get("a") == (RECORD if damaged == data else None)


@pytest.mark.parametrize("what", [os.system, print, cache.write, Cache, pickle.loads])
def test_a_file_from_elsewhere_runs_nothing(tmp_path, what):
    """Even one that is signed as ours are: nothing but records comes out of it."""

    class Evil:
        def __reduce__(self):
            return what, ("touch " + str(tmp_path / "ran"),)

    data = pickle.dumps({b"key": Evil()})
    file = tmp_path / "x.kept"
    file.write_bytes(cache.engine() + len(data).to_bytes(8, "big") + sha256(data).digest() + data)
    assert not cache.read(file).unused
    assert not (tmp_path / "ran").exists()


def test_other_code_finds_nothing(tmp_path, monkeypatch):
    file = tmp_path / "x.kept"
    first = Cache()
    first.put("value", 1)
    cache.write(file, first)
    monkeypatch.setattr(cache, "engine", lambda: b"another engine..")
    assert cache.read(file).get(1) is None


def test_a_process_that_sees_to_many_projects_holds_only_the_last_of_their_files(tmp_path, monkeypatch):
    """What it let go it reads again."""
    monkeypatch.setattr(cache, "_HELD", {})
    files = [tmp_path / f"{number}.kept" for number in range(20)]
    for number, file in enumerate(files):
        first = Cache()
        first.put(number, "number")
        cache.write(file, first)
    assert [*cache._HELD] == files[-8:]
    assert [cache.read(file).get("number") for file in files] == [*range(20)]


def test_rules_and_what_was_learnt_are_found_again_from_the_disk(project, monkeypatch):
    """The same paper is in the same topics, with as many points, and nothing is read from YAML again."""
    file = project.root / "pages.kept"
    first = cache.read(file)
    made = store.load(project.content, first).taxonomy
    cache.write(file, first)
    monkeypatch.setattr(cache, "_HELD", {})
    monkeypatch.setattr("generator.topics.load", None)
    found = store.load(project.content, cache.read(file)).taxonomy
    assert found is not made
    assert found.topics == made.topics
    for title in ("Video Diffusion of Medical Images", "RL for reasoning", ""):
        assert assign(found, title, title) == assign(made, title, title)


@pytest.mark.parametrize("processors", [1, 2])
def test_pages_are_read_alike_by_one_process_and_by_several(project, monkeypatch, processors):
    """In the order of their names, with what is wrong with each, whether they were read before or not."""
    monkeypatch.setattr(workers, "_processors", lambda: processors)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)
    monkeypatch.setattr(workers, "_A_JOB", 2)
    memory = Cache()
    for turn in range(2):
        for number in range(5):
            project.page(f"new-{number}").write_text(f"---\ntitle: New {number + turn}\n---\n", encoding="utf-8")
        loaded = store.load(project.content, memory)
        assert {page.file: page.text for page in loaded.papers} == {
            name: text.decode() for name, text in project.files().items() if name.startswith("papers/")
        }
        titles = [page.paper.title for page in loaded.papers if page.slug.startswith("new-")]
        assert titles == [f"New {number + turn}" for number in range(5)]
    project.page("new-1").write_text("---\ndate: 2024-03-01\n---\n", encoding="utf-8")
    project.page("new-3").write_text("---\ntitle: [1, 2]\n---\n", encoding="utf-8")
    with pytest.raises(BrokenContentError) as broken:
        store.load(project.content, memory)
    assert [error.place for error in broken.value.errors] == [Place("papers/new-1.md"), Place("papers/new-3.md", 2)]


def test_a_run_merges_and_reads_only_what_is_new(project, monkeypatch):
    project.add("b.txt", dump("Dec 11", ("Something New", "An abstract.", "Jan 3")))
    calls = []
    for name in ("generator.readers.read", "generator.ingest.papers.merge"):
        monkeypatch.setattr(name, recording(calls, name))
    project.ingest()
    assert calls == ["generator.readers.read", "generator.ingest.papers.merge"]


def test_a_page_is_taken_apart_once(project, monkeypatch):
    calls = []
    monkeypatch.setattr("generator.content.paperpage.read", recording(calls, "generator.content.paperpage.read"))
    project.ingest()
    project.edit("video-diffusion", "# Video Diffusion", "# Video Diffusion\n\nMine.")
    calls.clear()
    project.ingest()
    project.ingest()
    assert len(calls) == 1


def test_a_run_without_a_memory_does_the_same(project):
    project.add("b.txt", dump("Dec 11", ONE, ("Something New", "An abstract.", "Jan 3")))
    project.ingest()
    with_memory = project.files()
    file_of(project).unlink()
    assert "Nothing new." in project.ingest().output
    assert project.files() == with_memory


def test_a_check_keeps_nothing(project):
    file_of(project).unlink()
    project.run("check")
    assert not file_of(project).exists()


def write(file, values):
    memory = Cache()
    for key, value in values.items():
        memory.put(value, key)
    cache.write(file, memory)


def recording(calls, name):
    """The function of a name, which writes down that it was called."""
    module, _, attribute = name.rpartition(".")
    function = getattr(__import__(module, fromlist=[attribute]), attribute)

    def call(*arguments, **options):
        calls.append(name)
        return function(*arguments, **options)

    return call
