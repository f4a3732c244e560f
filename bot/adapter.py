"""Receives activities and sends replies: Microsoft's service on one side, turns on the other.

`handle_json` is the way of the product: an activity stays the plain JSON that it came as.
`handle` is the SDK's way, for a `TurnContext` and a `TeamsActivityHandler`.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import aiohttp
import structlog
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
from bot.connector import TURN_PATIENCE, Connector
from bot.envelope import Unacceptable, read_activity
from bot.gate import Denied, Gate
from bot.input import Answer, TurnInput
from bot.invokes import error_body
from bot.keys import SigningKeys
from bot.plain import plain
from bot.tokens import AccessToken
from bot.trust import AdapterSettings as AdapterSettings

log = structlog.get_logger()

Logic: TypeAlias = Callable[[TurnInput], Awaitable[Mapping[str, Any] | None]]
ClassicLogic: TypeAlias = Callable[[TurnContext], Awaitable[Any]]
# Told of a turn that failed; sends an apology or returns the sentence that an invoke shows.
OnError: TypeAlias = Callable[[TurnInput, Exception], Awaitable[str | None]]

LAST_WORDS = "Something went wrong · Algo salió mal · Algo deu errado"


class Adapter(BotAdapter):
    """The bot's one door. `http` is shared by the process; `on_error` speaks when a turn fails."""

    def __init__(
        self,
        settings: AdapterSettings,
        http: aiohttp.ClientSession,
        on_error: OnError | None = None,
    ) -> None:
        super().__init__()
        self.connector = Connector(http, settings, AccessToken(http, settings))
        self._app_id = settings.app_id
        self._gate = Gate(settings, SigningKeys(http, settings.openid_metadata_url))
        self._on_error = on_error

    # ---- The way of the product -----------------------------------------------------------------

    async def handle_json(self, request: web.Request, logic: Logic) -> web.Response:
        """Answer POST /api/messages with a turn over plain JSON.

        For an invoke, `logic` returns the body of the answer (`bot.invokes` knows the shapes).
        A refused request is answered with 4xx and runs no turn; a turn that fails is answered
        with 200, since the channel would send the same activity again.
        """

        async def turn(activity: dict[str, Any], claims: Mapping[str, Any]) -> web.Response:
            given = TurnInput(activity, self.connector)
            try:
                return given.answer(await logic(given)).response()
            except Exception as error:
                return (await self._recover(given, error)).response()

        return await self._receive(request, turn)

    async def post(self, reference: Mapping[str, Any], activity: Mapping[str, Any]) -> str:
        """Send an activity within a turn and return its id; raises Undelivered."""
        return await self.connector.post(reference, activity, TURN_PATIENCE)

    async def put(
        self, reference: Mapping[str, Any], activity_id: str, activity: Mapping[str, Any]
    ) -> str:
        """Replace a sent activity within a turn and return its id; raises Undelivered."""
        return await self.connector.put(reference, activity_id, activity, TURN_PATIENCE)

    async def delete(
        self, reference: Mapping[str, Any], activity_id: str, targeted: bool = False
    ) -> None:
        """Delete a sent activity within a turn; raises Undelivered."""
        await self.connector.delete(reference, activity_id, targeted, TURN_PATIENCE)

    async def _receive(
        self,
        request: web.Request,
        turn: Callable[[dict[str, Any], Mapping[str, Any]], Awaitable[web.Response]],
    ) -> web.Response:
        try:
            caller = await self._gate.admit(request)
            activity = await read_activity(request)
            self._gate.check(caller, activity)
        except (Denied, Unacceptable) as refusal:
            log.warning("request-refused", status=refusal.status, reason=refusal.reason)
            return _refusal(refusal)
        return await turn(activity, caller.claims if caller else {})

    async def _recover(self, given: TurnInput, error: Exception) -> Answer:
        log.error("turn-failed", activity_id=given.activity.get("id"), exc_info=error)
        text = None
        try:
            if self._on_error is not None:
                text = await self._on_error(given, error)
        except Exception:
            log.exception("apology-failed", activity_id=given.activity.get("id"))
        if given.is_invoke:
            return given.answer(error_body(given.name, text or LAST_WORDS))
        return given.answer(None)

    # ---- The way of the SDK ---------------------------------------------------------------------

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
                return _refusal(Unacceptable(400, "the SDK cannot read the activity"))
            context.turn_state[ACTIVITY_JSON] = activity
            try:
                await self.run_pipeline(context, logic)
                return classic_answer(context, given).response()
            except Exception as error:
                given.buffered.extend(plain(context.buffered_reply_activities))
                return (await self._recover(given, error)).response()

        return await self._receive(request, turn)

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


def _refusal(refusal: Denied | Unacceptable) -> web.Response:
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}}
    return web.Response(
        status=refusal.status,
        text=json.dumps({"error": {"code": _WORDS.get(refusal.status, "BadRequest")}}),
        content_type="application/json",
        headers=headers.get(refusal.status),
    )


_WORDS = {
    401: "Unauthorized",
    403: "Forbidden",
    408: "RequestTimeout",
    413: "TooLarge",
    415: "UnsupportedMediaType",
    503: "ServiceUnavailable",
}
