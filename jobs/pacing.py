"""How fast messages may leave: inside Microsoft's limits for each conversation and for the app.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import time

from storage.slots import Slot
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Window:
    """At most `at_most` calls within any `within` seconds."""

    at_most: int
    within: float


# The windows are a little longer than Microsoft's: two calls that left a second apart may arrive
# closer together.
MARGIN = 1.05
CONVERSATION = tuple(
    Window(at_most, within * MARGIN)
    for at_most, within in ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
)
APP = (Window(50, 1.0 * MARGIN),)
THE_APP = "app"


def wait_for(slot: Slot, windows: Sequence[Window], now: float) -> float:
    """Seconds until the next call is allowed; 0 when it is allowed now."""
    free_at = slot.held_until
    for window in windows:
        if len(slot.taken) >= window.at_most:
            free_at = max(free_at, slot.taken[-window.at_most] + window.within)
    return max(0.0, free_at - now)


def take(slot: Slot, windows: Sequence[Window], now: float) -> Slot:
    """The slot after a call at `now`; what no window looks back to is forgotten."""
    most = max(window.at_most for window in windows)
    longest = max(window.within for window in windows)
    recent = tuple(at for at in slot.taken if at > now - longest)
    return replace(slot, taken=(*recent, now)[-most:])


async def take_turn(unit: UnitOfWork, conversation_id: str) -> float:
    """Takes a slot for one call now and returns 0, or returns the seconds to wait for one.

    By the wall clock, also in the sandbox: Microsoft's limits do not follow a moved clock. The
    rows are shared by all processes and stay locked until the unit ends.
    """
    now = time()
    name = slot_name(conversation_id)
    conversation, app = await unit.slots.lock([name, THE_APP])
    wait = max(wait_for(conversation, CONVERSATION, now), wait_for(app, APP, now))
    if wait == 0.0:
        await unit.slots.save(take(conversation, CONVERSATION, now))
        await unit.slots.save(take(app, APP, now))
    return wait


async def hold(unit: UnitOfWork, conversation_id: str, seconds: float) -> None:
    """The service said 429: nothing more goes to this conversation for `seconds`."""
    (slot,) = await unit.slots.lock([slot_name(conversation_id)])
    until = max(slot.held_until, time() + seconds)
    await unit.slots.save(replace(slot, held_until=until))


def slot_name(conversation_id: str) -> str:
    """Threads of a channel share its limits: `19:...@thread.tacv2;messageid=1` is one of them."""
    return f"conv:{conversation_id.split(';', 1)[0]}"
