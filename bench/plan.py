"""How much is measured."""

import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """When `seconds` have passed since `began_at`, no round beyond the fewest begins."""

    folder: Path
    taken_port: int
    began_at: float
    seconds: float
    starts: int
    fewest_rounds: int
    most_rounds: int
    turns_alone: int
    turns_together: int
    warm_up: int
    users: tuple[int, ...] = (1, 16)

    def turns(self, users: int) -> int:
        """How many turns are taken in all by so many users."""
        return self.turns_alone if users == 1 else self.turns_together


def whole(folder: Path, taken_port: int) -> Plan:
    """Under four minutes."""
    return Plan(folder, taken_port, time.monotonic(), 200, 3, 2, 7, 120, 320, 160)


def quick(folder: Path, taken_port: int) -> Plan:
    """Under a minute."""
    return Plan(folder, taken_port, time.monotonic(), 45, 1, 1, 3, 48, 96, 48)
