"""What the sandbox keeps survives a restart, and a kill in the middle of work."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.calendar import CalendarEvent
from graph.client import Graph
from graph.sandbox.server import start_sandbox

AT = datetime(2027, 3, 9, 15, tzinfo=UTC)
EVENT = CalendarEvent("meeting:1", "Meeting", "", AT, AT + timedelta(hours=1), "UTC")


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    sandbox = await start_sandbox(tmp_path, port=0)
    graph = Graph(sandbox.settings)
    filed = await graph.drive.put("Reports", "r.txt", b"hello", metadata={"Meeting": "1"})
    await graph.lists.put_row("Requests", "1", {"State": "Filed"})
    made = await graph.calendar.put(EVENT, "t")
    _, link = await graph.drive.delta()
    token = await graph.connection.credential.token()
    port = int(sandbox.origin.rpartition(":")[2])
    await graph.close()
    await sandbox.close()

    sandbox = await start_sandbox(tmp_path, port=port)
    graph = Graph(sandbox.settings)
    assert await graph.connection.credential.token() != token
    assert await graph.drive.download(filed.id) == b"hello"
    assert (await graph.lists.rows("Requests"))[0]["State"] == "Filed"
    assert await graph.calendar.put(EVENT, "t") == made
    assert (await graph.drive.delta(link))[0] == ()
    await graph.close()
    await sandbox.close()


async def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    sandbox = await start_sandbox(tmp_path / "one", port=0)
    with pytest.raises(OSError, match="in use"):
        await start_sandbox(tmp_path / "two", port=int(sandbox.origin.rpartition(":")[2]))
    await sandbox.close()


async def started(folder: Path) -> tuple[asyncio.subprocess.Process, str]:
    """The sandbox as a process of its own, and its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "graph.sandbox", "--folder", str(folder), "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    return process, line.split()[-1]


@pytest.mark.slow
async def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    import dataclasses

    reference = await start_sandbox(tmp_path / "reference", port=0)
    settings = reference.settings
    await reference.close()
    kept: list[str] = []
    for round_number in range(2):
        process, base_url = await started(tmp_path / "killed")
        origin = base_url.removesuffix("/v1.0")
        graph = Graph(dataclasses.replace(settings, base_url=base_url, login_url=origin))
        for number in range(5):
            name = f"{round_number}-{number}.txt"
            filed = await graph.drive.put("Reports", name, name.encode())
            assert await graph.drive.download(filed.id) == name.encode()
            kept.append(name)
        working = asyncio.create_task(graph.drive.put("Reports", "last.txt", b"x" * 3_000_000))
        await asyncio.sleep(0)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        await asyncio.gather(working, return_exceptions=True)
        await graph.close()

    process, base_url = await started(tmp_path / "killed")
    origin = base_url.removesuffix("/v1.0")
    graph = Graph(dataclasses.replace(settings, base_url=base_url, login_url=origin))
    held = {item.name: item for item in await graph.drive.list("Reports")}
    assert set(kept) <= set(held)
    for name in kept:
        assert await graph.drive.download(held[name].id) == name.encode()
    await graph.close()
    process.terminate()
    await process.wait()
