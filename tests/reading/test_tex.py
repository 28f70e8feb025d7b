"""LaTeX in abstracts, titles and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading.tex import plain, unbraced


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"with $\alpha$-stable and $10^{-3}$", "with α-stable and 10^-3"),
        (r"in $\mathcal{O}(n^2)$ steps over $\mathbb{R}^d$", "in O(n^2) steps over R^d"),
        (r"10$\times$ faster at $\sim$5\% of $K=3$", "10× faster at ∼5% of K=3"),
        (r"L$^2$M", "L^2M"),
        (r"\emph{a \textit{b}} and {\em c}", "a b and c"),
        (
            r"Alberto Hern\'andez, Abrah\~ao, J{\"u}rgen, Kolst{\o}, \v{S}iauliai, {\L}ukasz",
            "Alberto Hernández, Abrahão, Jürgen, Kolstø, Šiauliai, Łukasz",
        ),
        (r"see~\cite{a_b,c} at \url{https://a.example/b_c}", "see at https://a.example/b_c"),
        (
            r"\href{https://a.example}{https://a.example} and \href{https://b.example}{the page}",
            "https://a.example and the page (https://b.example)",
        ),
        (r"{\lambda}Split at $\sqrt{s} = $ 13 TeV by {\relax MA} Bunge", "λSplit at √(s) = 13 TeV by {MA} Bunge"),
        (r"R\&D of ``quoted'' text", "R&D of “quoted” text"),
    ],
)
def test_what_is_latex_becomes_what_it_shows(latex: str, shown: str) -> None:
    """Accents, symbols, formulas, markup, links."""
    assert plain(latex) == shown


@pytest.mark.parametrize(
    "prose",
    [
        "It costs $5 and $10 today, and 50% of it is R&D_1 #2.",
        "US$5 and AU$6",
        r"the path C:\new\path and \unknownmacro{foo}",
        "a {brace} and ~5 of them -- it's 'fine'",
    ],
)
def test_what_is_prose_stays(prose: str) -> None:
    """Prices, percents, paths and macros that nobody knows."""
    assert plain(prose) == prose


def test_fields_of_bibtex_lose_their_braces() -> None:
    """And LaTeX that a reference manager escaped is LaTeX again."""
    assert unbraced(r"Delving {{Deep}} into {\"{u}}ber {R}") == "Delving Deep into über R"
    assert unbraced(r"in \textbackslash emph\{sequential\} games") == "in sequential games"


@given(st.text(st.sampled_from("\\${}^_'\"`~%&abe \n\t0"), max_size=80))
def test_any_latex_can_be_read(text: str) -> None:
    """Nothing is raised, and a text without a sign of LaTeX is itself."""
    assert isinstance(plain(text), str)
    bare = text.translate(str.maketrans("", "", "\\${`'"))
    assert plain(bare) == bare


def test_signs_that_reference_managers_write_by_name_are_signs() -> None:
    """With braces and without."""
    assert plain(r"\textless{}think\textgreater{} {\textbar} \textless a") == "<think> | < a"
