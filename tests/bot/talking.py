"""Transcripts: members who talk to the whole product over its own door, on loopback.

A test reads as who said what, and what came back. Outgoing messages are what really reached the
channel's REST interface.
"""

import itertools
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from coalition.members import Person, Seat
from composition import Product, build
from settings import Settings
from tests.bot.teams_edge import FakeConnector

TEAM = "19:general@thread.tacv2"
SECRETARIAT = "19:secretariat@thread.tacv2"
GROUP = "19:group@unq.gbl.spaces"
BOT = {"id": "28:bot", "name": "IBC-HM"}
#: Monday 4 January 2027, 9:00 in Panama: IOM's quarter.
START = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Member:
    """Somebody with an entity, as the import knows them."""

    id: str
    name: str
    entity: str
    seat: Seat = Seat.REPRESENTATIVE

    @property
    def account(self) -> dict[str, str]:
        return {"id": f"29:{self.id}", "aadObjectId": self.id, "name": self.name}


ANA = Member("aad-ana", "Ana Pérez", "UNICEF")
BEN = Member("aad-ben", "Ben Okello", "WFP")
IRIS = Member("aad-iris", "Iris Gómez", "IOM")
RITA = Member("aad-rita", "Rita", "", Seat.OBSERVER)
ADMIN = Member("aad-admin", "Adela", "", Seat.OBSERVER)


@dataclass
class Answer:
    """What came back: the HTTP status, an invoke's body, and the activities that were sent."""

    status: int
    body: Any
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def said(self) -> str:
        """All that was said: texts, or a card's whole text."""
        return "\n".join(text_of(activity) for activity in self.sent) or text_of_card(self.card)

    @property
    def card(self) -> dict[str, Any]:
        """The card of an invoke's answer, else of the last message."""
        if isinstance(self.body, dict) and isinstance(self.body.get("value"), dict):
            return dict(self.body["value"])
        cards = [card for activity in self.sent for card in cards_of(activity)]
        return cards[-1] if cards else {}

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """The data of the card's buttons by their titles."""
        return {action["title"]: action["data"] for action in self.card.get("actions", [])}

    @property
    def inputs(self) -> list[str]:
        """The names of the card's fields."""
        return [part["id"] for part in parts_of(self.card) if part["type"].startswith("Input.")]


def text_of(activity: Mapping[str, Any]) -> str:
    return str(activity.get("text") or activity.get("summary") or "")


def text_of_card(card: Mapping[str, Any]) -> str:
    return str(card.get("fallbackText") or "")


def cards_of(activity: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [attached["content"] for attached in activity.get("attachments") or []]


def parts_of(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every element of a card's body, those in containers too."""
    found: list[dict[str, Any]] = []
    waiting: list[Any] = list(card.get("body") or [])
    while waiting:
        part = waiting.pop(0)
        found.append(part)
        waiting += part.get("items") or []
    return found


def visible_of(activity: Mapping[str, Any]) -> str:
    """What a member sees of a message: its text, and the words drawn on its cards."""
    seen = [str(activity.get("text") or "")]
    seen += [visible_of_card(card) for card in cards_of(activity)]
    return "\n".join(part for part in seen if part)


def visible_of_card(card: Mapping[str, Any]) -> str:
    """The words drawn on a card."""
    seen = []
    for part in parts_of(card):
        seen.append(str(part.get("text") or ""))
        seen += [f"{fact['title']}: {fact['value']}" for fact in part.get("facts") or []]
    return "\n".join(part for part in seen if part)


class Talk:
    """The product with its database in a folder, and a channel that records."""

    def __init__(self, folder: Path, start: datetime) -> None:
        self._folder = folder
        self._start = start
        self._stack = AsyncExitStack()
        self._ids = itertools.count(1)
        self.product: Product
        self.connector: FakeConnector
        self._client: TestClient[Any, Any]

    async def __aenter__(self) -> "Talk":
        self.connector = await FakeConnector().start()
        self._stack.push_async_callback(self.connector.close)
        settings = Settings(
            DATA_FOLDER=self._folder,
            SANDBOX_PORT=0,
            CLOCK=self._start.isoformat(),
            ADMINISTRATORS="aad-admin",
            _env_file=None,
        )
        self.product = await self._stack.enter_async_context(build(settings, migrates=True))
        server = TestServer(self.product.application())
        self._client = await self._stack.enter_async_context(TestClient(server))
        await self._seed()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    async def _seed(self) -> None:
        async with self.product.database.unit_of_work() as unit:
            for member in (ANA, BEN, IRIS, RITA):
                await unit.people.add(Person(member.id, member.name, member.entity, member.seat))

    async def install(self, place: str = TEAM, who: Member = ANA) -> Answer:
        """Add the bot to a team or a personal chat."""
        activity = self._activity("conversationUpdate", who, place, "en-US")
        activity["membersAdded"] = [BOT]
        return await self._post(activity)

    async def say(
        self,
        who: Member,
        text: str,
        *,
        place: str = "",
        locale: str = "en-US",
        zone: str = "America/Panama",
        id: str = "",
        attachments: list[dict[str, Any]] | None = None,
        value: dict[str, Any] | None = None,
    ) -> Answer:
        """A member writes, in the personal chat unless a place is named."""
        activity = self._activity("message", who, place, locale) | {"localTimezone": zone}
        activity |= {"text": text, "id": id or activity["id"]}
        if place:
            mention = {"type": "mention", "mentioned": BOT, "text": "<at>IBC-HM</at>"}
            activity |= {"text": f"<at>IBC-HM</at> {text}", "entities": [mention]}
        if attachments:
            activity["attachments"] = attachments
        if value is not None:
            activity |= {"value": value, "text": None}
        return await self._post(activity)

    async def tell(self, who: Member, *texts: str, **where: Any) -> Answer:
        """A member writes several messages, one after the other; the last answer comes back."""
        answers = [await self.say(who, text, **where) for text in texts]
        return answers[-1]

    async def press(
        self,
        who: Member,
        data: Mapping[str, Any],
        *,
        place: str = "",
        locale: str = "en-US",
        id: str = "",
        **inputs: str,
    ) -> Answer:
        """A member presses a button of a card, with what they filled in."""
        activity = self._activity("invoke", who, place, locale)
        action = {"type": "Action.Execute", "verb": "say", "data": {**data, **inputs}}
        activity |= {
            "name": "adaptiveCard/action",
            "value": {"action": action},
            "id": id or activity["id"],
        }
        return await self._post(activity)

    async def clock(self, by: timedelta) -> list[dict[str, Any]]:
        """Let time pass, do what falls due, and give what was sent."""
        before = len(self.connector.sent)
        workplace = self.product.bot._workplace
        assert workplace.move_clock
        await workplace.move_clock(by)
        return [sent.body for sent in self.connector.sent[before:]]

    async def clock_on(self, minutes: int) -> list[dict[str, Any]]:
        """Let minutes pass."""
        return await self.clock(timedelta(minutes=minutes))

    async def at(self, when: datetime) -> list[dict[str, Any]]:
        """Let it become `when`, do what falls due, and give what was sent."""
        return await self.clock(when - self.product.clock())

    async def events(self) -> Sequence[Any]:
        """What stands in the joint calendar of the sandbox."""
        now = self.product.clock()
        return await self.product.graph.calendar.view(
            now - timedelta(days=60), now + timedelta(days=300)
        )

    async def work(self) -> list[dict[str, Any]]:
        """Do what is due now, and give what was sent."""
        return await self.clock(timedelta())

    def _activity(self, kind: str, who: Member, place: str, locale: str) -> dict[str, Any]:
        shared = "channel" if "@thread.tacv2" in place else "groupChat"
        conversation: dict[str, Any] = {
            "id": place or f"a:{who.id}",
            "conversationType": shared if place else "personal",
            "isGroup": bool(place),
            "tenantId": "tenant",
        }
        in_team = {"team": {"id": TEAM}, "channel": {"id": place.partition(";")[0]}}
        channel = in_team if place and shared == "channel" else {}
        return {
            "type": kind,
            "id": f"activity-{next(self._ids)}",
            "channelId": "msteams",
            "serviceUrl": self.connector.url,
            "from": who.account,
            "recipient": BOT,
            "conversation": conversation,
            "channelData": {"tenant": {"id": "tenant"}, **channel},
            "locale": locale,
            "localTimezone": "America/Panama",
        }

    async def _post(self, activity: dict[str, Any]) -> Answer:
        before = len(self.connector.sent)
        async with self._client.post("/api/messages", json=activity) as response:
            text = await response.text()
            body = await response.json() if text else None
        return Answer(response.status, body, [sent.body for sent in self.connector.sent[before:]])
