"""Values as plain JSON and back: dataclasses, tuples, sets, mappings, enumerations, dates, times.

Instants are written in UTC and refused without a zone. A type that JSON would not bring back
unchanged is refused when its decoder is made, before anything is stored.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NewType,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from zoneinfo import ZoneInfo

Decode: TypeAlias = Callable[[Any], Any]

UNCHANGED = (str, int, float, bool, NoneType, object)
WRITTEN: dict[type, Decode] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    timedelta: lambda seconds: timedelta(seconds=seconds),
    Decimal: Decimal,
    ZoneInfo: ZoneInfo,
}
#: What a column that is not JSON gives back by itself.
NATIVE = (datetime, date, time, timedelta, Decimal)


def to_plain(value: Any) -> Any:
    """`value` as JSON's own types. TypeError for a type that is not known here."""
    match value:
        case Enum():
            return value.value
        case None | str() | bool() | int() | float():
            return value
        case datetime():
            return _instant(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() | ZoneInfo():
            return str(value)
        case Mapping():
            return {_key(key): to_plain(item) for key, item in value.items()}
        case AbstractSet():
            return sorted((to_plain(item) for item in value), key=str)
        case Iterable():
            return [to_plain(item) for item in value]
    if is_dataclass(value):
        return {name: to_plain(getattr(value, name)) for name in _names(value.__class__)}
    raise TypeError(f"{type(value).__name__} cannot be stored as JSON")


@cache
def decoder(hint: Any, *, native: bool = False) -> Decode | None:
    """What turns plain JSON into the hinted type; None when nothing has to be done.

    `native`: the value comes from a column of its own type, so dates are dates already.
    TypeError for a hint that cannot be brought back.
    """
    if isinstance(hint, NewType):
        return decoder(hint.__supertype__, native=native)
    origin = get_origin(hint)
    if hint is Any or hint in UNCHANGED or origin is Literal:
        return None
    if origin in (Union, UnionType):
        return _optional(hint, native)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if native and hint in NATIVE:
        return None
    if hint in WRITTEN:
        return WRITTEN[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass(hint)
    return _collection(hint, origin or hint)


def _optional(hint: Any, native: bool) -> Decode | None:
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    decoders = [decoder(kind, native=native) for kind in kinds]
    if all(decode is None for decode in decoders):
        return None
    if len(kinds) > 1:
        raise TypeError(f"{hint}: JSON would not tell which of these it is")
    (decode,) = decoders
    assert decode is not None  # noqa: S101 - the line above the union check says so
    return lambda value: None if value is None else decode(value)


def _dataclass(kind: type) -> Decode:
    @cache
    def makers() -> list[tuple[str, Decode | None]]:
        hints = get_type_hints(kind)
        return [(name, decoder(hints[name])) for name in _names(kind)]

    def build(value: Mapping[str, Any]) -> Any:
        # A field that was added after the row was stored takes its default.
        return kind(
            **{
                name: decode(value[name]) if decode else value[name]
                for name, decode in makers()
                if name in value
            }
        )

    return build


def _collection(hint: Any, origin: Any) -> Decode | None:
    arguments = get_args(hint)
    if not isinstance(origin, type):
        raise TypeError(f"{hint} cannot be stored as JSON")
    if issubclass(origin, tuple) and arguments and arguments[-1] is not Ellipsis:
        return _fixed_tuple(arguments)
    if issubclass(origin, Mapping):
        return _mapping(arguments or (str, Any))
    for kind, made in ((tuple, tuple), (frozenset, frozenset), (list, list), (set, set)):
        if issubclass(origin, kind):
            return _many(made, decoder(arguments[0]) if arguments else None)
    if origin.__module__ == "collections.abc" and issubclass(origin, Iterable):
        made_for = frozenset if issubclass(origin, AbstractSet) else tuple
        return _many(made_for, decoder(arguments[0]) if arguments else None)
    raise TypeError(f"{hint} cannot be stored as JSON")


def _many(made: Callable[[Iterable[Any]], Any], decode: Decode | None) -> Decode:
    if decode is None:
        return made
    return lambda values: made(decode(value) for value in values)


def _fixed_tuple(arguments: tuple[Any, ...]) -> Decode:
    decoders = [decoder(argument) for argument in arguments]
    return lambda values: tuple(
        decode(value) if decode else value for decode, value in zip(decoders, values, strict=True)
    )


def _mapping(arguments: tuple[Any, ...]) -> Decode:
    key, item = decoder(arguments[0]), decoder(arguments[1])
    if arguments[0] is int:
        key = int
    return lambda values: {
        (key(name) if key else name): (item(value) if item else value)
        for name, value in values.items()
    }


def _instant(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError(f"an instant needs a zone: {value!r}")
    return value.astimezone(UTC).isoformat()


def _key(key: Any) -> str:
    return str(to_plain(key))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)
