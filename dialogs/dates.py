"""Readers of moments and days: they never guess, and ask where the words leave something open."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from coalition.errors import Told, Unreadable
from dialogs.readers import Plain
from dialogs.slots import Ambiguous, Asking, Kept, Partial
from language.dates import say_day, say_when
from language.reading.reader import Outcome, Reading, read_when
from language.reading.when import When

#: A day as `Partial` begins it, and a bare number in answer to "At what time?".
_BARE_HOUR = re.compile(r"(\d{4}-\d\d-\d\d) (\d{1,2})\W*")


def _read(words: str, asking: Asking) -> Reading:
    if match := _BARE_HOUR.fullmatch(words):
        words = f"{match[1]} at {match[2]}"
    return read_when(words, asking.t.language, asking.now, asking.zone)


def _explain(reading: Reading, asking: Asking) -> Told:
    """What to say of words that name no single moment: what clashes, or what they leave open."""
    if reading.outcome is Outcome.AMBIGUOUS:
        return Unreadable("date-vague")
    if reading.outcome is not Outcome.CONTRADICTION:
        return Unreadable("date-none")
    details: dict[str, Any] = dict(reading.details)
    if reading.clash == "weekday-mismatch":
        details["day"] = say_day(date.fromisoformat(details["day"]), asking.t.language)
    key = f"date-{reading.clash}"
    return Unreadable(key if asking.t.has(key) else "date-contradiction", **details)


def _candidates(reading: Reading, asking: Asking) -> list[tuple[Kept, str]]:
    return [
        (when.as_json(), say_when(when, asking.t.language, when.zone or asking.zone))
        for when in reading.candidates
    ]


def _rest(words: str, reading: Reading) -> str:
    """The words without those that named the date."""
    kept, at = [], 0
    for start, end in sorted(reading.spans):
        kept.append(words[at:start])
        at = max(at, end)
    kept.append(words[at:])
    return " ".join(" ".join(kept).split()).strip(" ,;-")


def _with_rest(check: Callable[[], Any], words: str, reading: Reading) -> tuple[Any, str]:
    """The value and the words left; an error keeps them too, so that nothing written is lost."""
    rest = _rest(words, reading)
    try:
        return check(), rest
    except Told as told:
        told.rest = rest
        raise


@dataclass(frozen=True)
class Moment(Plain):
    """A date with a clock time, to come; its zone is the one named, else the speaker's."""

    def read(self, words: str, asking: Asking) -> When:
        return self._checked(_read(words, asking), asking)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        reading = _read(words, asking)
        if reading.outcome == "none":
            return None
        return _with_rest(lambda: self._checked(reading, asking), words, reading)

    def _checked(self, reading: Reading, asking: Asking) -> When:
        if reading.outcome == "ambiguous" and len(reading.candidates) > 1:
            raise Ambiguous("date-ambiguous", _candidates(reading, asking))
        if reading.outcome != "value" or reading.when is None:
            raise _explain(reading, asking)
        return self.completed(reading.when, asking)

    def completed(self, when: When, asking: Asking) -> When:
        """The moment with its zone; raises Partial where the clock time is missing."""
        if when.rule:
            raise Unreadable("date-no-series")
        if when.grain not in ("minute", "day"):
            raise Unreadable("date-too-wide", said=say_when(when, asking.t.language))
        whole = replace(when, zone=when.zone or asking.zone)
        if not when.has_time or when.part:
            day = when.start.date() if isinstance(when.start, datetime) else when.start
            raise Partial("date-no-time", day.isoformat(), day=say_day(day, asking.t.language))
        if whole.at(asking.zone) <= asking.now:
            raise Unreadable("date-past", said=say_when(whole, asking.t.language, whole.zone))
        return whole

    def keep(self, value: Any) -> Kept:
        return value.as_json()

    def kept(self, kept: Kept) -> When:
        return When.from_json(kept)

    def show(self, value: Any, asking: Asking) -> str:
        said = say_when(value, asking.t.language, value.zone)
        if value.zone in (None, asking.zone) or _same_clock(value, asking.zone):
            return said
        here = value.at(asking.zone).astimezone(ZoneInfo(asking.zone)).replace(tzinfo=None)
        own = say_when(
            When(here, None, value.grain, None, asking.zone, None), asking.t.language, asking.zone
        )
        return asking.t("date-both", there=said, here=own)


def _same_clock(value: When, zone: str) -> bool:
    at = value.at(zone)
    return at.utcoffset() == at.astimezone(ZoneInfo(zone)).utcoffset()


@dataclass(frozen=True)
class Day(Plain):
    """A single day from today on."""

    def read(self, words: str, asking: Asking) -> date:
        return self._checked(_read(words, asking), asking)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        reading = _read(words, asking)
        if reading.outcome != "value":
            return None
        return _with_rest(lambda: self._checked(reading, asking), words, reading)

    def _checked(self, reading: Reading, asking: Asking) -> date:
        if reading.outcome == "ambiguous" and len(reading.candidates) > 1:
            days = [(kept["start"][:10], label) for kept, label in _candidates(reading, asking)]
            raise Ambiguous("date-ambiguous", days)
        if reading.outcome != "value" or reading.when is None:
            raise _explain(reading, asking)
        when = reading.when
        if when.rule or when.grain not in ("minute", "day") or (when.end and not when.has_time):
            raise Unreadable("date-too-wide", said=say_when(when, asking.t.language))
        day = when.start.date() if isinstance(when.start, datetime) else when.start
        today = asking.now.astimezone(ZoneInfo(asking.zone)).date()
        if day < today:
            raise Unreadable("date-past", said=say_day(day, asking.t.language))
        return day

    def keep(self, value: Any) -> Kept:
        return value.isoformat()

    def kept(self, kept: Kept) -> date:
        return date.fromisoformat(str(kept)[:10])

    def show(self, value: Any, asking: Asking) -> str:
        return say_day(value, asking.t.language)
