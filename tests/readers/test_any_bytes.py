"""Whatever the bytes: no reader raises or hangs, and what it makes of them holds together."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.readers import READERS, read
from generator.reading.mail import opened
from tests.readers.reading import holds

HERE = Path(__file__).parent
FORMATS = [reader.FORMAT for reader in READERS]
# Each small dump of a format, and a piece of each real one where they lie beside the checkout.
SMALL = [
    path.read_bytes()
    for folder in sorted(HERE.iterdir())
    if folder.is_dir() and folder.name != "__pycache__"
    for path in sorted(folder.iterdir())
    if not path.name.endswith(".json") or path.name.count(".") == 1
]
REAL = sorted(path for path in (HERE.parents[2] / "shared" / "digests").glob("*/*") if path.is_file())
PIECES = [path.read_bytes()[:20_000] for path in REAL if path.parent.name != "scale"]
SIGNS = st.sampled_from(
    [
        *"[](){}<>\\$`*_|#-+&\"':,;@=%~\n\t 0aé·•\x00\xa0\u0378\u061c\u1680\u180e\u200b\u2028\ue000\u3000\ufeff\u0661",
        *(
            "\n\n",
            "](",
            "[![",
            "\\\\\n",
            "<!--",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&nbsp;",
            "&nosuchname;",
            "<b>",
            "</think>",
            "--|--\n",
            "&#x41;",
            "\\'",
            "$\\alpha$",
            "et al.",
            " and ",
        ),
        *(
            "https://arxiv.org/abs/2506.00001",
            "10.1000/xyz",
            "2025-02-30",
            "Dec 10",
            "Title: ",
            "@article{",
            "TY  - ",
            "arXiv:",
        ),
    ]
)
# A deadline is no measure of speed: it is what tells a hang from work on a busy machine.
patient = settings(
    max_examples=60,
    deadline=timedelta(seconds=20),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("format", FORMATS)
@patient
@given(data=st.binary(max_size=400), name=st.text(max_size=12))
def test_any_bytes_can_be_read_as_any_format(format: str, data: bytes, name: str) -> None:
    """Even as one that a person forced on them."""
    holds(read(data, name, format=format))


@pytest.mark.parametrize("format", FORMATS)
@patient
@given(signs=st.lists(SIGNS, max_size=60))
@example(signs=["\\\\\n", "Title: ", "\\\\\n"])
def test_signs_that_mean_something_can_stand_in_any_order(format: str, signs: list[str]) -> None:
    """Brackets, fences, entities, ids and labels, in the middle of each other."""
    holds(read("".join(signs).encode("utf-8", "surrogatepass"), "a.txt", format=format))


def changed(data: st.DataObject, dump: bytes) -> bytes:
    """Return a dump with pieces lost, doubled, moved and replaced."""
    for _ in range(data.draw(st.integers(1, 5))):
        at, end = sorted(data.draw(st.integers(0, len(dump))) for _ in range(2))
        piece = dump[at : min(end, at + 500)]
        change = data.draw(st.sampled_from(["lose", "double", "move", "sign", "byte"]))
        if change == "lose":
            dump = dump[:at] + dump[at + len(piece) :]
        elif change == "double":
            dump = dump[:at] + piece + dump[at:]
        elif change == "move":
            rest = dump[:at] + dump[at + len(piece) :]
            to = data.draw(st.integers(0, len(rest)))
            dump = rest[:to] + piece + rest[to:]
        elif change == "sign":
            dump = dump[:at] + data.draw(SIGNS).encode("utf-8", "surrogatepass") + dump[at:]
        else:
            dump = dump[:at] + data.draw(st.binary(min_size=1, max_size=4)) + dump[at + 1 :]
    return dump


@settings(patient, max_examples=300)
@given(data=st.data())
def test_dumps_that_were_damaged_can_be_read(data: st.DataObject) -> None:
    """By their own shape, whichever that still is."""
    holds(read(changed(data, data.draw(st.sampled_from(SMALL))), "a.txt"))


@pytest.mark.skipif(not PIECES, reason="SKIPPED: the real dumps are not beside the checkout")
@settings(patient, max_examples=100)
@given(data=st.data())
def test_real_dumps_that_were_damaged_can_be_read(data: st.DataObject) -> None:
    """Feeds, mails, pages, lists and bibliographies as people have them."""
    holds(read(changed(data, data.draw(st.sampled_from(PIECES))), "a_2026-10-02.txt"))


@pytest.mark.parametrize("format", FORMATS)
@patient
@given(data=st.data())
def test_a_dump_of_one_format_can_be_forced_into_another(format: str, data: st.DataObject) -> None:
    """A person may choose wrongly."""
    holds(read(data.draw(st.sampled_from(SMALL)), "a.txt", format=format))


@given(st.binary(max_size=400))
def test_any_bytes_can_be_a_mail_or_none(data: bytes) -> None:
    """With a header before them, too."""
    for mail in (
        data,
        b"From: a\nTo: b\nSubject: c\nDate: d\n\n" + data,
        b"From: a\nSubject: " + data + b"\nTo: b\n\nx",
    ):
        for letter in opened(mail):
            assert all(text == text.encode().decode() for text in (*letter.texts, *letter.attached))


HOSTILE = {
    "brackets": "[" * 300_000,
    "links": "[a](" * 75_000,
    "emphasis": "**a " * 75_000,
    "comments": "<!--" * 75_000,
    "elements": "<div>" * 60_000,
    "tables": "<html><body>" + "<table><tr><th>a<th>b" * 15_000,
    "formulas": "$a" * 150_000,
    "braces": "@article{a, title={" + "{" * 300_000,
    "arrays": "[" * 300_000 + '"paper":',
    "names": "et al. and " * 30_000,
    "numbers": "Daily Papers\n\nbyAK and the research community\n\nDec 10\n\n" + "42\n" * 75_000,
    "listings": "[1] arXiv:2512.08123 [pdf]\nTitle: a\n" * 7_000,
    "quotations": "> " * 100_000,
    "labels": "Title: a\n" * 30_000,
    "records": "TY  - J\nTI  - a\n" * 20_000,
    "cells": "| Paper | Links |\n|---|---|\n" + "| a " * 80_000,
    "headings": "- [a title](https://arxiv.org/abs/2506.00001)\n" + "### a\n" * 50_000,
    "names of links": "[a]: https://a.io\n" + "[a][" * 75_000,
    "bare addresses": "- " + "a https://arxiv.org/abs/2506.00001 " * 9_000,
    "header": 'title,url,"' + "a\n" * 150_000,
    "quotes": 'title,url\n"' + 'a""' * 100_000,
    "entities": "&#x" * 100_000,
    "blocks": "\\\\\narXiv:2506.00001\n" * 15_000,
    "values": "TY  - J\nTI  - a\nAB  - " + "a\n" * 150_000,
    "cards": "Daily Papers\nby AK and the research community\nhttps://huggingface.co/papers\n"
    + "".join(f"### [T{at}](https://huggingface.co/papers/2506.{at:05})\n" for at in range(6_000)),
    "days": "".join(f"# 2025-01-01\n- [T{at}](https://arxiv.org/abs/2506.{at:05})\n" for at in range(6_000)),
    "mails": "From: a\nTo: b\nSubject: c\n\n" + "From a\nTo: b\n\n" * 20_000,
    "mail": "From: a\nTo: b\nSubject: c\n" + "X: y\n" * 60_000,
    "bombs": '<!DOCTYPE a [<!ENTITY b "'
    + "c" * 1000
    + '"><!ENTITY d "'
    + "&b;" * 1000
    + '">]><rss><item><title>'
    + "&d;" * 1000,
    "grids": "- [a](https://arxiv.org/abs/2506.00001)\n| a | b |\n|" + "-" * 150_000 + "+",
    "empty comments": "<!---->" * 45_000,
    "broken comments": "<!--" + "-->" * 100_000,
    "empty lines": "Daily Papers\nby AK and the research community\n\nSubmitted by\n" + " ·\n" * 100_000,
    "spaces": '[{"paper": {"id": "2501.00001", "title": "a", "upvotes": 1, "summary": "' + " " * 300_000 + '( "}}]',
    "broken lines": '{"paper": {"id": "2501.00001", "upvotes": 1\n' * 6_000,
    "names of HTML": "<rss><item><title>" + "&amp" * 75_000,
    "data in XML": "<rss><item><title>" + "<![CDATA[" * 33_000,
    "reprs": '["' + "{'paper': " * 30_000 + '"]',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_made_to_take_for_ever_ends(text: str) -> None:
    """A third of a megabyte of each: with a step that is quadratic this would take minutes."""
    holds(read(text.encode(), "a.txt"))
