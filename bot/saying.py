"""Says what went wrong, and values inside sentences, in a member's language."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.turn import Reply, Turn
from coalition.errors import Told
from language.dates import say_day, say_instant
from language.texts import Texts


def say(t: Texts, key: str, zone: str, **details: Any) -> str:
    """A sentence whose places may be days, instants and states, said as the language says them."""
    return t(key, **{name: said(t, value, zone) for name, value in details.items()})


def said(t: Texts, value: Any, zone: str) -> Any:
    """One value in a language: a state by its name, an instant with weekday and zone."""
    if isinstance(value, StrEnum):
        return t(f"{_kebab(type(value).__name__)}-{value}")
    if isinstance(value, datetime):
        return say_instant(value, zone, t.language)
    if isinstance(value, date):
        return say_day(value, t.language)
    return value


def told(turn: Turn, error: Told) -> Reply:
    """The one sentence for an error that a member can act on."""
    return Reply(say(turn.t, error.key, turn.zone, **error.details))


def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]
