"""The job `deliver`: sends one message of the outbox, and records what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol
from uuid import uuid4

import structlog

from coalition.delivery import (
    Delivered,
    Failed,
    NotSent,
    Outcome,
    Throttled,
    Unknown,
    Unreachable,
)
from jobs.engine import Engine, Retry, RetryLater
from jobs.pacing import hold, take_turn
from storage.database import Database
from storage.job_care import JobCare
from storage.outbox import DELIVER, Delivery, State
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

Reference = Mapping[str, Any]
ReferenceOf = Callable[[UnitOfWork, str], Awaitable[Reference | None]]

MEND = "mend-deliveries"
WAITED_HERE = 2.5  # seconds; a longer wait gives the worker's hand back
GIVEN_UP_AFTER = 300  # attempts, which is about a day
REPEATED_AT_MOST = 5  # attempts of an update whose fate is unknown
#: While the database is away nothing can be recorded, so there is nothing to give up.
RETRY = Retry((1, 5, 15) + (60,) * 200)


class Messenger(Protocol):
    """Writes to Teams; it never waits, never repeats and turns every failure into an outcome."""

    async def send(self, reference: Reference, activity: Mapping[str, Any]) -> Outcome: ...

    async def update(
        self, reference: Reference, activity_id: str, activity: Mapping[str, Any]
    ) -> Outcome: ...


class Deliveries:
    """`reference_of` finds how to write to a conversation, in the unit that is given to it."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        reference_of: ReferenceOf,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._reference_of = reference_of
        self._sleep = sleep

    def register(self, engine: Engine) -> None:
        engine.task(DELIVER, self.deliver, retry=RETRY)
        engine.periodic(MEND, "*/10 * * * *", self.mend)

    async def deliver(self, arguments: Mapping[str, Any]) -> None:
        """Sends the delivery whose number is in `arguments`, unless it is settled already.

        Raises RetryLater when it has to wait; its lock then holds back what follows in the same
        conversation, and nothing else.
        """
        claim = uuid4().hex
        while True:
            async with self._database.unit_of_work() as unit:
                claimed = await self._claim(unit, int(arguments["delivery"]), claim)
            if not isinstance(claimed, float):
                break
            if claimed > WAITED_HERE:
                raise RetryLater(claimed, "pace")
            await self._sleep(claimed)
        if claimed is not None:
            delivery, reference, activity_id = claimed
            outcome = await self._call(delivery, reference, activity_id)
            await self._record(delivery, claim, outcome)

    async def mend(self, _: Mapping[str, Any]) -> None:
        """Gives a new job to every waiting message that has none: its job was given up or lost."""
        async with self._database.unit_of_work(read_only=True) as unit:
            waiting = await unit.outbox.in_state(State.PENDING, State.SENDING)
        jobs = await JobCare(self._database).live_arguments(DELIVER)
        served = {arguments.get("delivery") for arguments in jobs}
        for delivery in waiting:
            if delivery.id not in served:
                log.warning("delivery-without-job", delivery=delivery.id)
                async with self._database.unit_of_work() as unit:
                    await unit.outbox.ask_for_delivery(delivery)

    async def clear(self, conversation_id: str) -> bool:
        """An event says that messages reach this conversation again; says whether they did not.

        Installed again, or the person wrote to us. What was missed stays listed as unreachable.
        """
        async with self._database.unit_of_work() as unit:
            return await unit.reachability.clear(conversation_id)

    async def _claim(
        self, unit: UnitOfWork, number: int, claim: str
    ) -> tuple[Delivery, Reference, str | None] | float | None:
        """What to send; or the seconds to wait first; or None when there is nothing to do."""
        delivery = await unit.sending.get(number)
        if delivery is None or delivery.conversation_id is None:
            return None
        if delivery.state is State.SENDING:
            # A process died between claim and outcome. Nobody knows whether it arrived (L6).
            await unit.sending.close(
                number, State.SENDING, State.UNKNOWN, "the process stopped while sending"
            )
            log.warning("delivery-unknown", delivery=number)
            return None
        if delivery.state is not State.PENDING:
            return None
        closed = await unit.reachability.find(delivery.conversation_id)
        if closed is not None:
            await unit.sending.close(
                number, State.PENDING, State.UNREACHABLE, closed.reason, closed.remedy
            )
            return None
        reference = await self._reference_of(unit, delivery.conversation_id)
        if reference is None:
            await unit.sending.close(
                number, State.PENDING, State.UNREACHABLE, "no-reference", "wait-for-install"
            )
            return None
        wait = await take_turn(unit, delivery.conversation_id)
        if wait > 0.0:
            return wait
        if not await unit.sending.claim(number, claim):
            return None
        return delivery, reference, await unit.sending.activity_to_replace(delivery)

    async def _call(
        self, delivery: Delivery, reference: Reference, activity_id: str | None
    ) -> Outcome:
        try:
            if activity_id:
                return await self._messenger.update(reference, activity_id, delivery.activity)
            return await self._messenger.send(reference, delivery.activity)
        except Exception as error:
            # A defect of ours; the message may have left before it struck.
            log.exception("delivery-raised", delivery=delivery.id)
            return Unknown(type(error).__name__)

    async def _record(self, delivery: Delivery, claim: str, outcome: Outcome) -> None:
        async with self._database.unit_of_work() as unit:
            wait = await settle(unit, delivery, claim, outcome)
        log.info("delivery", delivery=delivery.id, outcome=type(outcome).__name__, again_in=wait)
        if wait is not None:
            raise RetryLater(wait, type(outcome).__name__)


async def settle(
    unit: UnitOfWork, delivery: Delivery, claim: str, outcome: Outcome
) -> float | None:
    """Records an outcome; returns the seconds after which to try again, None when it is final."""
    number, sending = delivery.id, unit.sending
    is_last = delivery.attempts + 1 >= GIVEN_UP_AFTER
    match outcome:
        case Delivered(activity_id):
            await sending.settle(number, claim, State.SENT, activity_id=activity_id)
        case Throttled(retry_for) | NotSent(retry_for) if not is_last:
            if isinstance(outcome, Throttled):
                await hold(unit, delivery.conversation_id or "", retry_for)
            return await _again(unit, delivery, claim, max(retry_for, backoff(delivery.attempts)))
        case Throttled() | NotSent():
            reason = getattr(outcome, "reason", "") or type(outcome).__name__
            await sending.settle(number, claim, State.FAILED, reason=f"given up: {reason}")
        case Unreachable(reason, remedy):
            await sending.settle(number, claim, State.UNREACHABLE, reason=reason, remedy=remedy)
            if remedy != "drop-message":  # there the message to update is gone, not the people
                await unit.reachability.close(
                    delivery.conversation_id or "", reason, remedy, number
                )
        case Unknown(reason, repeatable):
            if repeatable and delivery.attempts + 1 < REPEATED_AT_MOST:
                return await _again(unit, delivery, claim, backoff(delivery.attempts + 3))
            await sending.settle(number, claim, State.UNKNOWN, reason=reason)
        case Failed(reason):
            await sending.settle(number, claim, State.FAILED, reason=reason)
    return None


async def _again(unit: UnitOfWork, delivery: Delivery, claim: str, seconds: float) -> float | None:
    """The message certainly did not leave and waits again.

    When this sender was given up meanwhile, its job is gone and a new one is deferred.
    """
    if await unit.sending.give_back(delivery.id, claim):
        return seconds
    await unit.outbox.post_again(delivery.key)
    return None


def backoff(attempts: int) -> float:
    """Seconds to wait at least after so many attempts before this one: 0.5, 1, 2 ... 300."""
    return float(min(300.0, 0.5 * 2 ** min(attempts, 10)))
