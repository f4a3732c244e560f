"""What the browser tests need from the machine, and what to say where it is missing."""

import os
import shutil
import socket
from typing import NoReturn

import pytest

from playground.launch import COMMAND


def missing(what_to_do: str) -> NoReturn:
    """Skip the test with a line that says what to install; on a CI server fail it."""
    if os.environ.get("CI"):
        pytest.fail(what_to_do)
    pytest.skip(what_to_do)


def need_playground() -> None:
    """Go on where Node.js and the Playground are installed."""
    if shutil.which("node") is None:
        missing("Node.js is missing: install Node.js 18 or later, with npm")
    if not COMMAND.exists():
        missing("the Playground is not installed: run playground/install")


def need_chromium() -> str:
    """The path of Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    for path in map(shutil.which, names):
        if path:
            return path
    missing("Chromium is missing: tests/install-system-packages installs it, or names it")


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
