"""The other bots' environments: made once from their pinned lists, kept under bench/.envs/."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
KEPT = HERE / ".envs"
PATIENCE = 300  # seconds that an installation may take


class NotMade(Exception):
    """An environment could not be made; the message holds the installer's last words."""


def python_for(name: str) -> Path:
    """The interpreter of the environment of `peers/NAME.txt`; made when missing or out of date.

    :raises NotMade: nothing could be installed, on a machine without a network for instance.
    """
    wanted = HERE / "peers" / f"{name}.txt"
    place = KEPT / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    python = place / "bin" / "python"
    stamp, seal = place / "made-from", hashlib.sha256(wanted.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == seal:
        return python
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(exist_ok=True)
    for command in _installer(place, python, wanted):
        _do(command)
    stamp.write_text(seal)
    return python


def _installer(place: Path, python: Path, wanted: Path) -> list[list[str]]:
    brought = HERE.parent / ".tools" / "bin" / "uv"
    uv = str(brought) if brought.exists() else shutil.which("uv")
    if uv:
        return [
            [uv, "venv", "--quiet", "--python", sys.executable, str(place)],
            [uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(wanted)],
        ]
    return [
        [sys.executable, "-m", "venv", str(place)],
        [str(python), "-m", "pip", "install", "--quiet", "-r", str(wanted)],
    ]


def _do(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMade(f"{type(error).__name__} at {Path(command[0]).name}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NotMade(" ".join(said[-2:])[:300] or f"{Path(command[0]).name} failed")
