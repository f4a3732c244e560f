"""Plain calendar dates whose month no word file knows, left to dateparser and checked against the
text.

dateparser knows the months of two hundred languages, but it also sees dates where there are none
("martes a las 10" as the 10th), so it only gets a stretch that is a number, a word and a year, and
its answer counts only if it has that very day and year.
"""

from __future__ import annotations

import re

from language.reading.folding import Folded
from language.reading.reading import Outcome, Reading
from language.reading.when import When

_PLAIN = re.compile(
    r"(?<!\w)(?P<d>\d{1,2})\.?\s+(?:de\s+)?(?P<m>[^\W\d_]{3,12})\.?\s+(?:de\s+)?(?P<y>(?:19|20|21)\d\d)(?!\w)"
)
_MONTH_FIRST = re.compile(
    r"(?<!\w)(?P<m>[^\W\d_]{3,12})\.?\s+(?P<d>\d{1,2}),?\s+(?P<y>(?:19|20|21)\d\d)(?!\w)"
)


def plain_date(text: str, folded: Folded) -> Reading:
    """The one calendar date of a text in which the grammar found none; `text` is the folded text
    without what was masked.
    """
    found = _PLAIN.search(text) or _MONTH_FIRST.search(text)
    if found is None:
        return Reading(Outcome.NONE)
    import dateparser  # takes 160 ms to import, and few texts need it

    parsed = dateparser.parse(
        f"{found['d']} {found['m']} {found['y']}", settings={"STRICT_PARSING": True}
    )
    if parsed is None or parsed.day != int(found["d"]) or parsed.year != int(found["y"]):
        return Reading(Outcome.NONE)
    return Reading(Outcome.VALUE, when=When(parsed.date()), spans=(folded.span(*found.span()),))
