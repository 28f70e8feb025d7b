"""Papers that may be one are pointed out, those that differ by a number are not."""

from __future__ import annotations

import pytest

from generator.ingest import near
from generator.model import Entry, Paper

LONG = "We show at length how a thing is done that nobody had thought of before. " * 4


def pairs(*papers: Paper) -> list[str]:
    entries = [Entry(f"paper-{at}", paper) for at, paper in enumerate(papers)]
    return [problem.place.file for problem in near.misses(entries)]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (Paper(title="Learning to Reason with Agents"), Paper(title="Learning to Reason with Agent"), True),
        (Paper(title="Short", abstract=LONG), Paper(title="Another Name Altogether", abstract=LONG.upper()), True),
        (Paper(title="Qwen2 Technical Report"), Paper(title="Qwen3 Technical Report"), False),
        (Paper(title="On Agents that Plan"), Paper(title="On Robots that Walk"), False),
        (Paper(title="On Agents", arxiv="2501.00001"), Paper(title="On Agent", arxiv="2501.00002"), False),
        (Paper(title="On Big Agents", arxiv="2501.00001"), Paper(title="On Big Agent"), True),
        (Paper(title="A", abstract="None."), Paper(title="B", abstract="None."), False),
        (Paper(title="A", doi="10.1000/a"), Paper(title="Something Else", doi="10.1000/a"), True),
        (
            Paper(title="A", doi="10.1000/a", arxiv="2501.00001"),
            Paper(title="B", doi="10.1000/a", arxiv="2501.00002"),
            False,
        ),
    ],
)
def test_what_is_almost_the_same_is_named(one, other, found):
    """By title, abstract or DOI, unless numbers or ids say otherwise."""
    assert pairs(one, other) == (["papers/paper-1.md"] if found else [])
