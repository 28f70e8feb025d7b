"""Words become the same terms here as in lunr.js with ``setUp``."""

from __future__ import annotations

import json
import sys
import unicodedata
from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search import pipeline
from generator.search.documents import FIELDS

from .conftest import ODD_TITLES, SCALE, Oracle, texts_of_dumps

# Unicode gives new characters a category and a case; which are new depends on the releases of Python and of node.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cn", "Co"))
ENDINGS = (
    "y yy e ee eed ed ing s ss ies sses at bl iz ational ization iveness fulness ousness biliti logi icate ative "
    "alize ful ness ance ement ion sion tion ous ll le key lay try a o b x w ' - . :"
)
ODD_LETTERS = "\u03a3 \u03c3 \u03c2 \xe9 \u5b57 \U0001d4b3 \u017f \u0130 \ufeff \u0345"
PIECES = st.sampled_from(ENDINGS.split() + ODD_LETTERS.split(" "))
WORDS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=6).map("".join),
    st.text("aeiouybcdlstxz", min_size=1, max_size=9),
    st.text(CHARACTERS, min_size=1, max_size=8),
)


def terms(text: str) -> list[str]:
    """The terms of a text, as they are indexed."""
    return [term for term in map(pipeline.term, pipeline.words(text)) if term is not None]


def assert_same(oracle: Oracle, site: Path, texts: list[str]) -> None:
    """Words and terms of each text are those of lunr.js."""
    for text, answer in zip(texts, oracle("terms", site, texts=texts), strict=True):
        assert {"words": pipeline.words(text), "terms": terms(text)} == answer, ascii(text)


def test_all_words_of_the_dumps_become_the_terms_of_lunr_js(oracle: Oracle, site: Path) -> None:
    """Paragraph by paragraph, titles and bylines included."""
    assert_same(oracle, site, texts_of_dumps())


@pytest.mark.skipif(not SCALE.exists(), reason=f"the large corpus is not beside this checkout: {SCALE}")
def test_all_words_of_two_thousand_papers_become_the_terms_of_lunr_js(oracle: Oracle, site: Path) -> None:
    """Titles, abstracts and authors of the large corpus."""
    with SCALE.open(encoding="utf-8") as lines:
        papers = [json.loads(line) for line in islice(lines, 2000)]
    assert_same(oracle, site, [f"{paper['title']}\n{paper['summary']}\n{paper.get('authors')}" for paper in papers])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=30))
def test_any_words_become_the_terms_of_lunr_js(oracle: Oracle, site: Path, texts: list[str]) -> None:
    """Made of letters of all scripts, and of the endings that the stemmer knows."""
    assert_same(oracle, site, [*texts, " ".join(texts)])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=30))
def test_any_word_has_the_stem_of_lunr_js(oracle: Oracle, site: Path, words: list[str]) -> None:
    """Untrimmed and in capitals too, as a query may hold them."""
    assert [pipeline.stem(word) for word in words] == oracle("stems", site, words=words)


def test_short_words_of_the_letters_that_decide_have_the_stems_of_lunr_js(oracle: Oracle, site: Path) -> None:
    """All of them, up to five letters, with the common endings."""
    bodies = ["".join(letters) for size in range(1, 5) for letters in product("yasel", repeat=size)]
    words = [body + ending for body in bodies for ending in ("", "y", "ed", "ing", "eed", "s", "ion", "e")]
    assert [pipeline.stem(word) for word in words] == oracle("stems", site, words=words)


def test_each_character_parts_trims_and_lowers_as_in_lunr_js(oracle: Oracle, site: Path) -> None:
    """Alone, inside and at the ends of a word: all that Python knows, but one in fifty of those without a case."""
    characters = map(chr, range(sys.maxunicode + 1))
    known = [char for char in characters if unicodedata.category(char) not in ("Cn", "Cs", "Co", "Lo")]
    known += [char for char in map(chr, range(0, sys.maxunicode + 1, 50)) if unicodedata.category(char) == "Lo"]
    texts = [f"{char} a{char}b {char}x{char}" for char in known]
    for start in range(0, len(texts), 20_000):
        assert_same(oracle, site, texts[start : start + 20_000])


def test_ascii_words_are_trimmed_as_by_lunr_js_without_set_up(oracle: Oracle, site: Path) -> None:
    """For them ``setUp`` changes nothing."""
    texts = [f"{a}{b}word{b}{a} {a}{b}" for a, b in product(map(chr, range(128)), repeat=2)]
    plain = oracle("terms", site, texts=texts, plain=True)
    assert [terms(text) for text in texts] == [answer["terms"] for answer in plain]


def test_words_of_other_scripts_are_kept() -> None:
    """Lunr's own trimmer would empty them."""
    assert terms(f"«{ODD_TITLES[0]}» Обучение, “naïve”") == ["用于数学推理的", "大型语言模型", "обучение", "naïv"]


def test_the_modules_name_the_same_fields_and_boosts(oracle: Oracle, site: Path) -> None:
    """The boosts stand in Python and in JavaScript."""
    assert oracle("fields", site) == dict(FIELDS)
    assert list(oracle("fields", site)) == list(FIELDS)
