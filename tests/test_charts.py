"""Numbers as pictures: what is drawn is what was counted."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from generator.charts import BASE, by_year, growing, sparkline, years_of
from generator.model import Entry, Paper, Topic

TOPICS = (Topic("agents", "Agents"), Topic("video", "Video"), Topic("code", "Code"))


def entries(**counts: int) -> tuple[Entry, ...]:
    """So many papers of each year, as in ``y2024=3``."""
    return tuple(
        Entry(f"{year}-{at}", Paper(title="T", date=date(int(year[1:]), 5, 1)))
        for year, count in counts.items()
        for at in range(count)
    )


def test_years_without_papers_are_between_the_first_and_the_last():
    """And a paper without a date is of no year."""
    assert years_of((*entries(y2021=1, y2024=2), Entry("u", Paper(title="U")))) == (2021, 2022, 2023, 2024)
    assert years_of([Entry("u", Paper(title="U"))]) == ()


def test_a_chart_has_a_bar_for_every_year():
    """Its height in proportion to the count, the best year's the highest; counts are told, not only drawn."""
    bars = by_year(entries(y2022=5, y2024=10), range(2021, 2025))
    assert [(bar.year, bar.count, bar.height) for bar in bars] == [
        (2021, 0, 0),
        (2022, 5, 57),
        (2023, 0, 0),
        (2024, 10, 114),
    ]
    assert [bar.top + bar.height for bar in bars] == [BASE] * 4
    assert [(bar.left, bar.middle, bar.width) for bar in bars[:2]] == [(7.5, 12.5, 10.0), (32.5, 37.5, 10.0)]


def test_one_paper_does_not_look_like_a_boom():
    """A bar is full at five papers or more."""
    assert [bar.height for bar in by_year(entries(y2023=1, y2024=2), (2023, 2024))] == [23, 46]


def test_one_year_is_no_growth():
    """Nor is none: there is no chart."""
    assert by_year(entries(y2024=9), range(2019, 2026)) == ()
    assert by_year((), ()) == ()


@pytest.mark.parametrize("number", [2, 10, 11, 40])
def test_labels_fit_beside_each_other(number):
    """At most ten, evenly apart, the last year's always among them; bars and numbers stay inside the picture."""
    years = range(2026 - number, 2026)
    bars = by_year(entries(**{f"y{year}": 3 for year in years}), years)
    labelled = [bar.year for bar in bars if bar.labelled]
    assert labelled[-1] == 2025
    assert 2 <= len(labelled) <= 10
    assert len({after - before for before, after in pairwise(labelled)}) == 1
    assert all(bar.left >= 0 and bar.left + bar.width <= 100 for bar in bars)


def test_growing_topics_are_those_with_more_papers_than_the_year_before():
    """Most growth first, then in the order of the taxonomy; the last two years decide, shrinking topics are left out."""
    of_topic = {
        "code": entries(y2023=1, y2024=2, y2025=4),
        "video": entries(y2024=3, y2025=3),
        "agents": entries(y2025=2),
    }
    found = growing(TOPICS, of_topic, (2023, 2024, 2025), most=7)
    assert [(grown.topic.id, grown.more) for grown in found] == [("agents", 2), ("code", 2)]
    assert found[1].spark == sparkline(of_topic["code"], (2023, 2024, 2025))
    assert growing(TOPICS, of_topic, (2023, 2024, 2025), most=1) == found[:1]
    assert growing(TOPICS, of_topic, (2025,), most=7) == ()
