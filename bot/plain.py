"""Turns the SDK's models into plain JSON without losing what they do not know.

The SDK's own serialiser drops `additional_properties` of entities and accounts: citations, AI
labels and targeted recipients never reach the wire.
"""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, cast

from msrest.serialization import Model


def plain(value: Any) -> Any:
    """Return a value as what `json.dumps` takes: models by their wire names, without nulls."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Model):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): plain(child) for key, child in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(child) for child in value]
    return _scalar(value)


def _fields(model: Model) -> dict[str, Any]:
    fields = {
        attribute["key"]: plain(getattr(model, name, None))
        for name, attribute in model._attribute_map.items()
    }
    # Last, so that what a caller adds by hand wins over what the SDK filled in.
    fields.update(plain(getattr(model, "additional_properties", None) or {}))
    return {key: value for key, value in fields.items() if value is not None}


def _scalar(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return b64encode(value).decode()
    if isinstance(value, Exception):  # the SDK puts one into the body of a failed card action
        return dict(zip(("code", "message"), map(str, value.args), strict=False))
    if isinstance(value, (str, int, float)):
        return value
    return plain(cast(Any, vars(value))) if hasattr(value, "__dict__") else str(value)
