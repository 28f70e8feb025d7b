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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
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
_WORD: Final = re.compile(rf"{_LETTER}+(?:[-‐‑'’.]{_LETTER}+)*|[^\s\w]")
_HYPHENS: Final = str.maketrans("", "", "-‐‑'’")
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
    """A related paper, and one or two words or phrases that both papers have."""

    entry: Entry
    words: tuple[str, ...]


class _Occurrence(NamedTuple):
    """A word or a phrase where it stands; ``key`` is what its forms have in common."""

    key: str
    words: tuple[str, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or a phrase of a paper.  The less ``doubt``, the surer that the capitals of ``form`` are its own."""

    key: str
    form: str
    doubt: tuple[bool, int]
    in_title: bool


def related(entries: Iterable[Entry]) -> Mapping[str, tuple[Related, ...]]:
    """Slug to at most :data:`MOST` related papers, the closest first; papers without any are absent.

    Among equally close papers the newest leads, then the slug decides.  A further paper
    that shares no word with two others changes nothing between them but how rare their words are.
    """
    papers = {entry.slug: entry for entry in entries}
    rarities = _rarities([entry.paper for entry in papers.values()])
    telling = {slug: _telling(entry.paper, rarities) for slug, entry in papers.items()}
    sharing: defaultdict[str, list[str]] = defaultdict(list)
    for slug, terms in telling.items():
        for key in terms:
            sharing[key].append(slug)
    found = ((slug, _closest(slug, papers, telling, sharing, rarities)) for slug in papers)
    return {slug: close for slug, close in found if close}


def _rarities(papers: Sequence[Paper]) -> Mapping[str, int]:
    """The terms that few papers share and that stand in titles: 1000 for one of two papers, less for others.

    More papers than the root of all are many: their term is of the field.
    """
    anywhere: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    for paper in papers:
        in_title = {found.key for found in _occurrences(paper.title)}
        titles.update(in_title)
        anywhere.update(in_title.union(found.key for found in _occurrences(paper.abstract)))
    most = min(len(papers) // 2, max(2, math.isqrt(len(papers))))
    return {
        key: round(1000 * math.log((len(papers) + 1) / count) / math.log((len(papers) + 1) / 2))
        for key, count in anywhere.items()
        if 2 <= count <= most and titles[key] >= (1 if count <= _FEW else count * _TITLED)
    }


def _telling(paper: Paper, rarities: Mapping[str, int]) -> Mapping[str, _Term]:
    """The terms that can relate the paper to others, the weightiest of them only."""
    titled = [_term(found, in_title=True) for found in _occurrences(paper.title) if found.key in rarities]
    inside = [_term(found, in_title=False) for found in _occurrences(paper.abstract) if found.key in rarities]
    in_title = {term.key for term in titled}
    surest: dict[str, _Term] = {}
    for term in (*titled, *inside):
        surest[term.key] = min(surest.get(term.key, term), term, key=lambda one: one.doubt)
    terms = [replace(term, in_title=key in in_title) for key, term in surest.items()]
    ranked = sorted(terms, key=lambda term: (-_weight(term, term, rarities), term.key))
    return {term.key: term for term in ranked[:_TELLING]}


def _term(found: _Occurrence, *, in_title: bool) -> _Term:
    first, *others = found.words
    form = " ".join([_form(first, found.begins or in_title), *(_form(word, in_title) for word in others)])
    return _Term(found.key, form, (found.begins or in_title, sum(map(str.isupper, form))), in_title)


def _closest(
    slug: str,
    papers: Mapping[str, Entry],
    telling: Mapping[str, Mapping[str, _Term]],
    sharing: Mapping[str, Sequence[str]],
    rarities: Mapping[str, int],
) -> tuple[Related, ...]:
    """The best of the papers that share a term: a rough sum finds some, what they share by weight decides."""
    rough: Counter[str] = Counter()
    for key in telling[slug]:
        for other in sharing[key]:
            rough[other] += rarities[key]
    del rough[slug]  # a paper is not related to itself
    some = sorted(rough, key=lambda other: (-rough[other], _newest_first(papers[other])))[:_COMPARED]
    weighed = ((other, _shared(telling[slug], telling[other], rarities)) for other in some)
    close = [(sum(weights), other, terms) for other, (weights, terms) in weighed if _relates(weights, terms)]
    close.sort(key=lambda one: (-one[0], _newest_first(papers[one[1]])))
    return tuple(
        Related(papers[other], tuple(term.form for term in terms[:_REASONS])) for _, other, terms in close[:MOST]
    )


def _relates(weights: Sequence[int], terms: Sequence[_Term]) -> bool:
    """One term must be a phrase or stand in both titles: two rare words alone are often chance."""
    return sum(weights) >= _ENOUGH and any(term.in_title or " " in term.key for term in terms[:_REASONS])


def _shared(
    mine: Mapping[str, _Term], theirs: Mapping[str, _Term], rarities: Mapping[str, int]
) -> tuple[list[int], list[_Term]]:
    """Weights and terms that both papers have and no heavier one covers, heaviest first; at most three.

    A term is ``in_title`` here if it is in both, and has the surer of both forms.
    """
    weighed = [(_weight(term, theirs[key], rarities), key) for key, term in mine.items() if key in theirs]
    weights: list[int] = []
    terms: list[_Term] = []
    for weight, key in sorted(weighed, key=lambda pair: (-pair[0], pair[1])):
        if len(terms) < MOST and not any(_overlap(key, other.key) for other in terms):
            weights.append(weight)
            surer = min(mine[key], theirs[key], key=lambda term: term.doubt)
            terms.append(replace(surer, in_title=mine[key].in_title and theirs[key].in_title))
    return weights, terms


def _weight(mine: _Term, theirs: _Term, rarities: Mapping[str, int]) -> int:
    """More for a rare term, for a phrase, and for one in a title."""
    rarity = rarities[mine.key]
    phrase = rarity // 4 if " " in mine.key else 0
    return (rarity + phrase) * (1 + mine.in_title + theirs.in_title) // 2


def _overlap(one: str, other: str) -> bool:
    """Whether two terms have a word in common, or forms of a word, as far as its beginning tells."""
    stems = {word[:6] for word in one.split()}
    return any(word[:6] in stems for word in other.split())


def _newest_first(entry: Entry) -> tuple[int, str]:
    return (-entry.paper.date.toordinal() if entry.paper.date else 0, entry.slug)


def _occurrences(text: str) -> Iterator[_Occurrence]:
    """Words, and phrases of two words with nothing between them; without common words, numbers and addresses."""
    before, key_before, began = "", "", False
    begins = True
    for word in _WORD.findall(_ADDRESS.sub(" . ", text)):
        key = _key(word)
        if key:
            yield _Occurrence(key, (word,), begins)
            if key_before:
                yield _Occurrence(f"{key_before} {key}", (before, word), began)
        before, key_before, began = word, key, begins
        begins = word in ".!?:"


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
