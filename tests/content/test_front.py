"""What is written as front matter is read back the same, and a person's page keeps its form."""

from __future__ import annotations

from datetime import date

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.content import front, yamltext
from generator.model import ContentError

KEYS = st.text(alphabet="abcdefghij_", min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    [
        "no",
        "yes",
        "1e3",
        "0123",
        "12:30:45",
        "2024-01-01",
        "a: b",
        "#",
        "---",
        "~",
        "null",
        "\u2028",
        "😀",
        "\\",
        '"',
        "'",
    ]
)
SCALARS = TEXTS | st.integers(0, 10**6) | st.dates() | st.booleans()
VALUES = SCALARS | st.lists(TEXTS, max_size=4) | st.dictionaries(KEYS, SCALARS, max_size=4).map(yamltext.Flow)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=6), st.sampled_from(["", "# A\n\ntext", "---\n\na"]))
def test_front_matter_is_read_back_as_it_was_written(meta, body):
    """By our reader as text, and by any other YAML reader with its type."""
    text = front.written(meta, body)
    read = front.read(text, "page.md")
    assert read.meta == yamltext.as_read(meta)
    assert read.body == body
    assert yaml.safe_load(text.split("\n---\n")[0]) == meta
    assert frontmatter.loads(text).metadata == meta


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.dictionaries(KEYS, VALUES, max_size=3))
def test_a_revision_sets_keys_and_leaves_the_others(meta, changes):
    """The slow writer that keeps a person's formatting says the same as the fast one."""
    text = front.revised(front.written(meta, "body\n\n  as it is"), changes, "page.md")
    assert front.read(text, "page.md").meta == yamltext.as_read({**meta, **changes})
    assert text.endswith("---\n\nbody\n\n  as it is\n")


def test_comments_quotes_and_unknown_keys_of_a_person_survive():
    """Only the key that changed is written anew."""
    page = "---\n# mine\ntitle: 'Kept'   # why\nrating: 5\ncomments: 1\n---\n\n# Kept\n\n*Mine.*\n"
    assert front.revised(page, {"comments": 2}, "page.md") == page.replace("comments: 1", "comments: 2")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("---\ntitle: A\n", 1, "not closed"),
        ("---\ntitle: Foo: Bar\n---\n", 2, "not YAML"),
        ("---\n- a\n---\n", 2, "key: value"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "twice"),
        ("---\na: 1\n{{ x }}: y\n---\n", 3, "a key must be a name"),
        ("---\na: \x01\n---\n", 2, "not YAML"),
        ("---\na: " + "[" * 5000 + "\n---\n", 3, "not YAML"),
        ("---\na: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n---\n", 3, "conflict"),
    ],
)
def test_front_matter_that_cannot_be_used_is_named_with_its_line(text, line, said):
    """MkDocs would print it as text, or lose it, without a word."""
    with pytest.raises(ContentError) as caught:
        front.read(text, "papers/a.md")
    assert str(caught.value.place) == f"papers/a.md:{line}"
    assert said in str(caught.value)


def test_a_page_without_front_matter_is_all_body():
    """Even if its first line looks like a key."""
    assert front.read("Purpose: to see\n\nmore", "a.md").body == "Purpose: to see\n\nmore"


def test_emoji_are_written_as_themselves():
    """And a backslash in front of what looks like an escape stays one."""
    assert yamltext.dumped({"a": "🤗 \\U0001F917", "d": date(2025, 1, 2)}) == 'a: "🤗 \\\\U0001F917"\nd: 2025-01-02\n'
