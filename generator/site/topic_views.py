"""The pages of topics, and the overview of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator import charts
from generator.catalogue import by_topic, most_discussed, organizations
from generator.content.yamltext import Value
from generator.model import Entry, Organization, Topic
from generator.site import groups
from generator.site.list_views import paged
from generator.site.view import Site, View
from generator.topics.overlaps import FEWEST, LEVELS, Overlaps, overlaps, publishers

_IN_ASIDE: Final = 6
_CLOSEST: Final = 5
_IN_TABLE: Final = 40  # topics of the table of which go together; more would make a heavy page that nobody overlooks


def topic_views(site: Site) -> Iterator[tuple[str, View]]:
    """The overview, and the papers of each topic."""
    of_topic = by_topic(site.shown.entries)
    shared = overlaps(site.shown.topics, site.shown.entries)
    years = charts.years_of(site.shown.entries)
    yield "topics/index.md", _overview(site, of_topic, shared, years)
    who = organizations(site.shown.entries)
    publishing = publishers(site.shown.entries)
    for topic in site.shown.topics:
        entries = of_topic.get(topic.id, ())
        context = {
            "topic": topic,
            "discussed": most_discussed(entries)[:5],
            "together": _together(topic, shared, site.shown.topics),
            "publishers": _publishers(publishing.get(topic.id, ()), who),
            "publisher_count": len(publishing.get(topic.id, ())),
            "chart": charts.by_year(entries, years),
            "new": site.new(entries),
        }
        file = f"topics/{topic.id}.md"
        title = site.title(file) or topic.name
        view = View("topic.html", title, context, topic.description, site.written(file))
        yield from paged(f"topics/{topic.id}", view, groups.in_pages(groups.years(entries)))


def _overview(site: Site, of_topic: Mapping[str, Sequence[Entry]], shared: Overlaps, years: Sequence[int]) -> View:
    rows = sorted(site.shown.topics, key=lambda topic: -len(of_topic.get(topic.id, ())))
    named = {topic.id: topic for topic in site.shown.topics}
    context = {
        "table": [_row(topic, of_topic.get(topic.id, ()), site, years) for topic in rows],
        "total": len(site.shown.entries),
        "years": years,
        "shared": shared,
        "closest": [(named[one], named[other]) for one, other in shared.closest(_CLOSEST)],
        "arranged": [named[topic] for topic in shared.arranged(_IN_TABLE)],
        "fewest": FEWEST,
        "levels": [f"{least:.0%}".removesuffix("%") for least in LEVELS],
    }
    return View("topics.html", "Topics", context, "All topics, how they grow, and which of them go together.")


def _row(topic: Topic, entries: Sequence[Entry], site: Site, years: Sequence[int]) -> Mapping[str, Value]:
    spark = charts.sparkline(entries, years)
    return {"topic": topic, "spark": spark, "papers": len(entries), "new": site.new(entries)}


def _together(topic: Topic, shared: Overlaps, topics: Sequence[Topic]) -> list[tuple[Topic, int]]:
    """The closest topics, with how many papers are in both."""
    named = {other.id: other for other in topics}
    return [(named[other], shared.both(topic.id, other)) for other in shared.nearest(topic.id, _IN_ASIDE)]


def _publishers(
    counted: Sequence[tuple[str, int]], who: Mapping[str, Organization]
) -> list[tuple[str, Organization, int]]:
    """The organisations with the most papers, each with the part of its URL."""
    return [(handle, who[handle], count) for handle, count in counted[:_IN_ASIDE]]
