"""The measurement: bots and talks by turns, round after round, so that a neighbour's load on the
machine falls on all of them; and the figures that come of it."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median

from bench.bots import Bot, Load, Started, start
from bench.plan import Plan


@dataclass
class Figures:
    """What was measured of one talk with one bot and so many users, a value a round."""

    bot: str
    talk: str
    users: int
    cpu_ms: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    replied_ms: list[float] = field(default_factory=list)

    def take(self, measured: Mapping[str, object], cpu_seconds: float) -> None:
        """Add a round."""
        turns, seconds, replied = (measured[name] for name in ("turns", "seconds", "replied"))
        assert isinstance(turns, int)
        assert isinstance(seconds, float)
        assert isinstance(replied, list)
        self.cpu_ms.append(1000 * cpu_seconds / turns)
        self.rates.append(turns / seconds)
        self.replied_ms += [1000 * reply for reply in replied]

    def percentile(self, share: float) -> float:
        """The time in milliseconds within which this share of the replies was there."""
        ordered = sorted(self.replied_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass
class Start:
    """How a bot started and how large it became; seconds and MiB."""

    bot: str
    listening: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    memory: float = 0.0
    memory_after: float = 0.0
    msgraph: str = ""

    def take(self, started: Started, listening_at: float, answered_at: float) -> None:
        """Add a start."""
        self.listening.append(listening_at - started.process.started_at)
        self.answered.append(answered_at - started.process.started_at)
        self.memory = started.process.memory()


def measure_starts(bots: list[Bot], load: Load, plan: Plan) -> tuple[list[Start], list[Started]]:
    """Start each bot several times; the first time writes caches and counts for nothing.

    Those of the last time go on running; the caller ends them, and so does an error here.
    """
    starts = {bot.name: Start(bot.name) for bot in bots}
    running: list[Started] = []
    try:
        for number in range(plan.starts + 1):
            for started in running:
                started.process.stop()
            running.clear()
            for bot in bots:
                running.append(start(bot, plan.folder / bot.name, plan.taken_port))
                listening_at = running[-1].listening_at()
                first = load.order(running[-1], "first answer", talk=bot.talks[0])
                if number:
                    starts[bot.name].take(running[-1], listening_at, first["answered_at"])
    except BaseException:
        for started in running:
            started.process.stop()
        raise
    return list(starts.values()), running


def measure_turns(running: list[Started], load: Load, plan: Plan) -> list[Figures]:
    """Warm up, then measure round after round while there is time."""
    lanes = [(bot, talk) for bot in running for talk in bot.bot.talks]
    found: dict[tuple[str, str, int], Figures] = {}
    for bot, talk in lanes:
        load.order(bot, "turns", talk=talk, users=max(plan.users), turns=plan.warm_up)
    for _ in _rounds(plan):
        for users in plan.users:
            for bot, talk in lanes:
                key = (bot.bot.name, talk, users)
                figures = found.setdefault(key, Figures(*key))
                before = bot.process.cpu_seconds()
                measured = load.order(bot, "turns", talk=talk, users=users, turns=plan.turns(users))
                figures.take(measured, bot.process.cpu_seconds() - before)
    return list(found.values())


def _rounds(plan: Plan) -> Iterator[int]:
    """The fewest rounds, then others as long as one more is likely to end in time."""
    first_at = time.monotonic()
    for number in range(plan.most_rounds):
        now = time.monotonic()
        one = (now - first_at) / max(1, number)
        if number >= plan.fewest_rounds and now - plan.began_at + one > plan.seconds:
            return
        yield number


def best_and_median(values: list[float], *, high: bool = False) -> tuple[float, float]:
    """The best of the values, the lowest unless `high`, and the one in the middle."""
    return (max(values) if high else min(values)), median(values)
