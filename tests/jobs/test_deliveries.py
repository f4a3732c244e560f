"""The outbox leaves once, in order, and every recipient ends in a state that is shown."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update

from coalition.delivery import (
    Delivered,
    Failed,
    NotSent,
    Throttled,
    Unknown,
    Unreachable,
)
from jobs.deliveries import Deliveries, backoff
from jobs.engine import Engine
from storage.database import Database
from storage.job_tables import jobs
from storage.outbox import Delivery, State
from storage.tables_core import deliveries as table
from storage.tables_core import slots
from tests.conftest_database import SetClock


class Teams:
    """Answers as told for a conversation, else accepts; notes what it accepted and was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list] = {}
        self.asked: list[tuple[str, str]] = []
        self.accepted: list[tuple[str, str]] = []
        self.updated: list[tuple[str, str, str]] = []

    async def send(self, reference, activity):
        return self._answer(reference["id"], activity["text"])

    async def update(self, reference, activity_id, activity):
        outcome = self._answer(reference["id"], activity["text"], activity_id)
        self.updated.append((reference["id"], activity_id, activity["text"]))
        return outcome

    def _answer(self, conversation: str, words: str, activity_id: str | None = None) -> Any:
        self.asked.append((conversation, words))
        told = self.answers.get(conversation)
        outcome = told.pop(0) if told else Delivered(activity_id or f"a:{words}")
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, Delivered):
            self.accepted.append((conversation, words))
        return outcome


async def reference_of(unit, conversation_id):
    return None if conversation_id == "forgotten" else {"id": conversation_id}


@pytest.fixture
def teams() -> Teams:
    return Teams()


@pytest.fixture
def deliveries(database, teams) -> Deliveries:
    return Deliveries(database, teams, reference_of)


@pytest.fixture
def engine(database, deliveries) -> Engine:
    made = Engine(database)
    deliveries.register(made)
    return made


async def post(database: Database, key: str, conversation: str | None = "c1", **more: Any) -> Any:
    async with database.unit_of_work() as unit:
        return await unit.outbox.post(
            conversation_id=conversation, activity={"text": key}, key=key, **more
        )


async def of(database: Database, prefix: str) -> list[Delivery]:
    async with database.unit_of_work(read_only=True) as unit:
        return await unit.outbox.of(prefix)


async def states(database: Database, prefix: str) -> list[str]:
    return [delivery.state.value for delivery in await of(database, prefix)]


async def pass_time(database: Database, clock: SetClock, seconds: float) -> None:
    """The wall clock goes on too: what was held by Retry-After is let go."""
    clock.move(timedelta(seconds=seconds))
    await database.shift_jobs(timedelta(seconds=seconds))
    async with database.write() as connection:
        await connection.execute(update(slots).values(held_until=0.0, taken=[]))


async def test_a_message_is_sent_once_and_its_activity_is_remembered(engine, database, teams):
    await post(database, "k:1", person_id="ana")
    await engine.run_due()
    await engine.run_due()
    (delivery,) = await of(database, "k")
    assert teams.accepted == [("c1", "k:1")]
    assert (delivery.state, delivery.activity_id) == (State.SENT, "a:k:1")
    assert (delivery.attempts, delivery.person_id) == (1, "ana")
    assert delivery.sent_at is not None


async def test_the_same_business_key_is_posted_once_even_by_two_at_once(engine, database, teams):
    await asyncio.gather(*(post(database, "k:1") for _ in range(5)))
    assert await post(database, "k:1") is None
    await engine.run_due()
    assert teams.accepted == [("c1", "k:1")]


async def test_messages_of_a_conversation_arrive_in_order(engine, database, teams):
    for number in range(7):
        await post(database, f"k:{number}")
    await engine.run_due()
    assert [words for _, words in teams.accepted] == [f"k:{number}" for number in range(7)]


async def test_a_429_holds_one_conversation_back_in_order_and_not_the_others(
    engine, database, teams, clock
):
    teams.answers["c1"] = [Throttled(30.0)]
    for number in range(3):
        await post(database, f"k:{number}", "c1")
        await post(database, f"l:{number}", "c2")
    await engine.run_due()
    assert [words for conversation, words in teams.accepted] == ["l:0", "l:1", "l:2"]
    assert await states(database, "k") == ["pending"] * 3
    await engine.run_due()
    assert teams.asked.count(("c1", "k:0")) == 1
    await pass_time(database, clock, 31)
    await engine.run_due()
    assert [words for conversation, words in teams.accepted if conversation == "c1"] == [
        "k:0",
        "k:1",
        "k:2",
    ]


async def test_retry_after_is_obeyed_by_the_wall_clock_when_the_product_clock_is_moved(
    engine, database, teams, clock
):
    teams.answers["c1"] = [Throttled(30.0)]
    await post(database, "k:0")
    await engine.run_due()
    clock.move(timedelta(days=7))
    await database.shift_jobs(timedelta(days=7))
    await engine.run_due()
    assert teams.asked == [("c1", "k:0")]


async def test_each_answer_of_21_recipients_is_recorded_with_reason_and_remedy_and_not_repeated(
    engine, database, teams, clock
):
    teams.answers = {
        "c3": [Unreachable("blocked", "wait-for-message")],
        "c5": [Failed("too-big")],
        "c7": [Unknown("timeout")],
        "c9": [ZeroDivisionError("a defect of ours")],
    }
    for number in range(21):
        await post(database, f"circulation:1:{number:02d}", f"c{number}")
    for _ in range(3):
        await engine.run_due()
        await pass_time(database, clock, 3600)
    found = {delivery.conversation_id: delivery for delivery in await of(database, "circulation")}
    assert len(found) == 21
    assert (found["c3"].state, found["c3"].reason, found["c3"].remedy) == (
        State.UNREACHABLE,
        "blocked",
        "wait-for-message",
    )
    assert (found["c5"].state, found["c5"].reason) == (State.FAILED, "too-big")
    assert found["c7"].state is found["c9"].state is State.UNKNOWN
    assert len(teams.accepted) == 17
    assert Counter(conversation for conversation, _ in teams.asked) == Counter(found.keys())


async def test_no_call_is_made_to_an_unreachable_conversation_until_an_event_clears_it(
    engine, deliveries, database, teams
):
    teams.answers["c1"] = [Unreachable("not-installed", "wait-for-install")]
    await post(database, "k:1")
    await engine.run_due()
    await post(database, "k:2")
    await engine.run_due()
    assert len(teams.asked) == 1
    assert [delivery.remedy for delivery in await of(database, "k")] == ["wait-for-install"] * 2
    async with database.unit_of_work(read_only=True) as unit:
        (closed,) = await unit.reachability.all()
        assert (closed.conversation_id, closed.reason) == ("c1", "not-installed")
    assert await deliveries.clear("c1")
    assert not await deliveries.clear("c1")
    await post(database, "k:3")
    await engine.run_due()
    assert teams.accepted == [("c1", "k:3")]
    assert await states(database, "k") == ["unreachable", "unreachable", "sent"]


async def test_an_event_in_a_channel_clears_all_its_threads(engine, deliveries, database, teams):
    teams.answers["19:a@thread.tacv2;messageid=1"] = [Unreachable("removed", "wait-for-install")]
    await post(database, "k:1", "19:a@thread.tacv2;messageid=1")
    await engine.run_due()
    await post(database, "k:2", "19:a@thread.tacv2;messageid=2")
    await engine.run_due()
    assert await states(database, "k") == ["unreachable", "unreachable"]
    assert await deliveries.clear("19:a@thread.tacv2")
    await post(database, "k:3", "19:a@thread.tacv2;messageid=2")
    await engine.run_due()
    assert len(teams.accepted) == 1


async def test_a_recipient_without_conversation_is_listed_and_reached_once_one_is_known(
    engine, database, teams
):
    await post(database, "k:1", None, person_id="ben", reason="never installed", remedy="install")
    await engine.run_due()
    (delivery,) = await of(database, "k")
    assert (delivery.state, delivery.reason) == (State.UNREACHABLE, "never installed")
    async with database.unit_of_work() as unit:
        assert await unit.outbox.post_again("k:1") is None
        assert await unit.outbox.post_again("k:1", conversation_id="c1")
    await engine.run_due()
    assert teams.accepted == [("c1", "k:1")]


async def test_a_conversation_whose_reference_was_forgotten_is_unreachable(engine, database):
    await post(database, "k:1", "forgotten")
    await engine.run_due()
    assert await states(database, "k") == ["unreachable"]


async def test_what_never_left_is_tried_again_and_given_up_after_a_day(
    engine, database, teams, clock
):
    teams.answers["c1"] = [NotSent(1.0, "no connection")] * 5
    await post(database, "k:1")
    for _ in range(6):
        await engine.run_due()
        await pass_time(database, clock, 400)
    assert await states(database, "k") == ["sent"]
    teams.answers["c2"] = [NotSent(1.0, "no connection")] * 2
    await post(database, "k:2", "c2")
    async with database.write() as connection:
        await connection.execute(update(table).where(table.c.key == "k:2").values(attempts=298))
    for _ in range(3):
        await engine.run_due()
        await pass_time(database, clock, 400)
    assert (await of(database, "k:2"))[0].state is State.FAILED


async def test_an_update_takes_the_place_of_the_earlier_message(engine, database, teams):
    await post(database, "k:card")
    await post(database, "k:card:2", replaces="k:card")
    await post(database, "k:reply:2", replaces="activity-of-a-turn")
    await engine.run_due()
    assert teams.updated == [
        ("c1", "a:k:card", "k:card:2"),
        ("c1", "activity-of-a-turn", "k:reply:2"),
    ]


async def test_an_update_of_what_never_arrived_is_a_new_message(engine, database, teams):
    teams.answers["c1"] = [Failed("too-big")]
    await post(database, "k:card")
    await post(database, "k:card:2", replaces="k:card")
    await engine.run_due()
    assert teams.updated == []
    assert await states(database, "k") == ["failed", "sent"]


async def test_an_update_whose_fate_is_unknown_is_repeated_because_it_does_no_harm(
    engine, database, teams, clock
):
    teams.answers["c1"] = [Unknown("timeout", repeatable=True)]
    await post(database, "k:1", replaces="activity")
    await engine.run_due()
    assert await states(database, "k") == ["pending"]
    await pass_time(database, clock, 60)
    await engine.run_due()
    assert await states(database, "k") == ["sent"]


async def test_a_deleted_card_does_not_close_its_conversation(engine, database, teams):
    teams.answers["c1"] = [Unreachable("message-gone", "drop-message")]
    await post(database, "k:1", replaces="activity")
    await post(database, "k:2")
    await engine.run_due()
    assert await states(database, "k") == ["unreachable", "sent"]


async def test_what_was_overtaken_before_it_left_is_skipped(engine, database, teams):
    await post(database, "meeting:1:invite")
    await post(database, "meeting:12:invite")
    async with database.unit_of_work() as unit:
        assert await unit.outbox.skip("meeting:1", "cancelled") == 1
    await engine.run_due()
    assert teams.accepted == [("c1", "meeting:12:invite")]
    assert await states(database, "meeting:1") == ["skipped"]


async def test_a_message_found_in_the_middle_of_sending_is_unknown_and_not_sent_again(
    engine, database, teams
):
    await post(database, "k:1")
    async with database.write() as connection:
        await connection.execute(update(table).values(state="sending", claim="dead"))
    await engine.run_due()
    assert teams.asked == []
    async with database.unit_of_work(read_only=True) as unit:
        (delivery,) = await unit.outbox.in_state(State.UNKNOWN)
    assert delivery.reason == "the process stopped while sending"
    async with database.unit_of_work() as unit:
        assert await unit.outbox.post_again("k:1")
    await engine.run_due()
    assert teams.accepted == [("c1", "k:1")]


@pytest.mark.parametrize("outcome", [Delivered("late"), Throttled(1.0)])
async def test_a_slow_sender_that_was_given_up_still_reports_what_came_of_it(
    engine, deliveries, database, teams, clock, outcome
):
    """Its job was taken over and is gone; the message neither hangs nor leaves twice."""
    given_up = asyncio.Event()

    async def slow(reference, activity):
        await deliveries.deliver({"delivery": 1})  # the successor finds it in sending
        given_up.set()
        async with database.write() as connection:
            await connection.execute(delete(jobs))
        return outcome

    await post(database, "k:1")
    quick, teams.send = teams.send, slow
    await deliveries.deliver({"delivery": 1})
    assert given_up.is_set()
    teams.send = quick
    await pass_time(database, clock, 10)
    await engine.run_due()
    assert await states(database, "k") == ["sent"]
    assert len(teams.accepted) == (0 if isinstance(outcome, Delivered) else 1)


async def test_the_pace_of_a_conversation_is_kept_and_the_next_message_waits_its_turn(
    engine, database, teams
):
    slept: list[float] = []

    async def sleep(seconds):
        slept.append(seconds)
        async with database.write() as connection:
            await connection.execute(update(slots).values(taken=[]))

    deliveries = Deliveries(database, teams, reference_of, sleep)
    await post(database, "k:0")
    await engine.run_due()
    async with database.write() as connection:
        (row,) = (await connection.execute(select(slots).where(slots.c.name == "conv:c1"))).all()
        await connection.execute(
            update(slots).where(slots.c.name == "conv:c1").values(taken=row.taken * 7)
        )
    await deliveries.deliver({"delivery": (await post(database, "k:1")).id})
    assert len(slept) == 1
    assert 0 < slept[0] <= 1.1


async def test_21_recipients_are_served_in_less_than_ten_seconds(engine, database, teams):
    for number in range(21):
        await post(database, f"k:{number}", f"c{number}")
    async with asyncio.timeout(10):
        await engine.run_due()
    assert len(teams.accepted) == 21


OUTCOMES = st.sampled_from(
    [
        Delivered("x"),
        Throttled(1.0),
        NotSent(1.0),
        Unreachable("r", "wait-for-install"),
        Unknown("r"),
        Failed("r"),
        ZeroDivisionError("defect"),
    ]
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    plans=st.lists(
        st.tuples(st.sampled_from(["c1", "c2", "c3", None]), st.lists(OUTCOMES, max_size=3)),
        min_size=1,
        max_size=8,
    ),
    skipped=st.sets(st.integers(0, 7)),
)
async def test_the_states_of_a_circulation_always_sum_up_to_its_frozen_list(
    sqlite_database, clock, plans, skipped
):
    """R2: whatever Teams answers, nobody is missing from the report, at any moment."""
    database, teams = sqlite_database, Teams()
    engine = Engine(database)
    Deliveries(database, teams, reference_of).register(engine)
    async with database.write() as connection:
        for name in ("unreachable_conversations", "deliveries", "procrastinate_jobs"):
            await connection.execute(text(f"DELETE FROM {name}"))
    for number, (conversation, answers) in enumerate(plans):
        await post(database, f"circulation:{number}", conversation)
        if conversation:
            teams.answers.setdefault(conversation, []).extend(answers)
    for number in skipped:
        async with database.unit_of_work() as unit:
            await unit.outbox.skip(f"circulation:{number}", "overtaken")
    for _ in range(30):
        async with database.unit_of_work(read_only=True) as unit:
            counts = await unit.outbox.counts("circulation")
            assert sum(counts.values()) == len(plans)
        if counts[State.PENDING] == 0:
            break
        await engine.run_due()
        await pass_time(database, clock, 700)
    assert counts[State.PENDING] == counts[State.SENDING] == 0
    assert counts[State.SENT] == len(teams.accepted)
    assert max(Counter(teams.accepted).values(), default=0) <= 1


def test_waits_grow_and_end_at_five_minutes():
    assert [backoff(attempts) for attempts in (0, 1, 2, 20)] == [0.5, 1.0, 2.0, 300.0]


async def test_a_waiting_message_whose_job_was_lost_gets_a_new_one(
    engine, deliveries, database, teams
):
    await post(database, "k:1")
    await post(database, "k:2")
    async with database.write() as connection:
        lost = select(jobs.c.id).order_by(jobs.c.id).limit(1).scalar_subquery()
        await connection.execute(delete(jobs).where(jobs.c.id == lost))
    await deliveries.mend({})
    async with database.read() as connection:
        assert len((await connection.execute(select(jobs.c.id))).all()) == 2
    await engine.run_due()
    assert sorted(teams.accepted) == [("c1", "k:1"), ("c1", "k:2")]


async def test_what_a_member_wrote_is_not_in_the_text_of_a_database_error(database):
    with pytest.raises(Exception, match="deliveries") as raised:
        async with database.unit_of_work() as unit:
            await unit.connection.execute(
                table.insert().values(id=1, key="k", activity={"text": "private words"})
            )
    assert "private words" not in str(raised.value)
