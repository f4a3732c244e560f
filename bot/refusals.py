"""Reads what the channel says when it does not take a message, and what follows from it.

The codes are those of "Send proactive messages" and "Status codes from bot conversational APIs"
(MicrosoftDocs/msteams-docs). The service has been seen to send the same refusal in several
shapes, so a code is looked for wherever it may stand.
"""

import json
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from coalition.delivery import Failed, Undeliverable, Unknown, Unreachable

WAIT_FOR_INSTALL = "wait-for-install"
WAIT_FOR_MESSAGE = "wait-for-message"
DROP_REFERENCE = "drop-reference"
DROP_MESSAGE = "drop-message"
ASK_ADMINISTRATOR = "ask-administrator"

MESSAGE_GONE = Unreachable("message-gone", DROP_MESSAGE)

# The order matters: the first code found anywhere in the answer decides.
_UNREACHABLE = {
    "botdisabledbyadmin": Unreachable("bot-disabled-by-admin", WAIT_FOR_MESSAGE),
    "botnotinconversationroster": Unreachable("not-in-roster", WAIT_FOR_INSTALL),
    "not part of the conversation roster": Unreachable("not-in-roster", WAIT_FOR_INSTALL),
    "conversationblockedbyuser": Unreachable("blocked-by-user", DROP_REFERENCE),
    "user blocked the conversation": Unreachable("blocked-by-user", DROP_REFERENCE),
    "messagewritesblocked": Unreachable("writes-blocked", WAIT_FOR_INSTALL),
    "invalidbotapihost": Unreachable("wrong-host", WAIT_FOR_MESSAGE),
    "notenoughpermissions": Unreachable("not-enough-permissions", ASK_ADMINISTRATOR),
    "forbiddenoperationexception": Unreachable("not-installed", WAIT_FOR_INSTALL),
    "activitynotfoundinconversation": MESSAGE_GONE,
    "conversationnotfound": Unreachable("conversation-gone", DROP_REFERENCE),
    "conversation not found": Unreachable("conversation-gone", DROP_REFERENCE),
}
_BY_STATUS = {
    403: Unreachable("forbidden", ASK_ADMINISTRATOR),
    404: Unreachable("not-found", WAIT_FOR_MESSAGE),
}


def outcome_of(method: str, status: int, answer: Mapping[str, Any]) -> Undeliverable:
    """Return what a refusal means; `status` is neither 2xx nor 429."""
    if status in _BY_STATUS:
        return _unreachable(status, answer)
    # 501 and 505 say what the service cannot do at all, so nothing was done.
    if status in (408, 412) or (status >= 500 and status not in (501, 505)):
        return ambiguous(method, f"http-{status}")
    return Failed(_code(answer) or f"http-{status}")


def ambiguous(method: str, reason: str) -> Unknown:
    """Return that nobody knows; replacing and deleting may be done twice, creating may not."""
    return Unknown(reason, repeatable=method != "POST")


def throttled_for(retry_after: str | None, attempt: int) -> float:
    """Return the seconds to wait after a 429: what the service says, else a growing guess."""
    said = _seconds(retry_after) if retry_after else None
    return float(2**attempt * random.uniform(0.75, 1.25)) if said is None else said  # jitter


def _seconds(retry_after: str) -> float | None:
    """Read Retry-After, which may be a number of seconds or a date."""
    try:
        return min(max(0.0, float(retry_after)), 3600.0)  # in this order nan becomes 0
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((aware - datetime.now(UTC)).total_seconds(), 0.0), 3600.0)


def _unreachable(status: int, answer: Mapping[str, Any]) -> Unreachable:
    said = json.dumps(answer).lower()
    code = _code(answer).lower()
    if code in _UNREACHABLE:
        return _UNREACHABLE[code]
    for sign, meaning in _UNREACHABLE.items():
        if sign in said:
            return meaning
    if answer.get("errorCode") == 209:
        return _UNREACHABLE["messagewritesblocked"]
    return _BY_STATUS[status]


def _code(answer: Mapping[str, Any]) -> str:
    error = answer.get("error")
    return str((error.get("code") if isinstance(error, dict) else answer.get("code")) or "")
