"""The tokens of a recurrence: its weekdays, its time, where it begins and stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from language.reading.calendar import DAY
from language.reading.combining import (
    Answer,
    Times,
    Unclear,
)
from language.reading.daylike import days_of
from language.reading.grammar.lengths import minutes_of
from language.reading.ranging import on_range
from language.reading.repeating import Bounds, recurrence
from language.reading.rules import Speaker
from language.reading.tokens import Token
from language.reading.values import Clash, Day, Range, Repeat, Span


def repeated(tokens: list[Token], meant: list[Token], speaker: Speaker) -> Answer:
    repeats = _told_apart([token["repeat"] for token in meant if "repeat" in token.kinds])
    if len(repeats) > 1:
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


def _told_apart(repeats: list[Repeat]) -> list[Repeat]:
    """Each recurrence once; "monthly" says no more than "the 5th of every month" beside it."""
    found = list(dict.fromkeys(repeats))
    fuller = [one for one in found if one != Repeat(one.frequency, one.interval)]
    bare = {(one.frequency, one.interval) for one in found} - {
        (one.frequency, one.interval) for one in fuller
    }
    return found if bare or not fuller else fuller


def _with_weekdays(repeat: Repeat, tokens: list[Token]) -> tuple[Repeat, list[Token]]:
    """ "every week, Tuesday": a weekday said apart belongs to the recurrence, it is no date of its
    own.
    """
    if repeat.frequency not in ("WEEKLY", "DAILY") or repeat.weekdays:
        return repeat, tokens
    said: list[int] = []
    others: list[Token] = []
    for i, token in enumerate(tokens):
        weekdays = _weekdays_said(token)
        if weekdays and not token.kinds.keys() & {"begin", "until"} and not _is_end(tokens, i):
            said.extend(weekdays)
        else:
            others.append(token)
    if not said:
        return repeat, tokens
    return replace(repeat, frequency="WEEKLY", weekdays=tuple(dict.fromkeys(said))), others


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
    """Where a recurrence begins and stops; a day that is neither announced as its end is its
    beginning.
    """
    bounds = Bounds()
    for i, token in enumerate(tokens):
        if "count" in token.kinds:
            bounds = replace(bounds, count=token["count"])
        if "len" in token.kinds and minutes_of(token["len"]) is None:
            bounds = replace(bounds, lasting=token["len"])
        found = days_of(token, speaker)
        if found is None:
            if "range" in token.kinds:
                bounds = _between(bounds, token["range"], speaker)
            continue
        if isinstance(found, Clash):
            return found
        bounds = _bounded(bounds, found, speaker, _is_end(tokens, i), _is_begin(tokens, i))
    return bounds


def _bounded(
    bounds: Bounds,
    found: tuple[date, ...] | Span,
    speaker: Speaker,
    is_end: bool,
    is_begin: bool,
) -> Bounds:
    if isinstance(found, Span):
        if is_end:
            raise Unclear
        if is_begin:
            return replace(bounds, begin=found.start)
        if found.start <= speaker.today < found.end:  # "every day this week" is from now on
            return replace(bounds, until=bounds.until or (found.end - DAY))
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
