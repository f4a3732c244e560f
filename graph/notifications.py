"""What Graph says when it calls: pure functions of the query, the body and the secret.

Answer a validation with 200 and the token as plain text within 10 s, a notification with 202 within
3 s, and do the work afterwards ("Receive change notifications through webhooks").
"""

from __future__ import annotations

import hmac
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Lifecycle = Literal["reauthorizationRequired", "subscriptionRemoved", "missed"]
LIFECYCLES: tuple[Lifecycle, ...] = ("reauthorizationRequired", "subscriptionRemoved", "missed")


@dataclass(frozen=True)
class Notification:
    """A hint that something changed: it can repeat, come out of order, or never come."""

    subscription_id: str
    resource: str
    change: str
    lifecycle: Lifecycle | None = None

    @property
    def asks_for_renewal(self) -> bool:
        """The subscription ends soon unless it is renewed."""
        return self.lifecycle == "reauthorizationRequired"

    @property
    def asks_for_resync(self) -> bool:
        """Notifications were lost, or the subscription is gone: compare everything."""
        return self.lifecycle in ("missed", "subscriptionRemoved")


def validation_answer(query: Mapping[str, str]) -> str | None:
    """The text that proves the address is ours, None when the call is no validation.

    `query` holds decoded values; the token is escaped, so that nobody can make us serve markup.
    """
    token = query.get("validationToken")
    return None if token is None else html.escape(token)


def notifications(body: bytes, client_state: str) -> list[Notification]:
    """The notifications that carry our secret; those that don't were not sent by Graph.

    A body that is no collection of notifications gives none.
    """
    try:
        sent = json.loads(body)
    except ValueError:
        return []
    entries = sent.get("value") if isinstance(sent, dict) else None
    if not isinstance(entries, list):
        return []
    return [_notification(one) for one in entries if _is_ours(one, client_state)]


def _is_ours(entry: Any, client_state: str) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("clientState"), str):
        return False
    return hmac.compare_digest(entry["clientState"].encode(), client_state.encode())


def _notification(entry: Mapping[str, Any]) -> Notification:
    named = entry.get("lifecycleEvent")
    return Notification(
        subscription_id=str(entry.get("subscriptionId", "")),
        resource=str(entry.get("resource", "")),
        change=str(entry.get("changeType", "")),
        lifecycle=next((one for one in LIFECYCLES if one == named), None),
    )
