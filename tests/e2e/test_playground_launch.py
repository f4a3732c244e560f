"""The Playground as the product starts it: for this machine alone, quiet, and gone when we go."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from playground import launch
from playground.launch import Playground, PlaygroundUnavailable
from playground.space import PlaygroundMember, Space, playground_configuration
from tests.e2e.needs import free_port, need_playground

ROOT = Path(__file__).parents[2]
MEMBERS = [
    PlaygroundMember.called(name)
    for name in (
        "UNICEF (Secretariat)",
        "IOM (Co-Chair)",
        "UNHCR (Co-Chair)",
        "WFP (Member)",
        "Resident Coordinator's Office",
        "ECLAC (Co-Chair)",
    )
]
SPACE = Space("IBC on Human Mobility", "Secretariat", "IBC-HM assistant", MEMBERS[0], MEMBERS[1:])

# Writes down every address that the program it is loaded into asks for.
LISTENER = """
const net = require("node:net");
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [to] = Array.isArray(given[0]) ? given[0] : given;
  require("node:fs").appendFileSync(process.env.ADDRESSES, `${to.host || to.path}\\n`);
  return connect.apply(this, given);
};
"""

STARTS_AND_DIES = """
import asyncio, os, sys
from pathlib import Path
from playground.launch import Playground
from tests.e2e.test_playground_launch import SPACE

async def main():
    playground = Playground(SPACE, Path(sys.argv[1]), port=int(sys.argv[2]))
    await playground.start()
    os.kill(os.getpid(), 9)

asyncio.run(main())
"""


@pytest.fixture
def make_playground(tmp_path: Path) -> Callable[..., Playground]:
    """A Playground on a free port that nobody has started yet."""

    def make(**changes) -> Playground:
        return Playground(SPACE, tmp_path / "playground", port=free_port(), **changes)

    return make


async def configuration(playground: Playground) -> dict:
    """What the Playground says about itself, which it does once a bot listens."""
    async with TestServer(web.Application()) as bot:
        playground.bot_endpoint = str(bot.make_url("/api/messages"))
        await playground.start()
        async with ClientSession() as session:
            answer = await session.get(f"{playground.url}/_internal/v1/config")
            shown: dict = (await answer.json())["config"]
    return shown


async def free_again(port: int) -> bool:
    """Whether the port becomes free; a process that ends needs a moment."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return True
        await asyncio.sleep(0.1)
    return False


@pytest.mark.browser
async def test_it_shows_the_coalition_s_team_and_members(make_playground):
    need_playground()
    playground = make_playground()
    try:
        shown = await configuration(playground)
    finally:
        await playground.stop()
    assert shown["currentUser"]["name"] == "UNICEF (Secretariat)"
    assert {user["name"] for user in shown["users"]} >= {one.name for one in MEMBERS[1:]}
    (team,) = shown["teams"]
    assert [channel["name"] for channel in team["channels"]] == ["General", "Secretariat"]


@pytest.mark.browser
async def test_only_this_machine_reaches_it(make_playground):
    need_playground()
    playground = make_playground()
    await playground.start()
    try:
        with socket.socket() as other:
            # Another address of this machine is still free, so it doesn't listen on every network.
            other.bind(("127.0.0.2", playground.port))
    finally:
        await playground.stop()


@pytest.mark.browser
async def test_stopping_frees_the_port_and_starting_again_works(make_playground):
    need_playground()
    playground = make_playground()
    for _ in range(2):
        await playground.start()
        await playground.stop()
        assert await free_again(playground.port)


@pytest.mark.browser
async def test_stopping_twice_or_before_starting_does_nothing(make_playground):
    playground = make_playground()
    await playground.stop()
    await playground.stop()


@pytest.mark.browser
async def test_it_ends_when_whoever_started_it_is_killed(tmp_path):
    need_playground()
    port = free_port()
    command = [sys.executable, "-c", STARTS_AND_DIES, str(tmp_path), str(port)]
    ended = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert await free_again(port)


@pytest.mark.browser
async def test_it_asks_no_address_but_the_bot_s(make_playground, tmp_path, monkeypatch):
    need_playground()
    listener, addresses = tmp_path / "listener.cjs", tmp_path / "addresses"
    listener.write_text(LISTENER)
    monkeypatch.setenv("NODE_OPTIONS", f"--require {listener}")
    monkeypatch.setenv("ADDRESSES", str(addresses))
    playground = make_playground()
    try:
        await configuration(playground)
    finally:
        await playground.stop()
    assert {*addresses.read_text().split()} == {"127.0.0.1"}


async def test_a_taken_port_is_named(make_playground):
    need_playground()
    playground = make_playground()
    with socket.socket() as other:
        other.bind(("127.0.0.1", playground.port))
        other.listen()
        with pytest.raises(PlaygroundUnavailable) as refusal:
            await playground.start()
    assert refusal.value.reason == "port-taken"
    assert refusal.value.details == {"port": playground.port}


async def test_a_missing_node_is_named(make_playground, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PlaygroundUnavailable) as refusal:
        await make_playground().start()
    assert refusal.value.reason == "node-missing"


async def test_a_missing_installation_is_named(make_playground, monkeypatch, tmp_path):
    node = tmp_path / "node"
    node.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(launch, "COMMAND", tmp_path / "nowhere.js")
    with pytest.raises(PlaygroundUnavailable) as refusal:
        await make_playground().start()
    assert refusal.value.reason == "not-installed"


async def test_a_program_that_ends_at_once_is_named_with_its_log(
    make_playground, monkeypatch, tmp_path
):
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho something is broken >&2\nexit 3\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(launch, "COMMAND", node)
    playground = make_playground()
    with pytest.raises(PlaygroundUnavailable) as refusal:
        await playground.start()
    assert refusal.value.reason == "failed-to-start"
    assert refusal.value.details == {"log": str(playground.log)}
    assert "something is broken" in playground.log.read_text()


async def test_secrets_of_the_bot_do_not_reach_it(make_playground, monkeypatch):
    monkeypatch.setenv("MicrosoftAppPassword", "secret-1")
    monkeypatch.setenv("GRAPH_CLIENT_SECRET", "secret-2")
    monkeypatch.setenv("AUTH_CLIENT_SECRET", "secret-3")
    handed_over = make_playground()._environment(Path("x"))
    assert not [value for value in handed_over.values() if value.startswith("secret")]


def test_ids_are_the_same_at_every_start_and_differ_between_members():
    again = [PlaygroundMember.called(member.name) for member in MEMBERS]
    assert again == MEMBERS
    assert len({member.directory_id for member in MEMBERS}) == len(MEMBERS)


def test_channels_have_ids_of_their_own():
    content = playground_configuration(SPACE)
    (channel,) = content["team"]["channels"]
    assert channel == {"id": SPACE.secretariat_channel_id, "name": "Secretariat"}
    assert content["team"]["id"] == SPACE.team_id != SPACE.secretariat_channel_id


@pytest.mark.parametrize(
    "space",
    [
        replace(SPACE, others=MEMBERS[1:5]),
        replace(SPACE, others=[*MEMBERS[1:5], MEMBERS[1]]),
        replace(SPACE, current=MEMBERS[1]),
        replace(SPACE, bot="x" * 43),
        replace(SPACE, bot=""),
    ],
)
def test_a_space_that_the_playground_would_refuse_is_refused(space):
    with pytest.raises(ValueError, match=r"members|characters"):
        playground_configuration(space)
