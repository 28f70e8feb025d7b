"""What a phrase finds in a text, and how that is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.topics import mentions
from generator.topics.mentions import Mention, part
from generator.topics.phrases import Phrase, absurdity, spellings
from generator.topics.phrasetree import tree
from generator.topics.remembered import remembered


def told(text: str, *wanted: str) -> list[Mention]:
    ways = [Phrase(words, 0, rule, 1.0) for rule, phrase in enumerate(wanted) for words in spellings(phrase)]
    return [*mentions.mentioned(tree(ways), text, in_title=False)]


def found(text: str, *wanted: str) -> set[str]:
    """The parts of ``text`` that are one of the phrases."""
    return {part(mention, text) for mention in told(text, *wanted)}


def shown(text: str, phrase: str) -> set[str]:
    return {mentions.shown(mention, text) for mention in told(text, phrase)}


@pytest.mark.parametrize("spelling", ["Pre-training", "pretraining", "pre training", "PRE-TRAIN", "Pre\u2010trained"])
def test_a_hyphen_finds_a_hyphen_a_space_or_nothing(spelling):
    """Also another hyphen, another case and another ending."""
    assert found(f"On {spelling}, again", "pre-train*") == {spelling}


def test_a_phrase_written_as_one_word_finds_its_hyphenated_spelling():
    """A curator need not know which spelling papers prefer."""
    assert found("On pre-training", "pretraining") == {"pre-training"}


@pytest.mark.parametrize("text", ["Biomedical", "medicals", "URL", "An rl", "Pre. Training", "pre, training"])
def test_only_whole_words_count(text):
    """Not a part of a word, not an abbreviation in small letters, not two words of two sentences."""
    assert found(text, "medical", "RL", "pre-train*") == set()


@pytest.mark.parametrize(
    ("phrase", "texts", "others"),
    [
        ("GPT-3.5", ["GPT-3.5", "GPT 3.5", "GPT3.5"], ["GPT-3", "GPT-3. 5", "GPT-3.51", "gpt-3.5"]),
        ("qwen2.5-VL", ["Qwen2.5-VL", "qwen2.5 VL"], ["Qwen2", "Qwen2.5", "Qwen2-VL"]),
        ("Qwen2.5*", ["Qwen2.5", "Qwen2.5VL", "Qwen2.51"], ["Qwen2", "Qwen-2.5"]),
        ("Llama 3.1 instruct*", ["Llama-3.1-Instruct"], ["Llama 3 instruct"]),
        ("C++", ["C++", "c++"], ["C", "C+", "++"]),
        ("C# program*", ["C# programs"], ["C programs", "C-programs", "C #programs", "C#m programs"]),
    ],
)
def test_names_may_have_points_and_signs(phrase, texts, others):
    """As models and languages for programming have."""
    assert absurdity(phrase) == ""
    for text in texts:
        assert len(found(f"We use {text}, which is known.", phrase)) == 1
        assert len(found(f"({text})", phrase)) == 1
    for text in others:
        assert found(f"We use {text}, which is known.", phrase) == set()


def test_a_name_is_also_found_without_what_follows_its_first_sign():
    """GPT-4.1 is a GPT-4, and ControlNet++ a ControlNet."""
    parts = {"GPT-4", "GPT-4.1", "ControlNet++"}
    assert found("On GPT-4.1 and ControlNet++.", "GPT-4", "ControlNet", "GPT-4.1") == parts
    assert shown("With GPT-4.1.", "GPT-4.1") == {"GPT-4.1"}
    assert shown("In C++.", "C++") == {"c++"}


@pytest.mark.parametrize("text", ["rl and moe", "RL AND MOE", "RL and MoE"])
def test_in_a_text_of_one_case_capitals_tell_nothing(text):
    """As in titles that a library has in small letters."""
    assert len(found(text, "RL", "MoE", "mo*")) == 2
    assert found(f"Not of {text.lower()}", "RL", "MoE") == set()


def test_languages_without_spaces_are_found_inside_a_run_of_characters():
    """Each Chinese or Japanese character is a word."""
    assert found("大语言模型的推理", "语言模型") == {"语言模型"}


def test_phrases_that_overlap_are_all_found():
    """Which of them counts is for the rules to say."""
    parts = found("Large language models", "language model*", "large language model*", "large")
    assert parts == {"Large", "Large language models", "language models"}


@pytest.mark.parametrize(
    ("text", "phrase", "line"),
    [
        ("Continual\n  Pre-Training", "continual pre-train*", "continual pre-training"),
        ("RL", "RL", "RL"),
        ("A MoE Model", "MoE model", "MoE model"),
        ("3D Scenes", "3D scene*", "3D scenes"),
        ("(Language + \n Models)", "language model*", "language + models"),
    ],
)
def test_a_phrase_is_shown_as_the_paper_has_it(text, phrase, line):
    """On one line, and in lower case but for abbreviations."""
    assert shown(text, phrase) == {line}


@given(st.lists(st.sampled_from(["pre-train", "Pre", "-", "training", ".", "x", *" \n\x1f\u2028\xa0\u3000_语"])))
def test_what_is_found_is_where_it_is_said_to_be(parts):
    """Whatever white space is around it and inside it."""
    for its in found("".join(parts), "pre-train*"):
        assert "".join(filter(str.isalpha, its)).lower().startswith("pretrain")
        assert its == its.strip("- .")
        assert its in " ".join("".join(parts).split())


def test_only_what_papers_may_share_is_remembered():
    """A text without white space would be remembered whole, however long it is."""
    made = []
    make = remembered(lambda piece: made.append(piece) or len(piece))
    assert [make("word"), make("word"), make("w" * 1000), make("w" * 1000)] == [4, 4, 1000, 1000]
    assert made == ["word", "w" * 1000, "w" * 1000]


def test_an_endless_word_is_shown_cut():
    """A * may stand for any ending, so an ending may be any length."""
    (line,) = shown("pretrain" + "i" * 10_000, "pre-train*")
    assert line.endswith("i…")
    assert len(line) == 60


@given(st.from_regex(r"[A-Za-z]{3,6}([- ][A-Za-z]{3,6}){0,3}\*?", fullmatch=True))
def test_a_phrase_finds_itself(phrase):
    """Whatever its capitals and hyphens, and with the shortest ending that a star stands for: none."""
    text = phrase.removesuffix("*")
    assert absurdity(phrase) == ""
    assert text in found(f"{text}: {text}", phrase)
