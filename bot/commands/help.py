"""Help: what a member can do here and how; the language; the clock of the sandbox."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.cards.help import help_card
from bot.router import Command
from bot.turn import Reply, Turn
from coalition.errors import Refused, Told, Unreadable
from dialogs.dates import Moment
from dialogs.readers import OneOf, Plain
from dialogs.slots import Asking, Option, slot
from dialogs.zones import Zone
from language.dates import say_instant, zone_name
from language.texts import LANGUAGES, texts


@dataclass(frozen=True)
class Help:
    """What can I do here?"""


async def show_help(turn: Turn, request: Help) -> Reply:
    """Every command with an example, as a card with buttons and as text."""
    from bot.commands import COMMANDS

    return help_card(turn, [command for command in COMMANDS if _shown(turn, command)])


def _shown(turn: Turn, command: Command) -> bool:
    return command.listed or (command.sandbox_only and turn.workplace.move_clock is not None)


def _languages(asking: Asking) -> Sequence[Option]:
    return [
        Option(tag, texts(tag)("language-name"), texts(tag).words("language-words"))
        for tag in LANGUAGES
    ]


@dataclass(frozen=True)
class SetLanguage:
    language: str = slot("language-ask-language", OneOf(_languages))


async def set_language(turn: Turn, request: SetLanguage) -> Reply:
    """Answer this member in a language from now on, everywhere."""
    async with turn.unit_of_work() as unit:
        person = await unit.people.get(turn.person.id) or turn.person
        await unit.people.keep(replace(person, language=request.language))
    return Reply(texts(request.language)("language-set"))


_UNITS = {"d": "days", "h": "hours", "m": "minutes", "w": "weeks"}


class _Move(Plain):
    """How far to move the clock: `+7d`, `+3h`, `+30m`, or a moment to come."""

    def read(self, words: str, asking: Asking) -> timedelta:
        said = words.strip().lower().replace(" ", "")
        if said.startswith("+") and said[1:-1].isdigit() and said[-1] in _UNITS:
            return timedelta(**{_UNITS[said[-1]]: int(said[1:-1][:6])})
        try:
            when = Moment().read(words, asking)
        except Told as told:
            if told.key == "date-none":
                raise Unreadable("read-clock", words=words[:40]) from told
            raise
        return when.at(asking.zone) - asking.now

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        return (self.read(words, asking), "") if words.strip() else None

    def keep(self, value: Any) -> Any:
        return value.total_seconds()

    def kept(self, kept: Any) -> timedelta:
        return timedelta(seconds=kept)


@dataclass(frozen=True)
class MoveClock:
    by: timedelta | None = slot("clock-ask-by", _Move(), default=None)


async def move_clock(turn: Turn, request: MoveClock) -> Reply:
    """Show the clock, or move it ahead so that what falls due meanwhile arrives at once."""
    move = turn.workplace.move_clock
    if move is None:
        raise Refused("clock-not-here")
    if request.by is None:
        return Reply(turn.t("clock-shows", now=_now(turn, turn.now)))
    if request.by > timedelta(days=366 * 5):
        raise Refused("clock-too-far")
    await move(request.by)
    return Reply(turn.t("clock-moved", now=_now(turn, turn.now + request.by)))


def _now(turn: Turn, at: datetime) -> str:
    return say_instant(at.astimezone(ZoneInfo(turn.zone)), turn.zone, turn.language)


@dataclass(frozen=True)
class SetZone:
    zone: str = slot("zone-ask-zone", Zone())


async def set_zone(turn: Turn, request: SetZone) -> Reply:
    """Read this member's times by the clock of a place, where their Teams does not name one."""
    async with turn.unit_of_work() as unit:
        person = await unit.people.get(turn.person.id) or turn.person
        await unit.people.keep(replace(person, zone=request.zone))
    return Reply(turn.t("zone-set", zone=zone_name(request.zone, turn.language)))


COMMANDS = (
    Command("help", Help, show_help),
    Command("language", SetLanguage, set_language, writes=True, repeatable=True),
    Command("timezone", SetZone, set_zone, writes=True, repeatable=True, offered=False),
    Command("clock", MoveClock, move_clock, listed=False, sandbox_only=True),
)
