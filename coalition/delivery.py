"""What can become of a message that the bot sends: one of six outcomes, and nothing in between.

The outbox stores an outcome for each recipient and decides by its type alone: only `Throttled`
and `NotSent` may be sent again, because only then nothing has reached the conversation.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Delivered:
    """The service accepted it. `activity_id` is empty when it accepted without naming one."""

    activity_id: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """The service refused for now (429); it may be sent again after `retry_for` seconds."""

    retry_for: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing left the house (no connection, no access token); try after `retry_for` seconds."""

    retry_for: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The recipient cannot be written to until `remedy` has happened; `reason` says why.

    Both are keys of texts. Remedies: `wait-for-install` (until an installation event),
    `wait-for-message` (until the person writes), `drop-reference` (the conversation is gone),
    `drop-message` (the message to update is gone), `ask-administrator`.
    """

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have arrived, so nobody sends it again: a person looks.

    `repeatable` marks an update, which does no harm when it is done twice.
    """

    reason: str
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """The service understood and said no (400, 401, 413): ours to mend, sending again is idle."""

    reason: str


Undeliverable: TypeAlias = Throttled | NotSent | Unreachable | Unknown | Failed
Outcome: TypeAlias = Delivered | Undeliverable


class Undelivered(Exception):
    """A message of a turn was not delivered; `outcome` says what is known about it."""

    def __init__(self, outcome: Undeliverable) -> None:
        super().__init__(f"not delivered: {outcome}")
        self.outcome = outcome
