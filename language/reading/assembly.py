"""What is left after the grammar, put together: one value, several candidates,
or a contradiction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from language.reading.alternatives import alternatives
from language.reading.calendar import DAY
from language.reading.combining import (
    Answer,
    Times,
    Unclear,
    on_days,
    on_span,
    time_alone,
)
from language.reading.daylike import days_of
from language.reading.grammar.lengths import minutes_of
from language.reading.negation import affirmed
from language.reading.ranging import on_range
from language.reading.recurring import repeated
from language.reading.rules import Speaker
from language.reading.settling import days_meant, next_time
from language.reading.tokens import Token
from language.reading.values import Clash, Clock, Day, Instant, Range, Span
from language.reading.when import Grain, When

#: Bare numbers up to this one may be an hour as well as a day.
_LATEST = 12

#: The kinds that name a date or a time; a text without any of them has none.
MEANING = frozenset(
    {
        "day",
        "days",
        "span",
        "range",
        "crange",
        "clock",
        "clocks",
        "shiftclock",
        "part",
        "relpart",
        "instant",
        "vague",
        "clash",
        "repeat",
        "dayshift",
        "daylen",
        "dayend",
        "clocklen",
        "weekof",
        "weekendof",
    }
)


@dataclass(frozen=True)
class Gathered:
    """The meanings of one text by sort."""

    days: tuple[tuple[date, ...], ...]
    spans: tuple[Span, ...]
    times: Times
    ranges: tuple[Range, ...] = ()


def assemble(tokens: list[Token], speaker: Speaker) -> Answer:
    """Every value that the tokens can mean; none if they name no date, several if it has to be
    asked.

    An ambiguity without candidates worth offering is an empty `Vague`, raised as `Unclear`.
    """
    kept = affirmed(tokens, MEANING)
    if kept is None:
        raise Unclear
    tokens = kept
    meant = [token for token in tokens if token.kinds.keys() & MEANING]
    if not meant:
        return _number_alone(tokens, speaker)
    for token in meant:
        if "clash" in token.kinds:
            clash: Clash = token["clash"]
            return clash
    split = alternatives(tokens, MEANING)
    if len(split) > 1:
        return _either(split, speaker)
    vague = [token["vague"] for token in meant if "vague" in token.kinds]
    if vague:
        raise Unclear(vague[0].candidates if len(meant) == 1 else ())
    if any("repeat" in token.kinds for token in meant):
        return repeated(tokens, meant, speaker)
    return _plain(tokens, meant, speaker)


def _number_alone(tokens: list[Token], speaker: Speaker) -> Answer:
    """A text that is a bare number may be a day of the month or an hour; inside other words it is
    neither.
    """
    numbers = [token for token in tokens if "num" in token.kinds]
    if len(numbers) != 1 or any(
        token.kinds.keys() & {"other", "unit", "len", "fewlen"} for token in tokens
    ):
        return ()
    if "dd" not in numbers[0].kinds:
        return ()
    days = days_meant(Day(number=numbers[0]["dd"]), speaker)
    found = () if isinstance(days, Clash) else tuple(When(day) for day in days)
    if "hh" in numbers[0].kinds and 1 <= numbers[0]["hh"] <= _LATEST:
        at = next_time(Clock(numbers[0]["hh"]), speaker)
        found = (*found, When(at, None, Grain.MINUTE))
    raise Unclear(found)


def _either(split: list[list[Token]], speaker: Speaker) -> Answer:
    found: list[When] = []
    for tokens in split:
        try:
            answer = assemble(tokens, speaker)
        except Unclear as unclear:
            answer = unclear.candidates
        if isinstance(answer, Clash):
            return answer
        found.extend(answer)
    raise Unclear(tuple(dict.fromkeys(found)))


def _plain(tokens: list[Token], meant: list[Token], speaker: Speaker) -> Answer:
    if any("len" in token.kinds and minutes_of(token["len"]) is None for token in tokens):
        raise Unclear  # "2 days before the meeting on 5 March": nothing says what the length is for
    gathered = _gather(tokens, meant, speaker)
    if isinstance(gathered, Clash):
        return gathered
    instants = [token["instant"] for token in meant if "instant" in token.kinds]
    if instants:
        return _instant(instants, len(meant))
    if gathered.ranges:
        if any("move" in token.kinds for token in tokens):
            raise Unclear(_moved(gathered.ranges[0], speaker))
        if len(gathered.ranges) > 1 or gathered.days or gathered.spans:
            raise Unclear
        return on_range(gathered.ranges[0], gathered.times, speaker)
    days = _one_day(gathered)
    if isinstance(days, Clash):
        return days
    if days and any("midnight" in token.kinds for token in meant):
        days = _after_midnight(days, speaker)
    if days:
        return on_days(days, gathered.times, speaker)
    if gathered.spans:
        if len(set(gathered.spans)) > 1:
            raise Unclear
        return on_span(gathered.spans[0], gathered.times)
    return time_alone(gathered.times, speaker)


def _moved(said: Range, speaker: Speaker) -> tuple[When, ...]:
    """ "move it from Thursday to Friday" is no range: Friday is likelier meant than Thursday."""
    found = on_range(said, Times(), speaker)
    if isinstance(found, Clash) or found[0].end is None or found[0].has_time:
        return ()
    return When(found[0].end - DAY), When(found[0].start)


def _after_midnight(days: tuple[date, ...], speaker: Speaker) -> tuple[date, ...]:
    """The day on whose first minute the midnight of today falls; that of another day is asked."""
    if days == (speaker.today,):
        return (speaker.today + DAY,)
    nights = [datetime.combine(day + later * DAY, time()) for day in days for later in (0, 1)]
    raise Unclear(tuple(When(night, None, Grain.MINUTE) for night in nights))


def _instant(instants: list[Instant], count: int) -> Answer:
    if count > 1:
        raise Unclear
    return (When(instants[0].start, instants[0].end, Grain.MINUTE),)


def _one_day(gathered: Gathered) -> tuple[date, ...] | Clash:
    """The days that all the words agree on; two different days have to be asked about."""
    if not gathered.days:
        return ()
    common = [day for day in gathered.days[0] if all(day in days for days in gathered.days)]
    if not common:
        raise Unclear(tuple(dict.fromkeys(When(days[0]) for days in gathered.days)))
    inside = [day for day in common if all(span.start <= day < span.end for span in gathered.spans)]
    if not inside:
        raise Unclear(tuple(When(day) for day in common))
    return tuple(inside)


def _gather(tokens: list[Token], meant: list[Token], speaker: Speaker) -> Gathered | Clash:
    days: list[tuple[date, ...]] = []
    spans: list[Span] = []
    for token in meant:
        found = days_of(token, speaker)
        if isinstance(found, Clash):
            return found
        if isinstance(found, Span):
            spans.append(found)
        elif found:
            days.append(found)
    ranges = tuple(token["range"] for token in meant if "range" in token.kinds)
    return Gathered(tuple(days), tuple(spans), Times.of(tokens), ranges)
