"""Readers of numbers, texts, choices and links in a member's words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from coalition.errors import Unreadable
from dialogs.slots import Asking, Kept, Option
from language.folding import bare, fold


class Plain:
    """What most readers share: the value is JSON already and shows as it is."""

    lines: int = 1

    def options(self, asking: Asking) -> Sequence[Option]:
        return ()

    def keep(self, value: Any) -> Kept:
        return value

    def kept(self, kept: Kept) -> Any:
        return kept

    def show(self, value: Any, asking: Asking) -> str:
        return str(value)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        return None


@dataclass(frozen=True)
class Words(Plain):
    """Any words, kept exactly as written, up to a number of characters."""

    at_most: int = 200
    lines: int = 1

    def read(self, words: str, asking: Asking) -> str:
        text = words.strip()
        if not text:
            raise Unreadable("read-empty")
        if len(text) > self.at_most:
            raise Unreadable("read-too-long", at_most=self.at_most, length=len(text))
        return text

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        return (self.read(words, asking), "") if words.strip() else None


@dataclass(frozen=True)
class Number(Plain):
    """A record's number, such as that of a meeting: `12`, `#12`, `no. 12`."""

    def read(self, words: str, asking: Asking) -> int:
        if found := self.take(words, asking):
            return int(found[0])
        raise Unreadable("read-number", words=words.strip()[:40])

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        match = re.match(
            r"\s*(?:#|n(?:o|[.]?[º°o])?\.?\s*)?(\d{1,9})\b[.:,]?\s*", words, re.IGNORECASE
        )
        return (int(match[1]), words[match.end() :]) if match else None


@dataclass(frozen=True)
class RequestNumber(Plain):
    """The number of a service request: `SR-2027-0001`, `sr 2027 1`."""

    def read(self, words: str, asking: Asking) -> str:
        if found := self.take(words, asking):
            return str(found[0])
        raise Unreadable("read-request-number", words=words.strip()[:40])

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        match = re.match(r"\s*SR[\s-]*(\d{4})[\s-]+0*(\d{1,6})\b[.:,]?\s*", words, re.IGNORECASE)
        return (f"SR-{match[1]}-{int(match[2]):04d}", words[match.end() :]) if match else None


@dataclass(frozen=True)
class OneOf(Plain):
    """One of several options, by its number in the list, its value or its words."""

    provide: Callable[[Asking], Sequence[Option]]
    unreadable: str = "read-choice"
    lines: int = 0

    def options(self, asking: Asking) -> Sequence[Option]:
        return self.provide(asking)

    def read(self, words: str, asking: Asking) -> str:
        options, said = self.provide(asking), bare(words)
        for option in options:
            if said in _ways(option):
                return option.value
        if said.isdigit() and 1 <= int(said) <= len(options):
            return options[int(said) - 1].value
        begun = [option for option in options if said and fold(option.label).startswith(said)]
        if len(begun) == 1:
            return begun[0].value
        raise Unreadable(
            self.unreadable,
            options=" · ".join(option.label for option in options),
            words=words[:40],
        )

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        said = words.split()
        for option in self.provide(asking):
            for way in sorted(_ways(option), key=len, reverse=True):
                length = len(way.split())
                if length and bare(" ".join(said[:length])) == way:
                    return option.value, " ".join(said[length:])
        return None

    def show(self, value: Any, asking: Asking) -> str:
        return next(
            (option.label for option in self.provide(asking) if option.value == value), str(value)
        )


def _ways(option: Option) -> set[str]:
    return {bare(way) for way in (option.value, option.label, *option.words)} - {""}


def _yes_no(asking: Asking) -> Sequence[Option]:
    return (
        Option("yes", asking.t("yes"), asking.t.words("yes-words")),
        Option("no", asking.t("no"), asking.t.words("no-words")),
    )


class YesNo(OneOf):
    """Yes or no, in the three languages; the value is a boolean."""

    def __init__(self) -> None:
        super().__init__(_yes_no, "read-yes-no")

    def read(self, words: str, asking: Asking) -> Any:
        return super().read(words, asking) == "yes"

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        return None

    def show(self, value: Any, asking: Asking) -> str:
        return asking.t("yes" if value else "no")


LINK = re.compile(r"<?(https?://[^\s<>\"]+)>?", re.IGNORECASE)
