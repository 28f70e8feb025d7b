"""A key that changes is written anew; all else that a person wrote stays to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content import yamledit, yamltext
from generator.model import ContentError

PAGE = """\
# mine
title:   'Kept'   # why
draft: ~
flag: True
tags: {a: 1,b: 2}
authors:
  - Ada   # the first
  # between
  - Bob
# about topics
topics:
- video  # I chose it
- audio
# about sightings
sightings:
- {dump: a.txt, position: 1, rating: 5}  # good
- dump: b.txt
  position: 2
  mine: yes  # own
organization:
  handle: nvidia
  place: Santa Clara  # not ours
note: >
  folded
  text
# the end
"""
BEFORE = {
    "topics": ["video", "audio"],
    "sightings": [{"dump": "a.txt", "position": "1"}, {"dump": "b.txt", "position": "2"}],
    "organization": {"handle": "nvidia"},
    "authors": ["Ada", "Bob"],
}


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"draft": 1}, "draft: ~\n", "draft: 1\n"),
        ({"draft": None}, "draft: ~\n", ""),
        ({"topics": ["video"]}, "- audio\n", ""),
        ({"topics": ["video", "audio", "nlp"]}, "- audio\n", "- audio\n- nlp\n"),
        ({"topics": ["nlp", "video", "audio"]}, "- video  # I chose it\n", "- nlp\n- video  # I chose it\n"),
        ({"authors": ["Ada", "Bob", "Cy"]}, "  - Bob\n", '  - Bob\n  - "Cy"\n'),
        (
            {
                "sightings": [
                    yamltext.Flow(dump="a.txt", position=1, comments=3),
                    yamltext.Flow(dump="b.txt", position=2),
                ]
            },
            "position: 1, rating: 5}  # good",
            "position: 1, rating: 5, comments: 3} # good",
        ),
        ({"organization": yamltext.Flow(handle="meta")}, "handle: nvidia", "handle: meta"),
        ({"new": "key"}, "# the end\n", "# the end\nnew: key\n"),
    ],
)
def test_nothing_but_what_changed_is_written(changes, old, new):
    """Comments, quotes, unknown keys, a list's indentation and order stay; all spaces, too, where nothing changed."""
    assert old in PAGE
    out = yamledit.edited(PAGE, changes, "page.md", BEFORE)
    assert out == PAGE.replace(old, new)


def test_an_element_that_both_knew_goes_and_one_of_a_persons_stays():
    """Keys within a key, too."""
    text = "organization: {handle: a, name: A, mine: 1}\n"
    before = {"organization": {"handle": "a", "name": "A"}}
    out = yamledit.edited(text, {"organization": yamltext.Flow(handle="b")}, "page.md", before)
    assert out == "organization: {handle: b, mine: 1}\n"


@pytest.mark.parametrize("text", ["{a: 1, b: 2}\n", "a: &x [1]\nb: *x\n", "a: 1\nb: 2", "? a\n: 1\nb: 2\n"])
def test_other_forms_of_a_mapping_are_edited_too(text):
    """Whatever form a person prefers."""
    out = yamledit.edited(text, {"a": "new", "c": 3}, "page.md")
    kept = yamltext.yaml_of(text, "")["b"]
    assert yamltext.yaml_of(out, "") == {"a": "new", "b": kept, "c": "3"}


def test_what_cannot_be_edited_is_said():
    """With the file."""
    with pytest.raises(ContentError, match="cannot be edited"):
        yamledit.edited("a: 1\nb: !!python/none x\n? [1]\n: 2\n", {"a": "2"}, "page.md")


WORDS = st.text(alphabet="abc", min_size=1, max_size=2)
LISTS = st.lists(WORDS, unique=True, max_size=5)


@given(LISTS, LISTS, st.booleans(), st.booleans())
def test_a_list_becomes_the_new_one_and_keeps_the_comments_of_what_stays(old, new, block, indented):
    """For any two lists."""
    pad = "  " if indented else ""
    text = (
        "x: 1 # x\nkey:\n" + "".join(f"{pad}- {item} # {item}!\n" for item in old) + "# last\ny: 2\n"
        if block and old
        else f"x: 1 # x\nkey: [{', '.join(old)}] # !\n# last\ny: 2\n"
    )
    out = yamledit.edited(text, {"key": new}, "page.md", {"key": old})
    assert yamltext.yaml_of(out, "") == {"x": "1", "key": new, "y": "2"}
    assert out.startswith("x: 1 # x\n")
    assert out.endswith("# last\ny: 2\n")
    if block and old == [item for item in new if item in old] + [item for item in old if item not in new]:
        assert all(f"# {item}!" in out for item in old if item in new)
