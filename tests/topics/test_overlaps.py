"""What topics share: the same whichever way it is asked, and whatever the order of the papers."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Entry, Organization, Paper, Topic
from generator.topics.overlaps import overlaps, publishers

IDS = ("agents", "code", "reasoning", "video", "audio")
TOPICS = tuple(Topic(id, id.title()) for id in IDS)

papers = st.lists(
    st.builds(
        lambda topics, who: Paper(
            title="T", topics=tuple(topics), organization=Organization(who, who.upper()) if who else None
        ),
        st.lists(st.sampled_from((*IDS, "unknown")), max_size=5),
        st.sampled_from(("", "nvidia", "NVIDIA/x", "meta")),
    ),
    max_size=30,
).map(lambda found: tuple(Entry(f"p{at}", paper) for at, paper in enumerate(found)))


def of(*topics: str) -> Entry:
    return Entry("-".join(topics), Paper(title="T", topics=topics))


@given(papers)
def test_two_topics_share_what_is_in_both(entries):
    """As a count by hand says; topics that the taxonomy does not have share nothing."""
    shared = overlaps(TOPICS, entries)
    for one, other in permutations((*IDS, "unknown"), 2):
        both = sum({one, other} <= set(entry.paper.topics) for entry in entries)
        assert shared.both(one, other) == (0 if "unknown" in (one, other) else both)
    assert all(shared.both(id, id) == sum(id in entry.paper.topics for entry in entries) for id in IDS)


@given(papers)
def test_it_is_the_same_either_way(entries):
    """A table of it is its own mirror image, and nothing is closer than a share can be."""
    shared = overlaps(TOPICS, entries)
    for one, other in permutations(IDS, 2):
        assert (
            shared.both(one, other) == shared.both(other, one) <= min(shared.both(one, one), shared.both(other, other))
        )
        assert shared.closeness(one, other) == shared.closeness(other, one)
        assert 0 <= shared.closeness(one, other) <= 1
        assert (shared.level(one, other) > 0) <= (shared.both(one, other) > 0)


@given(papers, st.randoms(use_true_random=False))
def test_the_order_of_papers_and_of_their_topics_changes_nothing(entries, random):
    """Nor does a paper without topics."""
    mixed = [
        Entry(
            entry.slug,
            Paper(title="T", topics=tuple(reversed(entry.paper.topics)), organization=entry.paper.organization),
        )
        for entry in (*entries, Entry("none", Paper(title="None")))
    ]
    random.shuffle(mixed)
    shared, again = overlaps(TOPICS, entries), overlaps(TOPICS, mixed)
    assert shared == again
    assert shared.arranged(5) == again.arranged(5)
    assert shared.closest(9) == again.closest(9)
    assert publishers(entries) == publishers(mixed)


@given(papers)
def test_sums_agree(entries):
    """A paper of n topics counts for n topics and for each two of them; of an organisation, once in each topic."""
    shared = overlaps(TOPICS, entries)
    topics = [len(set(entry.paper.topics) & {*IDS}) for entry in entries]
    assert sum(shared.papers.values()) == sum(topics)
    assert sum(shared.both(*pair) for pair in combinations(IDS, 2)) == sum(n * (n - 1) // 2 for n in topics)
    told = sum(count for found in publishers(entries).values() for _, count in found)
    assert told == sum(len(set(entry.paper.topics)) for entry in entries if entry.paper.organization)


@given(papers, st.integers(0, 6))
def test_every_topic_with_papers_has_one_place_in_the_row(entries, most):
    """Of more than fit those with the most papers; the closest to a topic share papers with it, most of them first."""
    shared = overlaps(TOPICS, entries)
    assert sorted(shared.arranged(most)) == sorted(shared.topics[:most])
    assert all(shared.papers[topic] for topic in shared.topics)
    for topic in shared.topics:
        near = shared.nearest(topic, most)
        assert len(near) <= most
        assert topic not in near
        both = [shared.both(topic, other) for other in near]
        assert both == sorted(both, reverse=True)
        assert all(both)
        others = [shared.closeness(topic, other) for other in shared.topics if other not in (topic, *near)]
        assert all(shared.closeness(topic, other) >= max(others, default=0) for other in near)


def test_topics_that_belong_together_stand_together():
    """Two groups that share nothing with each other are not mixed."""
    entries = [
        *[of("agents", "code")] * 9,
        *[of("video", "audio")] * 8,
        of("reasoning"),
        *[of("code", "reasoning")] * 5,
    ]
    row = overlaps(TOPICS, entries).arranged(5)
    assert {*row[:3]} == {"agents", "code", "reasoning"} or {*row[2:]} == {"agents", "code", "reasoning"}
    assert abs(row.index("video") - row.index("audio")) == 1


def test_of_equally_good_places_the_first_is_taken():
    """In every Python: 3.12 began to add fractions up in another way than 3.11."""
    entries = [*[of("code", "video", "audio")] * 10, *[of("video", "audio")] * 7]
    assert overlaps(TOPICS, entries).arranged(3) == ("code", "audio", "video")


def test_related_topics_are_those_that_share_much_of_what_they_have():
    """A large topic shares more papers with everything, and is not the closest for that."""
    entries = [*[of("reasoning")] * 400, *[of("video", "reasoning")] * 12, *[of("video", "audio")] * 10]
    shared = overlaps(TOPICS, [*entries, *[of("video")] * 30, *[of("audio")] * 30])
    assert shared.nearest("video", 1) == ("audio",)
    assert shared.nearest("video", 2) == ("reasoning", "audio")  # in the order of the numbers that readers see
    assert shared.closest(1) == (("video", "audio"),)


def test_one_paper_of_two_does_not_look_like_half():
    """Topics of few papers count as if they had fifty."""
    shared = overlaps(TOPICS, [of("video", "audio"), of("video"), of("audio")])
    assert shared.closeness("video", "audio") == 1 / 50
    assert shared.level("video", "audio") == 1


def test_organisations_of_a_topic_are_those_with_most_papers_first():
    """Equal ones in the order of their URLs; a paper that names none counts for none."""
    told = [("b", "video"), ("a", "video"), ("c", "video"), ("c", "video"), ("c", "audio"), (None, "code")]
    entries = [
        Entry(f"p{at}", Paper(title="T", topics=(topic,), organization=Organization(who, who) if who else None))
        for at, (who, topic) in enumerate(told)
    ]
    assert publishers(entries) == {"video": (("c", 2), ("a", 1), ("b", 1)), "audio": (("c", 1),)}
