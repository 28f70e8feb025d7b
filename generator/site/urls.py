"""Where links lead: from the pages of the site to each other, and to which host."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url
from mkdocs.utils.templates import TemplateContext, url_filter


@pass_context
def url(context: Context, target: object) -> str:
    """What MkDocs' filter gives, sooner: from all pages of a folder, what is not below them is equally far."""
    told, page = str(target), context["page"]
    here = page.url if page else ""
    folder, _, name = here[:-1].rpartition("/")
    if not here.endswith("/"):
        return url_filter(cast(TemplateContext, context), told)
    there, last = _parted(told, here)
    return (_from_pages_in(folder, there) if name not in there else _from(here, there)) + last


def _parted(target: str, here: str) -> tuple[str, str]:
    """A folder and a name in it, where the way to a target begins with the way to its folder; else no name."""
    at = target.rfind("/", 0, -1) + 1
    there, last = target[:at], target[at:]
    is_plain = there and "//" not in target and target.replace("/", "a").replace("-", "a").isalnum()
    return (there, last) if is_plain and there != here and not here.startswith(target) else (target, "")


class _AnyPage(NamedTuple):
    url: str


@lru_cache(maxsize=1 << 12)
def _from_pages_in(folder: str, target: str) -> str:
    return _from(f"{folder}/\0/", target)


def _from(here: str, target: str) -> str:
    return normalize_url(target, cast(Page, _AnyPage(here)))


@lru_cache(maxsize=1 << 12)
def host(url: str) -> str:
    """The host of a URL as ASCII, so that none looks like another: letters that only look Latin are seen for others."""
    name = urlsplit(url).hostname or url
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:  # no name of a host has such letters, or so many
        return name
