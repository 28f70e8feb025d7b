"""What a run found is what the site says, without a dump being read again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest import findings
from generator.ingest.captures import Dump, hash_of
from generator.ingest.findings import Findings
from generator.ingest.merge import Conflict
from generator.model import Place, Problem
from generator.site import site_data
from tests.project import ONE, dump, make

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_PROBLEMS = st.builds(
    Problem, st.builds(Place, _TEXT, st.integers(1, 10**9)), st.sampled_from(["error", "warning", "note"]), _TEXT
)
_CONFLICTS = st.tuples(_TEXT, st.builds(Conflict, _TEXT, _TEXT, _TEXT))
_FINDINGS = st.builds(Findings, st.lists(_PROBLEMS, max_size=3).map(tuple), st.lists(_CONFLICTS, max_size=3).map(tuple))


@given(_FINDINGS)
def test_what_was_found_is_read_as_it_was_written(found):
    assert findings.read(findings.written(found) or "", "problems.yml") == found


def test_nothing_found_needs_no_file():
    assert findings.written(Findings()) is None


@given(st.text() | _FINDINGS.map(lambda found: (findings.written(found) or "").replace(":", "", 2)))
def test_a_damaged_file_stops_nothing(text):
    findings.read(text, "problems.yml")


@pytest.mark.parametrize(
    "text",
    [
        "problems: [",
        "problems: text",
        "- a list",
        "text",
        "problems:\n- {file: a, line: x, level: note, message: m}\n",
        "problems:\n- {file: a, line: 1, level: loud, message: m}\n",
        "conflicts:\n- {slug: a}\n",
        "<<<<<<< ours\nproblems: []\n",
    ],
)
def test_a_damaged_file_is_told_with_its_line_and_what_to_do(text):
    (problem,) = findings.read(text, "problems.yml").problems
    assert problem.place.file == "problems.yml"
    assert problem.level == "warning"
    assert "digest ingest" in problem.message


def test_a_dump_that_no_run_has_read_is_told():
    known = {
        "old.txt": Dump(sha256=hash_of(b"old")),
        "changed.txt": Dump(sha256=hash_of(b"before")),
        "gone.txt": Dump(),
    }
    said = Findings((Problem(Place("dumps/twin.txt"), "warning", "the same as dumps/old.txt: not read twice"),))
    here = {"old.txt": b"old", "changed.txt": b"after", "new.txt": b"new", "twin.txt": b"old"}
    assert [problem.place.file for problem in findings.unread(here, known, said)] == [
        "dumps/changed.txt",
        "dumps/new.txt",
    ]


def test_the_site_tells_what_was_found_and_which_dumps_came_since(tmp_path):
    project = make(tmp_path)
    project.add("old.txt", dump("Dec 10, 2025", ONE))
    project.add("empty.txt", "")
    project.ingest()
    project.add("new.txt", dump("Dec 11, 2025", ONE))
    told = json.loads(site_data.status_json(site_data.load(project.content)))["problems"]
    assert {problem["file"] for problem in told} >= {"dumps/empty.txt", "dumps/new.txt"}
    assert "dumps/old.txt" not in {problem["file"] for problem in told if "digest ingest" in problem["message"]}
