"""Find the URLs in a text, and tell by host and path what they lead to.

Only whole ``http:`` and ``https:`` URLs count.  What a sentence puts after a URL, such as a
full stop or the bracket that was opened before it, is no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from generator.model import LINK_KINDS, Links

# Bounded throughout: a text of any length is searched in linear time.  ``{``, ``<``, quotes and
# Chinese or Japanese signs end a URL; so does a separator that another URL follows.
_HOST: Final = r"(?:[A-Za-z0-9_-]{1,63}\.){1,10}(?:[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]|[0-9]{1,3})"
_TAIL: Final = r"(?:(?![,;]https?://)[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~\u00c0-\u1fff]){0,2000}"
_URL: Final = re.compile(
    rf"(?<![A-Za-z])https?://{_HOST}(?![A-Za-z0-9_@-])(?::[0-9]{{1,5}}(?![0-9@]))?(?:[/?#]{_TAIL})?", re.IGNORECASE
)
_SPLIT: Final = re.compile(r"(https?)://([^/?#:]+)[^/?#]*([^?#]*)(.*)", re.IGNORECASE)
_PORT: Final = re.compile(r"https?://[^/?#:]+:([0-9]+)")
_BRACKETS: Final = {")": "(", "]": "["}
_TRAILING: Final = ".,:;!?'*"

_CODE_HOSTS: Final = frozenset(
    [
        "github.com",
        "gist.github.com",
        "raw.githubusercontent.com",
        "gitlab.com",
        "bitbucket.org",
        "codeberg.org",
        "gitee.com",
        "anonymous.4open.science",
        "sourceforge.net",
    ]
)
_DATA_HOSTS: Final = frozenset(["zenodo.org", "kaggle.com", "figshare.com", "dataverse.harvard.edu"])
_OTHER_HOSTS: Final = frozenset(
    [
        "arxiv.org",
        "export.arxiv.org",
        "alphaxiv.org",
        "doi.org",
        "dx.doi.org",
        "openreview.net",
        "aclanthology.org",
        "semanticscholar.org",
        "youtube.com",
        "m.youtube.com",
        "youtu.be",
        "bilibili.com",
        "vimeo.com",
        "x.com",
        "twitter.com",
        "linkedin.com",
        "medium.com",
        "en.wikipedia.org",
        "creativecommons.org",
        "drive.google.com",
        "docs.google.com",
    ]
)
_HUGGINGFACE_HOSTS: Final = frozenset(["huggingface.co", "hf.co"])
_HUGGINGFACE: Final = {
    "datasets": "data",
    "spaces": "demo",
    **dict.fromkeys(["papers", "collections", "blog", "docs", "learn", "posts", "join", "tasks"], "other"),
}
_NOTHING: Final = Links()
_DEMO: Final = re.compile(r"(?<![^\W_])(?:demos?|playground|experience)(?![^\W_])", re.IGNORECASE)


def urls(text: str) -> tuple[str, ...]:
    """Return the URLs in ``text``, each once, in order; a scheme or a final slash makes no other URL."""
    if "://" not in text:
        return ()
    found: dict[str, str] = {}
    for match in _URL.finditer(text):
        url = _trimmed(_visible(match[0]))
        if _has_a_port(url):
            found.setdefault(_key(url), url)
    return tuple(found.values())


def _visible(url: str) -> str:
    """The URL up to the first sign that nobody would see in it."""
    return url if url.isprintable() else "".join(takewhile(str.isprintable, url))


def kind(url: str) -> str:
    """Return which of :data:`~generator.model.LINK_KINDS` ``url`` is."""
    split = _SPLIT.fullmatch(url)
    if not split:
        return "other"
    host, path = split[2].lower().removeprefix("www."), split[3].strip("/")
    return _kind_of_host(host, path) or ("demo" if _DEMO.search(f"{host}/{path}") else "project")


def links(text: str) -> Links:
    """Return the URLs in ``text`` by what they lead to."""
    found = urls(text)
    return sorted_links(found) if found else _NOTHING


def sorted_links(found: Iterable[str]) -> Links:
    """Return ``found`` by kind, in the order given."""
    kinds = [(kind(url), url) for url in found]
    return Links(**{name: tuple(url for told, url in kinds if told == name) for name in LINK_KINDS})


def united(first: Links, second: Links) -> Links:
    """Return the links of both, each once, the first's first; a scheme or a final slash makes no other URL."""
    if not (first or second):
        return first
    both = {name: {_key(url): url for url in (*second.of(name), *reversed(first.of(name)))} for name in LINK_KINDS}
    order = {name: dict.fromkeys(map(_key, (*first.of(name), *second.of(name)))) for name in LINK_KINDS}
    return Links(**{name: tuple(both[name][key] for key in order[name]) for name in LINK_KINDS})


def _kind_of_host(host: str, path: str) -> str | None:
    """Return the kind that the host settles, whatever words the path is made of."""
    if host in _HUGGINGFACE_HOSTS:
        return _HUGGINGFACE.get(path.split("/", maxsplit=1)[0].lower(), "model") if path else "other"
    if host in _CODE_HOSTS or host.startswith("gitlab."):
        return "code"
    if host in _DATA_HOSTS or host.startswith(("data.", "dataset.", "datasets.")):
        return "data"
    if host in _OTHER_HOSTS:
        return "other"
    return "demo" if host.endswith((".hf.space", ".gradio.live")) or host == "colab.research.google.com" else None


def _trimmed(url: str) -> str:
    """Return ``url`` with a scheme in lower case and without the punctuation of the sentence around it."""
    unclosed = {close: url.count(close) - url.count(open_) for close, open_ in _BRACKETS.items()}
    end = len(url)
    while end and (url[end - 1] in _TRAILING or unclosed.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in unclosed:
            unclosed[url[end]] -= 1
    scheme, rest = url[:end].split("://", 1)
    return f"{scheme.lower()}://{rest}"


def _has_a_port(url: str) -> bool:
    """Whether the number of the port, if there is one, is that of any: browsers take no other for a URL."""
    port = _PORT.match(url)
    return port is None or 0 < int(port[1]) < 65_536


def _key(url: str) -> str:
    split = _SPLIT.fullmatch(url)
    return f"{split[2].lower()}{url[split.end(2) :].rstrip('/')}" if split else url
