"""What a phrase of a rule is read as."""

from __future__ import annotations

from generator.topics.phrases import spellings


def test_a_phrase_with_hyphens_has_every_spelling_once():
    """Each hyphen is a space or nothing."""
    written = [" ".join(word.text for word in words) for words in spellings("state-of-the art")]
    assert sorted(written) == ["state of the art", "state ofthe art", "stateof the art", "stateofthe art"]
