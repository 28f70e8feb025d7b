"""The language that the signs of a text tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.scripts import language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("大规模语言模型的持续预训练", "zh"),
        ("GPT-4 在中文医学问答上的评估", "zh"),
        ("大規模言語モデルの継続事前学習", "ja"),
        ("대규모 언어 모델의 지속적 사전 학습 (大規模)", "ko"),
        ("Continual Pre-training of Large Language Models", None),
        ("What the character 道 means to a language model", None),
        ("التدريب المسبق المستمر", None),  # Arabic signs are Persian, Urdu and others, too
        ("", None),
        ("42", None),
    ],
)
def test_the_signs_tell_the_language_or_nothing(text, tag):
    """Chinese, Japanese, Korean; English with a sign of theirs stays English."""
    assert language(text) == tag


@given(st.text(st.characters(max_codepoint=0x10FF)))
def test_no_other_script_is_taken_for_one_of_these(text):
    """Whatever the text, without a sign of theirs nothing is said."""
    assert language(text) is None
