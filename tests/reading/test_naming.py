"""What names a paper: ids, DOIs, addresses."""

from __future__ import annotations

import pytest

from generator.doi import normal, page
from generator.reading import naming


@pytest.mark.parametrize(
    ("url", "arxiv"),
    [
        ("https://arxiv.org/abs/2411.13560v2", "2411.13560"),
        ("http://www.arxiv.org/pdf/1602.07261.pdf", "1602.07261"),
        ("https://arxiv.org/abs/arXiv:2411.13560", "2411.13560"),
        ("https://arxiv.org/pdf/math.GT/0309136v1.pdf", "math/0309136"),
        ("https://arxiv.org/abs/math/0309136", "math/0309136"),
        ("https://arxiv.org/abs/HEP-TH/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://huggingface.co/papers/2606.00683#community", "2606.00683"),
        ("https://doi.org/10.48550/arXiv.2301.00001", "2301.00001"),
        ("https://arxiv.org/abs/missing", None),
        ("https://arxiv.org/abs/2413.00001", None),
        ("https://arxiv.org/abs/2601.0261012", None),
        ("https://github.com/example/2411.13560", None),
    ],
)
def test_the_arxiv_id_of_an_address(url: str, arxiv: str | None) -> None:
    """Without its version; a number that no month has is none."""
    assert naming.arxiv_id_in_url(url) == arxiv


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/XYZ.123", "10.1000/xyz.123"),
        ("https://doi.org/10.1000%2Fxyz?download=true#page=2", "10.1000/xyz"),
        ("http://dx.doi.org/10.1016/S0140-6736(05)71146-5", "10.1016/s0140-6736(05)71146-5"),
        ("doi: 10.1000/xyz.", "10.1000/xyz"),
        ("10.1000/xyz, 10.1000/abc", "10.1000/xyz"),
        ("10.1000/xyz) and more", "10.1000/xyz"),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
        ("10/fqd6hj", None),
        ("10.1000/.", None),
        ("10.1000/x\u200by", None),
        ("about 10.5 of 11", None),
        ("https://example.org/10.1000/xyz", None),
    ],
)
def test_a_doi_in_any_clothes(text: str, doi: str | None) -> None:
    """As such, as an address or with a label; what is cut or shortened is none."""
    assert normal(text) == doi
    assert doi is None or normal(page(doi)) == doi


@pytest.mark.parametrize(
    ("url", "is_paper"),
    [
        ("https://openreview.net/forum?id=x", True),
        ("https://aclanthology.org/N19-1423/", True),
        ("http://papers.nips.cc/paper/5347-x.pdf", True),
        ("http://www.cv-foundation.org//openaccess/content_cvpr_2014/papers/x.pdf", True),
        ("https://proceedings.mlr.press/v48/shang16.html", True),
        ("https://doi.org/10.1000/xyz", True),
        ("https://github.com/example/paper", False),
        ("https://openreview.net/group?id=x", False),
        ("https://techcrunch.com/2025/06/10/doi.org/10.1", False),
    ],
)
def test_an_address_that_only_papers_have(url: str, is_paper: bool) -> None:
    """By host and path."""
    assert naming.is_paper(url) is is_paper
