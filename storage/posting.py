"""Messages to a channel by what it is used for: sent where there is one, kept until there is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coalition.meetings import Meeting
from coalition.places import Purpose
from storage.meetings import Meetings
from storage.outbox import Outbox, State
from storage.people import Places
from storage.transaction import Transaction


class Postings:
    """Nothing is lost when a message comes before the bot was added to the team."""

    def __init__(self, unit: Transaction) -> None:
        self._unit = unit
        self._meetings = Meetings(unit)
        self._outbox = Outbox(unit)
        self._places = Places(unit)

    async def on_meeting(self, meeting: Meeting, activity: Mapping[str, Any], key: str) -> None:
        """Post where a meeting is announced, or where announcements go once that is known."""
        if not meeting.announced_in:
            await self.post(Purpose.ANNOUNCEMENTS, activity, key)
            return
        await self._outbox.post(conversation_id=meeting.announced_in, activity=activity, key=key)

    async def post(self, purpose: Purpose, activity: Mapping[str, Any], key: str) -> None:
        """Post once under a business key; what finds no channel waits as unreachable."""
        channel = await self._places.for_purpose(purpose)
        await self._outbox.post(
            conversation_id=channel.id if channel else None,
            activity=activity,
            key=f"{key}:{purpose}",
            reason=None if channel else "no-channel",
            remedy=None if channel else "wait-for-install",
        )

    async def catch_up(self) -> None:
        """A channel became known: send what waited for one."""
        for delivery in await self._outbox.in_state(State.UNREACHABLE):
            purpose = delivery.key.rpartition(":")[2]
            if delivery.reason != "no-channel" or purpose not in set(Purpose):
                continue
            channel = await self._places.for_purpose(Purpose(purpose))
            if channel is None:
                continue
            if await self._is_overtaken(delivery.key, channel.id):
                await self._outbox.skip(delivery.key, "overtaken")
            else:
                await self._outbox.post_again(delivery.key, conversation_id=channel.id)

    async def _is_overtaken(self, key: str, channel_id: str) -> bool:
        """Whether a post on a meeting says nothing new: it is cancelled, or over.

        A meeting that waited for a channel belongs to this one from now on.
        """
        noun, _, rest = key.partition(":")
        number = rest.partition(":")[0]
        if noun != "meeting" or not number.isdigit():
            return False
        meeting = await self._meetings.get(int(number))
        if meeting is None or meeting.is_cancelled or meeting.ends_at <= self._unit.now:
            return True
        if not meeting.announced_in:
            await self._meetings.save(replace(meeting, announced_in=channel_id), meeting)
        return False
