"""What a turn is given: the activity as it came, and the ways to answer it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aiohttp import web

from bot.connector import TURN_PATIENCE, Connector
from bot.invokes import silent_body
from bot.references import addressed, is_targeted, reference_of


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP answer to an activity: nothing, or the body that an invoke waits for."""

    body: Any = None
    status: int = 200

    def response(self) -> web.Response:
        if self.body is None:
            return web.Response(status=self.status)
        return web.Response(
            status=self.status,
            body=json.dumps(self.body, ensure_ascii=False).encode("utf-8", "replace"),
            content_type="application/json",
        )


@dataclass
class TurnInput:
    """One activity, whose sender has been checked, and the conversation that it came from."""

    activity: dict[str, Any]
    connector: Connector = field(repr=False)
    buffered: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_invoke(self) -> bool:
        return bool(self.activity["type"] == "invoke")

    @property
    def name(self) -> str:
        """The name of an invoke or event, such as `adaptiveCard/action`; else empty."""
        return self.activity.get("name") or ""

    @property
    def thread(self) -> str:
        """The id of the conversation, with its thread where it is in a channel."""
        return str(self.activity["conversation"]["id"])

    @cached_property
    def reference(self) -> dict[str, Any]:
        """The conversation reference to store, plain JSON."""
        return reference_of(self.activity)

    async def reply(self, activity: Mapping[str, Any]) -> str:
        """Send an activity to this conversation and return its id; raises Undelivered.

        What was asked privately is answered privately: when the incoming message was for the
        bot's eyes alone, so is a reply that names no recipient of its own.
        """
        outgoing = dict(activity)
        if "recipient" not in outgoing and is_targeted(self.activity):
            outgoing["recipient"] = {**(self.reference["user"] or {}), "isTargeted": True}
        if self.activity["type"] != "conversationUpdate" and self.activity.get("id"):
            outgoing.setdefault("replyToId", self.activity["id"])
        if self._expects_replies:
            self.buffered.append(addressed(self.reference, outgoing))
            return ""
        return await self.connector.post(self.reference, outgoing, TURN_PATIENCE)

    async def update(self, activity_id: str, activity: Mapping[str, Any]) -> str:
        """Replace an activity of this conversation and return its id; raises Undelivered."""
        return await self.connector.put(self.reference, activity_id, activity, TURN_PATIENCE)

    async def delete(self, activity_id: str, targeted: bool = False) -> None:
        """Delete an activity of this conversation; raises Undelivered."""
        await self.connector.delete(self.reference, activity_id, targeted, TURN_PATIENCE)

    def answer(self, body: Any, status: int = 200) -> Answer:
        """Return the HTTP answer to this activity; an invoke always gets a body."""
        if self.is_invoke and body is None:
            body = silent_body(self.name)
        if self._expects_replies:
            replies: dict[str, Any] = {"activities": self.buffered}
            return Answer(replies if body is None else {**replies, "body": body}, status)
        return Answer(body, status)

    @property
    def _expects_replies(self) -> bool:
        return self.activity.get("deliveryMode") == "expectReplies"
