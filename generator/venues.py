"""What kind of place a paper was published in, told by the venue's own words: the formats of citations part them."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["journal", "conference", ""]

# Words in any case, since libraries write them so; short names as they are, since they could be words.
# Proceedings that are journals, before the word alone is taken for a conference.
_JOURNAL: Final = re.compile(
    r"\b(?:(?i:Proceedings of the (?:National Academy of Sciences|IEEE(?=\W*$|,)|VLDB|Royal Society)|"
    r"Proceedings of the ACM on|"
    r"Journal|Transactions|Letters|Annals|Magazine|Quarterly|Reviews?|Communications|Frontiers in|"
    r"Science Advances|IEEE Access|eLife)|Nature|PLOS|PLoS|PNAS|PVLDB|JMLR|TMLR|TACL|TPAMI|TKDE|TNNLS|TIP|IJCV|JAIR|"
    r"J\.|Trans\.|Lett\.|Rev\.)(?!\w)"
)
_CONFERENCE: Final = re.compile(
    r"\b(?:(?i:Proceedings|Proc\.|Conference|Workshop|Symposium|Congress|Findings of|Advances in Neural Information|"
    r"NeurIPS|ICML|ICLR|IJCAI|AISTATS|MLSys|CVPR|ICCV|ECCV|MICCAI|EMNLP|NAACL|Interspeech|ICASSP|SIGIR|SIGGRAPH)|"
    r"NIPS|COLM|CoLM|AAAI|UAI|COLT|CoRL|WACV|ACCV|BMVC|3DV|ACL|EACL|AACL|COLING|CoNLL|LREC|KDD|WSDM|CIKM|WWW|RecSys|"
    r"SIGMOD|ICDE|ICRA|IROS|CHI|UIST|CSCW|FAccT|ICSE|ISSTA|OSDI|SOSP|NSDI|ASPLOS|ISCA|HPCA|SC|CCS|NDSS|USENIX)"
    r"(?![A-Za-z])"
)


# No page of a range, nor a part of a longer number.
_YEAR: Final = re.compile(r"(?<![0-9])(?<![0-9]{3}[-–])(?:19|20)[0-9]{2}(?![0-9])(?![-–][0-9]{3})")


def year(text: str) -> str:
    """Return the year that a venue or a date tells, the last of several; nothing where it tells none."""
    return next(iter(reversed(_YEAR.findall(text))), "")


def name(venue: str) -> str:
    """Return ``venue`` without a year at its end, which is no part of a journal's name: `Nature, 2019`."""
    return re.sub(rf",\s*{_YEAR.pattern}$", "", venue)


def kind(venue: str) -> Kind:
    """Return what ``venue`` is, where that is certain enough to be cited; nothing where it is not."""
    if _JOURNAL.search(venue):
        return "journal"
    return "conference" if _CONFERENCE.search(venue) else ""
