"""Mail that was handed to the sandbox: kept and shown, sent nowhere."""

from __future__ import annotations

import uuid
from typing import Any

from aiohttp import web

from graph.sandbox.addresses import Route
from graph.sandbox.tenant import SENDER, Ask, Refusal

KIND = "mail"


async def send(ask: Ask) -> web.Response:
    """POST sendMail: taken, and answered before anything is delivered."""
    sender = ask.params["user"].lower()
    if sender != SENDER:
        raise Refusal(404, "ErrorInvalidUser", f"The requested user '{sender}' is invalid.")
    body = ask.json()
    message = body.get("message") or body.get("Message") or {}
    to, cc, bcc = (_addresses(message, f"{kind}Recipients") for kind in ("to", "cc", "bcc"))
    if not (to or cc or bcc):
        message = "At least one recipient isn't valid."
        raise Refusal(400, "ErrorInvalidRequest", message)
    written = message.get("body") or {}
    ask.store.put(
        KIND,
        {
            "id": str(uuid.uuid4()),
            "from": sender,
            "to": to,
            "cc": cc,
            "bcc": bcc,
            "subject": str(message.get("subject") or ""),
            "is_html": str(written.get("contentType") or "text").lower() == "html",
            "content": str(written.get("content") or ""),
            "sent_at": ask.tenant.now(),
        },
    )
    return web.Response(status=202)


def _addresses(message: dict[str, Any], name: str) -> list[str]:
    found = [(one.get("emailAddress") or {}).get("address") for one in message.get(name) or []]
    if not all(isinstance(one, str) and "@" in one for one in found):
        raise Refusal(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.")
    return [str(one) for one in found]


ROUTES = [Route("POST", "users/{user}/sendMail", send)]
