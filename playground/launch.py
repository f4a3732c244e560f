"""Starts the Playground beside the bot, and stops everything that it started."""

import asyncio
import os
import re
import shutil
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from playground.space import Space, write_configuration

HERE = Path(__file__).parent
COMMAND = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
LOOPBACK = "127.0.0.1"
STARTS_WITHIN = 60.0  # seconds; Node.js reads five megabytes of script first
STOPS_WITHIN = 5.0  # seconds

Reason = Literal["node-missing", "not-installed", "port-taken", "failed-to-start"]

# The Playground counts its uses with Application Insights unless it is told not to: `--dt` stops
# its own events, and these the library's reports about itself.
NO_TELEMETRY: Mapping[str, str] = {
    "APPLICATION_INSIGHTS_NO_STATSBEAT": "true",
    "APPLICATIONINSIGHTS_CONFIGURATION_CONTENT": (
        '{"disableAppInsights":true,"disableStatsbeat":true}'
    ),
}


class PlaygroundUnavailable(Exception):
    """The Playground can't be started; the bot runs without it. `reason` says why."""

    def __init__(self, reason: Reason, **details: str | int) -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = details

    def remedy(self, port: int) -> str:
        """What to do about it; `port` is the one that was wanted."""
        return {
            "node-missing": "Node.js is missing: install it from your system's packages, then "
            "start again. The bot and the sandbox run without it.",
            "not-installed": "Its package is not installed: use `make run`, or run `npm ci` in "
            "playground/.",
            "port-taken": f"Port {port} is taken: stop the other program, or choose another "
            f"port: PLAYGROUND_PORT={port + 10} make run",
        }.get(self.reason, f"It ended at its start; its words are in {self.details.get('log')}.")


@dataclass
class Playground:
    """One Playground. `folder`, made when it isn't there, gets its configuration and its log."""

    space: Space
    folder: Path
    bot_endpoint: str = "http://127.0.0.1:3978/api/messages"
    port: int = 56150
    opens_browser: bool = False
    _process: asyncio.subprocess.Process | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        """The file that holds what it printed."""
        return self.folder / "playground.log"

    async def start(self) -> None:
        """Start it and return when it listens.

        Raises PlaygroundUnavailable: Node.js is missing, `npm ci` was not run in playground/, the
        port is taken, or the program ended or stayed silent (`log` in the details has its words).
        """
        node = _node()
        _check_port(self.port)
        self.folder.mkdir(parents=True, exist_ok=True)
        configuration = write_configuration(self.space, self.folder)
        with self.log.open("wb") as log:
            self._process = await self._spawn(node, configuration, log)
        try:
            await asyncio.wait_for(self._listening(), STARTS_WITHIN)
        except TimeoutError:
            await self.stop()
            raise PlaygroundUnavailable("failed-to-start", log=str(self.log)) from None
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End it and all that it started; without effect when it isn't running."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        if process.stdin:
            process.stdin.close()  # hold.cjs ends it
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOPS_WITHIN)
        _kill_group(process.pid)
        await process.wait()

    async def _spawn(
        self, node: str, configuration: Path, log: IO[bytes]
    ) -> asyncio.subprocess.Process:
        # Its own session: Ctrl-C reaches the bot alone, which then stops the Playground in order.
        return await asyncio.create_subprocess_exec(
            node,
            "--require",
            str(HERE / "hold.cjs"),
            str(COMMAND),
            "start",
            "--dt",
            "--app-endpoint",
            self.bot_endpoint,
            "--port",
            str(self.port),
            cwd=self.folder,
            env=self._environment(configuration),
            stdin=asyncio.subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def _environment(self, configuration: Path) -> dict[str, str]:
        # Settings of somebody's own Playground don't reach this one, nor do app secrets.
        own = ("M365_AGENTS_PLAYGROUND", "TEAMSAPPTESTER", "AUTH_", "MICROSOFTAPP", "GRAPH_")
        kept = {key: text for key, text in os.environ.items() if not key.upper().startswith(own)}
        chosen = {
            "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(configuration.resolve()),
            "M365_AGENTS_PLAYGROUND_LOGFILE": str((self.folder / "exchanges.log").resolve()),
        }
        if not self.opens_browser:
            chosen["TEAMSAPPTESTER_BROWSER"] = "none"
        return {**kept, **NO_TELEMETRY, **chosen}

    async def _listening(self) -> None:
        """Return when the Playground says that it listens on our port."""
        while True:
            said = re.search(rb"Listening on (\d+)", self.log.read_bytes())
            if said and int(said[1]) == self.port:
                return
            if said:  # taken in the meantime: it has moved to another port by itself
                raise PlaygroundUnavailable("port-taken", port=self.port)
            if self._process is None or self._process.returncode is not None:
                raise PlaygroundUnavailable("failed-to-start", log=str(self.log))
            await asyncio.sleep(0.1)


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        raise PlaygroundUnavailable("node-missing")
    if not COMMAND.exists():
        raise PlaygroundUnavailable("not-installed", folder=str(HERE))
    return node


def _check_port(port: int) -> None:
    """Left to itself the Playground would take another port without being asked."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise PlaygroundUnavailable("port-taken", port=port) from None


def _kill_group(process_id: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process_id, signal.SIGKILL)
