"""Service requests: what Annex 1 offers, who asks, and the states that a request goes through
(S125 to S146)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from coalition.errors import Refused


class Requester(StrEnum):
    """On whose behalf a request is filed; the ToR name these ways in (S35, S137; gap Q14)."""

    RESIDENT_COORDINATOR = "resident-coordinator"
    COUNTRY_TEAM = "country-team"
    JOINT_SECRETARIAT = "joint-secretariat"
    MEMBER = "member"
    OTHER = "other"


class RequestState(StrEnum):
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    STARTED = "started"
    DELIVERED = "delivered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


#: From which state a request may go to which. What is delivered, declined or withdrawn stays so.
STEPS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.SUBMITTED: frozenset(
        {RequestState.ACCEPTED, RequestState.DECLINED, RequestState.WITHDRAWN}
    ),
    RequestState.ACCEPTED: frozenset(
        {RequestState.STARTED, RequestState.DELIVERED, RequestState.WITHDRAWN}
    ),
    RequestState.STARTED: frozenset({RequestState.DELIVERED, RequestState.WITHDRAWN}),
    RequestState.DELIVERED: frozenset(),
    RequestState.DECLINED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}

#: The only line that names a way in: training for external counterparts comes through the RCs
#: (S137).
TRAINING_LINE = "4a"
THROUGH_COORDINATORS = frozenset({Requester.RESIDENT_COORDINATOR, Requester.COUNTRY_TEAM})


@dataclass(frozen=True)
class ServiceRequest:
    """A request for a service of the menu; `line` is empty for type 7, which has none."""

    number: str
    service: str
    line: str
    subject: str
    details: str
    countries: str
    requester: Requester
    for_external: bool
    needed_on: date | None
    filed_by: str
    filed_by_label: str
    filed_at: datetime
    filed_in: str
    state: RequestState = RequestState.SUBMITTED
    state_by_label: str = ""
    state_at: datetime | None = None
    reason: str = ""
    row_id: str = ""
    id: int = 0
    version: int = 0


def request_number(year: int, place: int) -> str:
    """The number of the year's n-th request, such as SR-2027-0001."""
    return f"SR-{year}-{place:04d}"


def check_way_in(line: str, for_external: bool, requester: Requester) -> None:
    """Refuse training for external counterparts that no Resident Coordinator asked for (S137)."""
    if line == TRAINING_LINE and for_external and requester not in THROUGH_COORDINATORS:
        raise Refused("requests-external-through-coordinator")


def check_step(request: ServiceRequest, to: RequestState) -> None:
    """Refuse a step that the request's present state does not allow; the text says the present
    state."""
    if to not in STEPS[request.state]:
        raise Refused(
            "requests-no-such-step",
            number=request.number,
            state=request.state,
            by=request.state_by_label or request.filed_by_label,
        )
