"""The router: which words are a command, and which are a question to the documents."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.commands import COMMANDS
from bot.router import Router
from language.texts import LANGUAGES, texts
from tests.dialogs.asked import asking

ROUTER = Router(COMMANDS)


def find(words: str, language: str = "en") -> Any:
    return ROUTER.find(words, SimpleNamespace(asking=asking(language)))  # type: ignore[arg-type]


def name(words: str, language: str = "en") -> str | None:
    found = find(words, language)
    return found.command.name if found else None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command.key != "ask"], ids=lambda c: c.key
)
def test_example_of_the_help_is_that_command_in_every_language(language, command):
    assert name(texts(language)(f"example-{command.key}"), language) == command.name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if not command.needs_first], ids=lambda c: c.key
)
def test_every_way_to_write_a_command_is_that_command(language, command):
    for words in texts(language).words(f"command-{command.key}"):
        ended = f"{words}." if words[-1].isalnum() else words
        for said in (words, words.upper(), f"/{words}", f"  {words}  ", ended):
            assert name(said, language) == command.name, said


@pytest.mark.parametrize(
    "question",
    [
        "What is the quorum?",
        "minutes by when?",
        "meetings are held how often?",
        "members of the coalition?",
        "Who are the members of the IBC?",
        "when are the minutes circulated",
        "secretariat rotates how?",
        "requests are filed by whom?",
        "help me understand the quorum",
        "documents must be kept by whom?",
        "actas ¿en cuántos días?",
        "reuniones ¿cada cuánto?",
        "",
        "   ",
        "12",
    ],
)
def test_question_is_no_command(question):
    assert find(question) is None


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        ("minutes comment 12 Add the venue", "minutes comment", "12 Add the venue"),
        ("/minutes comment 12 Add the venue", "minutes comment", "12 Add the venue"),
        ("minutes 12", "minutes", "12"),
        ("MINUTES COMMENT 12: Add", "minutes comment", "12: Add"),
        ("request SR-2027-0001", "request show", "SR-2027-0001"),
        ("request 4a Training", "request", "4a Training"),
        ("requests", "requests", ""),
        ("meeting 3", "meeting", "3"),
        ("comentar acta 1 Falta la sede", "minutes comment", "1 Falta la sede"),
        ("solicitud 4a Capacitación", "request", "4a Capacitación"),
        ("minutes comment 1 First\n\nSecond", "minutes comment", "1 First\n\nSecond"),
    ],
)
def test_longest_command_is_found_and_the_rest_is_as_written(words, command, rest):
    found = find(words)
    assert (found.command.name, found.rest) == (command, rest)


def test_words_of_one_language_tell_the_language():
    assert find("reuniones").language == "es"
    assert find("meetings").language == "en"


def test_slash_is_told_from_plain_words():
    assert find("/help").slash
    assert not find("help").slash
    assert find("help").exact


def test_command_of_an_earlier_release_is_not_known():
    with pytest.raises(KeyError):
        ROUTER.named("minutes approve by pigeon")
