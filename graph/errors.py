"""What can go wrong with Microsoft Graph, one class a meaning, decided by status and code.

Messages of the service are for logs only: they change and are translated. The rule to walk the
inner errors for the most specific known code is Microsoft's ("Microsoft Graph error responses").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any


class GraphError(Exception):
    """Graph did not do what was asked."""

    outcome_unknown = False

    def __init__(self, status: int = 0, code: str = "", request_id: str = "") -> None:
        self.status = status
        self.code = code
        self.request_id = request_id
        meaning = (type(self).__doc__ or "").splitlines()[0]
        super().__init__(f"{meaning} (status {status}, code {code or 'none'}, id {request_id})")


class NotConfigured(GraphError):
    """A setting that this operation needs is missing."""

    def __init__(self, what: str) -> None:
        super().__init__(code="notConfigured")
        self.args = (what,)


class Unauthorized(GraphError):
    """The token was refused."""


class Forbidden(GraphError):
    """The application or the account has no permission for this."""


class NotFound(GraphError):
    """The thing is not there, or not visible to the application."""


class Conflict(GraphError):
    """Another thing of that name exists, or it was changed at the same time."""


class PreconditionFailed(GraphError):
    """The thing changed since it was read."""


class Locked(GraphError):
    """The file is open in Office or checked out; try again in minutes or hours."""


class QuotaExceeded(GraphError):
    """There is no space left; trying again does not help."""


class InvalidName(GraphError):
    """The name or path is one that SharePoint refuses."""


class InvalidRequest(GraphError):
    """Graph does not accept what was sent; a defect of ours, or a setting that is wrong."""


class Throttled(GraphError):
    """Graph asks to wait before the next request; `retry_after` is in seconds."""

    def __init__(
        self, status: int = 429, code: str = "", request_id: str = "", retry_after: float = 30
    ) -> None:
        super().__init__(status, code, request_id)
        self.retry_after = retry_after


class Unavailable(GraphError):
    """Graph failed, or did not answer.

    `outcome_unknown` says that a create may have happened all the same: look before doing it again.
    `retry_after` is in seconds, None when the service named no time.
    """

    def __init__(
        self,
        status: int = 0,
        code: str = "",
        request_id: str = "",
        *,
        outcome_unknown: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(status, code, request_id)
        self.outcome_unknown = outcome_unknown
        self.retry_after = retry_after


class ResyncRequired(GraphError):
    """The bookmark of a delta is too old; `location` starts anew, None means from scratch."""

    def __init__(
        self, status: int = 410, code: str = "", request_id: str = "", location: str | None = None
    ) -> None:
        super().__init__(status, code, request_id)
        self.location = location


BY_CODE: Mapping[str, type[GraphError]] = {
    "resourcelocked": Locked,
    "resourcecheckedout": Locked,
    "insufficientstorage": QuotaExceeded,
    "quotalimitreached": QuotaExceeded,
    "namecontainsinvalidcharacters": InvalidName,
    "pathistoolong": InvalidName,
    "errorduplicatetransactionid": Conflict,
    "namealreadyexists": Conflict,
    "syncstatenotfound": ResyncRequired,
    "syncstateinvalid": ResyncRequired,
    "expired_token": Unauthorized,
    "invalidauthenticationtoken": Unauthorized,
    "activitylimitreached": Throttled,
    "applicationthrottled": Throttled,
    "mailboxconcurrency": Throttled,
    "malformedentitytag": InvalidRequest,
}

BY_STATUS: Mapping[int, type[GraphError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: ResyncRequired,
    412: PreconditionFailed,
    423: Locked,
    429: Throttled,
    507: QuotaExceeded,
    509: Throttled,
}

RETRY_AFTER_ABSENT = 30.0  # seconds; some services throttle without naming a time


def seconds_of(retry_after: str | None, now: datetime | None = None) -> float | None:
    """Retry-After in seconds, from seconds or an HTTP date (RFC 9110, 10.2.3); None when absent."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())


def codes(error: Mapping[str, Any] | None) -> Iterator[str]:
    """The codes of an error body from the outermost to the most specific, both spellings."""
    while error:
        if error.get("code"):
            yield str(error["code"])
        inner = error.get("innerError") or error.get("innererror")
        error = inner if isinstance(inner, Mapping) else None


def graph_error(
    status: int,
    error: Mapping[str, Any] | None,
    headers: Mapping[str, str],
    *,
    repeatable: bool = True,
) -> GraphError:
    """The error that a failed answer means.

    `error` is the `error` member of the body, `headers` have lower-case names, `repeatable` says
    that doing the request twice has the same effect as doing it once.
    """
    named = list(codes(error))
    code = named[-1] if named else ""
    request_id = headers.get("request-id", "")
    wait = seconds_of(headers.get("retry-after"))
    kind = next((BY_CODE[c.lower()] for c in reversed(named) if c.lower() in BY_CODE), None)
    kind = kind or BY_STATUS.get(status)
    if kind is Throttled:
        return Throttled(status, code, request_id, wait if wait is not None else RETRY_AFTER_ABSENT)
    if kind is ResyncRequired:
        return ResyncRequired(status, code, request_id, headers.get("location"))
    if kind is None and (status >= 500 or status in (0, 408)):
        return Unavailable(
            status, code, request_id, outcome_unknown=not repeatable, retry_after=wait
        )
    return (kind or InvalidRequest)(status, code, request_id)
