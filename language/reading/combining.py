"""A day and a time, a range and its hours: the pieces of one value joined and made definite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from language.reading.calendar import DAY
from language.reading.grammar.lengths import minutes_of
from language.reading.grammar.parts import hour_in, hours_on, is_over
from language.reading.repeating import Hours
from language.reading.rules import Speaker
from language.reading.settling import (
    hour_meant,
    hours_meant,
    next_time,
    on_day,
    range_on,
)
from language.reading.tokens import Token
from language.reading.values import Clash, Clock, ClockRange, Span
from language.reading.when import Grain, When

Answer = tuple[When, ...] | Clash


class Unclear(Exception):
    """The words are too vague for one value; the candidates are what may be offered instead."""

    def __init__(self, candidates: tuple[When, ...] = ()) -> None:
        super().__init__(candidates)
        self.candidates = candidates


@dataclass(frozen=True)
class Times:
    """All that a text says of the time of day."""

    clocks: tuple[Clock, ...] = ()
    ranges: tuple[ClockRange, ...] = ()
    parts: tuple[str, ...] = ()
    lasting: tuple[tuple[Clock, int], ...] = ()
    minutes: int | None = None
    days: float | None = None

    @classmethod
    def of(cls, tokens: list[Token]) -> Times:
        """The times among the tokens, each once; a part of the day has already served its hour."""
        parts = [token["part"] for token in tokens if "part" in token.kinds]
        parts += [token["relpart"].split()[1] for token in tokens if "relpart" in token.kinds]
        parts += ["end_of_day" for token in tokens if "dayend" in token.kinds]
        clocks = [token["clock"] for token in tokens if "clock" in token.kinds]
        clocks += [token["shiftclock"] for token in tokens if "shiftclock" in token.kinds]
        ranges = [token["crange"] for token in tokens if "crange" in token.kinds]
        if len(set(parts)) == 1:
            clocks = [hour_in(clock, parts[0]) for clock in clocks]
            ranges = [ClockRange(r.start, hour_in(r.end, parts[0])) for r in ranges]
        lengths = [minutes_of(token["len"]) for token in tokens if "len" in token.kinds]
        known = [length for length in lengths if length]
        return cls(
            tuple(dict.fromkeys(clocks)),
            tuple(dict.fromkeys(ranges)),
            tuple(dict.fromkeys(parts)),
            tuple(token["clocklen"] for token in tokens if "clocklen" in token.kinds),
            known[0] if len(known) == 1 else None,
        )

    @property
    def is_empty(self) -> bool:
        """Whether no time of day was said."""
        return not (self.clocks or self.ranges or self.parts or self.lasting)

    def hours(self, part: str | None = None) -> Hours:
        """The one time of day for every occurrence of a recurrence."""
        if self.lasting:
            return Hours(clock=self.lasting[0][0], lasting=self.lasting[0][1])
        if self.ranges:
            return Hours(range=self.ranges[0])
        if self.clocks:
            clock = hour_in(self.clocks[0], part) if part else self.clocks[0]
            return Hours(clock=clock, lasting=self.minutes)
        said = part or (self.parts[0] if self.parts else None)
        return Hours(part=said)


def on_days(days: tuple[date, ...], times: Times, speaker: Speaker) -> Answer:
    """The said time on each day that may be meant."""
    found: list[When] = []
    for day in days:
        answer = _on_day(day, times, speaker)
        if isinstance(answer, Clash):
            return answer
        found.extend(answer)
    return tuple(found)


def _on_day(day: date, times: Times, speaker: Speaker) -> Answer:
    if len(times.clocks) + len(times.ranges) + len(times.lasting) > 1:
        raise Unclear
    if times.ranges:
        found = range_on(day, times.ranges[0])
        return found if isinstance(found, Clash) else (When(found[0], found[1], Grain.MINUTE),)
    if times.lasting:
        clock, minutes = times.lasting[0]
        return _lasting(on_day(day, clock, speaker), minutes)
    if times.clocks:
        return _lasting(on_day(day, times.clocks[0], speaker), times.minutes)
    if len(set(times.parts)) > 1:
        raise Unclear
    if times.parts:
        start, end = hours_on(day, times.parts[0])
        return (When(start, end, Grain.MINUTE, part=times.parts[0]),)
    return (When(day),)


def _lasting(starts: tuple[datetime, ...], minutes: int | None) -> tuple[When, ...]:
    step = timedelta(minutes=minutes) if minutes else None
    return tuple(When(start, start + step if step else None, Grain.MINUTE) for start in starts)


def time_alone(times: Times, speaker: Speaker) -> Answer:
    """The next time that the clock shows it; the next such part of a day."""
    if times.is_empty:
        return ()
    today = speaker.today
    if times.ranges and not times.clocks and not times.lasting:
        first, _ = hours_meant(times.ranges[0])
        today += DAY * (datetime.combine(today, first) <= speaker.now)
    elif times.clocks or times.lasting:
        clock = times.clocks[0] if times.clocks else times.lasting[0][0]
        at = next_time(clock, speaker)
        sure = Clock(at.hour, at.minute, sure=True)
        if times.clocks and len(times.clocks) == 1:
            return (
                _lasting((at,), times.minutes)
                if not (times.ranges or times.lasting)
                else _unclear()
            )
        if times.clocks:
            return _unclear()
        return _lasting((datetime.combine(at.date(), hour_meant(sure)),), times.lasting[0][1])
    elif times.parts and is_over(times.parts[0], speaker.now):
        today += DAY
    return _on_day(today, times, speaker)


def _unclear() -> Answer:
    raise Unclear


def on_span(span: Span, times: Times) -> Answer:
    """A week or month as a whole; a time within it needs a day, which has to be asked."""
    if not times.is_empty:
        raise Unclear
    if span.whole:
        return (When(span.start, None, span.grain),)
    grain = Grain.MONTH if span.grain in (Grain.QUARTER, Grain.YEAR) else span.grain
    return (When(span.start, span.end, grain),)
