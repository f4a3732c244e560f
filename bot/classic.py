"""What the SDK's own turns need: its context, its invoke answers, its references, as plain JSON."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from botbuilder.core import TurnContext, conversation_reference_extension
from botbuilder.schema import (
    Activity,
    ActivityEventNames,
    ChannelAccount,
    ConversationAccount,
    ConversationReference,
    ResourceResponse,
)

from bot.input import Answer, TurnInput
from bot.invokes import error_body
from bot.plain import plain
from bot.references import is_targeted

ACTIVITY_JSON = "activity-json"
NOT_ANSWERED = "This bot does not answer here · Este bot no responde aquí"


class EdgeContext(TurnContext):
    """The SDK's context, except that a targeted recipient survives.

    The SDK writes the reference's user over every recipient; what stands in
    `additional_properties` it leaves alone, and there `plain` finds it.
    """

    async def send_activities(self, activities: list[Activity]) -> list[ResourceResponse]:
        for activity in activities:
            recipient = plain(activity.recipient)
            if is_targeted({"recipient": recipient}):
                kept = getattr(activity, "additional_properties", None) or {}
                activity.additional_properties = {**kept, "recipient": recipient}
        return list(await super().send_activities(activities))


def sdk_activity(activity: Mapping[str, Any]) -> Activity:
    """Return the SDK's model of an activity; raises msrest's DeserializationError."""
    return cast(Activity, Activity.deserialize(dict(activity)))  # type: ignore[no-untyped-call]


def classic_answer(context: TurnContext, given: TurnInput) -> Answer:
    """Return the HTTP answer that a turn has left in its context.

    An invoke that nobody answered, or that failed without a body, gets the body that its kind
    expects: a bare 501 shows "Unable to reach app" and makes the channel send it again.
    """
    given.buffered.extend(plain(context.buffered_reply_activities))
    if not given.is_invoke:
        return given.answer(None)
    left = context.turn_state.get(context._INVOKE_RESPONSE_KEY)
    said = plain(getattr(left, "value", None)) or {"status": 501}
    status, body = int(said.get("status") or 200), said.get("body")
    if status < 300:
        return given.answer(body, status)
    # Sign-in reads the HTTP status (412 means: ask the member); all others want 200 with a body.
    shown = status if given.name.startswith("signin/") else 200
    return given.answer(body or error_body(given.name, NOT_ANSWERED, status), shown)


def reference_in(outgoing: Mapping[str, Any], context: TurnContext) -> dict[str, Any]:
    """Return where an outgoing activity or an SDK reference goes; the turn's place by default."""
    here = context.activity
    return {
        "serviceUrl": outgoing.get("serviceUrl") or here.service_url,
        "channelId": outgoing.get("channelId") or here.channel_id,
        "conversation": outgoing.get("conversation") or plain(here.conversation),
        "bot": outgoing.get("bot") or outgoing.get("from"),
        "user": None,
    }


def continuation_of(reference: ConversationReference) -> Activity:
    """Return the event with which a stored conversation is continued."""
    return conversation_reference_extension.get_continuation_activity(reference)


def created_activity(
    created: Mapping[str, Any],
    parameters: Mapping[str, Any],
    channel_id: str | None,
    service_url: str,
) -> Activity:
    """Return the event that tells a turn of the conversation which was just opened."""
    bot = parameters.get("bot") or {}
    return Activity(
        type="event",
        name=ActivityEventNames.create_conversation.value,
        id=created.get("activityId") or str(uuid.uuid4()),
        channel_id=channel_id or "msteams",
        service_url=service_url,
        conversation=ConversationAccount(
            id=str(created.get("id") or ""), tenant_id=parameters.get("tenantID")
        ),
        recipient=ChannelAccount(id=str(bot.get("id") or ""), name=str(bot.get("name") or "")),
        channel_data=parameters.get("channelData"),
    )
