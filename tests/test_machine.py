"""Years of dumps, edits, renames, removals and broken-off runs, in any order: nothing of a person's is ever lost."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from generator import atomic, run, store
from generator.content import front, paperpage
from generator.ingest import ledger, planning
from generator.ingest.dumps import read_dumps
from generator.settings import load
from tests.project import Project, dump, make

# Papers that differ in title; each is told in several spellings, as dumps do.
TITLES = ("Learning to Walk", "Video Diffusion: a Study", "Scaling Laws of Reward", "Agents that Plan", "On Tokens")
SPELLINGS = (str, str.upper, lambda title: title.replace(" ", "  ").replace(":", " -"))
TOPICS = """\
- {id: video, name: Video, rules: [{weight: 3, phrases: [video]}]}
- {id: robotics, name: Robots, rules: [{weight: 3, phrases: [walk]}]}
"""
FIRST_DAY = date(2025, 1, 1)


def _key(title: str) -> str:
    return title.casefold().replace(" ", "").replace(":", "").replace("-", "")


class BrokenOffError(BaseException):
    """The run was killed."""


class Years(RuleBasedStateMachine):
    """A project, and what a person knows that must be there."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = make(self.folder)
        (self.project.content / "papers").mkdir()
        (self.project.content / "topics.yml").write_text(TOPICS, encoding="utf-8")
        self.days = 0
        self.steps = 0
        self.told: dict[str, list[int]] = {}  # dump that lies there, to its papers in order
        self.bytes: dict[str, bytes] = {}
        self.slugs: dict[int, str] = {}  # paper, to the name of its page after the last run
        self.pages: dict[int, str] = {}  # paper, to the name of its page now
        self.removed: set[int] = set()
        self.part_of: dict[int, int] = {}  # paper, to the one that a person said it is the same as
        self.edits: dict[int, dict[str, object]] = {}
        self.seen: dict[int, set[str]] = {}  # paper, to the dumps of which its page must know
        self.published: set[str] = set()
        self.clean = True

    # What dumps bring

    @rule(data=st.data(), papers=st.lists(st.integers(0, len(TITLES) - 1), min_size=1, max_size=4, unique=True))
    def add_a_dump(self, data, papers):
        self.days += data.draw(st.integers(1, 3))
        day = FIRST_DAY + timedelta(self.days)
        name = f"{data.draw(st.sampled_from('abcxyz'))}{self.days}.txt"
        entries = [
            (
                data.draw(st.sampled_from(SPELLINGS))(TITLES[paper]),
                f"Words of paper {paper}, version {data.draw(st.integers(0, 2))}.",
                f"Jan {paper + 1}, 2024 {data.draw(st.integers(1, 9))}",
            )
            for paper in papers
        ]
        text = dump(f"{day:%b} {day.day}, {day.year}", *entries)
        self._place(name, text.encode(), papers)

    def _place(self, name: str, data: bytes, papers: list[int]) -> None:
        if data in self.bytes.values():
            return
        self.project.add(name, data)
        self.told[name], self.bytes[name] = papers, data
        self.clean = False

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def lose_a_dump(self, data):
        """Its file is gone; what it told stays known."""
        name = data.draw(st.sampled_from(sorted(self.told)))
        if not self.clean:  # what was never read cannot be known
            self.run_all()
        (self.project.content / "dumps" / name).unlink()
        del self.told[name], self.bytes[name]
        self.clean = False

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def rename_a_dump(self, data):
        old = data.draw(st.sampled_from(sorted(self.told)))
        new = f"r{old}"
        if new in self.told:
            return
        if not self.clean:
            self.run_all()
        (self.project.content / "dumps" / old).rename(self.project.content / "dumps" / new)
        self.told[new], self.bytes[new] = self.told.pop(old), self.bytes.pop(old)
        for names in self.seen.values():
            if old in names:
                names.remove(old)
                names.add(new)
        self.clean = False

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def forget_a_dump(self, data):
        if not self.clean:
            self.run_all()
        name = data.draw(st.sampled_from(sorted(self.told)))
        assert self.project.run("forget", name).exit_code == 0
        del self.told[name], self.bytes[name]
        for paper, names in self.seen.items():
            if name in names:
                names.remove(name)
                if not names and paper not in self.edits and paper in self.pages:
                    del self.pages[paper]
                    self.slugs.pop(paper, None)
        self.clean = False
        self.run_all()

    # What a person does

    def _page(self, data) -> int:
        return data.draw(st.sampled_from(sorted(self.pages)))

    @precondition(lambda self: self.pages)
    @rule(data=st.data(), value=st.integers(100, 999))
    def edit_a_field(self, data, value):
        paper = self._page(data)
        path = self.project.page(self.pages[paper])
        field = data.draw(st.sampled_from(["comments", "title", "rating", "abstract", "below", "topics", "comment"]))
        text = path.read_text("utf-8")
        changes: dict[str, object] = {
            "comments": {"comments": value},
            "title": {"title": f"My Title {paper} {value}"},
            "rating": {"rating": value},
            "topics": {"topics": ["video", "robotics"], "topics_reviewed": True},
        }.get(field, {})
        if changes:
            text = front.revised(text, changes, path.name)
        elif field == "abstract":
            page = paperpage.read(text, path.stem)
            mine = f"My abstract {paper} {value}."
            if not page.body.abstract or page.body.below or page.body.above:
                return
            text = text.replace(page.body.abstract, mine)
            changes = {"abstract": mine}
        elif field == "below":
            text = text.rstrip("\n") + f"\n\n*Mine {value}.*\n"
            changes = {f"*Mine {value}.*": True}
        else:
            text = text.replace("---\n", f"---\n# mine {value}\n", 1)
            changes = {f"# mine {value}": True}
        path.write_text(text, encoding="utf-8")
        self.edits.setdefault(paper, {}).update(changes)
        self.clean = False

    @precondition(lambda self: self.pages)
    @rule(data=st.data(), number=st.integers(1, 99))
    def rename_a_page(self, data, number):
        paper = self._page(data)
        new = f"name-{number}"
        taken = {url.removeprefix("papers/").removesuffix("/") for url in self.published}
        if self.project.page(new).exists() or new in taken or self.slugs.get(paper) != self.pages[paper]:
            return
        self.project.page(self.pages[paper]).rename(self.project.page(new))
        self.pages[paper] = new
        self.clean = False

    @precondition(lambda self: len(self.pages) > 1 and self.clean)
    @rule(data=st.data())
    def say_that_two_are_the_same(self, data):
        paper, other = data.draw(st.permutations(sorted(self.pages)))[:2]
        if other in self.edits:
            return
        path = self.project.page(self.pages.pop(other))
        path.write_text(front.revised(path.read_text("utf-8"), {"same_as": self.pages[paper]}, path.name), "utf-8")
        self.part_of |= {other: paper, **{one: paper for one, main in self.part_of.items() if main == other}}
        self.seen[paper] |= self.seen.pop(other)
        self.run_all()

    @precondition(lambda self: set(self.pages) - set(self.part_of.values()) and len(self.pages) > 1 and self.clean)
    @rule(data=st.data())
    def take_a_page_out(self, data):
        paper = data.draw(st.sampled_from(sorted(set(self.pages) - set(self.part_of.values()))))
        self.project.page(self.pages.pop(paper)).unlink()
        self.removed.add(paper)
        self.edits.pop(paper, None)
        self.seen.pop(paper, None)
        self.clean = False
        self.run_all("--remove")

    @precondition(lambda self: self.removed)
    @rule()
    def call_all_back(self):
        (self.project.content / "removed.yml").write_text("", encoding="utf-8")
        self.removed.clear()
        self.clean = False

    # Runs

    @rule(writes=st.integers(0, 6))
    def a_run_that_is_killed(self, writes):
        """After some files; the next one ends as if nothing had happened."""
        whole, left = atomic.write, [writes]

        def counted(target: Path, content: bytes) -> None:
            if left[0] == 0:
                raise BrokenOffError
            left[0] -= 1
            whole(target, content)

        twin = Path(tempfile.mkdtemp())
        shutil.copytree(self.folder, twin / "p", symlinks=True)
        atomic.write = counted
        try:
            self.project.run("ingest")
        except BrokenOffError:
            pass
        finally:
            atomic.write = whole
        self.run_all()
        undisturbed = Project(twin / "p")
        undisturbed.ingest()
        assert undisturbed.files() == self.project.files()
        shutil.rmtree(twin)

    @rule()
    def run_all(self, *options: str):
        self.what_is_kept_changes_nothing()
        self.project.ingest(*options)
        self.clean = True
        for name, papers in self.told.items():
            for paper in papers:
                if paper not in self.removed:
                    self.seen.setdefault(self.part_of.get(paper, paper), set()).add(name)
        self._look()
        self.slugs = dict(self.pages)
        self.nothing_is_lost()
        self.every_address_answers()
        self.a_second_run_writes_nothing()

    def _look(self) -> None:
        """Which page is whose, by what a person would recognise it by: the name it had, or else its title."""
        by_title = {}
        for path in (self.project.content / "papers").glob("*.md"):
            by_title[_key(paperpage.read(path.read_text("utf-8"), path.stem).paper.title)] = path.stem
        for paper in range(len(TITLES)):
            if paper in self.removed or paper in self.part_of:
                assert paper not in self.pages
            elif paper not in self.pages:
                names = (one for one in range(len(TITLES)) if paper in (one, self.part_of.get(one)))
                found = [by_title[_key(TITLES[one])] for one in names if _key(TITLES[one]) in by_title]
                self.pages.update([(paper, slug) for slug in found])

    def what_is_kept_changes_nothing(self):
        """The run that is to come does the same as one that remembers nothing of those before."""
        settings = load(self.project.root / "mkdocs.yml")
        content = store.load(settings.content)
        reading = read_dumps(store.dumps(settings.content), content.dumps)
        assert run.planned(settings, remove=True).plan == planning.plan(content, reading, remove=True)

    # What must always be so after a run

    def nothing_is_lost(self):
        names = {path.stem for path in (self.project.content / "papers").glob("*.md")}
        assert names == set(self.pages.values())
        for paper, slug in self.pages.items():
            text = self.project.page(slug).read_text("utf-8")
            page = paperpage.read(text, slug)
            meta = front.read(text, slug).meta
            for what, value in self.edits.get(paper, {}).items():
                if what == "abstract":
                    assert page.paper.abstract == value
                elif value is True and what != "topics_reviewed":
                    assert what in text
                else:
                    read = meta[what]
                    assert read == (
                        list(map(str, value))
                        if isinstance(value, list)
                        else str(value).lower()
                        if value is True
                        else str(value)
                    )
            assert {seen.dump for seen in page.paper.sightings} == self.seen.get(paper, set())

    def every_address_answers(self):
        lines = ledger.read((self.project.content / "ledger.txt").read_text("utf-8"), "ledger.txt")
        assert self.published <= set(lines)
        self.published = set(lines)
        for slug, line in ledger.papers(lines).items():
            assert line.state or self.project.page(slug).exists()

    def a_second_run_writes_nothing(self):
        before = self.project.files()
        again = self.project.ingest().output
        assert "Nothing new." in again
        assert "leads nowhere" not in again
        assert self.project.files() == before
        assert not list(self.project.content.rglob(".*"))

    @invariant()
    def a_step_is_done(self):
        self.steps += 1

    def teardown(self):
        self.run_all()
        shutil.rmtree(self.folder)


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_some_years_lose_nothing():
    """A few, every day."""
    run_state_machine_as_test(
        Years, settings=settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=QUIET)
    )


@pytest.mark.long
def test_many_years_lose_nothing(capsys):
    """Many, before a change lands; the same ones each time, so that a change is judged by what it did."""
    steps = [0]

    class Counted(Years):
        def teardown(self):
            super().teardown()
            steps[0] += self.steps

    same_each_time = settings(
        max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=QUIET, derandomize=True
    )
    run_state_machine_as_test(Counted, settings=same_each_time)
    with capsys.disabled():
        print(f" {steps[0]} steps", end="")
