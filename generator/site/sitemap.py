"""What search engines are told: the pages that they shall list, and where that is said.

MkDocs' own sitemap lists every page and, without a better day, tells that of the build.  This one
lists what is to be found, and a page of which no day is known has none.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree

from generator.site.views import View

MOST: Final = 50_000  # URLs in a file: https://www.sitemaps.org/protocol.html
_NOT_LISTED: Final = frozenset({"search.md", "404.md"})
_SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(urls: Mapping[str, str], views: Mapping[str, View], site_url: str) -> Mapping[str, bytes]:
    """The sitemap of the pages in ``urls``, which has the URL from the root of the site by file name; by its own name.

    Left out are the search, the page for lost visitors, and pages that are not to be indexed.  The order is that of
    the URLs.  A sitemap holds absolute URLs alone, so without ``site_url`` it is empty.  Where there are more than it
    may hold, it names others, which hold them: compressed, since they would be most of 20 MB, and without a date.
    """
    listed = {urljoin(site_url, url): views.get(file) for file, url in urls.items() if _is_listed(file, views)}
    told = [
        _element("url", loc=url, lastmod=view.updated.isoformat() if view and view.updated else "")
        for url, view in sorted(listed.items(), key=lambda pair: pair[0])
    ]
    if len(told) <= MOST or not site_url:
        return {"sitemap.xml": _written("urlset", told if site_url else ())}
    parts = {f"sitemap-{at // MOST + 1}.xml.gz": told[at : at + MOST] for at in range(0, len(told), MOST)}
    named = [_element("sitemap", loc=urljoin(site_url, name)) for name in parts]
    written = {name: gzip.compress(_written("urlset", part), mtime=0) for name, part in parts.items()}
    return {"sitemap.xml": _written("sitemapindex", named), **written}


def _element(name: str, **texts: str) -> ElementTree.Element:
    element = ElementTree.Element(name)
    element.tail = "\n"
    for part, text in texts.items():
        if text:
            ElementTree.SubElement(element, part).text = text
    return element


def _written(name: str, elements: Iterable[ElementTree.Element]) -> bytes:
    root = ElementTree.Element(name, xmlns=_SCHEMA)
    root.text = "\n"
    root.extend(elements)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"


def robots(site_url: str) -> bytes:
    """A ``robots.txt`` that forbids nothing and, where ``site_url`` is known, names the sitemap.

    Crawlers read it at the root of a host only: for a site below a path it says the same to whoever opens it.
    """
    named = f"\nSitemap: {urljoin(site_url, 'sitemap.xml')}\n" if site_url else ""
    return f"User-agent: *\nDisallow:\n{named}".encode()


def _is_listed(file: str, views: Mapping[str, View]) -> bool:
    return file not in _NOT_LISTED and (file not in views or views[file].indexed)
