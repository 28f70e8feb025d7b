"""The data that Hugging Face makes its pages from, which a page as a browser saved it still has in ``data-props``."""

from __future__ import annotations

from collections.abc import Iterator

from generator import dates
from generator.dates import PartialDate
from generator.readers import hf_api
from generator.reading import markup
from generator.reading.found import Found
from generator.reading.jsontext import list_of, mapping, text_of, whole


def _props(text: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the data that a saved page was made from, each with its line."""
    root = markup.html(text)
    for element in root.iter() if root is not None else ():
        told = element.get("data-props") if isinstance(element.tag, str) else None
        if told:
            yield markup.line(element), mapping(whole(told))


def papers(text: str) -> Iterator[Found]:
    """Yield the papers of the answer that a saved page holds."""
    for line, props in _props(text):
        lists = (list_of(props.get(name)) for name in ("dailyPapers", "papers", "trendingPapers"))
        entries = [mapping(entry) for listed in lists for entry in listed]
        paper = mapping(props.get("paper"))
        yield from (
            hf_api.paper(one, line) for one in (*entries, *([paper] if "summary" in paper else [])) if _has_title(one)
        )


def day(text: str) -> PartialDate | None:
    """Return the day of the page."""
    days = (dates.iso(text_of(props.get(name))) for _, props in _props(text) for name in ("dateString", "date"))
    return next(filter(None, days), None)


def _has_title(entry: dict[str, object]) -> bool:
    return bool(text_of(entry.get("title") or mapping(entry.get("paper")).get("title")).strip())
