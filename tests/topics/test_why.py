"""How it is said why a paper is in a topic."""

from __future__ import annotations

import pytest
from hypothesis import given

from generator.model import Paper
from generator.topics import Taxonomy, assign
from generator.topics.why import Reason, reasons, why
from tests.topics.test_topics import CONDITIONS, HOSTILE, OURS, SMALL, TEXTS


def told(title: str, abstract: str = "", taxonomy: Taxonomy = SMALL) -> dict[str, str]:
    """What is said of each topic that the paper is in."""
    ids = [found.topic.id for found in assign(taxonomy, title, abstract)]
    return why(taxonomy, Paper(title=title, abstract=abstract, topics=tuple(ids)), ids)


@pytest.mark.parametrize(
    ("title", "abstract", "explanation"),
    [
        ("Images", "Medical, medical, medical and medical.", "“medical” 4 times in the abstract"),
        (
            "Continual Pre-Training of Language Models",
            "Continual pre-training, continual\npre-training, continual  pre-training: again.",
            "“continual pre-training” in the title and 3 times in the abstract",
        ),
        ("RL with Rewards", "RL.", "“RL” in the title and in the abstract; “rewards” in the title"),
        ("Medical, Medical", "medical, medical", "“medical” twice in the title and twice in the abstract"),
        (
            "Pre-training",
            "pretraining, pre-train, pretrained; pre-trains",
            "“pre-training” in the title; “pretraining” in the abstract; “pre-train” in the abstract; "
            "“pretrained” in the abstract; and 1 more phrase",
        ),
    ],
)
def test_an_explanation_shows_the_words_of_the_paper(title, abstract, explanation):
    """In lower case but for abbreviations, the weightiest first, the fifth and later ones only counted."""
    assert [*told(title, abstract).values()] == [explanation]


def test_reasons_have_the_counts():
    """For those who want to show them in another way."""
    assert reasons(SMALL, ["biomedicine"], "Medical images", "A medical paper.") == {
        "biomedicine": (Reason("medical", 1, 1),)
    }


def test_what_speaks_against_a_topic_is_not_a_reason_for_it():
    """The score has it taken off all the same."""
    assert told("Medical images", "Medical, medical, and a medical school") == {
        "biomedicine": "“medical” in the title and twice in the abstract"
    }


def test_a_rule_that_does_not_count_is_no_reason():
    """Of a phrase in several rules, the one that counts speaks; so do phrases of `all` that are mentions."""
    assert told("A game", "Of the user.", CONDITIONS) == {"games": "“game” in the title"}
    assert told("", "Game theory and a game of chess.", CONDITIONS) == {"games": "“game” in the abstract"}
    assert told("Reinforcement learning from human feedback", "", CONDITIONS) == {
        "rlhf": "“reinforcement learning” in the title; “human feedback” in the title"
    }


def test_a_topic_that_the_generator_did_not_give_is_a_persons_choice():
    """Also where phrases speak for it, and where there is no such topic."""
    paper = Paper(title="Medical images", topics=("biomedicine", "no-such-topic"))
    assert why(SMALL, paper, ()) == dict.fromkeys(paper.topics, "chosen by a person")


def test_a_topic_that_nothing_speaks_for_any_more_was_given_earlier():
    """By rules that were others then, or for another abstract; or the topic is no more."""
    paper = Paper(title="Images", topics=("biomedicine", "no-such-topic"))
    assert why(SMALL, paper, paper.topics) == dict.fromkeys(
        paper.topics, "given by earlier rules, or for an earlier text"
    )


def test_a_topic_that_a_person_confirmed_is_so_where_nothing_else_speaks_for_it():
    """As after its rules went."""
    paper = Paper(title="Images", topics=("biomedicine",), topics_reviewed=True)
    assert why(SMALL, paper, paper.topics) == {"biomedicine": "confirmed by a person"}


@given(TEXTS, TEXTS)
def test_every_topic_that_is_given_is_explained(title, abstract):
    """With words of the paper, or of another topic."""
    assert all("“" in explanation for explanation in told(title, abstract, OURS).values())


@given(HOSTILE.map("".join), HOSTILE.map("".join))
def test_any_text_is_explained_on_one_line(title, abstract):
    """Hyphens, stars and letters whose case changes their length."""
    for explanation in (*told(title, abstract, OURS).values(), *told(title, abstract).values()):
        assert "\n" not in explanation
