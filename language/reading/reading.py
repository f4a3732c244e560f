"""What reading a text gives: no date, one value, several to choose from, or a contradiction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from language.reading.when import When


class Outcome(StrEnum):
    """What came of reading; only `value` may be used without asking."""

    NONE = "none"
    VALUE = "value"
    AMBIGUOUS = "ambiguous"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True)
class Reading:
    """The outcome of reading one text.

    `candidates` are what the person may have meant when it is ambiguous (possibly none: the words
    are too vague to offer any). `clash` is the key of a contradiction ("weekday-mismatch",
    "no-such-day", "end-before-start", "out-of-range") and `details` what to say about it. `spans`
    are the character ranges of the text that were read as date words, with the small words that
    join them, so that the rest of a sentence can be taken as a title.
    """

    outcome: Outcome
    when: When | None = None
    candidates: tuple[When, ...] = ()
    clash: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()
