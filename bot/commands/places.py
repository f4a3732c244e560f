"""Places: which channel takes announcements, and what was not delivered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cards.layout import card, line, title
from bot.router import Command
from bot.turn import Reply, Turn, only_conveners, only_secretariat
from coalition.errors import Refused
from coalition.places import PlaceKind, Purpose
from dialogs.readers import OneOf
from dialogs.slots import Asking, Option, slot
from storage.outbox import State


def _purposes(asking: Asking) -> Sequence[Option]:
    return [
        Option(purpose, asking.t(f"purpose-{purpose}"), asking.t.words(f"purpose-words-{purpose}"))
        for purpose in (Purpose.ANNOUNCEMENTS, Purpose.SECRETARIAT)
    ]


@dataclass(frozen=True)
class UseChannel:
    purpose: str = slot("places-ask-purpose", OneOf(_purposes))


async def use_channel(turn: Turn, request: UseChannel) -> Reply:
    """Take this channel for announcements or for the secretariat's work from now on."""
    if turn.place.kind is not PlaceKind.CHANNEL:
        raise Refused("places-only-channel")
    async with turn.unit_of_work() as unit:
        for channel in await unit.places.find():
            if channel.purpose == request.purpose and channel.id != turn.place.id:
                await unit.places.save(replace(channel, purpose=Purpose.NONE), channel)
        here = await unit.places.get(turn.place.id)
        place = replace(here or turn.place, purpose=Purpose(request.purpose))
        await (unit.places.save(place, here) if here else unit.places.add(place))
    return Reply(turn.t("places-used", purpose=turn.t(f"purpose-{request.purpose}")))


_SHOWN = 20


@dataclass(frozen=True)
class ListDeliveries:
    """What was sent, and what was not?"""


async def list_deliveries(turn: Turn, request: ListDeliveries) -> Reply:
    """What did not arrive, or perhaps not: shown to the secretariat, never sent again blindly."""
    t = turn.t
    async with turn.reading() as unit:
        counts = await unit.outbox.totals()
        troubled = await unit.outbox.in_state(State.UNKNOWN, State.FAILED, State.UNREACHABLE)
    intro = " · ".join(
        f"{t(f'delivery-{state}')}: {number}" for state, number in counts.items() if number
    )
    lines = [
        f"**{delivery.key}** · {t(f'delivery-{delivery.state}')} · {delivery.reason or ''}"
        for delivery in troubled[-_SHOWN:]
    ]
    lines = lines or [t("deliveries-no-trouble")]
    text = "\n\n".join([intro or t("deliveries-none"), "\n".join(f"- {entry}" for entry in lines)])
    body = [title(t("deliveries-title")), line(intro or t("deliveries-none"))]
    return Reply(text, card(*body, *(line(entry) for entry in lines), text=text))


COMMANDS = (
    Command(
        "channel for",
        UseChannel,
        use_channel,
        allowed=only_conveners,
        writes=True,
        repeatable=True,
        listed=False,
    ),
    Command("deliveries", ListDeliveries, list_deliveries, allowed=only_secretariat, listed=False),
)
