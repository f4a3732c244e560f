"""The Teams edge in plain JSON: a checked activity in, a turn, the answer and the replies out.

It knows Microsoft's protocol and none of its SDKs; `bot.adapter` adds the SDK's ways.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import aiohttp
import structlog
from aiohttp import web

from bot.connector import TURN_PATIENCE, Connector
from bot.envelope import Unacceptable, read_activity
from bot.gate import Denied, Gate
from bot.input import Answer, TurnInput
from bot.invokes import error_body
from bot.keys import SigningKeys
from bot.tokens import AccessToken
from bot.trust import AdapterSettings

log = structlog.get_logger()

# Takes a turn; for an invoke it returns the body of the answer.
Logic: TypeAlias = Callable[[TurnInput], Awaitable[Mapping[str, Any] | None]]
# Told of a turn that failed; sends an apology or returns the sentence that an invoke shows.
OnError: TypeAlias = Callable[[TurnInput, Exception], Awaitable[str | None]]

LAST_WORDS = "Something went wrong · Algo salió mal · Algo deu errado"


class Edge:
    """Receives and sends. `http` is the process's one session; `on_error` speaks for failures."""

    def __init__(
        self,
        settings: AdapterSettings,
        http: aiohttp.ClientSession,
        on_error: OnError | None = None,
    ) -> None:
        self.connector = Connector(http, settings, AccessToken(http, settings))
        self._gate = Gate(settings, SigningKeys(http, settings.openid_metadata_url))
        self._on_error = on_error

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
                return (await self.recover(given, error)).response()

        return await self.receive(request, turn)

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

    async def receive(
        self,
        request: web.Request,
        turn: Callable[[dict[str, Any], Mapping[str, Any]], Awaitable[web.Response]],
    ) -> web.Response:
        """Let a turn run when its sender and its body pass; else answer with the refusal."""
        try:
            caller = await self._gate.admit(request)
            activity = await read_activity(request)
            self._gate.check(caller, activity)
        except (Denied, Unacceptable) as refusal:
            log.warning("request-refused", status=refusal.status, reason=refusal.reason)
            return refusal_response(refusal)
        return await turn(activity, caller.claims if caller else {})

    async def recover(self, given: TurnInput, error: Exception) -> Answer:
        """Return the answer to a turn that failed, after `on_error` has had its say."""
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


def refusal_response(refusal: Denied | Unacceptable) -> web.Response:
    """Return the HTTP answer of a refused request, which tells a stranger nothing of the reason."""
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
