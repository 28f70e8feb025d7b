"""What names a paper in URLs and texts: arXiv ids, DOIs, and the addresses that only papers have."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs

from generator.arxiv import ID, canonical

_IN_URL: Final = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/|huggingface\.co/papers/|hf\.co/papers/|"
    r"alphaxiv\.org/(?:abs|pdf|overview)/|ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)/|scirate\.com/arxiv/|"
    r"papers\.cool/arxiv/|emergentmind\.com/papers/|doi\.org/10\.48550/arxiv\.)"
    rf"(?:arxiv:)?{ID}(?![0-9])",
    re.IGNORECASE,
)
_IN_TEXT: Final = re.compile(
    rf"(?:arxiv(?:\.org)?[:\s]\s*(?:preprint\s+arxiv[:\s]\s*)?|10\.48550/arxiv\.){ID}(?![0-9])", re.IGNORECASE
)
_SHORT_DOI: Final = re.compile(r"10/[a-z0-9]{3,12}")

_AROUND_TITLE: Final = re.compile(
    r"^\[(?:[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?)?\]\s+(?=\S)|^Paper page - |\s[|–—-]\s(?:OpenReview|arXiv|Hugging Face)$"
    r"|\s*\([0-9]{1,5} ?▲\)$"
)
_UPVOTES: Final = re.compile(r"\(([0-9]{1,5}) ?▲\)")

# Hosts, and paths of theirs, below which there is nothing but papers.
_PAPERS: Final = re.compile(
    r"https?://(?:www\.|dl\.|ieeexplore\.|link\.|pubs\.|papers\.|proceedings\.|eprint\.|openaccess\.)*(?:"
    r"(?:dx\.)?doi\.org/10\.|openreview\.net/(?:forum|pdf)|aclanthology\.org/[A-Z0-9]|"
    r"aclweb\.org/anthology/|mlr\.press/v[0-9]+/|jmlr\.(?:org|csail\.mit\.edu)/(?:proceedings/)?papers/|"
    r"(?:neurips|nips)\.cc/paper|thecvf\.com/content|cv-foundation\.org/+openaccess|ecva\.net/papers|"
    r"(?:bio|med|chem|psy)rxiv\.org/(?:content|engage)/|osf\.io/preprints/|acm\.org/(?:doi|citation)|"
    r"ieee\.org/(?:document|abstract/document|xpl/articleDetails)|nature\.com/(?:articles|nature/journal)/|science\.org/doi/|"
    r"sciencedirect\.com/science/article|springer\.com/(?:article|chapter|content)|cell\.com/[a-z-]+/fulltext|"
    r"pnas\.org/(?:content|doi)/|journals\.plos\.org/[a-z]+/article|iacr\.org/[0-9]{4}/[0-9]+|"
    r"isca-(?:archive|speech)\.org/|ijcai\.org/(?:proceedings|Proceedings|Abstract)|aaai\.org/(?:ojs|index\.php)|"
    r"usenix\.org/conference/[^\s]*presentation|semanticscholar\.org/(?:paper|arxiv)|ncbi\.nlm\.nih\.gov/(?:pmc|pubmed)|"
    r"pubmed\.ncbi\.nlm\.nih\.gov/[0-9]|ssrn\.com/(?:abstract|sol3)|hal\.science/|mdpi\.com/[0-9]|frontiersin\.org/articles|"
    r"onlinelibrary\.wiley\.com/doi|academic\.oup\.com/[a-z]+/(?:article|advance)|aps\.org/(?:[a-z]+/)?(?:abstract|doi)|"
    r"iopscience\.iop\.org/article|tandfonline\.com/doi|jstor\.org/stable|distill\.pub/[0-9]|transacl\.org/|"
    r"mitpressjournals\.org/doi|direct\.mit\.edu/)",
    re.IGNORECASE,
)
_LEADS_ON: Final = re.compile(
    r"https?://(?:scholar\.google\.[a-z.]{2,6}/scholar_url|www\.google\.[a-z.]{2,6}/url|"
    r"[a-z0-9]{1,20}\.safelinks\.protection\.outlook\.com/|l\.facebook\.com/l\.php)\?",
    re.IGNORECASE,
)
_ARXIV_HOST: Final = re.compile(
    r"https?://(?:[a-z]{2,6}\.)?(?:arxiv\.org|ar5iv\.|alphaxiv\.org|scirate\.com|huggingface\.co/papers/|hf\.co/papers/)",
    re.IGNORECASE,
)


def arxiv_id_in_url(url: str) -> str | None:
    """Return the arXiv id of the paper that ``url`` shows, be it on arXiv or on a page about its papers."""
    found = _IN_URL.search(url)
    return canonical(found["id"]) if found else None


def arxiv_id_in(text: str) -> str | None:
    """Return the first arXiv id that ``text`` names as such, in a URL or as ``arXiv:2509.20186``."""
    found = _IN_URL.search(text) or _IN_TEXT.search(text)
    return canonical(found["id"]) if found else None


def short_doi_url(text: str) -> str | None:
    """Return where a short DOI (``10/fqd6hj``) leads, which does not tell the DOI itself."""
    return f"https://doi.org/{text.strip()}" if _SHORT_DOI.fullmatch(text.strip()) else None


def direct(url: str) -> str:
    """Return the address that ``url`` leads on to, where it is one of a mail's or a search's that tells it."""
    told = parse_qs(url.partition("?")[2]) if _LEADS_ON.match(url) else {}
    return next((value for key in ("url", "q", "u") for value in told.get(key, ()) if value.startswith("http")), url)


def bare_title(text: str) -> str:
    """Return a title without what tabs of a browser and mails write around it."""
    return _AROUND_TITLE.sub("", text)


def upvotes(text: str) -> int | None:
    """Return the upvotes that mails write behind a title: ``(113 ▲)``."""
    found = _UPVOTES.search(text)
    return int(found[1]) if found else None


def is_about_papers(url: str) -> bool:
    """Whether ``url`` shows a paper on arXiv or on a page about arXiv's papers."""
    return bool(_ARXIV_HOST.match(url)) and arxiv_id_in_url(url) is not None


def is_paper(url: str) -> bool:
    """Whether ``url`` is where a paper is published, told by its host and path alone."""
    return arxiv_id_in_url(url) is not None or bool(_PAPERS.match(url))
