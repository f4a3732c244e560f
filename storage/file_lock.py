"""A lock that dies with its process: held on a file beside the database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def hold_file(path: Path) -> Iterator[None]:
    """Holds the file for this process; RuntimeError when another one holds it."""
    with path.open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise RuntimeError(
                f"another process works on {path.with_suffix('').name} already; "
                "several processes at once need PostgreSQL"
            ) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
