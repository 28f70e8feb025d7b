"""What read papers taught: the file of the model, the values of words, and what they do to topics."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import ContentError, Paper, Place, Topic
from generator.topics import Taxonomy, assign, load, points, redescribed, taught
from generator.topics.learnt import definition, of_columns, read, rule_features, shipped, text_features, written
from generator.topics.why import why
from tests.project import EXAMPLE

TEXT = """\
- {id: safety, name: Safety, description: Attacks and trust., rules: [{phrases: [attack], weight: 1}]}
- {id: audio, name: Audio, description: Sound., rules: [{phrases: [sound], weight: 1}]}
- {id: by-rules, name: By rules, description: Not in the model., rules: [{phrases: [bird], weight: 1}]}
- {id: changed, name: Changed, description: It was something else., rules: [{phrases: [fish], weight: 1}]}
"""
RULES = load(TEXT, "topics.yml")
SAFETY, AUDIO = RULES.topics[:2]
MODEL = of_columns(
    {"safety": definition(SAFETY), "audio": definition(AUDIO), "changed": "another"},
    {"safety": 0, "audio": -100, "changed": 900},
    [
        {"forget set": 2500, "title:unlearning": 700, "the": 2500, "rule:safety:fits": 300},
        {"rule:safety:fits": 450, "singing": -200},
        {},
    ],
)
OURS = taught(RULES, MODEL)


def told(title: str, abstract: str = "", taxonomy: Taxonomy = OURS) -> dict[str, str]:
    ids = [found.topic.id for found in assign(taxonomy, title, abstract)]
    return why(taxonomy, Paper(title=title, abstract=abstract, topics=tuple(ids)), ids)


# -- What is found and how it is explained


def test_words_that_no_rule_has_put_a_paper_into_a_topic():
    """And are what explains it, the weightiest first, without those that say nothing."""
    assert told("Unlearning", "The forget set") == {"safety": "learnt from “unlearning”, “forget set”"}


def test_a_topic_that_has_another_id_keeps_what_was_learnt():
    """And so do those that heed its rules."""
    told_now = """\
- {id: trust, aliases: [safety], name: Safety, description: Attacks and trust., rules: [{phrases: [attack], weight: 1}]}
- {id: audio, name: Audio, description: Sound., rules: [{phrases: [sound], weight: 1}]}
"""
    renamed = taught(load(told_now, "topics.yml"), MODEL)
    for title, abstract in (("Unlearning", "The forget set"), ("Attack attack", "forget set"), ("Singing", "A sound.")):
        then, now = points(OURS, title, abstract), points(renamed, title, abstract)
        assert (now["trust"], now["audio"]) == (then["safety"], then["audio"])
    assert told("Unlearning", "The forget set", renamed) == {"trust": "learnt from “unlearning”, “forget set”"}


def test_a_definition_is_its_words():
    """Not its capitals, its punctuation or words that tell nothing."""
    same = [
        Topic("a", "A", text)
        for text in (
            "Image generation, editing.",
            "image generation and editing",
            "The generation… no",
            "Image editing.",
        )
    ]
    told = [definition(topic) for topic in same]
    assert told[0] == definition(replace(same[0], name="B", description="Image generation and  editing"))
    assert told[0] == told[1]
    assert len({*told}) == 3


def test_a_new_topic_moves_no_other():
    """However much speaks for it."""
    new = "- {id: new, name: New, description: Of birds., rules: [{phrases: [attack, bird, sound], weight: 9}]}\n"
    more = taught(load(TEXT + new, "topics.yml"), MODEL)
    for title, abstract in (
        ("Unlearning", "The forget set"),
        ("Attack attack", "bird"),
        ("Singing", "A sound, an attack."),
    ):
        now = points(more, title, abstract)
        assert points(OURS, title, abstract).items() <= now.items()
    assert now["new"] == 18


def test_a_topic_that_is_described_in_other_words_goes_by_its_rules():
    """What was learnt may be of another thing; one that the model never knew is no such topic."""
    assert redescribed(OURS) == ("changed",)
    assert redescribed(RULES) == ()


def test_phrases_of_the_rules_explain_first():
    """Learnt words fill up what is left of two; a topic that only goes with another says with which."""
    assert told("Attack attack", "forget set") == {
        "safety": "“attack” twice in the title; learnt from “forget set”",
        "audio": "goes with “Safety”",
    }


def test_what_a_phrase_shows_is_not_said_again():
    """With a hyphen or without."""
    rules = load("- {id: safety, name: Safety, rules: [{phrases: [forget-set], weight: 3}]}", "t.yml")
    model = of_columns({"safety": definition(rules.topics[0])}, {"safety": 400}, [{"forget set": 2500}])
    assert told("", "the forget-set", taught(rules, model)) == {"safety": "“forget-set” in the abstract"}


def test_a_topic_that_the_model_does_not_know_goes_by_its_rules():
    """One that it never saw, and one whose definition is another by now, whatever the model says of that."""
    assert told("A bird and a fish") == {"by-rules": "“bird” in the title", "changed": "“fish” in the title"}
    assert told("Neither") == {}


def test_where_nothing_is_enough_the_nearest_topic_is_given():
    """Unless it is not near at all."""
    assert points(OURS, "", "forget set of words and of others")["safety"] < 3
    assert [*told("", "forget set of words and of others")] == ["safety"]
    assert told("", "words alone") == {}


def test_every_topic_has_points():
    """Those that no word speaks for, too."""
    assert points(OURS, "", "") == {"safety": 0, "audio": -1, "by-rules": 0, "changed": 0}


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_topics_and_explanations(title, abstract):
    """Of one line."""
    for text in told(title, abstract).values():
        assert text
        assert "\n" not in text


# -- Values


def test_a_text_has_the_same_length_however_long_it_is():
    """A long abstract speaks no louder than a short one; a few words alone speak low."""
    lengths = [
        sum(value**2 for value in text_features("", text).values()) ** 0.5
        for text in (" ".join(f"w{n}" for n in range(words)) for words in (60, 200, 1000, 1))
    ]
    assert all(960 < length <= 1000 for length in lengths[:3])
    assert lengths[3] == 100


def test_a_word_of_the_title_is_another_than_one_of_the_abstract():
    """Pairs of words count beside them."""
    assert text_features("Forget Set", "sound") == {
        "sound": 100,
        "title:forget": 500,
        "title:set": 500,
        "title:forget set": 500,
    }


def test_what_the_rules_say_is_told_in_whole_numbers():
    """The root of the points, the share of the best, and whether it fits; points below zero say nothing."""
    assert rule_features({"a": 4.0, "b": 1.0, "c": -2.0}, ["a"]) == {
        "rule:a:points": 2000,
        "rule:b:points": 1000,
        "rule:a:share": 1000,
        "rule:b:share": 250,
        "rule:a:fits": 1000,
    }


# -- The file


def test_a_model_is_read_as_it_was_written():
    """To the byte, and a line for each topic and feature."""
    text = written(MODEL)
    assert written(read(text, "f.json")) == text
    assert text.splitlines()[3:5] == ['["forget set",0,2500]', '["rule:safety:fits",0,300,1,450]']


def test_the_model_of_the_package_is_small_and_knows_the_topics_of_the_example():
    """Whoever changes a definition there trains it anew."""
    text = (EXAMPLE / "topics.yml").read_text("utf-8")
    assert all(shipped().knows(topic) for topic in load(text, "topics.yml").topics)
    assert len(written(shipped())) < 1_000_000


TOPIC = '{"topic": "a", "definition": "b", "start": 1}\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\n", 1),
        ("[]", 1),
        ("{", 1),
        ("[" * 100_000, 1),
        ('["word", 0, 1]\n', 1),
        (TOPIC + TOPIC, 2),
        (TOPIC + '["word", 1, 1]\n', 2),
        (TOPIC + '["word", 0]\n', 2),
        (TOPIC + '["word", 0, 1.5]\n', 2),
        (TOPIC + '["word", 0, 1e999]\n', 2),
        (TOPIC + '["word", -1, 1]\n', 2),
        (TOPIC + '["word", 0, 1, 0, 1]\n', 2),
        (TOPIC + '["word", 0, 1]\n["word", 0, 1]\n', 3),
        (TOPIC + "<<<<<<< ours\n", 2),
        (TOPIC + f'["word", 0, {10**400}]\n', 2),
    ],
)
def test_a_broken_model_is_told_with_file_and_line(text, line):
    """And with what to do."""
    with pytest.raises(ContentError) as caught:
        read(text, "topics-learnt.json")
    assert caught.value.place == Place("topics-learnt.json", line)


@given(st.text() | st.lists(st.sampled_from([TOPIC, '["w", 0, 1]\n', "[", '"', "0,", "\n", "]"])).map("".join))
def test_any_file_is_a_model_or_a_mistake(text):
    """Never a traceback."""
    with suppress(ContentError):
        read(text, "f.json")


def test_a_definition_is_the_same_whatever_a_topic_is_called():
    """Names and former ids may change."""
    assert definition(Topic("a", "A", "Sound.")) == definition(Topic("b", "B", "Sound.", ("c",)))
