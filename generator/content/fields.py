"""Typed values of front matter, each with the line to look at when it is of the wrong type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar
from urllib.parse import urlsplit

from generator import arxiv as arxiv_ids
from generator import doi as dois
from generator.content.front import Front
from generator.content.yamltext import Value
from generator.dates import EARLIEST, LATEST
from generator.mdtext import one_line

T = TypeVar("T")

_SWITCHES: Final = ("template", "icon", "search", "hide", "status", "tags")
_NOTHING: Final = ("null", "Null", "NULL")
_TEXTS: Final = ("title", "venue")
_WEB: Final = re.compile(r"https?://[^\s/?#<>\"'`\\]+(?:[/?#][^\s<>\"`\\]*)?")


def refuse_switches(page: Front) -> None:
    """Raise where a key would make the theme choose another template, icon or search."""
    for key in _SWITCHES:
        if key in page.meta:
            raise page.error(key, f"`{key}` would change how the theme works: take the line out")


def _value(page: Front, key: str) -> Value:
    """What stands there; ``None`` where nothing does, in any of YAML's ways that is no text of a dump's."""
    value = page.meta.get(key)
    is_nothing = value == "" or (key != "title" and value in _NOTHING) or (key not in _TEXTS and value == "~")
    return None if is_nothing else value


def scalar(page: Front, key: str, convert: Callable[[str], T], wanted: str) -> T | None:
    """The value, or ``None`` where there is none; ``convert`` raises ``ValueError`` for what is not ``wanted``."""
    value = _value(page, key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise page.error(key, f"`{key}` must be {wanted or 'text'} on one line")
    try:
        return convert(value)
    except ValueError:
        raise page.error(key, f"`{key}` must be {wanted}, and not {value[:40]!r}") from None


def count(page: Front, key: str) -> int | None:
    return scalar(page, key, _natural, "a whole number")


def _natural(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError(text)
    return int(text)


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"


def day(page: Front, key: str) -> date | None:
    """A day that a paper or a capture can have."""
    return scalar(page, key, _day, "a date such as 2025-09-24, from 1900 to 2099")


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(text)
    return day


def arxiv(page: Front, key: str) -> str | None:
    """An arXiv id without its version, however a person wrote it."""
    return scalar(page, key, _found_by(arxiv_ids.normal), "an arXiv id such as 2509.20186")


def doi(page: Front, key: str) -> str | None:
    """A DOI, bare, however a person wrote it."""
    return scalar(page, key, _found_by(dois.normal), "a DOI such as 10.1145/3292500.3330701")


def _found_by(normal: Callable[[str], str | None]) -> Callable[[str], str]:
    def convert(text: str) -> str:
        found = normal(text)
        if found is None:
            raise ValueError(text)
        return found

    return convert


def flag(page: Front, key: str) -> bool:
    return bool(scalar(page, key, _boolean, "true or false"))


def items(page: Front, key: str) -> list[Value]:
    value = _value(page, key) or []
    if not isinstance(value, list):
        raise page.error(key, f"`{key}` must be a list: `{key}: [one, another]`")
    return value


def texts(page: Front, key: str) -> tuple[str, ...]:
    found = items(page, key)
    if not all(isinstance(item, str) for item in found):
        raise page.error(key, f"`{key}` must be a list of texts")
    return tuple(one_line(item) for item in found if item.strip())


def mapping(page: Front, key: str) -> Mapping[str, Value]:
    value = _value(page, key) or {}
    if not isinstance(value, Mapping):
        raise page.error(key, f"`{key}` must be `name: value` pairs")
    return value


def hashes(page: Front, key: str) -> Mapping[str, Value]:
    """What the generator last wrote, by field: a hash, or a list of them."""
    told = mapping(page, key)
    for name, value in told.items():
        if not all(one is None or isinstance(one, str) for one in (value if isinstance(value, list) else [value])):
            raise page.error(key, f"`{key}: {name}` is not as `digest ingest` wrote it: restore the line")
    return told


def is_web(url: object) -> bool:
    """Whether ``url`` is an ``https:`` or ``http:`` URL that is safe in any attribute, and all of it can be seen."""
    if not isinstance(url, str) or not url.isprintable() or not _WEB.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0  # which raises where no port has such a number
    except ValueError:
        return False
