"""A database on both engines, and the PostgreSQL server that one of them needs.

The server is the test run's own: made with initdb in a temporary folder, on a free port of the
loopback interface, by a user without privileges, and gone at the end. Each test gets a fresh
database, copied from one that was migrated once.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from storage import migration
from storage.database import Database, read_url

WHAT_TO_INSTALL = "PostgreSQL's server is missing: apt-get install postgresql"


@dataclass
class SetClock:
    """The product's clock, which stands still until a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2027, 1, 12, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table, to be copied."""
    path = tmp_path_factory.mktemp("database") / "migrated.db"
    migration.upgrade(read_url(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "bot.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server that only this test run knows, without a database name."""
    binaries = _binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail(WHAT_TO_INSTALL)
        pytest.skip(WHAT_TO_INSTALL)
    folder = Path(tempfile.mkdtemp(prefix="ibc-hm-postgresql-"))
    server = _Server(binaries, folder, _free_port())
    try:
        server.start()
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> str:
    """The name of a database with every table, to be copied."""
    _administer(postgresql_server, "CREATE DATABASE migrated")
    migration.upgrade(read_url(f"{postgresql_server}/migrated"))
    return "migrated"


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    _administer(postgresql_server, f"CREATE DATABASE {name}")
    yield f"{postgresql_server}/{name}"
    _administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(postgresql_server: str, migrated_postgresql: str) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    _administer(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql}")
    yield f"{postgresql_server}/{name}"
    _administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of the test's own, on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str, clock: SetClock) -> AsyncIterator[Database]:
    """The database of the test, started, with a clock that the test moves."""
    made = Database(database_url, clock)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def sqlite_database(sqlite_url: str, clock: SetClock) -> AsyncIterator[Database]:
    """The same on SQLite alone, for tests of what does not depend on the engine."""
    made = Database(sqlite_url, clock)
    await made.start()
    yield made
    await made.close()


@dataclass
class _Server:
    binaries: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}"

    def start(self) -> None:
        owner = _owner()
        if owner is not None:
            os.chown(self.folder, owner, -1)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = (
            f"-p {self.port} -h 127.0.0.1 -k {self.folder} -F -c synchronous_commit=off "
            "-c max_connections=200"
        )
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-o", settings, "start")

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def _run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / name), *arguments],
            user=_owner(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if name == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.PIPE if name == "initdb" else subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(f"{name}: {(done.stderr or b'').decode()}")


def _owner() -> int | None:
    """The server refuses to run as root; then it runs as `postgres`, or as `nobody`."""
    if sys.platform == "win32" or os.getuid() != 0:
        return None
    import pwd  # there is none on Windows

    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return None


def _binaries() -> Path | None:
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3]
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).parent if on_path else None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)
