"""What ``topics.yml`` may hold, and how a mistake in it is told."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import BrokenContentError, ContentError, Place, Topic
from generator.topics import load


def test_topics_are_in_the_order_of_the_file_and_known_by_their_ids():
    """The description and the rules may be missing."""
    taxonomy = load("- {id: b, name: Bees, description: All of them.}\n- {id: a, name: Ants}\n", "t.yml")
    assert taxonomy.topics == (Topic("b", "Bees", "All of them."), Topic("a", "Ants"))
    assert taxonomy.names == {"a": Topic("a", "Ants"), "b": Topic("b", "Bees", "All of them.")}


def test_the_same_text_is_read_once():
    """Commands and the preview ask for it again and again; another text or name is another taxonomy."""
    text = "- {id: a, name: A}"
    assert load(text, "t.yml") is load(text, "t.yml")
    assert load(text, "t.yml") is not load(text, "other.yml")
    assert load(text, "t.yml") is not load(text + "\n", "t.yml")


def test_a_mistake_is_told_again_when_the_file_is_read_again():
    """Under the name that the file then has."""
    for file in ("t.yml", "t.yml", "other.yml"):
        with pytest.raises(ContentError) as caught:
            load("- id: a\n", file)
        assert caught.value.place == Place(file, 1)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
        ("topics: []", 1, "a list of topics is expected"),
        ("- id: a\n  name: [\n", 3, "not YAML"),
        ("- id: a\n  name: A\n- id: b\n  name: \x07\n", 4, "not YAML"),
        ("- id: a\n  name: A\n\tdescription: tab\n", 3, "not YAML"),
        ("[" * 5000, 1, "nested too deeply"),
        ("- a topic", 1, "a topic is expected here"),
        ("- &a [*a]", 1, "a topic is expected here"),
        ("- id: a\n", 1, "needs the key “name”"),
        ("- id: a\n  name: A\n  rule: []\n", 3, "no key “rule”"),
        ("- id: a\n  name: A\n  [1, 2]: x\n", 3, "no key “a list or mapping”"),
        ("- id: a\n  name: A\n  name: B\n", 3, "“name” twice"),
        ("- id: a\n  name: A\n- id: a\n  name: B\n", 3, "already on line 1"),
        ("- id: Big Data\n  name: A\n", 1, "the id “Big Data”"),
        ("- name: A\n  id: a--b\n", 2, "single hyphens"),
        ("- name: A\n  id: 12\n", 2, "the id must be text"),
        ("- name: A\n  id: con\n", 2, "no name that a system keeps for itself"),
        ("- name: ''\n  id: a\n", 1, "the name is empty"),
        ("- id: a\n  name: A\n  rules: video\n", 3, "a list of rules is expected"),
        ("- id: a\n  name: A\n  rules:\n  - video\n", 4, "a rule is expected here"),
        ("- id: a\n  name: A\n  rules:\n  - phrases: [x y]\n", 4, "needs the key “weight”"),
        ("- id: a\n  name: A\n  rules:\n  - weight: 1\n", 4, "needs the key “phrases”, or “all”"),
        ("- id: a\n  name: A\n  rules:\n  - not: [x y]\n    weight: 1\n", 4, "needs the key “phrases”, or “all”"),
        ("- id: a\n  name: A\n  rules:\n  - phrases: []\n    weight: 1\n", 4, "this one is empty"),
        ("- id: a\n  name: A\n  rules:\n  - phrases: [x y]\n    all: []\n    weight: 1\n", 5, "this one is empty"),
        ("- id: a\n  name: A\n  rules:\n  - all: [x y,\n     []]\n    weight: 1\n", 5, "this one is empty"),
        ("- id: a\n  name: A\n  rules:\n  - all: [[\n      [x y]]]\n    weight: 1\n", 5, "must be text"),
        ("- id: a\n  name: A\n  rules:\n  - all: &a\n    - *a\n    weight: 1\n", 4, "must be text"),
        ("- id: a\n  name: A\n  rules:\n  - phrases: [x y]\n    all: x y\n    weight: 1\n", 5, "a list of phrases is"),
        ("- id: a\n  name: A\n  rules:\n  - phrases: [x y]\n    not:\n    - x*\n    weight: 1\n", 6, "two letters"),
        ("- id: a\n  name: A\n  rules:\n  - all: [x y]\n    phrases: [q q, q-q]\n    weight: 1\n", 5, "on line 5"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(text, line, message):
    """A person can go there and put it right."""
    with pytest.raises(ContentError, match=message) as caught:
        load(text, "content/topics.yml")
    assert caught.value.place == Place("content/topics.yml", line)


def test_all_mistakes_are_told_at_once():
    """The first of each rule, and of what else there is of each topic; what is right is not told."""
    text = """\
- id: a
  nam: A
- id: b
  name: B
  rules:
  - {phrases: [x], weight: 1}
  - {phrases: [fine words], weight: 1}
  - {phrases: [fine words], weigth: 1}
- id: a b
  name: C
- {id: b, name: D, rules: [{phrases: [C+], weight: 1}]}
"""
    with pytest.raises(BrokenContentError) as caught:
        load(text, "t.yml")
    assert [error.place.line for error in caught.value.errors] == [2, 6, 8, 9, 11]
    assert str(caught.value).splitlines()[1] == "t.yml:6: error: the phrase “x” is a single character"


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("''", "the phrase is empty"),
        ("null", "must be text"),
        ("[a, b]", "must be text"),
        ("'*'", "letters, digits"),
        ("a*", "two letters or more"),
        ("'*bench'", "letters, digits"),
        ("pre*-training", "letters, digits"),
        ("pre--training", "letters, digits"),
        ("C+", "letters, digits"),
        ("GPT.5", "letters, digits"),
        ("x", "a single character"),
        ("a b c d e f g h i", "too long"),
        ("x" * 101, "too long"),
        ("Fine", "already in this topic, on line 5"),
        ("re-do", "already in this topic, on line 6"),
    ],
)
def test_a_phrase_that_could_never_be_meant_is_told(phrase, message):
    """On its own line, also in a list of many lines."""
    text = f"- id: a\n  name: A\n  rules:\n  - phrases:\n    - fine\n    - redo\n    - {phrase}\n    weight: 1\n"
    with pytest.raises(ContentError, match=message) as caught:
        load(text, "t.yml")
    assert caught.value.place == Place("t.yml", 7)


def test_a_phrase_may_stand_in_several_rules_that_count_in_some_papers_only():
    """The rule that counts in any goes last; those below it could never count."""
    rules = ["{phrases: [video], all: [game], weight: 1}", "{phrases: [video], not: [chess], weight: 2}"]
    always = "{phrases: [video], weight: 3}"
    assert load(_with_rules(*rules, always), "t.yml").conditions.keys() == {(0, 0), (0, 1)}
    with pytest.raises(ContentError, match="on line 5; a rule that counts in some papers only goes before") as caught:
        load(_with_rules(rules[0], always, rules[1]), "t.yml")
    assert caught.value.place == Place("t.yml", 6)


def _with_rules(*rules: str) -> str:
    return "- id: a\n  name: A\n  rules:\n" + "".join(f"  - {rule}\n" for rule in rules)


@pytest.mark.parametrize("weight", ["heavy", "'2'", "true", ".inf", ".nan", "11", "-11", "0x10", "[1]", "1:30"])
def test_a_weight_is_a_number_between_minus_ten_and_ten(weight):
    """A weight that is out of bounds is a slip of the pen."""
    with pytest.raises(ContentError, match="the weight must be a number") as caught:
        load(f"- id: a\n  name: A\n  rules:\n  - phrases: [video]\n    weight: {weight}\n", "t.yml")
    assert caught.value.place == Place("t.yml", 5)


@settings(max_examples=200)
@given(st.text() | st.lists(st.sampled_from(["- ", "id: a", "\n", "  ", "name: A", "[", "{", "&a ", "*a", "!!x "])))
def test_any_file_is_a_taxonomy_or_a_mistake(text):
    """Never a traceback."""
    with suppress(ContentError):
        load("".join(text), "t.yml")
