"""Errors are told apart by status and code, walked to the most specific one."""

from datetime import UTC, datetime

import pytest

from graph.errors import (
    Conflict,
    Forbidden,
    GraphError,
    InvalidName,
    InvalidRequest,
    Locked,
    NotFound,
    PreconditionFailed,
    QuotaExceeded,
    ResyncRequired,
    Throttled,
    Unauthorized,
    Unavailable,
    graph_error,
    seconds_of,
)


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (400, "invalidRequest", InvalidRequest),
        (400, "nameContainsInvalidCharacters", InvalidName),
        (400, "pathIsTooLong", InvalidName),
        (400, "ErrorDuplicateTransactionId", Conflict),
        (401, "InvalidAuthenticationToken", Unauthorized),
        (403, "ErrorAccessDenied", Forbidden),
        (403, "quotaLimitReached", QuotaExceeded),
        (404, "itemNotFound", NotFound),
        (408, "", Unavailable),
        (409, "resourceModified", Conflict),
        (410, "resyncRequired", ResyncRequired),
        (404, "SyncStateNotFound", ResyncRequired),
        (412, "notMatch", PreconditionFailed),
        (423, "resourceLocked", Locked),
        (429, "activityLimitReached", Throttled),
        (500, "generalException", Unavailable),
        (503, "ApplicationThrottled", Throttled),
        (504, "", Unavailable),
        (507, "insufficientStorage", QuotaExceeded),
        (509, "bandwidthLimitExceeded", Throttled),
        (418, "", InvalidRequest),
    ],
)
def test_each_answer_has_one_meaning(status: int, code: str, meaning: type[GraphError]) -> None:
    error = graph_error(status, {"code": code, "message": "not read"}, {})
    assert type(error) is meaning
    assert (error.status, error.code) == (status, code)


@pytest.mark.parametrize("spelling", ["innerError", "innererror"])
def test_the_innermost_known_code_decides(spelling: str) -> None:
    inner = {"code": "resourceLocked", spelling: {"code": "somethingNew", "date": "2027-01-01"}}
    error = graph_error(403, {"code": "notAllowed", spelling: inner}, {})
    assert type(error) is Locked
    assert error.code == "somethingNew"


def test_the_message_of_the_service_is_never_read() -> None:
    misleading = {"code": "generalException", "message": "Item not found, resourceLocked"}
    assert type(graph_error(500, misleading, {})) is Unavailable


def test_a_body_that_is_no_error_is_told_by_its_status() -> None:
    assert type(graph_error(404, None, {})) is NotFound


def test_retry_after_is_read_from_seconds_and_from_dates() -> None:
    now = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)
    assert seconds_of("315") == 315
    assert seconds_of("Mon, 04 Jan 2027 14:01:00 GMT", now) == 60
    assert seconds_of("Mon, 04 Jan 2027 13:00:00 GMT", now) == 0
    assert seconds_of("soon") is None
    assert seconds_of(None) is None


def test_throttling_without_a_time_still_waits() -> None:
    error = graph_error(429, {"code": "TooManyRequests"}, {})
    assert isinstance(error, Throttled)
    assert error.retry_after > 0


def test_a_resync_carries_the_link_that_starts_anew() -> None:
    error = graph_error(410, {"code": "resyncRequired"}, {"location": "https://anew"})
    assert isinstance(error, ResyncRequired)
    assert error.location == "https://anew"


def test_a_failed_create_has_an_unknown_outcome() -> None:
    assert graph_error(503, None, {}, repeatable=False).outcome_unknown
    assert not graph_error(503, None, {}).outcome_unknown
    assert not graph_error(400, None, {}, repeatable=False).outcome_unknown
