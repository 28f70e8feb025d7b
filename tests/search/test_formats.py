"""What is written for the browser is what it reads, and what was read of texts can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search import coding, pipeline, postings, terms
from generator.search.documents import Document
from generator.search.index import index_files
from generator.search.terms import Terms
from tests.project import make

from .conftest import ORGANIZATIONS, TOPICS, Oracle

NUMBERS = st.lists(st.one_of(st.integers(0, 300), st.integers(0, 2**32 - 1)), max_size=30)
SESSION = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=12)


def read(oracle: Oracle, site: Path, kind: str, count: int, data: bytes) -> list[object]:
    """What the browser makes of some bytes."""
    [made] = oracle("read", site, coded=[{"kind": kind, "count": count, "hex": data.hex()}])
    return list(made)


@SESSION
@given(numbers=NUMBERS)
def test_numbers_survive(oracle: Oracle, site: Path, numbers: list[int]) -> None:
    """Small and large."""
    assert read(oracle, site, "varints", len(numbers), coding.varints(numbers)) == numbers


@given(st.lists(st.one_of(NUMBERS.map(lambda numbers: numbers[:1]), st.binary(max_size=3))))
def test_very_many_numbers_are_the_same_bytes(several: list[list[int] | bytes]) -> None:
    """Numbers and single bytes by turns, and it is told where each ends."""
    single = [isinstance(some, bytes) for some in several for _ in some]
    numbers = np.array([number for some in several for number in some], np.int64)
    data, ends = coding.varints_and_bytes(numbers, np.array(single, bool))
    assert data == b"".join(some if isinstance(some, bytes) else coding.varints(some) for some in several)
    told = [
        bytes([number]) if one else coding.varint(number) for one, number in zip(single, numbers.tolist(), strict=True)
    ]
    assert ends.tolist() == [*accumulate(map(len, told))]


@pytest.mark.parametrize("at_once", [1, 7, 100])
def test_terms_are_the_same_however_many_are_encoded_at_once(
    documents: Sequence[Document], monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """One by one where each has more tokens than that; a field of 300 words and a word 70,000 times over."""
    long = Document(ref="long", title="the", abstract=" ".join(f"w{n}" for n in range(300)) + " again" * 70_000)
    numbers = {one.ref: number for number, one in enumerate((*documents, long))}
    counted = postings.count([*documents, long], numbers, Terms())
    whole = [*postings.encoded(counted)]
    monkeypatch.setattr(postings, "_AT_ONCE", at_once)
    assert [*postings.encoded(counted)] == whole
    assert {term.text: term.documents[-1] for term in whole}["w7"] == 1


@SESSION
@given(numbers=NUMBERS.map(lambda numbers: sorted(set(numbers))))
def test_ascending_lists_survive_as_their_gaps(oracle: Oracle, site: Path, numbers: list[int]) -> None:
    """Whatever they begin with."""
    assert read(oracle, site, "ascending", len(numbers), coding.varints(coding.gaps(numbers))) == numbers


@SESSION
@given(texts=st.lists(TEXTS, max_size=9))
def test_lists_of_texts_survive(oracle: Oracle, site: Path, texts: list[str]) -> None:
    """In any script, empty ones too."""
    assert read(oracle, site, "texts", 0, coding.text_list(texts)) == texts


@given(st.lists(st.lists(TEXTS.filter(bool), min_size=1), min_size=1))
def test_a_boundary_is_after_the_run_before_and_not_after_its_own(runs: list[list[str]]) -> None:
    """So that the browser looks for a term in the one run that may have it."""
    terms = sorted({term for run in runs for term in run}, key=postings.in_browser)
    parts = [terms[at : at + 3] for at in range(0, len(terms), 3)]
    for start, part, before in zip(postings.boundaries(parts), parts, [[""], *parts], strict=False):
        assert postings.in_browser(before[-1]) < postings.in_browser(start) <= postings.in_browser(part[0])


@given(st.lists(st.text(max_size=30)))
def test_kept_terms_are_those_that_are_read(texts: list[str]) -> None:
    """And no text is read twice, nor again from what was kept."""
    first = Terms()
    read = [first.of(text) for text in texts]
    again = Terms(first.to_keep())
    assert [again.of(text) for text in texts] == read
    assert again.read == 0
    assert first.read <= len(set(texts))
    assert "".join(again.to_keep()) == "".join(first.to_keep())


def test_terms_are_those_of_the_pipeline() -> None:
    """Stop words out, the empty term in."""
    text = "The Key of — data -- 76.5%"
    assert Terms().of(text) == [term for word in pipeline.words(text) if (term := pipeline.term(word)) is not None]
    assert Terms().of("—") == [""]
    assert Terms(Terms().to_keep()).of("—") == [""]


@given(st.data())
def test_damaged_terms_are_read_again(data: st.DataObject) -> None:
    """Cut, garbled, foreign: never an error, never other terms."""
    texts = ["reasoning data", "the keys — of", "数学 推理"]
    whole = Terms()
    for text in texts:
        whole.of(text)
    kept = bytearray("".join(whole.to_keep()).encode())
    at = data.draw(st.integers(0, len(kept) - 1))
    kept[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    damaged = Terms(bytes(kept).decode("utf-8", "replace").split("\n"))
    assert [damaged.of(text) for text in texts] == [Terms().of(text) for text in texts]


def test_a_build_from_kept_terms_makes_the_same_files(documents: Sequence[Document]) -> None:
    """And reads only what is new."""
    first = Terms()
    files = index_files(documents, TOPICS, ORGANIZATIONS, first)
    again = Terms(first.to_keep())
    assert index_files(documents, TOPICS, ORGANIZATIONS, again) == files
    assert again.read == 0
    more = Terms(first.to_keep())
    index_files([*documents, Document(ref="new", title="Something new")], TOPICS, ORGANIZATIONS, more)
    assert more.read == 1


def test_terms_are_let_go_of_when_all_are_asked_for(documents: Sequence[Document]) -> None:
    """Having been kept, if any is new."""
    kept: list[list[str]] = []
    terms = Terms(keep=lambda lines: kept.append([*lines]))
    files = index_files(documents, TOPICS, ORGANIZATIONS, terms)
    assert [*terms.to_keep()] == []
    again = Terms(kept[0], keep=lambda lines: kept.append([*lines]))
    assert index_files(documents, TOPICS, ORGANIZATIONS, again) == files
    assert len(kept) == 1, "nothing was new"


def test_a_build_keeps_its_terms_beside_the_project(tmp_path: Path) -> None:
    """And makes the same site when they are damaged or cannot be kept."""
    project = make(tmp_path)
    project.page("a-paper").parent.mkdir()
    project.page("a-paper").write_text("---\ntitle: Reasoning about data\n---\n", encoding="utf-8")
    kept = tmp_path / ".cache/search-terms.txt"

    def built() -> bytes:
        result = project.run("build")
        assert result.exit_code == 0, result.output
        return (tmp_path / "site/assets/search/index.json").read_bytes()

    first = built()
    assert "\treason data \n" in kept.read_text("utf-8")
    kept.write_bytes(b"\xff\x00damaged\tdeadbeef\tother\n")
    assert built() == first
    kept.unlink()
    kept.mkdir()
    assert built() == first


@pytest.mark.parametrize("size", [1, 50, 10_000])
def test_shards_have_every_term_once_and_in_order(size: int) -> None:
    """Whatever their size; a term with much to tell stands alone."""
    terms = [postings.Term(f"t{number:03}", number, (1,) * 5, b"x" * (number % 7 * 9)) for number in range(200)]
    runs = list(postings.shards(terms, size))
    assert [term for run in runs for term in run] == terms
    assert all(len(run) == 1 or sum(len(term.lists) for term in run) <= size for run in runs)


def test_terms_that_other_code_has_kept_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline may make others of the same text now."""
    kept = Terms()
    kept.of("some data")
    lines = [*kept.to_keep()]
    monkeypatch.setattr(terms, "engine", lambda: b"other code")
    again = Terms(lines)
    again.of("some data")
    assert again.read == 1
