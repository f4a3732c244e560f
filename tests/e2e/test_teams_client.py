"""The verbs of the journeys against a bot that only echoes: what the page really does."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from playwright.sync_api import Browser

from playground.launch import Playground
from playground.space import PlaygroundMember, Space
from tests.e2e.conftest import ARTEFACTS, open_page
from tests.e2e.needs import free_port, need_playground
from tests.e2e.teams_client import TeamsClient

pytestmark = pytest.mark.browser

OTHERS = ("IOM (Co-Chair)", "UNHCR (Co-Chair)", "WFP (Member)", "RCO", "ECLAC (Co-Chair)")
CARD = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "A form"},
        {"type": "Input.Text", "id": "title", "label": "Title"},
        {
            "type": "Input.ChoiceSet",
            "id": "kind",
            "label": "Kind",
            "choices": [{"title": "Regular", "value": "r"}, {"title": "Ad hoc", "value": "a"}],
        },
        {"type": "Input.Date", "id": "on", "label": "Day"},
        {"type": "Input.Time", "id": "at", "label": "Hour"},
        {"type": "Input.Toggle", "id": "online", "title": "Online"},
    ],
    "actions": [{"type": "Action.Execute", "title": "File", "verb": "file", "data": {"n": 7}}],
}


@dataclass
class EchoSpace:
    """A bot that echoes, and the Playground beside it, both in a thread of their own."""

    folder: Path
    heard: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    _ready: threading.Event = field(default_factory=threading.Event)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __enter__(self) -> "EchoSpace":
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        self._over = asyncio.Event()
        application = web.Application()
        application.router.add_post("/api/messages", self._answer)
        members = [PlaygroundMember.called(name) for name in ("UNICEF (Secretariat)", *OTHERS)]
        space = Space("Coalition", "Secretariat", "Echo", members[0], members[1:])
        async with TestServer(application) as bot, ClientSession() as self._session:
            endpoint = str(bot.make_url("/api/messages"))
            playground = Playground(space, self.folder, endpoint, free_port())
            await playground.start()
            self.url = playground.url
            self._ready.set()
            await self._over.wait()
            await playground.stop()

    async def _answer(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.heard.append(activity)
        if activity["type"] == "invoke":
            text = json.dumps(activity["value"]["action"], sort_keys=True)
            kind = "application/vnd.microsoft.activity.message"
            return web.json_response({"statusCode": 200, "type": kind, "value": text})
        if activity["type"] == "message" and "card" in activity["text"]:
            content = {"contentType": "application/vnd.microsoft.card.adaptive", "content": CARD}
            await self._say(activity, {"attachments": [content]})
        elif activity["type"] == "message":
            await self._say(activity, {"text": f"{activity['from']['name']}: {activity['text']}"})
        return web.Response()

    async def _say(self, activity: dict[str, Any], reply: dict[str, Any]) -> None:
        place = f"{activity['serviceUrl']}/v3/conversations/{activity['conversation']['id']}"
        url = f"{place}/activities/{activity['id']}"
        async with self._session.post(url, json={"type": "message", **reply}) as answer:
            assert answer.ok

    def last_place(self) -> str:
        """The conversation that was heard from last."""
        place: str = self.heard[-1]["conversation"]["id"]
        return place


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EchoSpace]:
    need_playground()
    with EchoSpace(tmp_path_factory.mktemp("echo")) as running:
        yield running


@pytest.fixture(scope="module")
def teams(space: EchoSpace, browser: Browser) -> Iterator[TeamsClient]:
    """The page with the echoing bot behind it, in the place of the product's."""
    page = open_page(browser, space.url)
    yield TeamsClient(page, "Echo", "Coalition", ARTEFACTS)
    page.context.close()


def test_words_in_the_personal_chat_are_answered(teams):
    assert teams.personal_chat().say("good morning").text().endswith("good morning")


def test_a_card_is_filled_and_sent(teams):
    card = teams.personal_chat().say("card", expect="A form")
    card.fill({"Title": "Regular meeting", "Day": "1/12/2027", "Hour": "09:30"})
    card.choose("Kind", "Ad hoc")
    card.tick("Online")
    card.press("File")
    sent = card.becomes('"verb": "file"').text()
    for value in ("Regular meeting", "2027-01-12", "09:30", '"kind": "a"', '"n": 7', "true"):
        assert value in sent


def test_a_post_in_a_channel_mentions_the_bot_and_starts_a_thread(teams, space):
    thread = teams.channel("Secretariat").post("file the minutes", expect="file the minutes")
    assert "<at>Echo</at>" in space.heard[-1]["text"]
    assert ";messageid=" in space.last_place()
    thread.write("and the annex", mention=True)
    assert "and the annex" in thread.answer("annex").text()
    assert len(thread.said()) == 2


def test_another_member_is_answered_in_the_same_thread(teams, space):
    channel = teams.channel("General")
    thread = channel.post("who is here", expect="who is here")
    teams.other_member("WFP (Member)").says("I am", space.last_place())
    assert "WFP (Member): I am" in thread.answer("I am").text()


def test_another_member_presses_a_button_as_themselves(teams, space):
    teams.personal_chat().say("card", expect="A form")
    place = space.last_place()
    teams.other_member("IOM (Co-Chair)").presses("1", {"verb": "file"}, place)
    for _ in range(100):
        if space.heard[-1]["type"] == "invoke":
            break
        teams.page.wait_for_timeout(100)
    assert space.heard[-1]["from"]["name"] == "IOM (Co-Chair)"


def test_the_group_chat_answers_a_mention(teams, space):
    teams.group_chat().say("agenda", expect="agenda")
    assert "<at>Echo</at>" in space.heard[-1]["text"]


def test_a_post_of_the_bot_alone_is_found(teams, space):
    channel = teams.channel("Secretariat")
    channel.post("first", expect="first")
    place = space.last_place().split(";")[0]
    connector = f"{space.url}/_connector/v3/conversations"
    reminder = {"type": "message", "text": "Reminder: the meeting is in 7 days"}
    new_thread = {"isGroup": True, "channelData": {"channel": {"id": place}}, "activity": reminder}
    assert teams.page.request.post(connector, data=new_thread).ok
    assert channel.thread("Reminder").answer("7 days")


def test_a_picture_is_kept(teams):
    teams.personal_chat()
    assert teams.picture("echo").stat().st_size > 10_000
