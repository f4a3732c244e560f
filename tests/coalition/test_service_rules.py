"""Service requests: their numbers, their steps, and the way in for training (S137, Q14)."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.errors import Refused
from coalition.services import (
    STEPS,
    TRAINING_LINE,
    Requester,
    RequestState,
    ServiceRequest,
    check_step,
    check_way_in,
    request_number,
)

ENDS = {RequestState.DELIVERED, RequestState.DECLINED, RequestState.WITHDRAWN}


def request(state: RequestState, by: str = "Iris (IOM)") -> ServiceRequest:
    filed_at = datetime(2027, 1, 4, tzinfo=UTC)
    return ServiceRequest(
        "SR-2027-0001", "4", "4a", "Training", "Two days", "Panama", Requester.MEMBER, False, None,
        "ana", "Ana (UNICEF)", filed_at, "a:ana", state, by,
    )  # fmt: skip


def test_number_has_the_year_and_four_digits():
    assert request_number(2027, 1) == "SR-2027-0001"


def test_number_grows_when_four_digits_are_used_up():
    assert request_number(2027, 12345) == "SR-2027-12345"


@given(st.integers(1, 9998))
def test_numbers_of_a_year_sort_as_they_were_given(place):
    assert request_number(2027, place) < request_number(2027, place + 1)


@pytest.mark.parametrize("requester", [Requester.RESIDENT_COORDINATOR, Requester.COUNTRY_TEAM])
def test_training_for_external_counterparts_comes_through_the_coordinators(requester):
    check_way_in(TRAINING_LINE, True, requester)


@pytest.mark.parametrize(
    "requester", [Requester.MEMBER, Requester.JOINT_SECRETARIAT, Requester.OTHER]
)
def test_training_for_external_counterparts_is_refused_to_others(requester):
    with pytest.raises(Refused, match="requests-external-through-coordinator"):
        check_way_in(TRAINING_LINE, True, requester)


@pytest.mark.parametrize(("line", "external"), [("4a", False), ("4b", True), ("7", True)])
def test_everything_else_may_be_asked_by_anybody(line, external):
    check_way_in(line, external, Requester.MEMBER)


def test_every_state_says_where_it_leads():
    assert set(STEPS) == set(RequestState)


@pytest.mark.parametrize("state", sorted(ENDS))
def test_what_is_settled_stays_so(state):
    assert not STEPS[state]


def test_request_that_is_open_can_always_be_withdrawn():
    assert all(RequestState.WITHDRAWN in STEPS[state] for state in set(RequestState) - ENDS)


def test_every_state_is_reached_from_the_first_and_none_twice():
    reached, waiting = set(), [RequestState.SUBMITTED]
    while waiting:
        state = waiting.pop()
        assert state not in STEPS[state]
        reached.add(state)
        waiting += [to for to in STEPS[state] if to not in reached]
    assert reached == set(RequestState)


@pytest.mark.parametrize(("state", "to"), list(product(RequestState, RequestState)))
def test_step_is_taken_or_refused_with_the_present_state_and_who_made_it(state, to):
    if to in STEPS[state]:
        check_step(request(state), to)
        return
    with pytest.raises(Refused) as refused:
        check_step(request(state), to)
    assert refused.value.details == {"number": "SR-2027-0001", "state": state, "by": "Iris (IOM)"}


def test_refused_step_of_a_fresh_request_names_who_filed_it():
    with pytest.raises(Refused) as refused:
        check_step(request(RequestState.SUBMITTED, by=""), RequestState.STARTED)
    assert refused.value.details["by"] == "Ana (UNICEF)"
