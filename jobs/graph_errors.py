"""What a job does when Microsoft Graph says no: wait as told, try again, or give up for good."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from graph.errors import GraphError, Locked, Throttled, Unavailable
from jobs.engine import RetryLater

log = structlog.get_logger()

_UNAVAILABLE_FOR, _LOCKED_FOR = 20.0, 300.0  # seconds


class GivenUp(Exception):
    """The service refused for a reason that trying again does not change."""


@asynccontextmanager
async def patient(what: str) -> AsyncIterator[None]:
    """Wait for a service that is busy or away; raises RetryLater, or GivenUp for a final no.

    For calls that may be made again: a create without a key of its own is none of them.
    """
    try:
        yield
    except Throttled as error:
        raise RetryLater(error.retry_after, "throttled") from error
    except Unavailable as error:
        wait = _UNAVAILABLE_FOR if error.retry_after is None else error.retry_after
        raise RetryLater(wait, "unavailable") from error
    except Locked as error:
        raise RetryLater(_LOCKED_FOR, "locked") from error
    except GraphError as error:
        log.error("graph-refused", what=what, error=type(error).__name__)
        raise GivenUp(type(error).__name__) from error
