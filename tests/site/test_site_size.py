"""How much the site weighs is told by kind, and what would not fit is named."""

from __future__ import annotations

import pytest

from generator.model import GeneratorError
from generator.site import site_size
from generator.site.site_size import MOST_OF_A_FILE, MOST_OF_A_SITE, Sized


def test_a_paper_of_average_weight_is_told():
    files = [
        Sized("papers/a/index.html", 4000),
        Sized("papers/b/index.html", 6000),
        Sized("assets/a.css", 10),
        Sized("assets/search/a.bin", 10**6),
    ]
    *kinds, in_all, each = site_size.summary(files)
    assert [line.split()[:2] for line in kinds] == [
        ["papers", "2"], ["search", "1"], ["feeds", "0"], ["assets", "1"], ["lists", "0"], ["other", "0"]
    ]  # fmt: skip
    assert in_all.split() == ["in", "all", "4", "files", "1.0", "MB"]
    assert each == "2 papers: 5,000 bytes a page, 505,005 in all."


def test_a_site_without_papers_is_weighed():
    assert list(site_size.summary([Sized("index.html", 10)]))[-1].split() == ["in", "all", "1", "files", "0.0", "MB"]


def test_what_fits_to_the_last_byte_is_no_error():
    assert not list(site_size.too_large([Sized(str(part), MOST_OF_A_FILE) for part in range(10)]))


def test_what_does_not_fit_is_named():
    files = [Sized("a", MOST_OF_A_FILE + 1), *(Sized(str(part), MOST_OF_A_FILE) for part in range(9))]
    of_site, of_file = site_size.too_large(files)
    assert sum(file.bytes for file in files) == MOST_OF_A_SITE + 1
    assert "the site has" in of_site
    assert of_file.startswith("a has")


def test_files_are_found_in_all_folders(tmp_path):
    for name, text in {"index.html": "ab", "papers/a/index.html": "abc"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert site_size.sized(tmp_path) == (Sized("index.html", 2), Sized("papers/a/index.html", 3))


def test_without_a_site_a_person_is_told_what_to_do(tmp_path):
    with pytest.raises(GeneratorError, match="digest build"):
        site_size.sized(tmp_path / "site")
