"""The pages of topics, and the overview of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator import charts, groups
from generator.catalogue import by_topic, most_discussed
from generator.list_views import paged
from generator.model import Entry, Topic
from generator.view import Site, View
from generator.yamltext import Value


def topic_views(site: Site) -> Iterator[tuple[str, View]]:
    """The overview, and the papers of each topic."""
    of_topic = by_topic(site.shown.entries)
    rows = sorted(site.shown.topics, key=lambda topic: -len(of_topic.get(topic.id, ())))
    years = charts.years_of(site.shown.entries)
    table = [_topic_row(topic, of_topic.get(topic.id, ()), site, years) for topic in rows]
    yield "topics/index.md", View("topics.html", "Topics", {"table": table, "years": years})
    for topic in site.shown.topics:
        entries = of_topic.get(topic.id, ())
        context = {
            "topic": topic,
            "discussed": most_discussed(entries)[:5],
            "together": _together(topic, entries, site),
            "chart": charts.by_year(entries, years),
            "new": site.new(entries),
        }
        intro = site.written(f"topics/{topic.id}.md")
        view = View("topic.html", topic.name, context, topic.description, intro)
        yield from paged(f"topics/{topic.id}", view, groups.in_pages(groups.years(entries)))


def _topic_row(topic: Topic, entries: Sequence[Entry], site: Site, years: Sequence[int]) -> Mapping[str, Value]:
    spark = charts.sparkline(entries, years)
    return {"topic": topic, "spark": spark, "papers": len(entries), "new": site.new(entries)}


def _together(topic: Topic, entries: Iterable[Entry], site: Site) -> list[tuple[Topic, int]]:
    """The topics most often beside this one, with how often; at most six."""
    counts = {other: sum(other.id in entry.paper.topics for entry in entries) for other in site.shown.topics}
    beside = ((other, count) for other, count in counts.items() if count and other != topic)
    return sorted(beside, key=lambda pair: -pair[1])[:6]
