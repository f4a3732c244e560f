"""Reads the kind and the title of a meeting out of what was said behind a command."""

from collections.abc import Sequence
from typing import Any

from coalition.meetings import MeetingKind
from dialogs.readers import OneOf, Words
from dialogs.slots import Asking, Option
from language.folding import fold


def _kinds(asking: Asking) -> Sequence[Option]:
    return [
        Option(kind, asking.t(f"meeting-kind-{kind}"), asking.t.words(f"meeting-kind-words-{kind}"))
        for kind in MeetingKind
    ]


class Kind(OneOf):
    """The kind of a meeting; its words stay part of a title: "Co-chairs meeting on data"."""

    def __init__(self) -> None:
        super().__init__(_kinds)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        said = f" {fold(words)} "
        for option in self.provide(asking):
            if any(f" {fold(way)} " in said for way in (option.label, *option.words)):
                return option.value, words
        return None


#: A title that begins so is what followed "schedule a meeting": "of the co-chairs", "sobre datos".
_JOINS = {"de", "del", "da", "do", "sobre", "para", "com", "con", "on", "about", "for", "of"}


class Title(Words):
    """The title of a meeting; what was said behind the command is made one that can be read."""

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        said = words.strip()
        if not said:
            return None
        noun = asking.t("meeting-noun")
        first = fold(said.split()[0])
        adjective = asking.t.language != "en" and said[0].islower()
        if first in _JOINS or (adjective and not fold(said).startswith(fold(noun))):
            said = f"{noun} {said}"
        return self.read(said[0].upper() + said[1:], asking), ""
