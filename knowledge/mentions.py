"""Mentions: the edition that a question names, such as "the ToR of January 2022"."""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.words import fold

_MONTHS = (
    "jan(?:uary)?|enero|ene|janeiro",
    "feb(?:ruary)?|febrero|fev(?:ereiro)?",
    "mar(?:ch)?|marzo|marco",
    "apr(?:il)?|abr(?:il)?",
    "may|mayo|maio|mai",
    "june?|junio|junho",
    "july?|julio|julho",
    "aug(?:ust)?|agosto|ago",
    "sept?(?:ember)?|sep?tiembre|set(?:embro)?",
    "oct(?:ober|ubre)?|out(?:ubro)?",
    "nov(?:ember|iembre|embro)?",
    "dec(?:ember)?|dic(?:iembre)?|dez(?:embro)?",
)
_MONTH = "|".join(f"(?P<~m{number}>{form})" for number, form in enumerate(_MONTHS, 1))
#: A date; the tilde stands for the side of the name that it is on.
_DATE = (
    r"(?:(?P<~iso>20\d\d-\d\d-\d\d)|(?:(?:(?P<~day>\d{1,2})(?:st|nd|rd|th|o)?,? (?:de |of )?)?"
    rf"(?:{_MONTH})\.?,? (?:(?P<~us>\d{{1,2}}),? )?(?:de |do |of )?)?(?P<~year>20\d\d))\b"
)
#: What may stand between a document's name and its date.
_LINK = (
    r"(?:,|\(|\b(?:of|from|in|on|at|as|by|dated|valid|force|edition|version|the|that|which|were|was|"
    r"is|apply|applied|de|del|do|da|dos|das|en|em|no|na|nos|nas|el|la|los|las|o|a|os|as|al|que|"
    r"edicion|version|edicao|versao|vigente|vigentes|vigor|valido|validos|estaban|estavam)\b)"
)
#: What may stand before a date whose document follows: "the version of 2022 of the ToR".
_EDITION = (
    r"(?:\b(?:the |la |a )?(?:edition|version|edicion|edicao|versao) (?:of |from |de )?(?:the )?)?"
)


class Mentions:
    """Finds the edition that is named, for the documents that have several.

    A year or date counts where it stands beside the document's name. It means the edition that
    began in that time, else the one in force at its end.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """:param names: what each document with several editions is called, in any language."""
        self._patterns = {name: _pattern(called) for name, called in names.items()}

    def days(self, text: str) -> dict[str, date]:
        """The day that is meant, by the document's short name."""
        if not self._patterns or "20" not in text:
            return {}
        found = {}
        for name, pattern in self._patterns.items():
            for match in pattern.finditer(fold(text)):
                if day := _day(match.groupdict()):
                    found[name] = day
                    break
        return found

    def without(self, text: str) -> str:
        """The text without these dates: they say which document is meant, not what is asked."""
        if not self._patterns or "20" not in text:
            return text
        for pattern in self._patterns.values():
            folded = fold(text)
            if len(folded) != len(text):
                text = folded
            for match in reversed(list(pattern.finditer(folded))):
                name = match["after"] or match["before"]
                text = f"{text[: match.start()]}{name}{text[match.end() :]}"
        return text


def _pattern(called: Iterable[str]) -> re.Pattern[str]:
    forms = sorted({fold(form) for form in called}, key=len, reverse=True)
    name = "|".join(r"\W+".join(map(re.escape, form.split())) for form in forms if form)
    links = rf"(?:\s*{_LINK}){{0,5}}\s*"
    after = rf"\b(?P<after>{name})\b{links}{_DATE.replace('~', 'a_')}\)?"
    before = rf"{_EDITION}\b{_DATE.replace('~', 'b_')}{links}\b(?P<before>{name})\b"
    return re.compile(rf"{after}|{before}")


def _day(found: Mapping[str, str | None]) -> date | None:
    """The last day of the year, month or day that was written; None if there is no such day."""
    side = "a_" if found["after"] else "b_"
    try:
        if iso := found[f"{side}iso"]:
            return date.fromisoformat(iso)
        year = int(found[f"{side}year"] or 0)
        month = next((number for number in range(1, 13) if found[f"{side}m{number}"]), 12)
        day = found[f"{side}day"] or found[f"{side}us"] or calendar.monthrange(year, month)[1]
        return date(year, month, int(day))
    except ValueError:
        return None
