"""Papers that belong together, and the rare words that say so.

Two papers are related when they share words or phrases of two words that few papers have
and that stand in titles: what stands in a title is what papers are about, so that turns of
phrase, however rare, relate nothing.  A shared phrase counts once, not again for its words.
There is no relation rather than a weak one.  Entries in, relations out; nothing else is read.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, pairwise
from typing import Final, NamedTuple

from generator.model import Entry, Paper

MOST: Final = 3
_REASONS: Final = 2

_TELLING: Final = 30  # of a paper's terms, the rarest so many are compared
_COMPARED: Final = 12  # of the papers that share any, the best so many are weighed exactly
_TITLED: Final = 0.12  # the part of a term's papers that must have it in the title
_FEW: Final = 5  # papers of which one title is enough
_ENOUGH: Final = 1500  # the weight that relates: a word of two papers, in the title of one, weighs 1000

_MARKS: Final = "".join(sign for sign in map(chr, range(0x300, 0x10000)) if unicodedata.category(sign)[0] == "M")
_LETTER: Final = rf"(?:[^\W_]|[{_MARKS}])"
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S*\.(?:com|io|org|ai|net|dev)\b\S*")
_OF_ADDRESSES: Final = ("://", "www.", ".com", ".io", ".org", ".ai", ".net", ".dev")
_WORD: Final = re.compile(rf"{_LETTER}+(?:[-‐‑'’.]{_LETTER}+)*|[^\s\w]")
_HYPHENS: Final = str.maketrans("", "", "-‐‑'’")
_ENDS: Final = frozenset(".!?:")
_LONGEST: Final = 32

# What stands in papers of any kind.  Where papers are many, their number tells; where they are few, this list must.
_COMMON_WORDS: Final = """
ability able about above absolute academic accelerate accelerating accuracy accurate achieve achieved achieves
achieving across adapt adaptation adapting adaptive address addresses addressing adopt advance advanced
advancement advances advancing advantage after again against ai aim aims algorithm align aligned aligning all
all-in-one allow allows almost along also although always among an analysis analyze analyzing and another any
application applied apply applying approach approaches arbitrary architecture are around art artificial as
aspect assess assessing at attention automated automatic automatically available available-at average away
balance balancing based baseline basic be because been before behavior being below benchmark benchmarking
beneath benefit best better between beyond big billion boost boosting both bridge bridging bring bringing broad
build building but by can cannot capability capable capture case challenge challenging change characterizing
choice class close code collection combine combining common community compare compared comparison competitive
complete complex comprehensive computational compute computing concept conduct consider consistency consistent
consistently constrained construct contain content context contextual contribute contribution control
controllable controlling core correct cost could create creating critical cross curated current data dataset day
deep deeper demonstrate demonstrating dense deploy design designed designing detail detailed detect detecting
develop developed developing development did different difficult direct directly discover discovering discuss
diverse diversity do does doing domain done driven dual due during dynamic each easily easy effect effective
effectively effectiveness efficiency efficient efficiently either else emerge emergence emerging empirical
empower empowering enable enables enabling end end-to-end enhance enhanced enhancement enhancing ensure entire
era error essential evaluate evaluating evaluation even ever every example excellent exhibit existing experiment
experimental explicit explicitly exploit explore exploring extend extending extensive extract facilitate factor
fail fast faster feature few field final find finding fine fine-tune fine-tuned fine-tuning finetuning first
five flexible focus follow following for form foundation four framework free from frontier full fully function
fundamental further future gain gap general generalist generalizable generalization generalize generalized
generalizing generate generated generating generation generative get gets github give given gives global go goal
good gpt great ground group growing guide guided guiding had half hand handle hard has have having he help hence
her here high higher highlight highly his holistic homepage how however http https huggingface human hybrid idea
identify if impact implementation implicit important improve improved improvement improves improving in include
including increase increasing indeed individual industry influence inform information initial innovative input
insight instance integrate integrated integrating intelligence intelligent into introduce introducing
investigate investigating io is issue it iterative its itself joint jointly just key know knowledge known lack
language large large-language large-scale largely larger last later lead leading learn learned learner learning
least length less let level leverage leverages leveraging light like limit limitation limited line little llm
llms lm lms local long low lower machine made main mainly major make makes making many massive match matter may
me mean mechanism meet method methodology metric might mitigate mitigating mixed mllm mllms modal model modeling
modelling modern modular module more moreover most much multi multiple must my namely natural nature near
necessary need needs neither network neural never new next nlp no none nor not notable notably nothing novel now
number object objective observation observe obtain of off offer often on once one only onto open open-source
open-sourced optimal optimization optimize optimized optimizing or order original other others otherwise our
ours out outperform outperforms output over overall overcome own page paper paradigm parallel parameter part
particular path pattern per perception perform performance performs perhaps perspective pipeline play point pose
possible potential power powered powerful practical practice precise precision present presents prevent previous
primary principle principled prior problem process processing produce progress progressive project project-page
promising prompt prompting propose proposed proposes prove provide provides public publicly purpose put quality
quantity question quick quite range rapid rapidly rate rather reach real real-time real-world really recent
recently reduce reducing relative release released reliable rely remain remains report represent representation
require required requires research researcher resource respectively response result results rethinking reveal
revealing revisiting rich robust robustness role run same sample sampling say scalable scale scales scaling
scenario scheme science scratch second see seem seems select selecting selection self sensitive sequence series
serve set setting several shall shape share shared she should show showing shown shows significant significantly
similar simple simply since single six size small smaller so solution solve solving some something source space
specialized specific specifically stable stage standard start state state-of-the-art step still strategy
strength strong structure structured student study studying substantial substantially success successful such
suffer suitable superior supervised support surpass surpasses survey system systematic systematically tackle
tackling tailored take taken takes target task teacher team technical technique technology term test testing
text textual than that the their theirs them themselves then theoretical theory there thereby therefore these
they third this thorough those though three through throughout thus time to together token too tool top total
toward towards tradition traditional train trained training transfer transform transformer transforming two
typically ultimate ultra uncover under understand understanding unified unify unifying unique universal
unleashing unlike unlock unlocking until up upon us usage use used useful user uses using usually utilize
utilizing valuable value variety various vast versatile versus very via view visual vlm vlms was way ways we
website well were what when where whereas whether which while who whole whom whose why wide widely will with
within without work world would www year yet yield you your zero
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


class Related(NamedTuple):
    """A related paper, and one or two terms (words or phrases, as :func:`words` shows them) that both papers have."""

    entry: Entry
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Telling:
    """The terms that can relate a paper to others: the weightiest, each with whether it stands in the title."""

    in_title: Mapping[str, bool]

    @classmethod
    def of(cls, terms: Iterable[str], title: Collection[str], rarities: Mapping[str, int]) -> _Telling:
        weighed = sorted((-_weight(term, 2 * (term in title), rarities), term) for term in terms if term in rarities)
        return cls({term: term in title for _, term in weighed[:_TELLING]})


def related(entries: Iterable[Entry]) -> Mapping[str, tuple[Related, ...]]:
    """Slug to at most :data:`MOST` related papers, the closest first; papers without any are absent.

    Among equally close papers the newest leads, then the slug decides.  A further paper
    that shares no word with two others changes nothing between them but how rare their words are.
    """
    papers = sorted(entries, key=_newest_first)
    titles = [_terms(entry.paper.title) for entry in papers]
    shown = {term: term for title in titles for term in title}  # what stands in no title relates nothing
    everywhere = [
        {shown[term] for term in _terms(entry.paper.abstract) if term in shown} | title
        for entry, title in zip(papers, titles, strict=True)
    ]
    rarities = _rarities(everywhere, titles)
    telling = [_Telling.of(terms, title, rarities) for terms, title in zip(everywhere, titles, strict=True)]
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(telling):
        for term in terms.in_title:
            sharing[term].append(number)
    found = ((papers[at].slug, _closest(at, papers, telling, sharing, rarities)) for at in range(len(papers)))
    return {slug: close for slug, close in sorted(found) if close}


def words(paper: Paper, other: Paper, terms: Sequence[str]) -> tuple[str, ...]:
    """Terms as they are written in the one or the other paper: as where their capitals are surest their own."""
    mine, theirs = _forms(paper, terms), _forms(other, terms)
    return tuple(min(mine[term], theirs[term], key=lambda form: form.doubt).text for term in terms)


def _rarities(everywhere: Sequence[Collection[str]], titles: Sequence[Collection[str]]) -> Mapping[str, int]:
    """The terms that few papers share and that stand in titles: 1000 for one of two papers, less for others.

    More papers than the root of all are many: their term is of the field.
    """
    in_titles = Counter(chain.from_iterable(titles))
    papers = len(everywhere)
    most = min(papers // 2, max(2, math.isqrt(papers)))
    return {
        term: round(1000 * math.log((papers + 1) / count) / math.log((papers + 1) / 2))
        for term, count in Counter(chain.from_iterable(everywhere)).items()
        if 2 <= count <= most and in_titles[term] >= (1 if count <= _FEW else count * _TITLED)
    }


def _closest(
    at: int,
    papers: Sequence[Entry],
    telling: Sequence[_Telling],
    sharing: Mapping[str, Sequence[int]],
    rarities: Mapping[str, int],
) -> tuple[Related, ...]:
    """The best of the papers that share a term: a rough sum finds some, what they share by weight decides.

    Papers are known by their number, which is smaller for a newer one.
    """
    rough: defaultdict[int, int] = defaultdict(int)
    for term in telling[at].in_title:
        rarity = rarities[term]
        for other in sharing[term]:
            rough[other] -= rarity
    rough.pop(at, None)  # a paper is not related to itself
    some = nsmallest(_COMPARED, ((weight, other) for other, weight in rough.items()))
    weighed = ((other, _shared(telling[at].in_title, telling[other].in_title, rarities)) for _, other in some)
    close = sorted((-sum(weights), other, terms) for other, (weights, terms) in weighed if _relates(weights, terms))
    return tuple(
        Related(papers[other], tuple(term for term, _ in terms[:_REASONS])) for _, other, terms in close[:MOST]
    )


_Shared = tuple[str, bool]  # a term, and whether it stands in both titles


def _relates(weights: Sequence[int], terms: Sequence[_Shared]) -> bool:
    """One term must be a phrase or stand in both titles: two rare words alone are often chance."""
    return sum(weights) >= _ENOUGH and any(in_both or " " in term for term, in_both in terms[:_REASONS])


def _shared(
    mine: Mapping[str, bool], theirs: Mapping[str, bool], rarities: Mapping[str, int]
) -> tuple[list[int], list[_Shared]]:
    """Weights and terms that both papers have and no heavier one covers, heaviest first; at most three."""
    both = mine.keys() & theirs.keys()
    weighed = sorted((-_weight(term, mine[term] + theirs[term], rarities), term) for term in both)
    weights: list[int] = []
    terms: list[_Shared] = []
    for weight, term in weighed:
        if len(terms) < MOST and not any(_overlap(term, other) for other, _ in terms):
            weights.append(-weight)
            terms.append((term, mine[term] and theirs[term]))
    return weights, terms


def _weight(term: str, titles: int, rarities: Mapping[str, int]) -> int:
    """More for a rare term, for a phrase, and for one in a title, or in two."""
    rarity = rarities[term]
    phrase = rarity // 4 if " " in term else 0
    return (rarity + phrase) * (1 + titles) // 2


def _overlap(one: str, other: str) -> bool:
    """Whether two terms have a word in common, or forms of a word, as far as its beginning tells."""
    stems = {word[:6] for word in one.split()}
    return any(word[:6] in stems for word in other.split())


def _newest_first(entry: Entry) -> tuple[int, str]:
    return (-entry.paper.date.toordinal() if entry.paper.date else 0, entry.slug)


def _terms(text: str) -> set[str]:
    """Words, and phrases of two words with nothing between them; without common words, numbers and addresses."""
    keys = list(map(_key, _words(text)))
    found = {f"{one} {after}" for one, after in pairwise(keys) if one and after}
    found.update(keys)
    found.discard("")
    return found


class _Form(NamedTuple):
    """How a term is written.  The less ``doubt``, the surer that its capitals are its own."""

    text: str
    doubt: tuple[bool, int]


def _forms(paper: Paper, terms: Sequence[str]) -> Mapping[str, _Form]:
    """The surest form of each term in a paper that has them all."""
    found: dict[str, _Form] = {}
    for text, in_title in ((paper.title, True), (paper.abstract, False)):
        written = _words(text)
        keys = list(map(_key, written))
        for term in terms:
            for at in _places(keys, term.split()):
                form = _form_at(written, at, len(term.split()), in_title)
                found[term] = min(found.get(term, form), form, key=lambda one: one.doubt)
    return found


def _places(keys: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    return (at for at, key in enumerate(keys) if key == wanted[0] and keys[at : at + len(wanted)] == wanted)


def _form_at(written: Sequence[str], at: int, count: int, in_title: bool) -> _Form:
    begins = at == 0 or written[at - 1] in _ENDS
    first, *others = written[at : at + count]
    text = " ".join([_form(first, begins or in_title), *(_form(word, in_title) for word in others)])
    return _Form(text, (begins or in_title, sum(map(str.isupper, text))))


def _words(text: str) -> list[str]:
    """The words and signs of a text; a sign stands for an address."""
    if any(sign in text for sign in _OF_ADDRESSES):
        text = _ADDRESS.sub(" . ", text)
    return _WORD.findall(text)


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """What forms of a word have in common; empty for what relates nothing."""
    plain = word.casefold()
    if plain in _COMMON or len(plain) > _LONGEST or not any(map(str.isalpha, plain)):
        return ""
    folded = _singular(plain.removesuffix("'s").removesuffix("’s").translate(_HYPHENS))
    short = len(folded) < 3 and folded.isascii()
    return "" if short or folded in _COMMON else folded


def _singular(word: str) -> str:
    if len(word) < 5 or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _form(word: str, lowered: bool) -> str:
    """As it stands, or with the first letter of each part lowered where the part has no other capital."""
    parts = re.split(r"(?<=[-‐‑])", word.removesuffix("'s").removesuffix("’s"))
    return "".join(part.lower() if lowered and not any(map(str.isupper, part[1:])) else part for part in parts)
