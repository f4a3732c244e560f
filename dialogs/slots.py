"""Slots: the fields of a request that a member can be asked for, and what reads an answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from coalition.charter import Charter
from coalition.errors import Told
from language.texts import Texts

#: What a form keeps of an answer: plain JSON, so that it outlives a restart and an upgrade.
Kept = Any


@dataclass(frozen=True)
class Asking:
    """What a reader may know: who is asked in which language, when, where, and what is answered.

    `zone` is the speaker's IANA zone; `now` an instant; `known` the values read so far by slot.
    """

    t: Texts
    charter: Charter
    now: datetime
    zone: str
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """One of several answers: what a member may type for it, and what is shown."""

    value: str
    label: str
    words: tuple[str, ...] = ()


class Ambiguous(Told):
    """The words have several readings: the member chooses. Each candidate is what to keep, and
    its label."""

    def __init__(self, key: str, candidates: Sequence[tuple[Kept, str]], **details: Any) -> None:
        super().__init__(key, **details)
        self.candidates = tuple(candidates)


class Partial(Told):
    """The words are right but not enough; `begun` is put before the next answer."""

    def __init__(self, key: str, begun: str, **details: Any) -> None:
        super().__init__(key, **details)
        self.begun = begun


class Reader(Protocol):
    """Turns a member's words into a value, and keeps and shows the value."""

    @property
    def lines(self) -> int:
        """How much is expected: 0 a choice, 1 a line, more a text of several lines."""
        ...

    def read(self, words: str, asking: Asking) -> Any:
        """The value of the whole of the words; raises Unreadable, Ambiguous or Partial."""
        ...

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        """The value found in a command's words and the words that are left; None if there is
        none."""
        ...

    def options(self, asking: Asking) -> Sequence[Option]:
        """The answers to choose from, or nothing where any words will do."""
        ...

    def keep(self, value: Any) -> Kept:
        """The value as plain JSON."""
        ...

    def kept(self, kept: Kept) -> Any:
        """The value that was kept."""
        ...

    def show(self, value: Any, asking: Asking) -> str:
        """The value as a member reads it."""
        ...


def _always(known: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True)
class Slot:
    """A field to fill: the question's key, its reader, and whether it may be left out."""

    name: str
    asks: str
    reader: Reader
    optional: bool
    only_if: Callable[[Mapping[str, Any]], bool]

    @property
    def label_key(self) -> str:
        """The key of the field's short name."""
        return self.asks.replace("-ask-", "-label-")


def slot(
    asks: str,
    reader: Reader,
    *,
    default: Any = MISSING,
    only_if: Callable[[Mapping[str, Any]], bool] = _always,
) -> Any:
    """Declare a field of a request as a slot.

    :param asks: the key of the question; the short name's key has `-label-` in the place of
    `-ask-`.
    :param default: the value when a member leaves it out; without one the slot must be answered.
    :param only_if: whether to ask, given the values known so far.
    """
    return field(default=default, metadata={"slot": (asks, reader, only_if)})


@cache
def slots_of(request: type) -> tuple[Slot, ...]:
    """The slots of a request class in the order of its fields."""
    return tuple(_slot(described) for described in fields(request) if "slot" in described.metadata)


def _slot(described: "Field[Any]") -> Slot:
    asks, reader, only_if = described.metadata["slot"]
    return Slot(described.name, asks, reader, described.default is not MISSING, only_if)
