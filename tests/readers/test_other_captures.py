"""The seeds as other tools and other hands would have captured them: they read the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.readers import Result, read
from tests.project import SEEDS

TITLE = re.compile(r"(?<=\n\n)(.+)(?=\n\n.{200,}\n\n)")
DAY = re.compile(r"\n(Dec 10|Jan 7)\n")
COMMENTS = re.compile(r"(?<=\n·\n)((?:[A-Z][a-z]{2} [0-9]{1,2})(?:, 20[0-9]{2})?) ([0-9]+)(?=\n)")


def above(text: str) -> Callable[[str], str]:
    return lambda dump: f"{text}\n\n{dump}"


def below(text: str) -> Callable[[str], str]:
    return lambda dump: f"{dump.rstrip()}\n\n{text}\n"


def before_the_day(text: str) -> Callable[[str], str]:
    return lambda dump: DAY.sub(rf"\n{text}\n\n\1\n", dump, count=1)


def titles(form: str) -> Callable[[str], str]:
    return lambda dump: TITLE.sub(form, dump)


def comments(form: str) -> Callable[[str], str]:
    return lambda dump: COMMENTS.sub(form, dump)


def dense(dump: str) -> str:
    return re.sub(r"\n{2,}", "\n", dump)


CAPTURES: dict[str, Callable[[str], str]] = {
    "the head on several lines": lambda dump: dump.replace("byAK and the", "by\nAK\nand the"),
    "the head with a space": lambda dump: dump.replace("byAK and the", "by AK and the"),
    "what was searched for": before_the_day("Search by arxiv id or title"),
    "an empty search": before_the_day("seed"),
    "the week": before_the_day("Week 2"),
    "the month": before_the_day("Dec 2025"),
    "arrows around the day": lambda dump: DAY.sub(r"\n← \1 →\n", dump, count=1),
    "the address": above("https://huggingface.co/papers?q=seed"),
    "the title of the page": above("Daily Papers - Hugging Face"),
    "the menu": above("Hugging Face's logo\n\nHugging Face\n\nModels\n\nDatasets\n\nPosts\n\nLog In\n\nSign Up"),
    "a note of when": above("Captured by me on a rainy day"),
    "a fence": lambda dump: f"```text\n{dump}\n```\n",
    "no bullets": lambda dump: dump.replace("  • ", ""),
    "dots for bullets": lambda dump: dump.replace("  • ", "· "),
    "stars for bullets": lambda dump: dump.replace("  • ", "* "),
    "comments on a line": comments(r"\1\n\2"),
    "comments on a line, apart": comments(r"\1\n\n\2"),
    "comments behind a dot": comments(r"\1 · \2"),
    "comments in brackets": comments(r"\1 (\2)"),
    "comments by name": comments(r"\1 \2 comments"),
    "comments with a picture": comments(r"\1 💬 \2"),
    "organisations right below": lambda dump: re.sub(r"\n\n(.+)(?=\n·\n)", r"\n\1", dump),
    "headings": titles(r"## \1"),
    "bold titles": titles(r"**\1**"),
    "pictures": titles(r"Thumbnail\n\n\1"),
    "a footer": below("About\nJobs\nWebsite\nTOS\nPrivacy"),
    "rights": below("© Hugging Face"),
    "the next page": below("Previous\n\nNext\n\nLoad more"),
    "quoted": lambda dump: re.sub(r"^", "> ", dump, flags=re.MULTILINE),
    "dense": dense,
}
UPVOTED: dict[str, Callable[[str], str]] = {
    "upvotes": titles(r"42\n\n\1"),
    "upvotes by name": titles(r"Upvote\n\n42\n\n\1"),
    "upvotes in words": titles(r"42 upvotes\n\n\1"),
    "upvotes, dense": lambda dump: dense(titles(r"42\n\n\1")(dump)),
    "upvotes right above": titles(r"42\n\1"),
    "upvotes, and comments on a line": lambda dump: comments(r"\1\n\n\2")(titles(r"42\n\n\1")(dump)),
}


def told(result: Result) -> Iterator[tuple[object, ...]]:
    for record in result.records:
        paper = record.paper
        byline = (paper.author_count, paper.organization, paper.date, paper.comments)
        yield paper.title, paper.abstract, *byline, record.sighting.captured


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
@pytest.mark.parametrize("name", [*CAPTURES, *UPVOTED])
def test_another_capture_reads_the_same(name: str, seed: Path) -> None:
    """But for the upvotes, where it has them."""
    dump = seed.read_text("utf-8")
    captured = {**CAPTURES, **UPVOTED}[name](dump)
    assert captured != dump
    found = read(captured.encode(), seed.name)
    assert [*told(found)] == [*told(read(dump.encode(), seed.name))]
    assert {record.paper.upvotes for record in found.records} <= ({42, None} if name in UPVOTED else {None})
    assert sum(record.paper.upvotes == 42 for record in found.records) >= (40 if name in UPVOTED else 0)
