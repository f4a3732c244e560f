"""Messenger: writes to conversations that were stored, without a turn, and tells the outcome."""

from collections.abc import Awaitable, Mapping
from typing import Any

from bot.connector import Connector
from bot.references import reference_of as reference_of
from coalition.delivery import Delivered, Failed, Outcome, Undelivered


class Messenger:
    """Sends for the outbox: it never waits and never sends twice, so that the outbox decides."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def send(self, reference: Mapping[str, Any], activity: Mapping[str, Any]) -> Outcome:
        """Send an activity to a stored conversation."""
        return await _outcome(self._connector.post(reference, activity))

    async def update(
        self, reference: Mapping[str, Any], activity_id: str, activity: Mapping[str, Any]
    ) -> Outcome:
        """Replace an activity that was sent before."""
        return await _outcome(self._connector.put(reference, activity_id, activity))

    async def delete(
        self, reference: Mapping[str, Any], activity_id: str, targeted: bool = False
    ) -> Outcome:
        """Delete an activity that was sent before."""
        outcome = await _outcome(self._connector.delete(reference, activity_id, targeted))
        return Delivered(activity_id) if isinstance(outcome, Delivered) else outcome

    async def open_personal(
        self, reference: Mapping[str, Any], member_id: str, tenant_id: str
    ) -> dict[str, Any]:
        """Return the reference of the one-to-one chat with a member of a known team or chat.

        `member_id` is the member's id in the channel (`29:...`), or the Entra object id. Opening
        a chat that exists yields the same one. Raises Undelivered.
        """
        parameters = {
            "isGroup": False,
            "bot": reference.get("bot"),
            "members": [{"id": member_id}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        created = await self._connector.create(reference["serviceUrl"], parameters)
        if not created.get("id"):
            raise Undelivered(Failed("no conversation id"))
        return {
            "serviceUrl": reference["serviceUrl"],
            "channelId": reference.get("channelId"),
            "conversation": {
                "id": created["id"],
                "isGroup": False,
                "conversationType": "personal",
                "tenantId": tenant_id,
            },
            "bot": reference.get("bot"),
            "user": {"id": member_id, "aadObjectId": None, "name": None},
            "locale": reference.get("locale"),
        }


async def _outcome(sending: Awaitable[str | None]) -> Outcome:
    try:
        return Delivered(await sending or "")
    except Undelivered as error:
        return error.outcome
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        # A reference that is none never becomes one, so nobody should try it for a day.
        return Failed(f"unusable reference: {type(error).__name__}")
