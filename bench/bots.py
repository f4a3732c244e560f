"""The bots that are measured: how each is started, and what is asked of it."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.environments import HERE, python_for
from bench.watched import Watched, free_port

ROOT = HERE.parent
STARTS_WITHIN = 60.0  # seconds


class Failed(Exception):
    """A bot or the load did not do what is measured; the message says what came instead."""


@dataclass(frozen=True)
class Bot:
    """`command` starts it, with `{port}` filled in; `talks` are what is asked of it."""

    name: str
    command: tuple[str, ...]
    talks: tuple[str, ...]
    #: Whether its own settings come from the environment, as ours do.
    is_ours: bool = False


def product(*, works: bool) -> Bot:
    """Our bot: as `python app.py run`, or only the turns of filing a request without their jobs."""
    how = "run" if works else "serve"
    talks = ("help", "question") if works else ("request on a card", "request by words")
    return Bot(
        "this bot" if works else "this bot (jobs elsewhere)",
        (sys.executable, "-m", "bench.product", how),
        talks,
        True,
    )


def peer(name: str, environment: str) -> Bot:
    """An echo bot in its own environment; raises NotMade."""
    script = HERE / "peers" / f"{environment}_echo.py"
    return Bot(name, (str(python_for(environment)), str(script), "{port}"), ("echo",))


@dataclass
class Started:
    """A bot that runs, in a folder of its own."""

    bot: Bot
    port: int
    process: Watched
    folder: Path
    log: Path

    def listening_at(self) -> float:
        """When it listens, by the monotonic clock; returns then, and raises Failed if it ended."""
        while time.monotonic() - self.process.started_at < STARTS_WITHIN:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return time.monotonic()
            if self.process.ended:
                break
            time.sleep(0.005)
        raise Failed(f"{self.bot.name} does not start.\n{self.words()}")

    def words(self) -> str:
        """The last lines that it printed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def modules(self) -> list[str] | None:
        """The modules that it has loaded; None for the other bots, which are not asked."""
        if not self.bot.is_ours:
            return None
        written = self.folder / "modules.json"
        written.unlink(missing_ok=True)
        self.process.ask()
        for _ in range(200):
            if written.exists():
                return list(json.loads(written.read_text()))
            time.sleep(0.02)
        return None


def start(bot: Bot, folder: Path, taken_port: int) -> Started:
    """Start a bot in a folder, which holds its database and its log.

    :param taken_port: one that is taken, which keeps the Playground from being started beside it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), folder / "log.txt"
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("Microsoft", "GRAPH_", "DATABASE_URL", "CLOCK", "TO_"))
    }
    environment |= {
        "PYTHONPATH": str(ROOT) if bot.is_ours else "",
        "BENCH_MODULES": str(folder / "modules.json"),
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "SANDBOX_PORT": str(free_port()),
        "PLAYGROUND_PORT": str(taken_port),
        "DATA_FOLDER": str(folder / "data"),
    }
    command = [part.format(port=port) for part in bot.command]
    with log.open("ab") as stream:
        return Started(bot, port, Watched(command, environment, folder, stream), folder, log)


@dataclass
class Load:
    """The process that talks to the bots; a context."""

    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> "Load":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(10)

    def order(self, to: Started, do: str, **order: Any) -> dict[str, Any]:
        """Give an order and return what was measured; raises Failed."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, "port": to.port, **order}) + "\n")
        self.process.stdin.flush()
        result: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")
        if not result or "wrong" in result:
            why = result.get("wrong", "the load ended")
            raise Failed(f"{to.bot.name}: {why}\n{to.words()}")
        return result
