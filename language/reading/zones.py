"""The zone that the words name, cut out of the text before anything else is read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import available_timezones

from language.reading.folding import fold

ZONES = Path(__file__).parent.parent / "zones.toml"


@dataclass(frozen=True)
class Cut:
    """The text with the zone blanked out, the zone's name and where it stood.

    `rival` is another zone that may be meant: a place named elsewhere in the text, or the winter
    time that an abbreviation such as EST strictly stands for. It matters only where the clocks
    differ.
    """

    text: str
    zone: str | None = None
    span: tuple[int, int] | None = None
    rival: str | None = None
    is_unknown: bool = False


@dataclass(frozen=True)
class Names:
    """The place names and abbreviations of the data file, and the patterns that find them."""

    places: dict[str, str]
    short: dict[str, str]
    plain: re.Pattern[str]
    near: re.Pattern[str]
    abbreviation: re.Pattern[str]
    lead: re.Pattern[str]
    trail: re.Pattern[str]


_OFFSET = re.compile(
    r"(?<![a-z])(?:gmt|utc)(?:\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?)?(?![a-z\d])"
)
_ISO_OFFSET = re.compile(
    r"(?<=\d{4}-\d\d-\d\dt\d\d:\d\d)(?P<s>:\d\d(?:\.\d+)?)?(?:z|(?P<sign>[+-])(?P<h>\d\d):?(?P<m>\d\d))(?!\w)"
)
_IANA = re.compile(r"(?<![a-z/])(?P<name>[a-z]+(?:/[a-z_\-]+){1,2}(?:[+-]\d{1,2})?)(?![a-z/])")
_CLOCKISH = r"(?:\d\s?h|\d|[ap]\.?\s?m\.?|hrs?\.?|hs\.?|horas|noon|mediodia|midday|o'clock)"
_ODD = {
    (5, 30, 1): "Asia/Kolkata",
    (5, 45, 1): "Asia/Kathmandu",
    (3, 30, 1): "Asia/Tehran",
    (4, 30, 1): "Asia/Kabul",
    (3, 30, -1): "America/St_Johns",
    (9, 30, 1): "Australia/Darwin",
    (6, 30, 1): "Asia/Yangon",
}


@lru_cache(maxsize=1)
def zone_file() -> dict[str, dict[str, dict[str, object]]]:
    """The data file as written: places by IANA name, then abbreviations."""
    return tomllib.loads(ZONES.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def names() -> Names:
    """All names, folded, longest first."""
    places: dict[str, str] = {}
    for place, known in zone_file()["places"].items():
        for value in known.values():
            for name in value if isinstance(value, list) else [value]:
                places.setdefault(fold(str(name)).text, place)
    short = {fold(name).text: str(zone) for name, zone in zone_file()["abbreviations"].items()}
    spoken = {
        fold(str(alias)).text: str(iana)
        for iana, aliases in zone_file()["spoken"].items()
        for alias in aliases
    }
    places.update(spoken)
    any_near = "|".join(
        re.escape(name) for name in sorted(places.keys() - spoken, key=len, reverse=True)
    )
    any_place = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    any_short = "|".join(re.escape(name) for name in sorted(short, key=len, reverse=True))
    words = {name: _any(said) for name, said in zone_file()["wording"].items()}
    said = r"{lead}\s+(?:{sort}\s)?(?:{of}\s?)?(?:{the}\s)?".format(**words)
    plain = re.compile(
        rf"(?<!\w)(?:{said}(?P<p1>{any_place})"
        rf"|(?:{words['at']}\s)?(?P<p2>{any_place})\s+(?:{words['sort']}\s)?{words['trail']}"
        rf"|{said}(?P<a1>{any_short})|(?P<a2>{any_short})\s+{words['trail']})(?!\w)"
    )
    near = re.compile(
        rf"(?:(?<=[a-z.\d])|(?<=\())\s*(?P<g>[,(]\s*|\s{words['at']}\s+|\s)(?P<p>{any_near})(?!\w)"
    )
    some = r"(?P<n>[^\W\d_]+(?:[ .'-]{1,2}[^\W\d_]+){0,2})"
    return Names(
        places,
        short,
        plain,
        near,
        re.compile(rf"(?<=[\d\s(.mh])(?P<a>{any_short})(?!\w)"),
        re.compile(
            rf"(?<!\w){words['lead']}\s+(?P<of>{words['of']}\s?)?(?:{words['the']}\s)?{some}"
        ),
        re.compile(rf"(?<!\w){some}\s+(?:{words['sort']}\s)?{words['trail']}(?!\w)"),
    )


def _any(said: object) -> str:
    """A pattern for any of the words of a list."""
    words = [fold(str(word)).text for word in said] if isinstance(said, list) else []
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def cut_zone(text: str, original: str) -> Cut:
    """The folded text without the zone; `original` tells capitals, which short names need."""
    for find in (_iso, _by_offset, _by_name, _by_abbreviation, _by_iana, _by_city, _by_place):
        found = find(text, original)
        if found:
            zone, start, end, is_sure = found
            if not is_sure:
                return Cut(text, rival=zone)
            said = original[start:end].strip(" (,")
            rival = zone_file()["winter"].get(said)
            blank = text[:start] + " " * (end - start) + text[end:]
            return Cut(blank, zone, (start, end), str(rival) if rival else None)
    return Cut(text, is_unknown=_names_unknown_place(text, original))


def _names_unknown_place(text: str, original: str) -> bool:
    """Whether the words say "hora de" some proper name that is no place we know."""
    found = names().lead.search(text)
    if found and found["of"] and original[found.start("n")].isupper():
        return True
    found = names().trail.search(text)
    if found is None or not found.start("n"):
        return False
    return original[slice(*found.span("n"))].split()[-1][0].isupper()


Found = tuple[str, int, int, bool] | None


def _fixed(found: re.Match[str]) -> str | None:
    if not found["sign"]:
        return "UTC"
    hours, minutes = int(found["h"]), int(found["m"] or 0)
    ahead = 1 if found["sign"] == "+" else -1
    if minutes:
        return _ODD.get((hours, minutes, ahead))
    if hours == 0:
        return "UTC"
    name = f"Etc/GMT{'-' if ahead > 0 else '+'}{hours}"  # POSIX signs: west is positive
    return name if hours <= (14 if ahead > 0 else 12) else None


def _iso(text: str, original: str) -> Found:
    found = _ISO_OFFSET.search(text)
    zone = _fixed(found) if found else None
    return (zone, found.start(), found.end(), True) if found and zone else None


def _by_offset(text: str, original: str) -> Found:
    found = _OFFSET.search(text)
    zone = _fixed(found) if found else None
    if not found or not zone:
        return None
    start = found.start()
    lead = re.search(r"(?:hora|horario|time|hrs|hs)\s*(?:de\s+)?$", text[:start])
    return zone, lead.start() if lead and "hrs" not in lead[0] else start, found.end(), True


def _by_name(text: str, original: str) -> Found:
    found = names().plain.search(text)
    if not found:
        return None
    place = found["p1"] or found["p2"]
    zone = names().places[place] if place else names().short[found["a1"] or found["a2"]]
    return zone, found.start(), found.end(), True


def _by_abbreviation(text: str, original: str) -> Found:
    """ET, GMT and the like count only in capitals and only after a clock time."""
    for found in names().abbreviation.finditer(text):
        start, end = found.span()
        said = original[start:end]
        if said.isupper() and re.search(_CLOCKISH + r"[\s(,]*$", text[:start]):
            return names().short[found["a"]], start, end, True
    return None


def _by_iana(text: str, original: str) -> Found:
    for found in _IANA.finditer(text):
        zone = _iana().get(found["name"])
        if zone:
            return zone, found.start(), found.end(), True
    return None


@lru_cache(maxsize=1)
def _iana() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if "/" in name}


def _by_city(text: str, original: str) -> Found:
    """Any other city that names a zone of its own: "Tokyo time", "hora de Sídney"."""
    for pattern, is_lead in ((names().lead, True), (names().trail, False)):
        for found in pattern.finditer(text):
            words = re.split(r"(?<=[^\W\d_])(?=[ .'-])|(?<=[ .'-])(?=[^\W\d_])", found["n"])
            for width in range(len(words), 0, -1):
                said = "".join(words[:width] if is_lead else words[-width:])
                zone = cities().get(said.strip())
                start, end = found.span("n")
                named = original[start] if is_lead else original[end - len(said.strip())]
                if zone and named.isupper():
                    if is_lead:
                        return zone, found.start(), start + len(said), True
                    return zone, end - len(said), found.end(), True
    return None


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """The cities after which zones are called, folded."""
    zones = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    return {name.rsplit("/", 1)[-1].replace("_", " ").lower(): name for name in sorted(zones)}


def _by_place(text: str, original: str) -> Found:
    """A place right after a clock time or in brackets is its zone; one elsewhere may be only where
    it is.
    """
    for found in names().near.finditer(text):
        start, end = found.span("p")
        before = text[: found.start("g")]
        bracketed = "(" in found["g"] or before.endswith("(")
        is_sure = bool(re.search(_CLOCKISH + r"\s*$", before)) or (
            bracketed and bool(re.search(_CLOCKISH, before))
        )
        return names().places[found["p"]], found.start("g") if is_sure else start, end, is_sure
    return None
