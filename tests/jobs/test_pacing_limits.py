"""The pace stays inside Microsoft's limits whatever is asked for (L1, L3)."""

from hypothesis import given
from hypothesis import strategies as st

from jobs.pacing import APP, CONVERSATION, Window, slot_name, take, wait_for
from storage.slots import Slot


def call_all(pauses, windows) -> list[float]:
    """When each call is made by a sender that waits as it is told."""
    slot, now, calls = Slot("x"), 1_800_000_000.0, []
    for pause in pauses:
        now += pause
        now += wait_for(slot, windows, now)
        assert wait_for(slot, windows, now + 1e-6) == 0.0
        slot = take(slot, windows, now)
        calls.append(now)
    return calls


def most_within(calls, seconds) -> int:
    return max(sum(1 for at in calls if start <= at < start + seconds) for start in calls)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=120))
def test_no_window_of_a_conversation_is_ever_exceeded(pauses):
    calls = call_all(pauses, CONVERSATION)
    assert most_within(calls, 1.0) <= 7
    assert most_within(calls, 2.0) <= 8
    assert most_within(calls, 30.0) <= 60


def test_an_hour_of_one_conversation_holds_1800_messages_at_most():
    calls = call_all([0.0] * 2000, CONVERSATION)
    assert most_within(calls, 3600.0) <= 1800


def test_a_thousand_conversations_share_fifty_calls_a_second():
    calls = call_all([0.0] * 300, APP)
    assert most_within(calls, 1.0) <= 50
    assert calls[-1] - calls[0] < 7


def test_the_first_messages_of_a_conversation_need_not_wait():
    calls = call_all([0.0] * 7, CONVERSATION)
    assert calls[-1] == calls[0]


def test_a_hold_is_kept_and_then_over():
    slot = Slot("x", held_until=100.0)
    assert wait_for(slot, (Window(1, 1.0),), 90.0) == 10.0
    assert wait_for(slot, (Window(1, 1.0),), 101.0) == 0.0


def test_what_no_window_looks_back_to_is_forgotten():
    slot = Slot("x", taken=tuple(float(n) for n in range(5000)))
    assert len(take(slot, CONVERSATION, 5000.0).taken) == 1800
    assert take(slot, CONVERSATION, 9_000_000.0).taken == (9_000_000.0,)


def test_the_threads_of_a_channel_share_its_slot():
    thread = slot_name("19:abc@thread.tacv2;messageid=1")
    assert thread == slot_name("19:abc@thread.tacv2;messageid=2") == "conv:19:abc@thread.tacv2"
