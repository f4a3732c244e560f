"""The reader of dates: a text, a language and a present moment in, a `Reading` out."""

from __future__ import annotations

from datetime import datetime

from language.reading.reading import Outcome, Reading
from language.reading.when import Grain, When

__all__ = ["Grain", "Outcome", "Reading", "When", "read_when"]


def read_when(text: str, language: str, now: datetime, zone: str) -> Reading:
    """What date or time the text names.

    `language` (en, es, pt or another with a word file) only settles ties; words of all languages are read.
    `now` is the speaker's naive local time, or an aware time that is converted to `zone`, the speaker's IANA zone.
    """
    return Reading(Outcome.NONE)
