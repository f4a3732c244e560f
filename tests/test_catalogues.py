"""The catalogues: the same keys and places in every language, each used and none missing."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from bot.commands import COMMANDS
from bot.router import Router
from coalition.charter import load_charter
from coalition.meetings import MeetingKind
from coalition.members import Seat
from coalition.services import Requester, RequestState
from dialogs.slots import slots_of
from language.folding import bare
from language.texts import LANGUAGES, texts
from storage.outbox import State

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "dialogs", "jobs", "coalition", "knowledge", "manifest")
CHARTER = load_charter()


def all_texts(language: str) -> dict[str, tuple[str, ...]]:
    t = texts(language)
    return {**{key: (text,) for key, text in t.sentences.items()}, **t.plurals}


def places(forms: tuple[str, ...]) -> set[str]:
    return {place for text in forms for place in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language):
    assert set(all_texts(language)) == set(all_texts("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_the_same_places_to_fill_in_every_language(language):
    other = {key: places(forms) for key, forms in all_texts(language).items()}
    assert other == {key: places(forms) for key, forms in all_texts("en").items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_something(language):
    empty = [key for key, forms in all_texts(language).items() if not all(map(str.strip, forms))]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_a_brace_that_is_no_place(language):
    for forms in all_texts(language).values():
        for text in forms:
            text.format(**dict.fromkeys(places(forms), "x"))


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_sentences_are_translated(language):
    """Names, words to type and single words may be the same in two languages."""
    other = texts(language).sentences
    same = [
        key
        for key, text in texts("en").sentences.items()
        if other[key] == text and len(text.split()) > 3 and "words" not in key
    ]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_has_two_forms(language):
    assert all(len(forms) == 2 for forms in texts(language).plurals.values())


def strings() -> Iterator[tuple[str, bool]]:
    """Every string of the code, and the beginnings of those that are put together."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    parts = [
                        re.escape(str(part.value))
                        if isinstance(part, ast.Constant)
                        else "[a-z0-9-]+"
                        for part in node.values
                    ]
                    yield "".join(parts), True
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, False


def families() -> dict[str, list[str]]:
    """The keys that are put together while the product runs."""
    keys = [command.key for command in COMMANDS]
    slots = [slot for command in COMMANDS for slot in slots_of(command.request)]
    lines = [line for service in CHARTER.services for line in service.line_ids()]
    return {
        "command-{}": keys,
        "about-{}": keys,
        "example-{}": keys,
        "title-{}": keys,
        "confirm-{}": [command.key for command in COMMANDS if command.confirms],
        "{}": [slot.asks for slot in slots] + [slot.label_key for slot in slots],
        "meeting-kind-{}": list(MeetingKind),
        "meeting-kind-words-{}": list(MeetingKind),
        "requests-now-{}": [state for state in RequestState if state != "submitted"],
        "requester-{}": list(Requester),
        "document-failed-{}": ["gone", "host", "large", "library"],
        "seat-{}": list(Seat),
        "delivery-{}": list(State),
        "folder-{}": list(CHARTER.library),
        "purpose-{}": ["announcements", "secretariat"],
        "purpose-words-{}": ["announcements", "secretariat"],
        "line-{}": lines,
        "date-{}": ["none", "ambiguous", "contradiction"],
        "meetings-announced-{}": ["scheduled", "moved", "cancelled"],
        **{f"{kebab(states)}-{{}}": list(states) for states in said_states()},
    }


def said_states() -> list[type[StrEnum]]:
    """The states of records whose name and value make a key, such as `request-state-accepted`."""
    files = sorted((ROOT / "coalition").glob("*.py"))
    values = [value for file in files for value in vars(_module(file.stem)).values()]
    kinds = [value for value in values if isinstance(value, type) and issubclass(value, StrEnum)]
    return [kind for kind in kinds if kind.__name__.endswith("State")]


def _module(name: str) -> ModuleType:
    return import_module(f"coalition.{name}")


def kebab(states: type[StrEnum]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", states.__name__).lower()


@pytest.mark.parametrize("family", families())
def test_every_key_that_is_put_together_has_a_text(family):
    wanted = {family.format(name) for name in families()[family]}
    assert wanted <= set(all_texts("en"))


def test_every_key_that_the_code_names_has_a_text():
    """A key is what is given to `t(...)`, `Refused(...)`, `Unreadable(...)` and their like."""
    named = set()
    takers = {"t", "team_t", "Refused", "Unreadable", "say", "count", "words", "slot", "Partial"}
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in takers:
                    named |= {
                        argument.value
                        for argument in node.args[:2]
                        if isinstance(argument, ast.Constant)
                        and isinstance(argument.value, str)
                        and re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", argument.value)
                    }
    assert len(named) > 100
    assert named - set(all_texts("en")) == set()


def test_no_text_is_left_over():
    plain = {string for string, is_pattern in strings() if not is_pattern}
    patterns = [
        re.compile(string)
        for string, is_pattern in strings()
        if is_pattern and re.search("[a-z]{3}", string.replace("[a-z0-9-]+", ""))
    ]
    built = {family.format(name) for family, names in families().items() for name in names}
    hints = {slot.replace("-ask-", "-hint-") for slot in families()["{}"]}
    left = [
        key
        for key in all_texts("en")
        if key not in plain | built | hints and not any(p.fullmatch(key) for p in patterns)
    ]
    assert left == []


@pytest.mark.parametrize("kind", ["command", "about", "example", "title", "confirm"])
def test_no_text_is_left_of_a_command_that_is_gone(kind):
    known = {command.key for command in COMMANDS}
    named = {key.removeprefix(f"{kind}-") for key in all_texts("en") if key.startswith(f"{kind}-")}
    assert named - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_mean_two_commands(language):
    """Except where one of them is meant only with the number of a record behind it."""
    meanings = defaultdict(list)
    for command in COMMANDS:
        for words in texts(language).words(f"command-{command.key}"):
            meanings[bare(words) or words].append(command)
    for words, commands in meanings.items():
        without_number = [command for command in commands if not command.needs_first]
        assert len(without_number) <= 1, (words, [command.name for command in commands])


def test_no_words_of_one_language_mean_another_command_in_another():
    meanings = defaultdict(set)
    for language in LANGUAGES:
        for command in COMMANDS:
            if not command.needs_first:
                for words in texts(language).words(f"command-{command.key}"):
                    meanings[bare(words) or words].add(command.name)
    assert {words: names for words, names in meanings.items() if len(names) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_dialogue_are_no_commands_and_mean_one_thing(language):
    said = [
        {bare(way) or way for way in texts(language).words(key)}
        for key in ("yes-words", "no-words", "cancel-words", "back-words", "skip-words")
    ]
    assert sum(map(len, said)) == len(set.union(*said))
    commands = {
        bare(words) or words
        for command in COMMANDS
        for words in texts(language).words(f"command-{command.key}")
    }
    assert commands & {word for words in said for word in words} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["yes-words", "no-words"])
def test_yes_and_no_of_every_language_are_understood_in_each(language, key):
    understood = {bare(way) for way in texts(language).words(key)}
    for other in LANGUAGES:
        first = texts(other).words(key)[0]
        assert bare(first) in understood


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.key)
def test_first_words_of_a_command_are_found_by_the_router(language, command):
    words = texts(language).words(f"command-{command.key}")[0]
    found = Router(COMMANDS)._by_words
    assert any(known is command for known, _ in found.get(_folded(words), ()))


def _folded(words: str) -> str:
    from language.folding import fold

    return fold(words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command.key != "ask"], ids=lambda c: c.key
)
def test_example_of_a_command_begins_with_words_of_it(language, command):
    example = _folded(texts(language)(f"example-{command.key}"))
    ways = [_folded(words) for words in texts(language).words(f"command-{command.key}")]
    assert any(example == way or example.startswith(f"{way} ") for way in ways)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_no_headings_and_no_tables(language):
    """Teams shows neither in a card (L25)."""
    for key, forms in all_texts(language).items():
        if "words" not in key and not key.startswith("command-"):
            assert not any(re.search(r"^\s*(#|\|)", text, re.MULTILINE) for text in forms), key
