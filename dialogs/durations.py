"""The reader of durations: `90`, `90 min`, `1h30`, `1.5 hours`, `hora y media`, `duas horas`.

All of the words have to make sense as one duration; a part that happens to be one is not taken for
the whole.
"""

import re
from dataclasses import dataclass
from typing import Any

from coalition.errors import Unreadable
from dialogs.readers import Plain
from dialogs.slots import Asking

#: What may be typed for a number in English, Spanish and Portuguese.
_SAID = {
    1: "an one a una un uno uma um",
    2: "two dos dois duas",
    3: "three tres três",
    4: "four cuatro quatro",
    5: "five cinco",
    6: "six seis",
    8: "eight ocho oito",
    10: "ten diez dez",
    15: "fifteen quince quinze",
    20: "twenty veinte vinte",
    30: "thirty treinta trinta",
    40: "forty cuarenta quarenta",
    45: "forty-five",
    50: "fifty cincuenta cinquenta",
    60: "sixty sesenta sessenta",
    90: "ninety noventa",
}
_NUMBERS = {word: number for number, words in _SAID.items() for word in words.split()}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_HOUR = r"(?:hours?|horas?|hrs?|hs|h)(?![^\W\d_])\.?"
_MINUTE = r"(?:minut[oe]s?|mins?|m|['’])(?!\w)\.?"
_AND = r"\s*(?:\b(?:and|y|e|con|com)\b)?\s*"
_HALF = r"(?:(?:a\s+)?half|media|meia)\b"
_QUARTER = r"(?:(?:an?\s+|un\s+|um\s+)?(?:quarter|cuarto|quarto))\b"

#: The ways to say a duration, each with named parts; the first that fits the whole is taken.
_WAYS = (
    rf"(?P<h1>\d{{1,2}}(?:[.,]\d{{1,2}})?|(?:{_WORD})\b)(?:\s+(?:and|y|e)\s+(?P<half1>{_HALF}))?"
    rf"\s*{_HOUR}(?:{_AND}(?:(?P<half2>{_HALF})|(?P<quarter>{_QUARTER})|"
    rf"(?P<m1>\d{{1,2}}|(?:{_WORD})\b)\s*(?:{_MINUTE}|(?!\w))))?",
    r"(?P<half3>\b(?:hora\s+y\s+media|hora\s+e\s+meia|hour\s+and\s+a\s+half)\b)",
    rf"(?P<m2>\d{{1,4}}|(?:{_WORD})\b)\s*{_MINUTE}",
    rf"(?P<three>\b(?:three\s+quarters\s+of\s+an|tres\s+cuartos\s+de|três\s+quartos\s+de)\s+"
    rf"{_HOUR})",
    rf"(?P<only_half>\b(?:half|media|meia)\s+(?:an\s+)?{_HOUR})",
    r"(?P<h2>\d{1,2}):(?P<m3>[0-5]\d)(?:\s*h)?",
)
_WHOLE = [re.compile(way, re.IGNORECASE) for way in _WAYS]
#: In front of a duration, and to be passed over.
_ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|for|some|unas|unos|aproximadamente|cerca\s+de|por|"
    r"durante|uns|umas|~)\s+",
    re.IGNORECASE,
)
#: Inside other words a duration stands behind "for", or begins with figures and has a unit.
_INSIDE = [
    re.compile(
        rf"(?:\b(?:for|por|durante|de)\s+{way}|(?<![\w.,:])(?=\d){way.replace('?P<', '?P<_')})"
        r"(?!\w)",
        re.IGNORECASE,
    )
    for way in _WAYS[:3]
]


@dataclass(frozen=True)
class Duration(Plain):
    """How long something lasts, in minutes, from five to a day."""

    def read(self, words: str, asking: Asking) -> int:
        said = words.strip().strip(".!?¡¿ ")
        said = said[begun.end() :] if (begun := _ABOUT.match(said)) else said
        found = int(said) if re.fullmatch(r"\d{1,4}", said) else _minutes(said)
        if found is None or not 5 <= found <= 12 * 60:
            raise Unreadable("read-duration", words=words.strip()[:40])
        return found

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        for way in _INSIDE:
            if match := way.search(words):
                found = _sum({name.lstrip("_"): part for name, part in _parts(match)})
                if not 5 <= found <= 12 * 60:
                    return None
                rest = f"{words[: match.start()].rstrip()} {words[match.end() :].lstrip()}"
                return found, rest.strip()
        return None

    def show(self, value: Any, asking: Asking) -> str:
        return asking.t.count("minutes-long", int(value))


def _minutes(said: str) -> int | None:
    for way in _WHOLE:
        if match := way.fullmatch(said):
            return _sum(dict(_parts(match)))
    return None


def _parts(match: re.Match[str]) -> list[tuple[str, str]]:
    return [(name, part) for name, part in match.groupdict().items() if part is not None]


def _sum(parts: dict[str, str]) -> int:
    """The minutes that the named parts of a match make."""
    fixed = {"half1": 30, "half2": 30, "quarter": 15, "half3": 90, "three": 45, "only_half": 30}
    total = float(sum(minutes for name, minutes in fixed.items() if name in parts))
    for name, part in parts.items():
        if name[0] in "hm" and name not in fixed:
            total += _number(part) * (60 if name[0] == "h" else 1)
    return round(total)


def _number(said: str) -> float:
    return float(_NUMBERS.get(said.lower(), 0) or said.replace(",", "."))
