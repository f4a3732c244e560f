"""A started process: its CPU time, its memory, its end."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

STOPS_WITHIN = 10.0  # seconds


class Watched:
    """A process of ours; it is ended with `stop`, and at the latest when we end."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, log: IO[bytes]
    ) -> None:
        self.started_at = time.monotonic()
        self._process = subprocess.Popen(
            command, env=dict(environment), cwd=folder, stdout=log, stderr=log
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def cpu_seconds(self) -> float:
        """User and system time of all its threads, those that ended included.

        The clock of a process (clock_getcpuclockid(3)) counts nanoseconds; /proc/PID/stat counts
        hundredths of a second. macOS has neither; see `ps`.
        """
        try:
            return time.clock_gettime(~self.pid << 3 | 2)
        except (OSError, OverflowError):
            minutes, _, seconds = self._ps("time").rpartition(":")
            return float(minutes.rpartition(":")[2] or 0) * 60 + float(seconds or "nan")

    def memory(self) -> float:
        """What it holds in memory (resident set), in MiB."""
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        except OSError:
            return float(self._ps("rss") or "nan") / 1024

    def _ps(self, column: str) -> str:
        command = ["ps", "-o", f"{column}=", "-p", str(self.pid)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def ask(self) -> None:
        """Tell it to write down what it has loaded; see `bench.product`."""
        self._process.send_signal(signal.SIGUSR1)

    def stop(self) -> None:
        """End it, kindly at first."""
        if self.ended:
            return
        self._process.terminate()
        try:
            self._process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
