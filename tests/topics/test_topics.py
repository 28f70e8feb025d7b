"""Which topics a paper is in, and what our own rules find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.topics import MOST_TOPICS, Assignment, Taxonomy, assign, load, taught
from tests.project import EXAMPLE

OURS = taught(load((EXAMPLE / "topics.yml").read_text("utf-8"), "topics.yml"))

SMALL = load(
    """\
- id: pretraining
  name: Pre-training
  rules:
  - {phrases: ["pre-train*"], weight: 1}
  - {phrases: ["continual pre-train*"], weight: 0}
- id: continual-pretraining
  name: Continued pre-training
  rules:
  - {phrases: ["continu* pre-train*"], weight: 1}
- id: reinforcement-learning
  name: Reinforcement learning
  rules:
  - {phrases: [RL, "reward*"], weight: 1}
- id: biomedicine
  name: Medicine and biology
  rules:
  - {phrases: ["medical"], weight: 1}
  - {phrases: ["medical school"], weight: -3}
- id: by-hand
  name: What only people find
""",
    "small.yml",
)


def ids(taxonomy: Taxonomy, title: str, abstract: str = "") -> list[str]:
    return [found.topic.id for found in assign(taxonomy, title, abstract)]


# -- What is found


def test_a_mention_in_the_title_is_worth_four_in_the_abstract():
    """And more than four in the abstract are worth no more."""
    (title,) = assign(SMALL, "Medical images", "")
    (four,) = assign(SMALL, "", "medical " * 4)
    (many,) = assign(SMALL, "", "medical " * 400)
    assert title.score == four.score == many.score == 4


CONDITIONS = load(
    """\
- id: agents
  name: Agents
  rules:
  - {phrases: ["agent*"], all: ["language model*", [tool*, API]], not: ["user agent*"], weight: 3}
- id: rlhf
  name: Learning from people
  rules:
  - {all: ["reinforcement learning", "human-feedback"], weight: 1}
- id: games
  name: Games
  rules:
  - {phrases: [game*], all: [chess], weight: 3}
  - {phrases: ["game theory"], not: [auction*], weight: 0}
  - {phrases: [game*], weight: 1}
""",
    "conditions.yml",
)


@pytest.mark.parametrize(
    ("title", "abstract", "found"),
    [
        ("Agents", "", []),
        ("Agents", "Language models.", []),
        ("Agents", "Language models with tools.", ["agents"]),
        ("Agents and the API", "A language model.", ["agents"]),
        ("Agents and the Api", "A language model.", []),  # this word counts in its own spelling only
        ("Language models", "Their tools are agents.", ["agents"]),
        ("Agents", "Language models with tools, and what user agents do.", []),
        ("Language models with tools", "", []),  # a condition alone is no mention
        ("Reinforcement learning", "", []),
        ("Reinforcement learning", "From human feedback.", ["rlhf"]),
        ("From humanfeedback to reinforcement learning", "", ["rlhf"]),
        ("", "Reinforcement learning, reinforcement learning, from human feedback.", ["rlhf"]),
        ("", "Reinforcement learning from human feedback.", []),  # two points
        ("", "A game.", []),
        ("", "A game of chess.", ["games"]),
        ("A game", "", ["games"]),
        ("Game theory", "", []),
        ("Game theory", "Auctions.", ["games"]),
    ],
)
def test_a_rule_may_count_in_some_papers_only(title, abstract, found):
    """In those that have all of some phrases and none of others, wherever these stand."""
    assert ids(CONDITIONS, title, abstract) == found


@given(st.lists(st.sampled_from(["agents", "language models", "tool", "API", "user agents", "and"]), max_size=8))
def test_a_condition_is_what_its_words_say(words):
    """With the phrases in any order and number."""
    text = ". ".join(words)
    holds = (
        "agents" in text and "language models" in words and {"tool", "API"} & {*words} and "user agents" not in words
    )
    assert ids(CONDITIONS, "", text) == (["agents"] if holds else [])


def test_a_passing_mention_is_not_enough():
    """Two mentions of a phrase of weight 1 are less than the three points that a topic takes."""
    assert ids(SMALL, "Images", "medical, medical") == []


def test_a_longer_phrase_takes_its_words_from_a_shorter_one():
    """Continual pre-training is not pre-training here, because its rule there has weight 0."""
    assert ids(SMALL, "Continual Pre-training") == ["continual-pretraining"]


def test_a_rule_below_zero_speaks_against():
    """One medical school outweighs three further mentions."""
    assert ids(SMALL, "", "medical medical medical") == ["biomedicine"]
    assert ids(SMALL, "", "medical medical medical in a medical school") == []


def test_a_topic_without_rules_is_left_to_people():
    """Its name in a title does not count as a rule."""
    assert ids(SMALL, "What only people find, by hand") == []


def test_a_paper_that_no_rule_fits_has_no_topic():
    """No topic is better than a guess."""
    assert assign(SMALL, "", "") == assign(OURS, "", "") == ()
    assert assign(OURS, "On the naming of cats", "Cats have three names.") == ()


def test_the_most_central_topics_come_first_and_equal_ones_in_the_order_of_the_file():
    """Four at most."""
    topics = "\n".join(
        f"- {{id: {name}, name: N, rules: [{{phrases: [{name}], weight: {weight}}}]}}"
        for name, weight in (("ant", 1), ("bee", 2), ("cow", 2), ("dog", 3), ("elk", 1))
    )
    assert ids(load(topics, "t.yml"), "elk dog cow bee ant") == ["dog", "bee", "cow", "ant"]


def test_a_topic_with_less_than_three_tenths_of_the_best_is_left_out():
    """What is passing beside the paper's main subject is passing."""
    topics = """
- {id: a, name: A, rules: [{phrases: [apple], weight: 3}]}
- {id: b, name: B, rules: [{phrases: [berry], weight: 3}]}
"""
    taxonomy = load(topics, "t.yml")
    assert ids(taxonomy, "Apples", "apple apple, berry") == ["a", "b"]
    assert ids(taxonomy, "Apple", "berry") == ["a"]


def test_what_speaks_against_a_topic_is_taken_off():
    """One mention in the title and two in the abstract, less a medical school."""
    (found,) = assign(SMALL, "Medical images", "Medical, medical, and a medical school")
    assert found == Assignment(SMALL.names["biomedicine"], 3.0)


# -- What may not matter

PROSE = """video videos robot robots Gaussian splatting language models pre-training benchmark medical image editing
    speech graph neural networks reasoning retrieval agents safety of the and , . - —"""
TEXTS = st.lists(st.sampled_from(PROSE.split()), max_size=40).map(" ".join)
HOSTILE = st.text() | st.lists(
    st.sampled_from(["-", "pre", "train", "*", "RL", " ", "语", "\u2010", "İ", "ß", "_", "."])
)


@given(TEXTS, TEXTS)
def test_the_case_of_ordinary_words_does_not_matter(title, abstract):
    """Small letters, or a capital at the start of each word; all capitals could spell an abbreviation."""
    small = assign(OURS, title.lower(), abstract.lower())
    assert small == assign(OURS, title.lower().title(), abstract.lower().title())


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5), st.randoms())
def test_papers_do_not_know_of_each_other(papers, random):
    """A paper has the same topics whatever was read before it."""
    before = {paper: assign(OURS, *paper) for paper in papers}
    random.shuffle(papers)
    assert {paper: assign(OURS, *paper) for paper in papers} == before


@given(TEXTS, TEXTS)
def test_topics_are_few_and_ranked(title, abstract):
    """Whatever the paper says."""
    found = assign(OURS, title, abstract)
    scores = [each.score for each in found]
    assert len(found) <= MOST_TOPICS
    assert scores == sorted(scores, reverse=True)
    assert len({each.topic for each in found}) == len(found)


@given(HOSTILE.map("".join), HOSTILE.map("".join))
def test_any_text_can_be_read(title, abstract):
    """Hyphens, stars and letters whose case changes their length."""
    assert len(assign(OURS, title, abstract)) <= MOST_TOPICS
    assert len(assign(SMALL, title, abstract)) <= MOST_TOPICS


@pytest.mark.parametrize("text", ["a" * 1_000_000, "pre-" * 50_000, "-" * 1_000_000, "continual pre " * 20_000])
def test_a_hostile_text_comes_to_an_end(text):
    """Not timed: time that grows with the square of the length would be hours here."""
    assert ids(SMALL, "", text) == []


# -- Our own topics


def test_every_topic_of_ours_has_rules_that_find_its_own_name_or_description():
    """The rules of a topic that does not know what it is about are wrong."""
    lost = [topic.id for topic in OURS.topics if topic.id not in found_for(topic.name, topic.description)]
    assert lost == []


def found_for(name: str, description: str) -> list[str]:
    return [*ids(OURS, name, description), *ids(OURS, description.partition(",")[0])]


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Mamba: Linear-Time Sequence Modeling with Selective State Spaces", "architectures"),
        ("Deep Residual Learning for Image Recognition", "visual-recognition"),
        ("Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks", "retrieval"),
        ("NeRF: Representing Scenes as Neural Radiance Fields for View Synthesis", "3d"),
        ("Robust Speech Recognition via Large-Scale Weak Supervision", "audio"),
        ("QLoRA: Efficient Finetuning of Quantized LLMs", "efficiency"),
        ("Chain-of-Thought Prompting Elicits Reasoning in Large Language Models", "reasoning"),
        ("Proximal Policy Optimization Algorithms", "reinforcement-learning"),
        ("Highly accurate protein structure prediction with AlphaFold", "biomedicine"),
        ("RT-2: Vision-Language-Action Models Transfer Web Knowledge to Robotic Control", "robotics"),
    ],
)
def test_well_known_papers_are_found_by_their_titles(title, topic):
    """The rules are for the field, not for one folder of dumps."""
    assert topic in ids(OURS, title)
