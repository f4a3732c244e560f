"""Conversation references: what must be stored of an activity to write to its place later."""

from collections.abc import Mapping
from typing import Any


def reference_of(activity: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reference of the conversation that an incoming activity belongs to, plain JSON.

    Keys: serviceUrl, channelId, conversation, bot, user (None when nobody wrote), locale.
    Store the newest one: a service URL can change.
    """
    conversation = activity["conversation"]
    tenant = (activity.get("channelData") or {}).get("tenant")
    kept = {
        "id": conversation["id"],
        "isGroup": bool(conversation.get("isGroup")),
        "conversationType": conversation.get("conversationType"),
        "tenantId": conversation.get("tenantId")
        or (tenant.get("id") if isinstance(tenant, dict) else None),
    }
    bot = activity.get("recipient") or {}
    return {
        "serviceUrl": activity.get("serviceUrl"),
        "channelId": activity.get("channelId"),
        "conversation": kept,
        "bot": {"id": bot.get("id"), "name": bot.get("name")},
        "user": _user(activity.get("from")),
        "locale": activity.get("locale"),
    }


def _user(account: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not account or not account.get("id"):
        return None
    return {name: account.get(name) for name in ("id", "aadObjectId", "name")}


def thread_of(reference: Mapping[str, Any], activity_id: str = "") -> dict[str, Any]:
    """Return the reference of a channel's thread, or of the channel itself without an activity id.

    The service addresses a thread as `<channel>;messageid=<its first activity>`.
    """
    channel = str(reference["conversation"]["id"]).partition(";messageid=")[0]
    place = f"{channel};messageid={activity_id}" if activity_id else channel
    return {**reference, "conversation": {**reference["conversation"], "id": place}}


def addressed(reference: Mapping[str, Any], activity: Mapping[str, Any]) -> dict[str, Any]:
    """Return an outgoing activity with the address of a conversation; what it says itself wins."""
    outgoing: dict[str, Any] = {
        "type": "message",
        "channelId": reference.get("channelId"),
        "serviceUrl": reference["serviceUrl"],
        "conversation": _named(reference["conversation"]),
        "from": _named(reference.get("bot")),
        "recipient": _named(reference.get("user")),
        "locale": reference.get("locale"),
    }
    outgoing.update(activity)
    return {name: value for name, value in outgoing.items() if value is not None}


def _named(account: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not account:
        return None
    return {name: value for name, value in account.items() if value is not None} or None


def is_targeted(activity: Mapping[str, Any]) -> bool:
    """Say whether an activity is for one member's eyes in a shared conversation."""
    recipient = activity.get("recipient")
    return isinstance(recipient, Mapping) and recipient.get("isTargeted") is True
