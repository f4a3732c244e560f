"""The bot's one door: the Teams edge, and the SDK's ways of using it.

`handle_json` is the way of the product: an activity stays the plain JSON that it came as.
`handle` is the SDK's way, for a `TurnContext` and a `TeamsActivityHandler`.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import aiohttp
from aiohttp import web
from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ConversationParameters,
    ConversationReference,
    ResourceResponse,
)
from botframework.connector.auth import ClaimsIdentity
from msrest.exceptions import DeserializationError  # type: ignore[attr-defined]

from bot.classic import (
    ACTIVITY_JSON,
    EdgeContext,
    classic_answer,
    continuation_of,
    created_activity,
    reference_in,
    sdk_activity,
)
from bot.connector import TURN_PATIENCE
from bot.edge import Edge, OnError, refusal_response
from bot.envelope import Unacceptable
from bot.input import TurnInput
from bot.plain import plain
from bot.trust import AdapterSettings as AdapterSettings

ClassicLogic: TypeAlias = Callable[[TurnContext], Awaitable[Any]]


class Adapter(Edge, BotAdapter):
    """The edge as an adapter of the SDK, so that its contexts, handlers and middleware work."""

    def __init__(
        self,
        settings: AdapterSettings,
        http: aiohttp.ClientSession,
        on_error: OnError | None = None,
    ) -> None:
        Edge.__init__(self, settings, http, on_error)
        BotAdapter.__init__(self)
        self._app_id = settings.app_id

    async def handle(self, request: web.Request, logic: ClassicLogic) -> web.Response:
        """Answer POST /api/messages with a turn over the SDK's `TurnContext`.

        The activity as it came is in `context.turn_state["activity-json"]`. Failures go to
        `on_turn_error` when it is set, else to this adapter's `on_error`.
        """

        async def turn(activity: dict[str, Any], claims: Mapping[str, Any]) -> web.Response:
            given = TurnInput(activity, self.connector)
            try:
                context = self._context(sdk_activity(activity), claims, logic)
            except DeserializationError:
                return refusal_response(Unacceptable(400, "the SDK cannot read the activity"))
            context.turn_state[ACTIVITY_JSON] = activity
            try:
                await self.run_pipeline(context, logic)
                return classic_answer(context, given).response()
            except Exception as error:
                given.buffered.extend(plain(context.buffered_reply_activities))
                return (await self.recover(given, error)).response()

        return await self.receive(request, turn)

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        """Send the SDK's activities one after the other; raises Undelivered."""
        return [await self._send(context, activity) for activity in activities]

    async def _send(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        outgoing = plain(activity)
        if outgoing.get("type") == ActivityTypes.invoke_response.value:
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            return ResourceResponse(id="")
        if outgoing.get("type") == ActivityTypes.trace.value:
            return ResourceResponse(id="")
        outgoing.pop("id", None)
        reference = reference_in(outgoing, context)
        return ResourceResponse(id=await self.post(reference, outgoing))

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace an activity that was sent before; raises Undelivered."""
        outgoing = plain(activity)
        reference = reference_in(outgoing, context)
        return ResourceResponse(id=await self.put(reference, activity.id, outgoing))

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Delete an activity that was sent before; raises Undelivered."""
        place = reference_in(plain(reference), context)
        await self.delete(place, reference.activity_id)

    async def continue_conversation(
        self,
        reference: ConversationReference,
        callback: ClassicLogic,
        bot_id: str | None = None,
        claims_identity: ClaimsIdentity | None = None,
        audience: str | None = None,
    ) -> None:
        """Run `callback` in a conversation of which a reference was stored."""
        context = self._context(continuation_of(reference), {}, callback)
        await self.run_pipeline(context, callback)

    async def create_conversation(
        self,
        reference: ConversationReference | str | None,
        logic: ClassicLogic | None = None,
        conversation_parameters: ConversationParameters | None = None,
        channel_id: str | None = None,
        service_url: str | None = None,
        credentials: object = None,
    ) -> None:
        """Open a conversation and run `logic` in it.

        The first argument is a reference or, as `TeamsInfo` calls it, the app id. Raises
        Undelivered, and ValueError without a service URL.
        """
        address = service_url or getattr(reference, "service_url", None)
        if not address:
            raise ValueError("create_conversation needs a service URL")
        parameters = plain(conversation_parameters) or {}
        created = await self.connector.create(address, parameters, TURN_PATIENCE)
        activity = created_activity(created, parameters, channel_id, address)
        await self.run_pipeline(self._context(activity, {}, logic), logic or _nothing)

    def _context(
        self, activity: Activity, claims: Mapping[str, Any], logic: ClassicLogic | None
    ) -> TurnContext:
        context = EdgeContext(self, activity)
        known = dict(claims) or {"aud": self._app_id, "appid": self._app_id}
        context.turn_state[self.BOT_IDENTITY_KEY] = ClaimsIdentity(known, True)
        context.turn_state[self.BOT_CALLBACK_HANDLER_KEY] = logic
        return context


async def _nothing(context: TurnContext) -> None:
    """Stand in for a caller who only wants the conversation opened."""
