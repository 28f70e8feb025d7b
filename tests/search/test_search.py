"""The site's search finds what lunr.js finds, scores it alike, and keeps the rest of its contract."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from generator.model import Entry, Links, Organization, Paper
from generator.search.documents import FIELDS, Document, document, record

from .conftest import ODD_TITLES, SCALE, TOPICS, Oracle

Build = Callable[[Sequence[Document]], Path]

BY_HAND = (
    *(
        "",
        "   ",
        "data",
        "reasoning data",
        "+reasoning -data",
        "title:reasoning",
        "title:data^10 reason*",
        "*",
        "-data",
    ),
    *("reasonin~1", "transfromer~2", "pre-training", "key", "keys", "lay", "try", "76.5", "76.5%", "nvidia cmu-lti"),
    *(
        "organization:nvidia",
        "authors:李明",
        "Иван",
        "+пётр",
        "+Петров",
        "数学推理",
        "用于*",
        "*中文",
        "überblick",
        "ΣΟΦΟΣ",
    ),
    *("constructor", "__proto__", "hasownproperty tostring valueof", "topics:constructor", "+constructor +__proto__"),
    *(
        "data^0",
        "data^3 data",
        "data\\:x",
        "\\",
        "foo\\",
        "the of and",
        "model^99999",
        "data~0",
        "+nowhere data",
        "-nowhere",
    ),
    *("*ing", "m*del*", "+title:model* -abstract:data^2", "\U0001d4b3\U0001d4b3s", "\U0001d49c*", "+reason* +data~1"),
)
REFUSED = ("a:b", "Patho-R1: A Multimodal Expert", "-", "+", "data~", "data^x", "~1", "colour:red", "a ~b", "data^")


def made_queries(documents: Sequence[Document], count: int) -> list[str]:
    """Several terms each, from the documents' own words, with the operators of lunr."""
    chance = random.Random(7)
    words = [word for one in documents for name in FIELDS for word in one.field(name).split() if len(word) < 20]
    return [
        " ".join(_clause(chance.choice(words), chance) for _ in range(chance.randrange(1, 5))) for _ in range(count)
    ]


def _clause(word: str, chance: random.Random) -> str:
    shapes = ("{0}", "{0}", "{0}", "{1}", "{1}*", "*{2}", "{1}*{2}", "{1}~1", "{1}~2", "{1}^{3}", "{4}:{1}", "{4}:{1}*")
    bare = word.strip(".,:;()\"'+-*~^\\") or word
    cut = chance.randrange(1, len(bare) + 1)
    presence = chance.choice(("", "", "", "+", "-"))
    shape = chance.choice(shapes)
    ends = (bare[:cut], bare[cut:]) if "*" in shape else (bare, bare)
    return presence + shape.format(word, *ends, chance.randrange(9), chance.choice(list(FIELDS)))


def in_order(hits: Sequence[dict[str, Any]], documents: Sequence[Document]) -> list[dict[str, Any]]:
    """By score, then by date, newest first and undated last, then by slug."""
    dates = {one.ref: one.date or "" for one in documents}
    by_ref = sorted(hits, key=lambda hit: hit["ref"])
    by_date = sorted(by_ref, key=lambda hit: dates[hit["ref"]], reverse=True)
    return sorted(by_date, key=lambda hit: hit["score"], reverse=True)


def exported(documents: Sequence[Document]) -> list[dict[str, object]]:
    """What ``digest export`` prints."""
    return [record(one) for one in sorted(documents, key=lambda one: one.ref)]


def assert_agree(
    oracle: Oracle, site: Path, documents: Sequence[Document], queries: list[str], repeated: bool = False
) -> int:
    """Hits, order and scores of each query are those of lunr.js; returns how many it could parse."""
    theirs = oracle("lunr", site, documents=exported(documents), queries=queries, repeated=repeated)
    ours = oracle("search", site, queries=[[query, {"limit": len(documents)}] for query in queries])
    for query, their, our in zip(queries, theirs, ours, strict=True):
        assert (our["notice"] is None) == (their is not None), query
        if their is None:
            continue
        expected = in_order(their, documents)
        assert our["total"] == len(expected), query
        assert [hit["ref"] for hit in our["hits"]] == [hit["ref"] for hit in expected], query
        assert [hit["score"] for hit in our["hits"]] == [hit["score"] for hit in expected], query
    return sum(their is not None for their in theirs)


def test_hits_order_and_scores_are_those_of_lunr_js(oracle: Oracle, site: Path, documents: list[Document]) -> None:
    """Over some hundred queries, by hand and by chance."""
    queries = [*BY_HAND, *REFUSED, *made_queries(documents, 500)]
    assert assert_agree(oracle, site, documents, queries) > 400


def test_a_caller_may_repeat_the_ref_and_the_fields(oracle: Oracle, site: Path, documents: list[Document]) -> None:
    """With the same boosts; nothing changes."""
    assert assert_agree(oracle, site, documents, [*BY_HAND], repeated=True) == len(BY_HAND)


@pytest.mark.long
@pytest.mark.skipif(not SCALE.exists(), reason=f"the large corpus is not beside this checkout: {SCALE}")
def test_hits_and_weights_of_two_thousand_papers_are_those_of_lunr_js(oracle: Oracle, built: Build) -> None:
    """Every weight of the index is equal, and so is what is found."""
    with SCALE.open(encoding="utf-8") as lines:
        documents = [_large(json.loads(line)) for line in islice(lines, 2000)]
    site = built(documents)
    assert_same_weights(oracle, site, documents)
    assert_agree(oracle, site, documents, made_queries(documents, 150))


def _large(told: dict[str, Any]) -> Document:
    names = tuple(author if isinstance(author, str) else author["name"] for author in told.get("authors") or ())
    paper = Paper(title=told["title"], abstract=told["summary"], authors=names)
    return document(Entry(told["id"], paper), TOPICS)


def assert_same_weights(oracle: Oracle, site: Path, documents: Sequence[Document]) -> None:
    """All terms, and all weights to the last bit."""
    answer = oracle("weights", site, documents=exported(documents))
    assert (answer["same"], answer["different"]) == (True, [])
    assert answer["terms"] > 100


def test_every_weight_is_the_one_of_lunr_js(oracle: Oracle, site: Path, documents: list[Document]) -> None:
    """Those of other scripts and of JavaScript's own names, too."""
    assert_same_weights(oracle, site, documents)


def test_titles_that_lunr_refuses_are_read_as_plain_words(
    oracle: Oracle, site: Path, documents: list[Document]
) -> None:
    """And every title finds its own paper first."""
    titled = [one for one in documents if one.title not in ("Twin", ODD_TITLES[-1])]
    answers = oracle("search", site, queries=[[f"{one.title}:", {}] for one in titled])
    assert all(answer["notice"] for answer in answers)
    titles = {one.ref: one.title for one in documents}
    assert [titles[answer["hits"][0]["ref"]] for answer in answers] == [one.title for one in titled]


def test_hits_have_the_keys_of_the_contract(oracle: Oracle, site: Path, documents: list[Document]) -> None:
    """No more and no fewer; the URL begins with the base."""
    [answer] = oracle("search", site, queries=[["data", {"limit": 1}]])
    assert set(answer) == {"total", "hits", "notice"}
    [hit] = answer["hits"]
    assert set(hit) == {"ref", "score", "title", "url", "date", "topics"}
    told = next(one for one in documents if one.ref == hit["ref"])
    assert (hit["title"], hit["date"], hit["topics"]) == (told.title, told.date, list(told.topic_ids))
    assert hit["url"] == f"{site.as_uri()}/papers/{hit['ref']}/"


def test_filters_are_or_within_and_and_across(oracle: Oracle, site: Path, documents: list[Document]) -> None:
    """An unknown value finds nothing, an empty list is no filter; of values with a space between them a paper has all.

    An id that a topic once had finds what the topic has now.
    """
    cases: list[tuple[dict[str, object], Callable[[Document], bool]]] = [
        ({}, lambda one: True),
        ({"topic": []}, lambda one: True),
        ({"topic": ["reasoning", "medicine"]}, lambda one: bool({"reasoning", "medicine"} & {*one.topic_ids})),
        ({"year": ["2024"]}, lambda one: (one.date or "").startswith("2024")),
        ({"year": [2023, "2025"]}, lambda one: (one.date or "")[:4] in ("2023", "2025")),
        (
            {"organization": ["nvidia"], "has": ["code"]},
            lambda one: one.organization_handle == "nvidia" and bool(one.has),
        ),
        ({"organization": ["__proto__"]}, lambda one: one.organization_handle == "__proto__"),
        (
            {"topic": ["constructor"], "year": ["2024"]},
            lambda one: "constructor" in one.topic_ids and "2024" in str(one.date),
        ),
        ({"topic": ["toString"]}, lambda one: False),
        ({"has": ["demo", "code"]}, lambda one: "code" in one.has),
        ({"topic": ["reasoning medicine"]}, lambda one: {"reasoning", "medicine"} <= {*one.topic_ids}),
        (
            {"topic": ["medicine reasoning", "constructor"]},
            lambda one: {"reasoning", "medicine"} <= {*one.topic_ids} or "constructor" in one.topic_ids,
        ),
        ({"topic": ["reasoning nothing", "reasoning ", " "]}, lambda one: False),
        ({"topic": ["thinking"]}, lambda one: "reasoning" in one.topic_ids),
        ({"topic": ["medicine thinking"]}, lambda one: {"reasoning", "medicine"} <= {*one.topic_ids}),
        ({"topic": ["rea", "thinking", "reasoning"]}, lambda one: "reasoning" in one.topic_ids),
        ({"year": ["2024 2025"]}, lambda one: False),
    ]
    assert any({"reasoning", "medicine"} <= {*one.topic_ids} for one in documents)
    answers = oracle("search", site, queries=[["", {"filters": filters, "limit": 999}] for filters, _ in cases])
    for (filters, wanted), answer in zip(cases, answers, strict=True):
        expected = [one.ref for one in documents if wanted(one)]
        assert sorted(hit["ref"] for hit in answer["hits"]) == expected, filters
        assert answer["total"] == len(expected)


def test_sorts_fall_back_to_the_date_and_then_to_the_slug(
    oracle: Oracle, site: Path, documents: list[Document]
) -> None:
    """What has no date or no known count comes last."""
    by_ref = sorted(documents, key=lambda one: one.ref)
    by_date = sorted(by_ref, key=lambda one: one.date or "", reverse=True)
    by_comments = sorted(by_date, key=lambda one: -1 if one.comments is None else one.comments, reverse=True)
    sorts = {"relevance": by_date, "date": by_date, "comments": by_comments, "constructor": by_date}
    answers = oracle("search", site, queries=[["", {"sort": sort, "limit": 999}] for sort in sorts])
    for expected, answer in zip(sorts.values(), answers, strict=True):
        assert [hit["ref"] for hit in answer["hits"]] == [one.ref for one in expected]


def test_offset_and_limit_cut_the_same_list(oracle: Oracle, site: Path) -> None:
    """Ten by default, and beyond the end nothing."""
    pages: list[dict[str, int]] = [{"limit": 30}, {}, {"offset": 10, "limit": 20}, {"offset": 9999}, {"limit": 0}]
    whole, first, second, beyond, none = oracle("search", site, queries=[["data", page] for page in pages])
    assert first["hits"] + second["hits"] == whole["hits"]
    assert len(first["hits"]) == 10
    assert beyond["hits"] == none["hits"] == []
    assert {answer["total"] for answer in (whole, first, second, beyond, none)} == {whole["total"]}


def test_what_would_keep_lunr_busy_for_ever_is_read_as_plain_words(oracle: Oracle, site: Path) -> None:
    """Ten thousand characters of anything are answered in seconds."""
    long = [
        "x" * 9_990 + "~1",
        "data~99999999",
        "reasoning~9",
        "* " * 5_000,
        "a*" * 5_000,
        "x~2 " * 2_500,
        "*" * 10_000,
    ]
    fine = [
        "data " * 2_000,
        "+data " * 1_666,
        "a " * 5_000,
        "x" * 10_000,
        "!" * 10_000,
        "字" * 10_000,
        "data" + "^9" * 5_000,
    ]
    started = monotonic()
    answers = oracle("search", site, queries=[[query, {}] for query in [*long, *fine]])
    assert [bool(answer["notice"]) for answer in answers] == [True] * len(long) + [False] * len(fine)
    assert monotonic() - started < 20


def test_a_failed_load_is_an_error_and_the_next_question_tries_again(oracle: Oracle, site: Path) -> None:
    """Nothing is fetched before the first question, and nothing twice."""
    answer = oracle("failure", site)
    assert answer == {
        "before": 0,
        "error": "Error: The index could not be loaded.",
        "fetched": answer["different"],
        "different": answer["different"],
        "total": answer["total"],
    }
    assert answer["different"] > 3
    assert answer["total"] > 0


def test_the_page_finds_by_the_beginning_of_the_last_word(oracle: Oracle, site: Path) -> None:
    """A word that the index knows is whole; signs of the query syntax are left alone; punctuation does not hide."""
    texts = ["reasoning", "reasoni", "reasoning,", "reinf", "reinf ", "+reinf", "zzzzzz"]
    whole, begun, comma, prefix, space, operator, unknown = (
        answer["total"] for answer in oracle("search", site, queries=[[text, {}] for text in texts], method="explore")
    )
    assert 0 < whole == comma <= begun
    assert prefix > space == operator == unknown == 0


def test_a_rare_word_may_be_the_beginning_of_a_frequent_one(oracle: Oracle, built: Build) -> None:
    """Where papers are many, nearly every beginning of a word is a word of one of them; and so are stems."""
    titles = ["A diffu", "A diffus", *(f"Diffusion number {number}" for number in range(450))]
    site = built([document(Entry(f"p{at}", Paper(title=title)), TOPICS) for at, title in enumerate(titles)])
    texts = ["diffu", "diffus", "diffusi", "diffusio", "diffusion", "diffu "]
    totals = [answer["total"] for answer in oracle("search", site, queries=[[t, {}] for t in texts], method="explore")]
    assert min(totals[:-1]) >= 450
    assert totals[-1] < 10


def test_the_page_marks_what_was_found_and_counts_facets(oracle: Oracle, built: Build) -> None:
    """Marks know stems; a facet's own filter does not reduce its counts."""
    abstract = "We begin. Then we introduce Patho-R1, a pathology Reasoner, trained well. It ends."
    papers = [
        Paper(
            title="Reasoning: a study", abstract=abstract, topics=("reasoning",), links=Links(code=("https://a.b/",))
        ),
        Paper(title="Other", abstract="Data.", topics=("medicine",), organization=Organization("nvidia", "NVIDIA")),
    ]
    site = built([document(Entry(f"p{number}", paper), TOPICS) for number, paper in enumerate(papers)])
    options = {"filters": {"topic": ["reasoning"]}}
    [answer] = oracle("search", site, queries=[["reasoner data", options]], method="explore")
    [hit] = answer["hits"]
    assert [(part["text"], part["hit"]) for part in hit["snippet"] if part["hit"]] == [("Reasoner", True)]
    assert "".join(part["text"] for part in hit["snippet"]).startswith("Then we introduce Patho-R1, ")
    assert (answer["total"], answer["unfiltered"]) == (1, 2)
    [counts] = oracle("search", site, queries=[["reasoner data", options]], method="facets")
    assert counts["topic"] == [
        {"value": "medicine", "name": "Medicine and biology", "count": 1},
        {"value": "reasoning", "name": "Reasoning", "count": 1},
    ]
    assert counts["organization"] == []
    assert counts["has"] == [{"value": "code", "name": "code", "count": 1}]


def test_facets_say_what_a_click_would_leave(oracle: Oracle, site: Path, documents: list[Document]) -> None:
    """Whatever else is filtered; a value that is wanted is listed, and every value with papers."""
    chosen: list[dict[str, list[str]]] = [
        {},
        {"year": ["2024"]},
        {"topic": ["reasoning"], "has": ["code"]},
        {"topic": ["reasoning medicine"], "year": ["2024"]},
        {"organization": ["nvidia", "nobody"], "year": ["2025"]},
    ]
    for filters in chosen:
        [facets] = oracle("search", site, queries=[["data", {"filters": filters}]], method="facets")
        assert {"nobody", *filters.get("organization", [])} - {"nobody"} <= {
            one["value"] for one in facets["organization"]
        }
        cases = [(name, one) for name, values in facets.items() for one in values]
        asked = [["data", {"filters": {**filters, name: [one["value"]]}}] for name, one in cases]
        answers = oracle("search", site, queries=asked)
        assert [answer["total"] for answer in answers] == [one["count"] for _, one in cases]


@pytest.mark.parametrize("part", ["shard-", "papers-", "index.json"])
def test_a_missing_part_is_said_and_tried_again(oracle: Oracle, site: Path, part: str) -> None:
    """The same error for each, and nothing is remembered of it."""
    texts = ["data", "reason*", "title:model"]
    first, second = oracle("missing", site, missing=part, texts=texts)
    assert first == ["The index could not be loaded."] * 3
    assert all(isinstance(total, int) and total > 0 for total in second)


def test_a_missing_vocabulary_leaves_plain_words(oracle: Oracle, site: Path) -> None:
    """Only what needs it fails."""
    first, _ = oracle("missing", site, missing="terms-", texts=["data", "reason*"])
    assert first[0] > 0
    assert first[1] == "The index could not be loaded."


def test_an_index_older_than_the_site_is_left_for_the_new_one(oracle: Oracle, built: Build, tmp_path: Path) -> None:
    """A page that stays open while the site is published anew goes on searching."""
    papers = [document(Entry(f"p{number}", Paper(title=f"Data {number}")), TOPICS) for number in range(3)]
    older = built(papers[:2]).rename(tmp_path / "older")
    assert oracle("moved", built(papers), older=str(older), text="data") == [2, 3]


def test_words_in_quotes_stand_side_by_side(oracle: Oracle, built: Build) -> None:
    """In any of their forms, in the title or the abstract, whatever the signs between them."""
    texts = [
        "Large language models",
        "A model of language: large",
        "The large-language-modeling of data",
        "Large models",
    ]
    papers = [document(Entry(f"p{number}", Paper(title=title)), TOPICS) for number, title in enumerate(texts)]
    answers = oracle(
        "search",
        built(papers),
        queries=[['"large language model"', {}], ["“language models” data", {}], ['"models large"', {}], ['"', {}]],
        method="explore",
    )
    assert [sorted(hit["ref"] for hit in answer["hits"]) for answer in answers[:3]] == [["p0", "p2"], ["p0", "p2"], []]
    assert answers[3]["total"] == 4


def test_words_of_scripts_without_spaces_are_found_inside_others(oracle: Oracle, site: Path) -> None:
    """On the page; lunr itself takes what stands between spaces for one word."""
    inside, accent, cyrillic = oracle(
        "search", site, queries=[["语言模型", {}], ["überb", {}], ["языков", {}]], method="explore"
    )
    assert [hit["title"] for hit in inside["hits"]] == [ODD_TITLES[0]]
    assert accent["total"] > 0
    assert cyrillic["total"] > 0


def test_typing_mistakes_are_put_right_in_words_that_papers_have(oracle: Oracle, built: Build) -> None:
    """With how many papers that finds; nothing where nothing is near."""
    titles = ["Photosynthesis of data", "Reasoning with photosynthesis", "Transformers", "Cat", "图像生成"]
    papers = [document(Entry(f"p{number}", Paper(title=title)), TOPICS) for number, title in enumerate(titles)]
    texts = ["photosyntesis", "Transfromer", "phothosyntesis and Transfromers", "cta", "zzzzzzzz", "fotosynthesis", ""]
    answers = oracle("search", built(papers), queries=[[text] for text in texts], method="suggest")
    said = [[(one["text"], one["total"]) for one in answer] for answer in answers]
    assert said == [
        [("photosynthesis", 2)],
        [("transformers", 1)],
        [("photosynthesis and transformers", 3)],
        [],
        [],
        [("photosynthesis", 2)],
        [],
    ]


def test_a_site_without_papers_can_be_searched(oracle: Oracle, built: Build) -> None:
    """It finds nothing, and says so."""
    answers = oracle("search", built([]), queries=[["", {}], ["data", {}], ["a:b", {}]])
    assert [(answer["total"], answer["hits"]) for answer in answers] == [(0, [])] * 3
