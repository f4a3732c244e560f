"""What a member does in the Playground's page, as verbs: open, say, press, fill, look.

The Playground has no ids to hold on to: everything is found by role and label, as a screen reader
would find it.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from playwright.sync_api import Locator, Page

PATIENCE = 30.0  # seconds that an answer may take; nothing is asserted about the time itself

# Its editor writes messages; the log panel's lines can be edited too, and are not meant.
COMPOSE = "[data-lexical-editor=true]"

Words = str | re.Pattern[str]


def holds(text: str, words: Words) -> bool:
    """Whether `words` stand in `text`; plain words match in any case."""
    if isinstance(words, str):
        return words.lower() in text.lower()
    return words.search(text) is not None


@dataclass(frozen=True)
class Message:
    """One message of the bot, text or card."""

    at: Locator

    def text(self) -> str:
        """What it says, as shown."""
        return self.at.inner_text()

    def press(self, button: Words) -> None:
        """Press a button of its card."""
        self.at.get_by_role("button", name=button).first.click()

    def fill(self, answers: Mapping[str, str]) -> None:
        """Write into the inputs of its card, by label; dates as 1/31/2027, times as 09:00."""
        for label, answer in answers.items():
            box = self.at.get_by_label(label).first
            box.fill(answer)
            if box.get_attribute("role") == "combobox":
                box.press("Tab")  # a date or a time counts once its box is left

    def choose(self, label: str, choice: str) -> None:
        """Open the list of that label and take one choice."""
        self.at.get_by_role("combobox", name=label).first.click()
        self.at.page.get_by_role("option", name=choice).first.click()

    def tick(self, choice: str) -> None:
        """Tick one choice of an open list."""
        box = self.at.get_by_role("checkbox", name=choice)
        box.or_(self.at.get_by_role("radio", name=choice)).first.check()

    def becomes(self, words: Words) -> "Message":
        """Wait until it says that: a card that is replaced, or updated."""
        wait_until(lambda: holds(self.text(), words), lambda: f"{words!r} in {self.text()!r}")
        return self


@dataclass(frozen=True)
class Place:
    """A chat or a thread: where something is said and answered."""

    page: Page
    bot: str
    scope: Locator

    def messages(self) -> Locator:
        """Everything that the bot has said here, oldest first."""
        avatar = f"*[@role='img' and @aria-label={quoted(self.bot)}]"
        elsewhere = "ancestor::*[@role='treeitem' or @role='menuitem']"
        posted = "ancestor::*[starts-with(@id, 'fui-CardHeader')]"
        answers = f".//{avatar}[not({elsewhere}) and not({posted})]/../.."
        posts = f".//{avatar}[{posted}]/ancestor::*[@role='group'][1]"
        return self.scope.locator(f"xpath={answers} | {posts}")

    def write(self, text: str, mention: bool) -> None:
        """Type into the compose box here and send, after a mention of the bot if asked."""
        compose(self.page, self.scope.locator(COMPOSE).last, text, mention, self.bot)
        self.scope.get_by_role("button", name="Send Message").last.click()

    def answer(self, words: Words = "", since: int = 0) -> Message:
        """The bot's first message from number `since` on that holds `words`; waits for it."""
        places: list[int] = []

        def look() -> bool:
            said = self.said()[since:]
            places.extend(since + n for n, text in enumerate(said) if holds(text, words))
            return bool(places)

        wait_until(look, lambda: f"{words!r} in {self.said()[since:]!r}")
        return Message(self.messages().nth(places[0]))  # by its place: cards are drawn anew

    def said(self) -> list[str]:
        """The texts of all that the bot has said here."""
        return [message.inner_text() for message in self.messages().all()]


@dataclass(frozen=True)
class Chat(Place):
    """The personal chat, or the group chat, where the bot listens only when it is mentioned."""

    mentions: bool = False

    def say(self, text: str, expect: Words = "") -> Message:
        """Say something and return the bot's answer that holds `expect`."""
        before = self.messages().count()
        self.write(text, self.mentions)
        return self.answer(expect, before)


@dataclass(frozen=True)
class Channel:
    """A channel of the team: posts that start threads."""

    page: Page
    bot: str

    def threads(self) -> Locator:
        """All threads, the newest first."""
        more = self.page.get_by_role("button", name="Show more information")
        return self.page.get_by_role("group").filter(has=more)

    def post(self, text: str, expect: Words = "") -> Place:
        """Start a thread that mentions the bot; returns it when the bot's answer holds `expect`."""
        box = self.page.locator(COMPOSE).first
        compose(self.page, box, text, True, self.bot)
        self.page.get_by_role("button", name="Post", exact=True).click()
        thread = self.thread(text)
        thread.answer(expect)
        return thread

    def thread(self, words: Words) -> Place:
        """The newest thread that holds `words`; waits for it."""
        found = self.threads().filter(has_text=words)
        wait_until(lambda: found.count() > 0, lambda: f"{words!r} in {self.said()!r}")
        return Place(self.page, self.bot, found.first)

    def said(self) -> list[str]:
        """The texts of all threads."""
        return [thread.inner_text() for thread in self.threads().all()]


@dataclass(frozen=True)
class OtherMember:
    """A member who doesn't sit at the page; the Playground sends what they say."""

    page: Page
    account: Mapping[str, str]

    def says(self, text: str, conversation: str, **more: Any) -> None:
        """Say something in a conversation of that id; `more` are further fields of the activity."""
        self._send({"type": "message", "text": text, "textFormat": "plain", **more}, conversation)

    def mentions(self, bot: str, text: str, conversation: str) -> None:
        """Say something after a mention of the bot, as channels and group chats ask for."""
        at = f"<at>{bot}</at>"
        mentioned = {**space_of(self.page)["bot"], "name": bot}
        mention = {"type": "mention", "mentioned": mentioned, "text": at}
        self.says(f"{at} {text}", conversation, entities=[mention])

    def presses(self, card: str, action: Mapping[str, Any], conversation: str) -> None:
        """Press a button of the card in the message of that id."""
        value = {"action": {"type": "Action.Execute", **action}}
        invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
        self._send({**invoke, "replyToId": card}, conversation)

    def _send(self, activity: Mapping[str, Any], conversation: str) -> None:
        server = urljoin(self.page.url, "/_internal/v1/customActivities")
        place, *_ = conversation.split(";")
        wanted: dict[str, str | float | bool] = {"conversationId": place, "type": "install"}
        pattern = self.page.request.get(f"{server}/template", params=wanted).json()
        for key in ("action", "type", "entities"):
            del pattern[key]
        pattern["conversation"]["id"] = conversation
        sent = {**pattern, "id": str(uuid4()), "from": dict(self.account), **activity}
        assert self.page.request.post(server, data=sent).ok


@dataclass(frozen=True)
class TeamsClient:
    """The page of the Playground, with the coalition's team in it."""

    page: Page
    bot: str
    team: str
    pictures: Path

    def personal_chat(self) -> Chat:
        """Open the chat with the bot alone."""
        self._open("Personal Chat")
        return Chat(self.page, self.bot, self.page.locator("body"))

    def group_chat(self) -> Chat:
        """Open the group chat."""
        self._open(re.compile("group chat", re.IGNORECASE))
        return Chat(self.page, self.bot, self.page.locator("body"), mentions=True)

    def channel(self, name: str) -> Channel:
        """Open a channel of the team."""
        self._open(f"{self.team} - {name}")
        return Channel(self.page, self.bot)

    def other_member(self, name: str) -> OtherMember:
        """Another member of the team, by the name that the Playground shows."""
        (user,) = [one for one in space_of(self.page)["users"] if one["name"] == name]
        account = {key: user[key] for key in ("id", "name", "aadObjectId")}
        return OtherMember(self.page, account)

    def general_id(self) -> str:
        """The id of the General channel's conversation."""
        return str(space_of(self.page)["teams"][0]["id"])

    def group_chat_id(self) -> str:
        """The id of the group chat's conversation."""
        return str(space_of(self.page)["groupChats"][0]["id"])

    def picture(self, name: str) -> Path:
        """Keep a screenshot as `name`.png and return its path."""
        path = self.pictures / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def _open(self, name: Words) -> None:
        self.page.get_by_role("treeitem", name=name).click()
        self.page.locator(COMPOSE).first.wait_for()


def space_of(page: Page) -> dict[str, Any]:
    """The members and places of the Playground, as it tells its own page."""
    answer = page.request.get(urljoin(page.url, "/_internal/v1/config")).json()
    space: dict[str, Any] = answer["config"]
    return space


def compose(page: Page, box: Locator, text: str, mention: bool, bot: str) -> None:
    """Type into a compose box. Lines are joined: the Playground loses line breaks."""
    box.click()
    if mention:
        page.keyboard.type("@")
        page.get_by_role("menuitem", name=bot).first.click()
        # The editor takes the mention in after the click; what is typed before that replaces it.
        wait_until(lambda: bot in box.inner_text(), lambda: f"{bot} in {box.inner_text()!r}")
        page.keyboard.type(" ")
    page.keyboard.insert_text(" ".join(text.splitlines()))


def wait_until(condition: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    """Return when `condition` holds; fails with what was hoped for when patience ends."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {otherwise()}")
        time.sleep(0.1)


def quoted(text: str) -> str:
    """`text` as a string of XPath, which knows no escapes."""
    return f'"{text}"' if "'" in text else f"'{text}'"
