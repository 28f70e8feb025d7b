"""`dumps.yml` remembers the dumps, in the order of their names, and keeps what a person wrote there."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from generator.ingest import captures
from generator.ingest.captures import Dump

NAMES = st.from_regex(r"[A-Za-z0-9_ é:#-]{1,8}\.(txt|md)", fullmatch=True)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2099, 1, 1))
DUMPS = st.builds(
    Dump, st.lists(DAYS, min_size=1, max_size=2).map(tuple), st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
)
KNOWN = st.dictionaries(NAMES, DUMPS, max_size=5)


def days(dumps: dict[str, Dump]) -> dict[str, object]:
    return {name: (dump.days if any(dump.days) else (), dump.sha256) for name, dump in dumps.items()}


@given(KNOWN)
def test_what_is_written_is_read_again(dumps):
    """Days that nobody knows are not there."""
    assert days(captures.read(captures.text_with("", dumps, "dumps.yml"), "dumps.yml")) == days(dumps)


@given(KNOWN, st.data())
def test_it_does_not_matter_when_a_dump_came(dumps, data):
    """One by one or all at once."""
    text = ""
    for name in data.draw(st.permutations(sorted(dumps))):
        text = captures.text_with(text, {name: dumps[name]}, "dumps.yml")
    assert not dumps or text == captures.text_with("", dumps, "dumps.yml")


def test_comments_and_keys_of_a_persons_stay():
    """And a new dump has its line among the others."""
    text = "# mine\nb.txt: {captured: 2025-01-02, note: good}  # why\n# about d\nd.txt: {captured: 2025-01-04}\n"
    new = {"c.txt": Dump((date(2025, 1, 3),), "00"), "b.txt": Dump((date(2025, 1, 2),), "11")}
    assert captures.text_with(text, new, "dumps.yml") == (
        '# mine\nb.txt: {captured: 2025-01-02, note: good, sha256: "11"} # why\n'
        'c.txt: {captured: 2025-01-03, sha256: "00"}\n# about d\nd.txt: {captured: 2025-01-04}\n'
    )
    assert "d.txt" not in captures.text_with(text, {}, "dumps.yml", without="d.txt")


def test_a_dump_is_known_again_by_its_bytes():
    """Only where the former name is gone."""
    known = {"a.txt": Dump((), "00"), "b.txt": Dump((), "11")}
    assert captures.renamed(known, {"c.txt": "00", "b.txt": "11", "d.txt": "11"}) == {"a.txt": "c.txt"}
