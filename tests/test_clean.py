"""Repairs of titles and abstracts: what is put right, and above all what is left alone."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.clean import Repair, repaired

CORPUS = Path(__file__).parents[2] / "shared" / "digests" / "scale" / "hf_papers.jsonl"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("merely sim0.6 point", "merely ∼0.6 point"),
        ("(e.g., 20sim 100 samples)", "(e.g., 20∼ 100 samples)"),
        ("is 1.04sim2.2times faster", "is 1.04∼2.2× faster"),
        ("a sim500-billion model, sim5B people, sim50\\%", "a ∼500-billion model, ∼5B people, ∼50\\%"),
        ("approx20% of (approx10B) in approx0.4 s", "≈20% of (≈10B) in ≈0.4 s"),
        ("851times faster, 512times1024", "851× faster, 512×1024"),
        ("5.65pm0.6, 69.8 pm 0.5%", "5.65±0.6, 69.8 ± 0.5%"),
        ("pre-training rightarrow downstream", "pre-training → downstream"),
        ("5.9%rightarrow10.9%, CUDA leftrightarrow HIP", "5.9%→10.9%, CUDA ↔ HIP"),
        ("uparrow20.50%, leq5%, geq 90, neq, H_{infty}", "↑20.50%, ≤5%, ≥ 90, ≠, H_{∞}"),
        ("O(N cdot T) propto d, infty-gram", "O(N · T) ∝ d, ∞-gram"),
        ("from scratchx2013even for", "from scratch–even for"),
        ("learning (ICL)x2013their", "learning (ICL)–their"),
        ("the modelx2019s jailbreaksx2014 and soonx2026", "the model’s jailbreaks— and soon…"),
        ("at https://hfjiasu.pages.dev/a/b.", "at https://huggingface.co/a/b."),
        ("http://www.HF-mirror.com", "http://huggingface.co"),
        ("  two\n lines\tand\u00a0more ", "two lines and more"),
    ],
)
def test_what_a_crawler_broke_is_put_right(before: str, after: str) -> None:
    """And a second time changes nothing."""
    assert repaired(before)[0] == after
    assert repaired(after) == (after, ())


@pytest.mark.parametrize(
    "text",
    [
        "sim2real, sim-to-real, sim2sim, sim2-to-real, sim2 real, real2sim 3, simple, sim",
        "three times, 5 times faster, sometimes, timestep 3, 8timesA800",
        "approx 10 vectors, approximately, approx.",
        "at 5 pm 3 people met, at 8.30 pm 15 more, 9 pm",
        r"\sim0.6 \approx5 3\times4 \rightarrow \leq 5 \infty \cdot \pm",
        "alpha1, tau2, beta to gamma, inequality, unequal, anecdotal, IneqMath, subsetneq, cdots",
        "codex2021 and Flux2024 of hanyx2021, x2013, index2014",
        "https://sim2.io/sim0.6/851times/rightarrow/axx2013b https://hanyx2021abc.github.io",
        "https://hf-mirror.com.example.org https://hf-mirror.com@example.org hf-mirror.community",
        "leq.example.org a/leq/b @infty #infty",
    ],
)
def test_what_only_looks_broken_is_left_alone(text: str) -> None:
    """Words, names, commands behind a backslash, and URLs."""
    assert repaired(text) == (text, ())


def test_each_repair_is_told_once_with_its_word() -> None:
    """What stood there and what it became."""
    text, repairs = repaired("a sim0.6 and 3times, a sim0.6")
    assert text == "a ∼0.6 and 3×, a ∼0.6"
    assert repairs == (Repair("sim0.6", "∼0.6"), Repair("3times,", "3×,"))
    assert str(repairs[0]) == "“sim0.6” was put right: “∼0.6”"


WORDS = st.sampled_from(
    ["times", "sim", "approx", "pm", "simple", "sometimes", "arrow", "leak", "codex", "dot", "of", "a"]
)


@given(st.lists(WORDS | st.from_regex(r"[A-Za-z]{1,2}", fullmatch=True)))
def test_ordinary_words_are_never_touched(words: list[str]) -> None:
    """Letters alone, in any order."""
    assert repaired(" ".join(words)) == (" ".join(words), ())


BROKEN = [
    "sim",
    "2.0times",
    "sim0.6",
    "x2013",
    "modelx201cs",
    "approx3",
    "1.0 pm 0.2",
    "rightarrow",
    "infty",
    "Ã¼",
    "â€™",
]
AROUND = ["", "k", "a", "%", "(", ")", "\\", "https://hf-mirror.com/", "https://a.io/"]


@given(st.lists(st.tuples(st.sampled_from(AROUND), st.sampled_from(BROKEN)).map("".join), max_size=9))
@example(["inftyx2013"])
@example(["approx1leq%"])
@example(["https://hf-mirror.com/https://hf-mirror.com"])
def test_any_text_is_put_right_at_once(words: list[str]) -> None:
    """A second time changes nothing, and the words stay as many."""
    text = " ".join(words)
    once, _ = repaired(text)
    assert repaired(once) == (once, ())
    assert len(once.split()) == len(text.split())


@pytest.mark.parametrize("piece", ["sim2", "1times", "1.0pm", "ax2013", "approx1,", "9,", "https://hf-mirror.com", "a"])
def test_long_texts_take_linear_time(piece: str) -> None:
    """A text of 100,000 characters takes well under a second."""
    started = time.perf_counter()
    repaired(piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 2


@pytest.mark.skipif(not CORPUS.exists(), reason=f"the corpus is not at {CORPUS}")
def test_words_of_real_papers_are_never_touched() -> None:
    """No word of letters alone is ever repaired, but the names of signs that are no English words."""
    papers = map(json.loads, CORPUS.read_text("utf-8").splitlines())
    text = " ".join(f"{paper['title']} {paper['summary'] or ''}" for paper in papers)
    words = sorted({word for word in text.split() if word.isalpha()})
    told = {repair.before for repair in repaired(" ".join(words))[1]}
    assert told <= {"rightarrow", "leftrightarrow", "uparrow", "leq", "geq", "neq", "infty", "cdot", "propto"}
