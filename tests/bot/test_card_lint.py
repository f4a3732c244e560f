"""Every card that the product draws, in each language, can be used by all: on phones, typed, read.

The cards are collected from whole conversations, so that what is drawn is what members get.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.commands import COMMANDS
from bot.router import Router
from language.folding import bare, fold
from language.texts import LANGUAGES, texts
from tests.bot.talking import (
    ADMIN,
    ANA,
    BEN,
    IRIS,
    SECRETARIAT,
    TEAM,
    Talk,
    cards_of,
    parts_of,
    text_of,
    visible_of_card,
)

#: What a form's buttons say is no command; its card prints how to type them.
FORM_WORDS = ("yes-words", "cancel-words", "back-words")


def commands_of(language: str) -> dict[str, str]:
    t = texts(language)
    return {command.name: t.words(f"command-{command.key}")[0] for command in COMMANDS}


async def journey(talk: Talk, language: str) -> list[dict[str, Any]]:
    """One conversation through everything; gives the messages and answered cards."""
    t, say = texts(language), commands_of(language)
    yes, skip, back, cancel = (
        t.words(f"{name}-words")[0] for name in ("yes", "skip", "back", "cancel")
    )
    drawn: list[dict[str, Any]] = []

    async def tell(who, *lines, place=""):
        for line in lines:
            answer = await talk.say(who, line, place=place, locale=language)
            drawn.extend(answer.sent)
        return answer

    async def press(who, data, **inputs):
        answer = await talk.press(who, data, locale=language, **inputs)
        card = answer.body["value"] if answer.body["type"].endswith("card.adaptive") else None
        if card:
            message = {"summary": card.get("fallbackText"), "attachments": [{"content": card}]}
            drawn.append(message)
        drawn.extend(answer.sent)
        return answer

    await tell(ANA, say["help"], say["meetings"], say["requests"], say["documents"])
    await tell(ANA, say["minutes"], say["members"], f"{say['members']} UNICEF", say["secretariat"])
    await tell(ANA, say["help"], place=TEAM)
    for name in ("request", "meetings schedule", "minutes circulate", "file", "language"):
        await tell(ADMIN, say[name], cancel)
    for name in ("minutes comment", "meetings move", "meetings cancel", "request accept"):
        await tell(ADMIN, say[name], cancel)
    for name in ("members import", "request decline", "channel for", "request withdraw"):
        await tell(ADMIN, say[name], cancel)
    request = (say["request"], "4a", "Training", "Two days", "Panama", "2", "no", "31/12/2027")
    await tell(ANA, *request, back, skip, yes)
    await tell(ANA, say["requests"], f"{say['request']} SR-2027-0001")
    await tell(IRIS, say["requests"], f"{say['request accept']} SR-2027-0001")
    await tell(IRIS, f"{say['request show']} SR-2027-0001")
    await tell(ANA, f"{say['meetings schedule']} Co-chairs 05/06/2027 10:00", "1", cancel)
    await tell(ANA, f"{say['meetings schedule']} Regular 2027-01-12 10:00", "60", "Room 5", yes)
    await tell(ANA, f"{say['meetings schedule']} Ad hoc 2027-01-20 10:00", "60", skip, yes)
    await tell(ANA, say["meetings"], f"{say['meeting']} 1")
    await tell(BEN, say["meetings"], f"{say['meeting']} 1")
    await tell(ANA, f"{say['meetings move']} 2 2027-01-21 10:00", yes)
    await tell(ANA, f"{say['meetings cancel']} 2", yes, f"{say['meeting']} 2")
    await talk.clock(timedelta(days=7, hours=23, minutes=30))
    await talk.clock(timedelta(hours=5))
    await tell(ANA, f"{say['meeting']} 1", f"{say['minutes circulate']} 1 Agreed.", yes)
    await tell(BEN, f"{say['minutes comment']} 1 Add the venue")
    shown = await tell(BEN, f"{say['minutes']} 1")
    await press(BEN, shown.buttons[t("button-comment")], comment="On a card")
    await talk.clock(timedelta(days=6))
    await tell(BEN, f"{say['minutes comment']} 1 Late", say["minutes"])
    await tell(BEN, f"{say['file']} https://example.org/a.pdf Reports", say["documents"])
    await talk.work()
    await tell(BEN, say["documents"])
    await tell(ADMIN, say["deliveries"])
    await tell(ANA, say["request"], say["file"], cancel)
    drawn += [sent.body for sent in talk.connector.sent]
    return drawn


_collected: dict[str, list[dict[str, Any]]] = {}


@pytest.fixture(params=LANGUAGES)
async def messages(team, request) -> tuple[str, list[dict[str, Any]]]:
    """A language, and all that is drawn in it: collected once for all tests."""
    if request.param not in _collected:
        drawn = await journey(team, request.param)
        unique = {json.dumps(message, sort_keys=True): message for message in drawn}
        _collected[request.param] = list(unique.values())
    return request.param, _collected[request.param]


def cards(messages) -> Iterator[tuple[dict[str, Any], str]]:
    for message in messages:
        for card in cards_of(message):
            yield card, text_of(message)


def typed(text: str) -> set[str]:
    """What a text says can be typed."""
    return {fold(words) for words in re.findall(r"(?:\*\*|`)([^*`]+)(?:\*\*|`)", text)}


async def test_cards_are_fit_for_every_client(messages):
    language, drawn = messages
    found = list(cards(drawn))
    assert len(found) > 40
    problems = [problem for card, text in found for problem in lint(card, text, language)]
    assert not problems, "\n".join(sorted(set(problems)))


def lint(card: dict[str, Any], text: str, language: str) -> Iterator[str]:
    """What is wrong with a card, one sentence each."""
    head = " ".join(visible_of_card(card)[:40].split())
    if card["version"] != "1.5":
        yield f"{head}: version {card['version']}"
    if not text or card.get("fallbackText") in (None, ""):
        yield f"{head}: no text for those who see no card"
    yield from lint_body(card, text, head)
    yield from lint_buttons(card, language, head)


def lint_body(card: dict[str, Any], text: str, head: str) -> Iterator[str]:
    plain = re.sub(r"[*`_]|\s", "", text)
    for part in parts_of(card):
        kind = part["type"]
        if kind == "TextBlock" and part.get("wrap") is not True:
            yield f"{head}: no wrap on {part['text'][:30]}"
        if kind == "TextBlock" and re.search(r"^\s*(#|\|.*\|)", part["text"], re.MULTILINE):
            yield f"{head}: a heading or a table in {part['text'][:30]}"
        if kind == "TextBlock" and "`" in part["text"]:
            yield f"{head}: a code span in {part['text'][:30]}"
        if kind.startswith("Input.") and not part.get("label"):
            yield f"{head}: no label on {part['id']}"
        if kind == "Image" and not str(part.get("url")).startswith("https://"):
            yield f"{head}: an image without url"
        for fact in part.get("facts") or []:
            if re.sub(r"[*`_]|\s", "", fact["value"]) not in plain:
                yield f"{head}: the text lacks {fact['title']}: {fact['value'][:30]}"


def lint_buttons(card: dict[str, Any], language: str, head: str) -> Iterator[str]:
    router, shown = Router(COMMANDS), typed(visible_of_card(card))
    form_words = {bare(way) for key in FORM_WORDS for way in texts(language).words(key)}
    actions = card.get("actions") or []
    if len(actions) > 6:
        yield f"{head}: {len(actions)} buttons, and Teams shows six"
    for action in actions:
        says = action["data"].get("say")
        if action["type"] != "Action.Execute" or action["fallback"]["type"] != "Action.Submit":
            yield f"{head}: {action['title']} works in one kind of client only"
        if action["fallback"]["data"] != action["data"]:
            yield f"{head}: {action['title']} says something else on old clients"
        if action["data"].get("form"):
            if says and not says.isdigit() and bare(says) not in form_words:
                yield f"{head}: {action['title']} says {says}, which no form knows"
            continue
        means = meaning(router, says or "")
        if not means[0]:
            yield f"{head}: {action['title']} says {says}, which is no command"
        if not any(meaning(router, way)[0] & means[0] for way in shown):
            yield f"{head}: {says} is not printed"
        if means[1] and not any(fold(says) in way for way in shown):
            yield f"{head}: {says} is not printed with its number"


def meaning(router: Router, words: str) -> tuple[set[str], str]:
    """The commands that words begin with, the longest way, and what is left of the words."""
    tokens = fold(words).split()
    for length in range(len(tokens), 0, -1):
        if found := router._by_words.get(" ".join(tokens[:length])):
            return {command.name for command, _ in found}, " ".join(tokens[length:])
    return set(), ""


async def test_messages_are_small_enough_for_teams(messages):
    """L9: 80 KB."""
    sizes = [len(json.dumps(message, ensure_ascii=False).encode()) for message in messages[1]]
    assert max(sizes) < 80_000


async def test_nothing_that_is_shown_is_a_key_or_an_unfilled_place(messages):
    """R14: no untranslated key, no failing placeholder."""
    keys = {key for key, said in texts("en").sentences.items() if key not in said}
    for message in messages[1]:
        for text in [text_of(message), *(visible_of_card(card) for card in cards_of(message))]:
            assert not re.search(r"\{\w+\}", text), text
            assert not {word for word in text.split() if "-" in word} & keys, text


async def test_posts_in_channels_are_in_the_teams_language(messages):
    language, drawn = messages
    posts = [
        message
        for message in drawn
        if message.get("conversation", {}).get("id") in (TEAM, SECRETARIAT)
        and "replyToId" not in message
    ]
    assert len(posts) >= 5
    other = {"es": "reunión", "pt": "reunião"}.get(language)
    assert not any(other and other in text_of(post).lower() for post in posts)
