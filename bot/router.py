"""The router: the commands and their words in three languages, found in what was said."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.turn import Reply, Turn
from coalition.errors import Told
from dialogs.readers import Number, Words
from dialogs.slots import slots_of
from language.folding import bare, fold
from language.texts import LANGUAGES, texts

Handler = Callable[[Turn, Any], Awaitable[Reply]]


def _anyone(turn: Turn) -> None:
    return None


@dataclass(frozen=True)
class Command:
    """What a member can ask by name, and the handler that answers.

    `name` gives the keys of its words (`command-...`), its description (`about-...`) and an
    example (`example-...`).
    """

    name: str
    request: type
    handler: Handler
    #: Raises Refused for those who may not, before they are asked anything.
    allowed: Callable[[Turn], None] = _anyone
    #: Shows the whole request and waits for a yes before it is done.
    confirms: bool = False
    #: What the request is about, shown above the summary; raises Refused before anybody confirms.
    preview: Callable[[Turn, Any], Awaitable[str]] | None = None
    #: Raises Refused for what is known so far, before the speaker is asked for more.
    check: Callable[[Turn, Mapping[str, Any]], Awaitable[None]] | None = None
    #: Changes what is stored: the same said again within a minute is not done twice.
    writes: bool = False
    #: Doing it again does no harm, so it is done as often as it is said: what is set last, holds.
    repeatable: bool = False
    #: Meant only if its first slot is found in the words: `request SR-2027-0001`.
    needs_first: bool = False
    #: Part of the help.
    listed: bool = True
    #: Part of the lists that Teams offers beside the compose box, which hold twelve at most (L31).
    offered: bool = True
    #: Known only where the clock can be moved.
    sandbox_only: bool = False

    @property
    def key(self) -> str:
        """The part of its keys that is its own."""
        return self.name.replace(" ", "-")


@dataclass(frozen=True)
class Found:
    """A command in somebody's words, the words behind it, and the only language it is written in.

    `exact` says that nothing was left over, `slash` that it was asked for by a leading slash.
    """

    command: Command
    rest: str
    language: str | None
    exact: bool
    slash: bool


class Router:
    """Finds commands by their words, the longest first."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands: Sequence[Command] = tuple(commands)
        self._by_words: dict[str, list[tuple[Command, set[str]]]] = {}
        for command in self.commands:
            for language in LANGUAGES:
                for words in texts(language).words(f"command-{command.key}"):
                    self._learn(fold(words), command, language)
        self._longest = max(len(words.split()) for words in self._by_words)

    def _learn(self, words: str, command: Command, language: str) -> None:
        for known, languages in self._by_words.setdefault(words, []):
            if known is command:
                languages.add(language)
                return
        self._by_words[words].append((command, {language}))

    def named(self, name: str) -> Command:
        """The command of a name; KeyError where a release has none of it any more."""
        for command in self.commands:
            if command.name == name:
                return command
        raise KeyError(name)

    def find(self, words: str, turn: Turn) -> Found | None:
        """The command that the words begin with, or None.

        Words behind a command that takes none make it a question: "minutes by when?" asks the
        documents, "minutes 12" the command.
        """
        slash = words.lstrip().startswith("/")
        tokens = words.strip().lstrip("/").split()
        for length in range(min(self._longest, len(tokens)), 0, -1):
            said = " ".join(tokens[:length])
            head = bare(said) or said  # "?" is a word of its own
            rest = _behind(words, length)
            for command, languages in self._by_words.get(head, ()):
                if self._fits(command, rest, slash, turn):
                    language = next(iter(languages)) if len(languages) == 1 else None
                    return Found(command, rest, language, not rest, slash)
        return None

    def _fits(self, command: Command, rest: str, slash: bool, turn: Turn) -> bool:
        slots = slots_of(command.request)
        if not rest:
            return not command.needs_first
        if not slots:
            return slash
        first = slots[0].reader
        if command.needs_first:
            return first.take(rest, turn.asking) is not None
        return slash or _reads(command, rest, turn)


def _reads(command: Command, rest: str, turn: Turn) -> bool:
    """Whether the words behind a command's are meant for it rather than part of a question."""
    slots = slots_of(command.request)
    try:
        if any(
            slot.reader.take(rest, turn.asking)
            for slot in slots
            if not isinstance(slot.reader, Words)
        ):
            return True
    except Told:
        return True
    asks = rest.rstrip().endswith("?")
    if any(isinstance(slot.reader, Words) for slot in slots):
        return not asks
    return not asks and len(rest.split()) <= 2 and not isinstance(slots[0].reader, Number)


def _behind(words: str, length: int) -> str:
    """What stands behind the first words, with its lines as they were written."""
    rest = words.strip().lstrip("/")
    for _ in range(length):
        parts = rest.split(None, 1)
        rest = parts[1] if len(parts) > 1 else ""
    return rest.strip().lstrip(":").strip()
