"""What the users of the measurement say, and what must come back for it to count as a turn."""

import itertools
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Protocol

Reply = Mapping[str, Any]


class WrongReply(Exception):
    """The bot answered with something else; measuring that would mean nothing."""


class Talker(Protocol):
    """A user with a personal chat."""

    async def say(self, text: str, locale: str = "en-US") -> Reply:
        """Write, and return the activity that came as the answer."""

    async def press(self, data: Mapping[str, Any]) -> Reply:
        """Press a card's button, and return the card that came as the answer."""


Talk = Callable[[Talker, int], Awaitable[int]]
LOCALES = ("en-US", "es-PA", "pt-BR")
_once = itertools.count(1)

QUESTIONS = (
    ("How long is the comment period for the minutes?", "en-US"),
    ("What is the quorum for decisions?", "en-US"),
    ("Who can request services?", "en-US"),
    ("¿Cada cuánto se reúne la coalición?", "es-PA"),
    ("¿Quién asume la secretaría?", "es-PA"),
    ("Quais são os objetivos da coalizão?", "pt-BR"),
)


async def echo(user: Talker, turn: int) -> int:
    """One turn with a bot that repeats what was said."""
    _require("Echo: help", await user.say("help"))
    return 1


async def ask_help(user: Talker, turn: int) -> int:
    """One turn: the help card, in each language in turn."""
    reply = await user.say("help", LOCALES[turn % len(LOCALES)])
    _require("AdaptiveCard", reply.get("attachments"))
    return 1


async def ask_question(user: Talker, turn: int) -> int:
    """One turn: a question that the documents answer, with the clause cited."""
    question, locale = QUESTIONS[turn % len(QUESTIONS)]
    _require("citation", (await user.say(question, locale)).get("entities"))
    return 1


async def file_on_card(user: Talker, turn: int) -> int:
    """Three turns: the form's card, all of it filled in and sent, and yes."""
    form = await user.say("request")
    (attached,) = form.get("attachments") or ({"content": {}},)
    filled = {name: value for name, _, value in _answers()}
    confirming = await user.press({**_button(attached["content"], 0), **filled})
    _require("SR-", await user.press(_button(confirming, 0)))
    return 3


async def file_by_words(user: Talker, turn: int) -> int:
    """Eight turns: the command, an answer to each question, and yes."""
    _require("1a", await user.say("request"))
    said: Iterator[str] = (words for _, words, _ in _answers())
    turns = 1
    for words in said:
        await user.say(words)
        turns += 1
    _require("SR-", await user.say("yes"))
    return turns + 1


def _answers() -> list[tuple[str, str, str]]:
    """The form's fields: name, what is said, what is chosen or filled in on the card."""
    subject = f"Data on mixed movements, part {next(_once)}"
    details = "Figures by border crossing and month, with sources."
    return [
        ("line", "1a", "1a"),
        ("subject", subject, subject),
        ("details", details, details),
        ("countries", "Panama, Colombia", "Panama, Colombia"),
        ("requester", "1", "resident-coordinator"),
        ("needed_on", "skip", ""),
    ]


def _button(card: Mapping[str, Any], place: int) -> dict[str, Any]:
    actions = card.get("actions") or ()
    if len(actions) <= place:
        raise WrongReply(str(card)[:300])
    return dict(actions[place]["data"])


def _require(wanted: str, reply: object) -> None:
    if wanted not in str(reply):
        raise WrongReply(f"{wanted} is missing in: {str(reply)[:300]}")


TALKS: dict[str, Talk] = {
    "echo": echo,
    "help": ask_help,
    "question": ask_question,
    "request on a card": file_on_card,
    "request by words": file_by_words,
}
