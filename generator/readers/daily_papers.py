"""Read the Daily Papers page of Hugging Face, copied as plain text.

Below the furniture of the page and the day of capture, which has no year, come the papers, as
paragraphs parted by empty lines::

    title  |  abstract  |  byline: who, "·", day and number of comments

A byline may be missing, so where a paper ends is told by the shape of what follows: a title, then
an abstract.  A dump may hold several pages, begin or end anywhere, and lack any of its lines: what
can be read is read, and the rest is a problem with a line.  Every rule is shown by a pair of files
in ``tests/readers/daily_papers/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from generator.model import Paper, Place, Problem
from generator.reading import byline
from generator.reading.byline import Byline, Complaint
from generator.reading.found import Capture, Found
from generator.reading.pieces import Day, End, Header, Piece, Text, count, is_header, may_be_title, pieces

_Chunk = tuple[Sequence[Text], End | None]

FORMAT: Final = "daily-papers"
EXAMPLE: Final = (
    "Daily Papers / byAK and the research community / Dec 10 / title / abstract / • 5 authors / · / Sep 27 4"
)

SHORTEST_ABSTRACT: Final = 200
_BYLINE: Final = re.compile(
    r"^[ \t]{0,8}(?:•[ \t]{0,8}[0-9,]{1,9} authors?(?:[ \t]?·[^\n]{0,40})?|"
    r"·[ \t]{0,8}\n[ \t]{0,8}[A-Z][a-z]{2} [0-9]{1,2}\b[ ,0-9]{0,20})$",
    re.MULTILINE,
)
_SECTION: Final = re.compile(
    "abstract|background|introduction|objectives?|motivation|purpose|methods?|approach|results|findings|conclusions?|"
    "discussion|contributions",
    re.IGNORECASE,
)

_MARKED: Final = re.compile(r"#{1,6} (.+)|\*\*(.+)\*\*")  # as Markdown marks titles

NO_ABSTRACT: Final = Complaint("no abstract: write it on the paper's page", ("abstract",))
NO_BYLINE: Final = Complaint(
    "no byline: the date, who published this and the number of comments are unknown; "
    "fill in `date` on the paper's page",
    ("date",),
)
CUT_OFF: Final = Complaint(
    "no byline: the page ends inside this paper; capture it again, or fill in `date` on the paper's page", ("date",)
)


def claims(text: str) -> int:
    """Return how many bylines of this page ``text`` has; a header alone counts as one."""
    labels = {line.strip() for line in text[:2000].split("\n") if is_header(line.strip())}
    return sum(1 for _ in _BYLINE.finditer(text)) or int(len(labels) > 1)


def read(text: str, file: str) -> tuple[Capture, ...]:
    """Return the captures in ``text``, in order; ``file`` is for the places of problems."""
    captures = [_capture(page, file) for page in _pages(pieces(text))]
    return tuple(capture for capture in captures if capture.found or capture.problems) or tuple(captures[:1])


def _pages(found: Iterable[Piece]) -> Iterator[Sequence[Piece]]:
    """Part the pieces where the header of another page begins, which is below a paper."""
    page: list[Piece] = []
    has_papers = False
    for piece in found:
        if isinstance(piece, Header) and has_papers:
            yield page
            page, has_papers = [], False
        page.append(piece)
        has_papers = has_papers or isinstance(piece, End) or _is_long(piece)
    if page:
        yield page


def _is_long(piece: Piece) -> bool:
    return isinstance(piece, Text) and len(piece.text) >= SHORTEST_ABSTRACT


def _capture(page: Sequence[Piece], file: str) -> Capture:
    head, body = _parted_head(page)
    day = next((piece for piece in head if isinstance(piece, Day)), None)
    read = [one for texts, end in _with_counts([*_chunks(body)]) for one in _papers(texts, end, file)]
    return Capture(
        line=day.line if day else page[0].line,
        day=day.dated.day if day else None,
        found=tuple(one for one in read if isinstance(one, Found)),
        problems=tuple(one for one in read if isinstance(one, Problem)),
    )


def _parted_head(page: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """Part what stands above the papers from them: it ends with the day of the page, or with its header.

    Between the two and above them may be more lines of the page than anybody knows, none of them long.
    """
    first = next((at for at, piece in enumerate(page) if isinstance(piece, End) or _is_long(piece)), len(page))
    headers = [at for at in range(first) if isinstance(page[at], Header)]
    begin = headers[0] if headers else next((at for at in range(first) if isinstance(page[at], Text)), first)
    days = [at for at in range(first) if isinstance(page[at], Day)]
    below = next((at for at in days if at > begin and headers), None)
    above = next((at for at in days if at < begin), None)
    ends = max([at + 1 for at in (*headers[-1:], above, below) if at is not None], default=0)
    return page[:ends], page[ends:]


def _with_counts(chunks: Sequence[_Chunk]) -> Iterator[_Chunk]:
    """Give each paper the counts that stand on lines of their own: upvotes above its title, comments below its day.

    Where the first paper has none above it, or not all others have, they are comments.
    """
    counts = [*(_counts(texts) for texts, _ in chunks), 0]
    are_upvotes = counts[0] > 0 or (len(chunks) > 2 and all(counts[1:-2]))
    next_texts = [*(texts for texts, _ in chunks), ()][1:]
    for (texts, end), own, following, below in zip(chunks, counts, next_texts, counts[1:], strict=False):
        of_next = are_upvotes and below < len(following)
        comments = following[: max(below - of_next, 0)]
        yield _upvoted(texts[own:], texts[:own] if are_upvotes else ()), _commented(end, comments)


def _upvoted(paper: Sequence[Text], counts: Sequence[Text]) -> Sequence[Text]:
    return [replace(paper[0], upvotes=count(counts[-1].text)), *paper[1:]] if paper and counts else paper


def _commented(end: End | None, counts: Sequence[Text]) -> End | None:
    if not end or not counts or end.byline.comments:
        return end
    return replace(end, byline=replace(end.byline, comments=count(counts[0].text)))


def _counts(texts: Sequence[Text]) -> int:
    """How many counts stand above a paper; a title may look like one, too."""
    found = next((at for at, text in enumerate(texts) if count(text.text) is None), len(texts))
    return found - 1 if found and found < len(texts) and _is_long(texts[found]) else found


def _chunks(body: Sequence[Piece]) -> Iterator[_Chunk]:
    """Yield the paragraphs before each byline with it, and what stands after the last one."""
    texts: list[Text] = []
    for piece in body:
        if isinstance(piece, Text):
            texts.append(piece)
        elif isinstance(piece, (Day, End)):
            yield texts, piece if isinstance(piece, End) else _only_day(piece)
            texts = []
    if texts:
        yield texts, None


def _only_day(day: Day) -> End:
    """Return the byline of which only the day is left."""
    dated = day.dated
    complaints = (byline.NOBODY, *dated.complaints)
    return End(day.line, Byline(end=day.line, day=dated.day, comments=dated.comments, complaints=complaints))


def _papers(texts: Sequence[Text], end: End | None, file: str) -> Iterator[Found | Problem]:
    """Yield the papers that these paragraphs make, of which the last one has the byline."""
    if end and not texts and end.byline.head:
        # With nothing above it this is no organisation: it is a title that lost its abstract.
        texts = [Text(end.line, end.byline.head)]
        end = replace(end, byline=byline.without_head(end.byline))
    if end and not texts:
        yield Problem(Place(file, end.line), "error", "no paper stands above this byline: it was left out")
    if texts and not end and _ends_in_byline(texts):
        texts = texts[:-1]
    *others, last = _parted(texts, cut=end is None) or [()]
    for paper in others:
        yield _paper(paper, None, NO_BYLINE, file)
    if last:
        yield _paper(last, end.byline if end else None, CUT_OFF, file)


def _ends_in_byline(texts: Sequence[Text]) -> bool:
    """Whether the page ends inside a byline: ``• 4 auth`` or ``nvidia NVI`` below an abstract."""
    *above, last = texts
    return len(above) > 1 and len(above[-1].text) >= SHORTEST_ABSTRACT and byline.may_be_half(last.text)


def _parted(texts: Sequence[Text], cut: bool) -> list[Sequence[Text]]:
    """Part the paragraphs where a paper begins; the last one may be ``cut`` off by the end of the page."""
    starts = [0, *(at for at in range(1, len(texts)) if _is_title(texts, at, cut)), len(texts)]
    papers = [texts[start:end] for start, end in pairwise(starts)]
    for at, paper in enumerate(papers[:-1]):
        if len(paper) > 1 and count(paper[-1].text) is not None:
            papers[at : at + 2] = paper[:-1], _upvoted(papers[at + 1], paper[-1:])
    return papers


def _is_title(texts: Sequence[Text], at: int, cut: bool) -> bool:
    """Whether a paper begins at this paragraph, though no byline stands before it."""
    title = texts[at].text
    if not may_be_title(title) or title[-1] in ".:;," or "://" in title or _SECTION.fullmatch(title):
        return False
    if at + 1 < len(texts):
        return len(texts[at + 1].text) >= SHORTEST_ABSTRACT
    # The end of a page: a title with nothing below it, unless it is the begin of the abstract above.
    return cut and at > 1 and len(texts[at - 1].text) >= SHORTEST_ABSTRACT


def _paper(texts: Sequence[Text], end: Byline | None, without: Complaint, file: str) -> Found | Problem:
    """Return the paper that begins with its title; ``without`` is what to say if it has no byline."""
    title, *abstract = texts
    place = Place(file, title.line)
    marked = _MARKED.fullmatch(title.text)
    name = marked[1] or marked[2] if marked else title.text
    if not may_be_title(name):
        return Problem(place, "error", "no title stands above this text: it was left out; capture the page again")
    complaints = (*(() if abstract else (NO_ABSTRACT,)), *(end.complaints if end else (without,)))
    paper = Paper(
        title=name,
        abstract=" ".join(text.text for text in abstract),
        author_count=end.author_count if end else None,
        organization=end.organization if end else None,
        comments=end.comments if end else None,
        upvotes=title.upvotes,
    )
    problems = tuple(Problem(place, "warning", one.message, one.settled_by) for one in complaints)
    return Found(paper=paper, line=title.line, day=end.day if end else None, problems=problems)
