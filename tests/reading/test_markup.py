"""What pieces of HTML show, and what only looks like HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading.markup import content, shown, xml


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("a <b>bold</b> claim<br/>of <I class='x'>two</I> lines", "a bold claim\nof two lines"),
        ("<p>one</p><p>two &amp; three</p>", "one\ntwo & three"),
        ("<jats:p>from a <jats:italic>publisher</jats:italic></jats:p>", "from a publisher"),
        ("<!-- unseen --><p>seen</p>", "seen"),
        ("where <mml:math><mml:mi>x</mml:mi></mml:math> and <msup><mi>y</mi><mn>2</mn></msup>", "where x and y2"),
        ("<p>thinks in <think> and </think>, ends with <EOS></p>", "thinks in <think> and </think>, ends with <EOS>"),
        ("<p>n<k and k>m, a<b, c>d</p>", "n<k and k>m, a<b, c>d"),
    ],
)
def test_tags_are_what_texts_are_marked_up_with(piece: str, text: str) -> None:
    """HTML, JATS and MathML; each other ``<`` is a sign of the text."""
    assert shown(piece).strip() == text


@pytest.mark.parametrize("text", ["<think>", "<EOS> and <sep>", "n<k and k>m", "1 < 2", "<3", "a<"])
def test_text_without_a_tag_stays_as_it_is(text: str) -> None:
    """Special tokens of language models, comparisons and hearts."""
    assert shown(text) == text


@given(st.lists(st.sampled_from(["<", ">", "/", "b", "think", " ", "&lt;", "=", "!--", "p", "\n"]), max_size=30))
def test_any_piece_shows_something_or_nothing(signs: list[str]) -> None:
    """And what has no letters of a tag is itself."""
    text = "".join(signs)
    assert isinstance(shown(text), str)
    bare = text.replace("b", "").replace("p", "").replace("!--", "")
    assert shown(bare) == bare


def test_names_of_signs_that_only_html_knows_are_read_in_xml_too() -> None:
    """Nothing behind them is lost, and nothing they name opens a tag."""
    root, broken = xml("<a>&nbsp;Caf&eacute; &LT;b&GT; Q&A &lt;c&gt; &nosuch; <![CDATA[&eacute;]]></a>")
    assert broken is None
    assert root is not None
    assert content(root) == " Café <b> Q&A <c> &nosuch; &eacute;"
