"""The reader of dates: a text, a language and a present moment in, a `Reading` out.

The zone is cut out first; then what is no date is masked, words become tokens, rules rewrite the
tokens, and what is left is put together and checked. Nothing is guessed: two readings are asked
about, a contradiction is said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from language.reading.assembly import MEANING, assemble
from language.reading.combining import Unclear
from language.reading.figures import months_named, settled
from language.reading.folding import Folded, fold
from language.reading.grammar.order import RULES, SYNTHETIC
from language.reading.masks import blanked, without_counts
from language.reading.names import patterns, unnamed
from language.reading.numbers import joined
from language.reading.plain import plain_date
from language.reading.reading import Outcome, Reading
from language.reading.rules import Speaker, rewrite, warm
from language.reading.spans import spans_of
from language.reading.tokens import Token, cut
from language.reading.values import Clash
from language.reading.when import Grain, When
from language.reading.words import Kinds, lexicons, number_kinds
from language.reading.zones import Cut, cities, cut_zone

_NUMBERS = {"num", "dot", "ym", "yyyy", "numdate", "dord"}

__all__ = ["Grain", "Outcome", "Reading", "When", "read_when"]

#: Longer texts are no date phrases; what stands beyond is left unread and the reading has to be
#: confirmed.
LONGEST = 2000
#: The letter between the date and the time of ISO 8601, and the "ish" of "4:45ish".
_JUNK = re.compile(r"(?<=\d\d-\d\d)t(?=\d\d:\d\d)|(?:(?<=\d[:.]\d\d)|(?<=[ap]m))-?ish\b")


def read_when(text: str, language: str, now: datetime, zone: str) -> Reading:
    """What date or time the text names.

    `language` (en, es, pt or another with a word file) only settles ties; words of all languages
    are read. `now` is the speaker's naive local time, or an aware time that is converted to
    `zone`, the speaker's IANA zone.
    """
    if now.tzinfo is not None:
        now = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    now = now.replace(second=0, microsecond=0)
    _warm()
    folded = fold(text[:LONGEST])
    original = "".join(text[place] for place in folded.at)
    zoned = cut_zone(folded.text, original)
    speaker = speaker_of(language, now)
    plain = _JUNK.sub(_blank, blanked(unnamed(zoned.text, original)))
    tokens = settled(without_counts(joined(months_named(cut(plain, language)))))
    tokens = [token for token in tokens if "greeting" not in token.kinds]
    try:
        tokens = rewrite(tokens, RULES, speaker)
        reading = _reading(tokens, speaker, folded, zoned, zone)
        if reading.outcome is Outcome.NONE:
            reading = plain_date(plain, folded)
    except OverflowError:  # "in 9000 years"
        return Reading(Outcome.CONTRADICTION, clash="out-of-range")
    if len(text) > LONGEST and reading.outcome is Outcome.VALUE and reading.when:
        return replace(reading, outcome=Outcome.AMBIGUOUS, when=None, candidates=(reading.when,))
    return reading


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def speaker_of(language: str, now: datetime) -> Speaker:
    """The speaker, with what the language's file says of numbers and of "next"."""
    lexicon = lexicons().get(language) or lexicons()["en"]
    return Speaker(now, lexicon.month_first, lexicon.asks_next)


def _reading(
    tokens: list[Token], speaker: Speaker, folded: Folded, zoned: Cut, zone: str
) -> Reading:
    spans = spans_of(tokens, folded, zoned)
    try:
        answer = assemble(tokens, speaker)
    except Unclear as unclear:
        candidates = tuple(_zoned(when, zoned) for when in unclear.candidates)
        return Reading(Outcome.AMBIGUOUS, candidates=candidates, spans=spans)
    if isinstance(answer, Clash):
        return Reading(
            Outcome.CONTRADICTION, clash=answer.key, details=dict(answer.details), spans=spans
        )
    values = tuple(dict.fromkeys(_zoned(when, zoned) for when in answer))
    if not values:
        return Reading(Outcome.NONE)
    values = _with_rival(values, zoned, zone)
    if len(values) > 1 or _is_left_over(tokens) or zoned.is_unknown:
        return Reading(Outcome.AMBIGUOUS, candidates=values, spans=spans)
    return Reading(Outcome.VALUE, when=values[0], spans=spans)


def _zoned(when: When, zoned: Cut) -> When:
    return replace(when, zone=zoned.zone) if zoned.zone else when


def _with_rival(values: tuple[When, ...], zoned: Cut, zone: str) -> tuple[When, ...]:
    """The one value and the same clock time in another zone that may be meant, where that is
    another instant.
    """
    if zoned.rival is None or len(values) != 1 or not values[0].has_time:
        return values
    other = replace(values[0], zone=zoned.rival)
    return values if other.at(zone) == values[0].at(zone) else (values[0], other)


def _is_left_over(tokens: list[Token]) -> bool:
    """Whether a number that could be a day or an hour, or an "every", was not used."""
    for i, token in enumerate(tokens):
        after = tokens[i + 1].kinds.keys() if i + 1 < len(tokens) else set()
        if "every" in token.kinds and after & MEANING:
            return True
        before = tokens[i - 1].kinds.keys() if i else set()
        if "or" in token.kinds and (before | after) & MEANING:
            return True
        is_number = token.kinds.keys() & _NUMBERS and not token.kinds.keys() & MEANING
        is_figure = token.text[:1].isdigit() or (token.get("num") or 0) > 1
        if is_number and is_figure and not after & {"other", "unit", "noun"}:
            return True
    return False


@lru_cache(maxsize=1)
def _warm() -> None:
    """Load the words and compile the rules once, before the first text."""
    samples: list[Kinds] = [dict.fromkeys(kinds.split("+")) for kinds in SYNTHETIC]
    samples += [number_kinds(number, len(str(number))) for number in range(10_000)]
    for lexicon in lexicons().values():
        for phrase, kinds in lexicon.phrases.items():
            samples.append({**kinds, "weak": 0} if " ".join(phrase) in lexicon.weak else kinds)
    warm(samples, RULES)
    cities()
    patterns()
