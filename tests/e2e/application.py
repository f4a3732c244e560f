"""The product as a newcomer starts it, on free ports and with data of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from tests.e2e.needs import free_port

ROOT = Path(__file__).parents[2]
READY = "Ctrl-C stops everything"
STARTS_WITHIN = 90.0  # seconds, on a machine with other things to do
STOPS_WITHIN = 15.0


@dataclass
class Application:
    """`python app.py run` in a folder of its own; leaving its context stops it as Ctrl-C does."""

    folder: Path
    port: int = field(default_factory=free_port)
    sandbox_port: int = field(default_factory=free_port)
    playground_port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        """What it printed."""
        return self.folder / "application.log"

    @property
    def playground(self) -> str:
        """The Playground's page."""
        return f"http://localhost:{self.playground_port}"

    @property
    def sandbox(self) -> str:
        """The Graph sandbox's page."""
        return f"http://127.0.0.1:{self.sandbox_port}/"

    def __enter__(self) -> "Application":
        self.start()
        return self

    def start(self) -> None:
        """Start it, and return when bot, sandbox and Playground are there."""
        with self.log.open("ab") as log:
            since = log.tell()
            self._process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py"), "run"],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            self._wait_until_ready(since)
        except BaseException:
            self.kill()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> int:
        """Stop it with the signal of Ctrl-C and return its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(signal.SIGINT)
        try:
            return process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"it did not stop on Ctrl-C:\n{self._said()}") from None

    def kill(self) -> None:
        """End it as a power cut would."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def _environment(self) -> dict[str, str]:
        # Settings of the machine's own bot don't reach this one; it runs with the defaults.
        kept = (
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "TMPDIR",
            "SSL_CERT_FILE",
            "COVERAGE_PROCESS_START",
        )
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "PORT": str(self.port),
            "SANDBOX_PORT": str(self.sandbox_port),
            "PLAYGROUND_PORT": str(self.playground_port),
            "DATA_FOLDER": str(self.folder / "data"),
            **self.settings,
        }

    def _wait_until_ready(self, since: int) -> None:
        """Return when it has said how to stop it, which it says last."""
        end = time.monotonic() + STARTS_WITHIN
        while READY not in self._said(since):
            if self._process is None or self._process.poll() is not None:
                raise AssertionError(f"it ended while starting:\n{self._said(since)}")
            if time.monotonic() > end:
                raise AssertionError(f"it does not become ready:\n{self._said(since)}")
            time.sleep(0.1)

    def _said(self, since: int = 0) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[since:]
