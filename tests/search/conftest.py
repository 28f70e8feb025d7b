"""A node process that answers for lunr.js and for the site's search, and documents to ask about."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.model import Entry, Links, Organization, Paper, Topic
from generator.search.documents import Document, document
from generator.search.index import index_files
from tests.node import need_node
from tests.project import SEEDS

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "theme_overrides/assets/search"
SCALE = ROOT.parent / "shared/digests/scale/hf_papers.jsonl"

TOPICS = {
    topic.id: topic
    for topic in (
        Topic("pretraining", "Pre-training"),
        Topic("reasoning", "Reasoning", aliases=("thinking", "rea")),
        Topic("medicine", "Medicine and biology"),
        Topic("unicode", "Überblick 中文"),
        Topic("constructor", "Constructor"),
    )
}
ORGANIZATIONS = {"nvidia": "NVIDIA", "cmu-lti": "CMU-LTI", "__proto__": "Proto"}
NAMES = ("Ada Lovelace", "José García", "李明", "Søren Ångström", "Иван Петров", "O'Neil, Jr.")

#: Titles that trip a search: other scripts, signs of the query syntax, names of JavaScript's own.
ODD_TITLES = (
    "用于数学推理的 大型语言模型",
    "Обучение языковых моделей: обзор данных",
    "Ὀδυσσεύς ΣΟΦΟΣ und STRASSE İstanbul",
    "constructor __proto__ hasOwnProperty toString valueOf",
    "key keys lay try trying y yy yes the of",
    "-leading +plus ~tilde ^caret *star title:colon back\\slash",
    "\U0001d4b3\U0001d4b3s \U0001d49c-based \ufb00 \uff21\uff22\uff23 \ufeffbom \ue000private \U00010400deseret",
    "76.5% of C++ & C# — “quotes” … (naïve) _under_ ½ ²",
    "———",
)


class Oracle:
    """Asks the node process, which lives as long as the tests."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, ask: str, site: Path, **request: object) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"ask": ask, "site": str(site), **request}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "node ended"}')
        assert "error" not in answer, answer.get("error")
        return answer["value"]


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oracle]:
    """What lunr.js and the site's search say."""
    complaints = tmp_path_factory.mktemp("oracle") / "stderr"
    with (
        complaints.open("w") as stderr,
        subprocess.Popen(
            [need_node("hold the search against lunr.js"), str(ROOT / "tests/search/oracle.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
        ) as process,
    ):
        yield Oracle(process)
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=30)
    assert complaints.read_text() == "", "lunr.js or node warned"


def write_site(folder: Path, documents: Sequence[Document], topics: Mapping[str, Topic] = TOPICS) -> Path:
    """The modules of the theme and the files of the index, as a build leaves them."""
    shutil.copytree(MODULES, folder / "assets/search")
    for path, data in index_files(documents, topics, ORGANIZATIONS).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def texts_of_dumps() -> list[str]:
    """Every paragraph of the dumps in ``content/``."""
    return [text for dump in SEEDS for text in re.split(r"\n\s*\n", dump.read_text("utf-8")) if text.strip()]


def made_documents() -> list[Document]:
    """Documents from the dumps' paragraphs and the odd titles, with made-up facts, the same at each run."""
    chance = random.Random(2025)
    texts = texts_of_dumps()
    abstracts = [text for text in texts if len(text) > 400]
    titles = [text for text in texts if 20 < len(text) < 140 and "•" not in text][: len(abstracts)]
    told = zip([*titles, *ODD_TITLES], abstracts, strict=False)
    papers = [_paper(title, abstract, chance) for title, abstract in told]
    papers += [_paper(title, title, chance) for title in ODD_TITLES] + [Paper(title="Twin"), Paper(title="Twin")]
    return [document(Entry(f"paper-{number:03}", paper), TOPICS, number == 7) for number, paper in enumerate(papers)]


def _paper(title: str, abstract: str, chance: random.Random) -> Paper:
    handle = chance.choice([*ORGANIZATIONS, None, None])
    return Paper(
        title=title,
        abstract=abstract,
        date=date(2023, 1, 1) + timedelta(days=chance.randrange(30) * 35) if chance.random() < 0.8 else None,
        authors=tuple(chance.sample(NAMES, chance.randrange(4))),
        author_count=chance.randrange(1, 9),
        organization=Organization(handle, ORGANIZATIONS[handle]) if handle else None,
        comments=chance.choice([None, 0, 1, 2, 5]),
        links=Links(code=("https://example.org/",) if chance.random() < 0.3 else ()),
        topics=tuple(chance.sample([*TOPICS, "unnamed"], chance.randrange(1, 4))),
    )


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    """Some hundred documents to find."""
    return made_documents()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Path:
    """A folder like that of a built site, with the search of ``documents``."""
    return write_site(tmp_path_factory.mktemp("built") / "site", documents)


@pytest.fixture
def built(tmp_path: Path) -> Callable[[Sequence[Document]], Path]:
    """Builds the search of some documents and returns the site's folder."""
    return lambda documents: write_site(tmp_path / "site", documents)
