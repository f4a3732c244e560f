"""The load: users who talk to a bot, and the channel that takes its replies, in one process.

It reads an order a line from stdin and writes what it measured as a line to stdout (JSON).
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bench.talks import TALKS, Reply, WrongReply

ANSWER_WITHIN = 30.0  # seconds; a bot that takes longer has failed


class Channel:
    """The channel's REST interface on loopback: it gives every activity an id at once."""

    def __init__(self) -> None:
        self.awaited: dict[str, asyncio.Future[tuple[float, Reply]]] = {}
        self._taken = 0
        self.url = ""

    async def start(self) -> None:
        application = web.Application(client_max_size=2**22)
        for path in ("activities", "activities/{activity}"):
            application.router.add_post("/v3/conversations/{conversation}/" + path, self._take)
        application.router.add_get("/{rest:.*}", self._nothing)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def _take(self, request: web.Request) -> web.Response:
        arrived_at, activity = time.perf_counter(), await request.json()
        waiting = self.awaited.get(request.match_info["conversation"])
        if waiting and not waiting.done() and activity.get("type") == "message":
            waiting.set_result((arrived_at, activity))
        self._taken += 1
        return web.json_response({"id": f"taken-{self._taken}"})

    async def _nothing(self, request: web.Request) -> web.Response:
        return web.json_response({})


@dataclass
class User:
    """One member with a personal chat; measures each of their turns in seconds."""

    name: str
    bot: str
    channel: Channel
    http: aiohttp.ClientSession
    replied: list[float] = field(default_factory=list)
    _said: int = 0

    async def say(self, text: str, locale: str = "en-US") -> Reply:
        """A message: the turn is over when the reply is here and the POST is answered."""
        conversation = f"a:{self.name}"
        coming = asyncio.get_running_loop().create_future()
        self.channel.awaited[conversation] = coming
        body = self._activity("message", locale) | {"text": text, "textFormat": "plain"}
        began_at = time.perf_counter()
        await self._post(body)
        arrived_at, reply = await asyncio.wait_for(coming, ANSWER_WITHIN)
        self.replied.append(arrived_at - began_at)
        return dict(reply)

    async def press(self, data: Mapping[str, Any]) -> Reply:
        """A card's button: the answer to the POST is the reply."""
        action = {"type": "Action.Execute", "verb": "say", "data": dict(data)}
        body = self._activity("invoke", "en-US")
        body |= {"name": "adaptiveCard/action", "value": {"action": action, "trigger": "manual"}}
        began_at = time.perf_counter()
        answer = json.loads(await self._post(body))
        self.replied.append(time.perf_counter() - began_at)
        return dict(answer.get("value") or {}) if isinstance(answer.get("value"), dict) else answer

    async def _post(self, body: Mapping[str, Any]) -> str:
        limit = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        async with self.http.post(self.bot, json=body, timeout=limit) as response:
            answer = await response.text()
            if not 200 <= response.status < 300:
                raise WrongReply(f"status {response.status}")
            return answer

    def _activity(self, kind: str, locale: str) -> dict[str, Any]:
        self._said += 1
        return {
            "type": kind,
            "id": f"{self.name}-{time.time_ns()}-{self._said}",
            "timestamp": "2027-01-12T14:00:00.000Z",
            "localTimestamp": "2027-01-12T09:00:00.000-05:00",
            "localTimezone": "America/Panama",
            "channelId": "msteams",
            "serviceUrl": self.channel.url,
            "from": {"id": f"29:{self.name}", "name": self.name, "aadObjectId": f"aad-{self.name}"},
            "recipient": {"id": "28:bot", "name": "IBC-HM"},
            "conversation": {
                "id": f"a:{self.name}",
                "conversationType": "personal",
                "tenantId": "tenant",
            },
            "channelData": {"tenant": {"id": "tenant"}},
            "entities": [
                {
                    "type": "clientInfo",
                    "locale": locale,
                    "country": "PA",
                    "platform": "Web",
                    "timezone": "America/Panama",
                }
            ],
            "locale": locale,
        }


async def take_turns(channel: Channel, order: Mapping[str, Any]) -> dict[str, Any]:
    """Let so many users take so many turns in all; each waits for the reply before the next.

    The order names `port`, `talk`, `users` and `turns`.
    """
    talk = TALKS[order["talk"]]
    each = max(1, order["turns"] // order["users"])
    bot = f"http://127.0.0.1:{order['port']}/api/messages"

    async def use(user: User, number: int) -> int:
        done = begun = 0
        while done < each:
            done += await talk(user, number + begun)
            begun += 1
        return done

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        users = [User(f"user-{number}", bot, channel, http) for number in range(order["users"])]
        began_at, cpu = time.perf_counter(), time.process_time()
        done = await asyncio.gather(*(use(user, number) for number, user in enumerate(users)))
        seconds = time.perf_counter() - began_at
        return {
            "turns": sum(done),
            "seconds": seconds,
            "own_cpu": time.process_time() - cpu,
            "replied": [reply for user in users for reply in user.replied],
        }


async def first_answer(channel: Channel, order: Mapping[str, Any]) -> dict[str, Any]:
    """When the first answer of a bot is here, by the monotonic clock that all processes share."""
    await take_turns(channel, {**order, "users": 1, "turns": 1})
    return {"answered_at": time.monotonic()}


ORDERS: dict[str, Callable[[Channel, Mapping[str, Any]], Awaitable[dict[str, Any]]]] = {
    "turns": take_turns,
    "first answer": first_answer,
}


async def serve() -> None:
    """Do orders until stdin ends."""
    channel, loop = Channel(), asyncio.get_running_loop()
    await channel.start()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        try:
            result = await ORDERS[order["do"]](channel, order)
        except (WrongReply, aiohttp.ClientError, TimeoutError, ValueError) as error:
            result = {"wrong": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve())
