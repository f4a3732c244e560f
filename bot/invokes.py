"""The bodies with which invokes are answered: each kind of invoke expects a shape of its own.

Sources: "Universal Actions for Adaptive Cards" (adaptiveCard/action), "Use dialogs" (task/*),
"Message extensions" (composeExtension/*), "Bot configuration experience" (config/*).
"""

from collections.abc import Mapping
from typing import Any

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
CODES = {400: "BadRequest", 403: "Forbidden", 404: "NotFound", 501: "NotSupported"}


def card_body(card: Mapping[str, Any]) -> dict[str, Any]:
    """Answer adaptiveCard/action with the card that takes the pressed one's place."""
    return {"statusCode": 200, "type": CARD, "value": dict(card)}


def message_body(name: str, text: str) -> dict[str, Any]:
    """Answer any invoke with a sentence, in the shape that this kind of invoke expects."""
    if name == "adaptiveCard/action":
        return {"statusCode": 200, "type": MESSAGE, "value": text}
    if name.startswith("task/") or name in _OPENS_DIALOG:
        return {"task": {"type": "message", "value": text}}
    if name.startswith("composeExtension/"):
        return {"composeExtension": {"type": "message", "text": text}}
    if name.startswith("config/"):
        return {"responseType": "config", "config": {"type": "message", "value": text}}
    return {}


_OPENS_DIALOG = ("composeExtension/fetchTask", "composeExtension/submitAction")


def error_body(name: str, text: str, status: int = 500) -> dict[str, Any]:
    """Answer any invoke with a failure that the client can show."""
    if name == "adaptiveCard/action":
        code = CODES.get(status, "InternalServerError")
        return {"statusCode": status, "type": ERROR, "value": {"code": code, "message": text}}
    return message_body(name, text)


def silent_body(name: str) -> dict[str, Any]:
    """Answer an invoke that has nothing to show.

    A pressed card wants a body all the same, or it shows an error; a dialog that gets an empty
    one closes; feedback buttons want an empty one.
    """
    return message_body(name, "OK") if name == "adaptiveCard/action" else {}
