"""What is left after the grammar, put together: one value, several candidates, or a contradiction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from language.reading.alternatives import alternatives
from language.reading.calendar import DAY, WEEK, monday
from language.reading.combining import (
    Answer,
    Times,
    Unclear,
    on_days,
    on_range,
    on_span,
    time_alone,
)
from language.reading.grammar.lengths import minutes_of
from language.reading.grammar.periods import shifted
from language.reading.repeating import Bounds, recurrence
from language.reading.rules import Speaker
from language.reading.settling import days_meant
from language.reading.tokens import Token
from language.reading.values import Clash, Day, Instant, Length, Range, Repeat, Span
from language.reading.when import Grain, When

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
    """Every value that the tokens can mean; none if they name no date, several if it has to be asked.

    An ambiguity without candidates worth offering is an empty `Vague`, raised as `Unclear`.
    """
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
        return _repeated(tokens, meant, speaker)
    return _plain(tokens, meant, speaker)


def _number_alone(tokens: list[Token], speaker: Speaker) -> Answer:
    """A text that is a bare number may be a day of the month or an hour; inside other words it is neither."""
    numbers = [token for token in tokens if "num" in token.kinds]
    if len(numbers) != 1 or any(
        "other" in token.kinds or "unit" in token.kinds for token in tokens
    ):
        return ()
    if "dd" not in numbers[0].kinds:
        return ()
    days = days_meant(Day(number=numbers[0]["dd"]), speaker)
    raise Unclear(() if isinstance(days, Clash) else tuple(When(day) for day in days))


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
    gathered = _gather(tokens, meant, speaker)
    if isinstance(gathered, Clash):
        return gathered
    instants = [token["instant"] for token in meant if "instant" in token.kinds]
    if instants:
        return _instant(instants, len(meant))
    if gathered.ranges:
        if any("move" in token.kinds for token in tokens):
            raise Unclear  # "move it from Thursday to Friday" is no range
        if len(gathered.ranges) > 1 or gathered.days or gathered.spans:
            raise Unclear
        return on_range(gathered.ranges[0], gathered.times, speaker)
    days = _one_day(gathered)
    if isinstance(days, Clash):
        return days
    if days and any("midnight" in token.kinds for token in meant) and days != (speaker.today,):
        nights = [datetime.combine(day + later * DAY, time()) for day in days for later in (0, 1)]
        raise Unclear(tuple(When(night, None, Grain.MINUTE) for night in nights))
    if days:
        return on_days(days, gathered.times, speaker)
    if gathered.spans:
        if len(set(gathered.spans)) > 1:
            raise Unclear
        return on_span(gathered.spans[0], gathered.times)
    return time_alone(gathered.times, speaker)


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
        found = _day_like(token, speaker)
        if isinstance(found, Clash):
            return found
        if isinstance(found, Span):
            spans.append(found)
        elif found:
            days.append(found)
    ranges = tuple(token["range"] for token in meant if "range" in token.kinds)
    return Gathered(tuple(days), tuple(spans), Times.of(tokens), ranges)


def _day_like(token: Token, speaker: Speaker) -> tuple[date, ...] | Span | Clash | None:
    """The days or the span that a token stands for; None if it is a time or something else."""
    kinds = token.kinds
    if "span" in kinds:
        span: Span = kinds["span"]
        return span
    if "day" in kinds or "dayend" in kinds:
        return days_meant(kinds["day"] if "day" in kinds else kinds["dayend"], speaker)
    if "relpart" in kinds:
        return (speaker.today + int(kinds["relpart"].split()[0]) * DAY,)
    if "shiftclock" in kinds:
        return (speaker.today + kinds["shift"] * DAY,)
    for kind, build in _FROM_DAY.items():
        if kind in kinds:
            return build(kinds[kind], speaker)
    return None


def _single(day: Day, speaker: Speaker) -> date | Clash:
    found = days_meant(day, speaker)
    if isinstance(found, Clash):
        return found
    if len(found) > 1:
        raise Unclear
    return found[0]


def _week_with(day: Day, speaker: Speaker) -> Span | Clash:
    on = _single(day, speaker)
    return on if isinstance(on, Clash) else Span(monday(on), monday(on) + WEEK, Grain.WEEK)


def _day_after(said: tuple[Day, Length, int], speaker: Speaker) -> tuple[date, ...] | Clash:
    day, length, sign = said
    on = _single(day, speaker)
    return on if isinstance(on, Clash) else (shifted(on, length, sign),)


def _days_from(said: tuple[Day, Length], speaker: Speaker) -> Span | Clash:
    day, length = said
    on = _single(day, speaker)
    return on if isinstance(on, Clash) else Span(on, shifted(on, length), Grain.DAY, whole=False)


_FROM_DAY: dict[str, Callable[[Any, Speaker], tuple[date, ...] | Span | Clash]] = {
    "weekof": _week_with,
    "dayshift": _day_after,
    "daylen": _days_from,
}


def _repeated(tokens: list[Token], meant: list[Token], speaker: Speaker) -> Answer:
    repeats = [token["repeat"] for token in meant if "repeat" in token.kinds]
    if len(set(repeats)) > 1:
        raise Unclear
    repeat, tokens = _with_weekdays(repeats[0], tokens)
    bounds = _bounds(tokens, speaker)
    if isinstance(bounds, Clash):
        return bounds
    times = Times.of(tokens)
    part = next((token["repeatpart"] for token in meant if "repeatpart" in token.kinds), None)
    if len(times.clocks) + len(times.ranges) + len(times.lasting) > 1:
        raise Unclear
    found = recurrence(repeat, bounds, times.hours(part), speaker)
    return found if isinstance(found, Clash) else (found,)


def _with_weekdays(repeat: Repeat, tokens: list[Token]) -> tuple[Repeat, list[Token]]:
    """ "every week, Tuesday": a weekday said apart belongs to the recurrence, it is no date of its own."""
    if repeat.frequency not in ("WEEKLY", "DAILY") or repeat.weekdays:
        return repeat, tokens
    for i, token in enumerate(tokens):
        weekdays = _weekdays_said(token)
        if weekdays and not token.kinds.keys() & {"begin", "until"} and not _is_end(tokens, i):
            return replace(repeat, frequency="WEEKLY", weekdays=weekdays), [
                *tokens[:i],
                *tokens[i + 1 :],
            ]
    return repeat, tokens


def _weekdays_said(token: Token) -> tuple[int, ...]:
    """The weekday of a day that is nothing else, or those from one to another."""
    day, span = token.get("day"), token.get("range")
    if day is not None and day.weekday is not None and day == Day(weekday=day.weekday):
        return (day.weekday,)
    if span is not None and isinstance(span.start, Day) and isinstance(span.end, Day):
        first, last = span.start, span.end
        if (
            first.weekday is not None
            and last.weekday is not None
            and (first.number, last.number) == (None, None)
        ):
            return tuple(
                (first.weekday + step) % 7 for step in range((last.weekday - first.weekday) % 7 + 1)
            )
    return ()


def _bounds(tokens: list[Token], speaker: Speaker) -> Bounds | Clash:
    """Where a recurrence begins and stops; a day that is neither announced as its end is its beginning."""
    bounds = Bounds()
    for i, token in enumerate(tokens):
        if "count" in token.kinds:
            bounds = replace(bounds, count=token["count"])
        if "len" in token.kinds and minutes_of(token["len"]) is None:
            bounds = replace(bounds, lasting=token["len"])
        found = _day_like(token, speaker)
        if found is None:
            if "range" in token.kinds:
                bounds = _between(bounds, token["range"], speaker)
            continue
        if isinstance(found, Clash):
            return found
        bounds = _bounded(bounds, found, _is_end(tokens, i), _is_begin(tokens, i))
    return bounds


def _bounded(
    bounds: Bounds, found: tuple[date, ...] | Span, is_end: bool, is_begin: bool
) -> Bounds:
    if isinstance(found, Span):
        if is_end:
            raise Unclear
        if is_begin:
            return replace(bounds, begin=found.start)
        return replace(bounds, begin=found.start, until=bounds.until or (found.end - DAY))
    if len(found) > 1 or (not is_end and bounds.begin):
        raise Unclear
    return replace(bounds, until=found[0]) if is_end else replace(bounds, begin=found[0])


def _between(bounds: Bounds, said: Range, speaker: Speaker) -> Bounds:
    """ "from 3 February to 31 March" around a recurrence are its bounds, not one long event."""
    found = on_range(said, Times(), speaker)
    if isinstance(found, Clash) or found[0].end is None or bounds != Bounds():
        raise Unclear
    return replace(bounds, begin=found[0].start, until=found[0].end - DAY)


def _is_begin(tokens: list[Token], i: int) -> bool:
    return "begin" in tokens[i].kinds or (i > 0 and "starting" in tokens[i - 1].kinds)


def _is_end(tokens: list[Token], i: int) -> bool:
    if "until" in tokens[i].kinds:
        return True
    before = tokens[i - 1].kinds.keys() if i else set()
    return (
        "begin" not in tokens[i].kinds
        and bool(before & {"to", "by", "dayto"})
        and not before & {"starting", "in"}
    )
