"""Measures this bot beside echo bots on other SDKs: `python -m bench [--quick]`.

All bots run at once, without tokens, and take the same turns from the same users one after the
other; the channel is a process of its own on loopback that takes every reply at once.
"""

import argparse
import importlib.metadata
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.bots import Bot, Failed, Load, Started, peer, product
from bench.environments import HERE, NotMade
from bench.plan import quick, whole
from bench.rounds import Start, measure_starts, measure_turns
from bench.table import machine, starts_table, turns_table

#: The other bots: their package, and the name of their environment.
PEERS = (
    ("microsoft-agents-hosting-aiohttp", "Agents SDK", "agents"),
    ("botbuilder-integration-aiohttp", "botbuilder CloudAdapter", "botbuilder"),
)


def main() -> int:
    """Measure and print; the exit code is 1 where a bot did not do what is measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute instead of under four")
    options = parser.parse_args()
    began_at = time.monotonic()
    print(machine())
    versions = " ".join(
        f"{name} {importlib.metadata.version(name)}"
        for name in ("aiohttp", "sqlalchemy", "botbuilder-core", "msgraph-sdk")
    )
    print(f"This bot with {versions}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        taken = stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1]
        plan = (quick if options.quick else whole)(folder, taken)
        load = stack.enter_context(Load())
        bots = [product(works=False), product(works=True), *_peers()]
        try:
            starts, running = measure_starts(bots, load, plan)
            for started in running:
                stack.callback(started.process.stop)
            figures = measure_turns(running, load, plan)
        except Failed as failed:
            print(f"Nothing was measured. {failed}", file=sys.stderr)
            return 1
        _look_at(starts, running)
    rounds = len(figures[0].cpu_ms)
    print(f"\nTurns ({rounds} rounds of {plan.turns(1)} and {plan.turns(16)} turns)")
    print(turns_table(figures))
    print(f"\nStarts ({plan.starts}, after one that is not counted)")
    print(starts_table(starts))
    print("\nUnderstanding")
    command = [sys.executable, "-m", "bench.understanding"]
    print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    print(f"{time.monotonic() - began_at:.0f} s in all.")
    return 0


def _peers() -> list[Bot]:
    bots = []
    for package, name, environment in PEERS:
        pinned = (HERE / "peers" / f"{environment}.txt").read_text().splitlines()
        version = next(line for line in pinned if line.startswith(package)).partition("==")[2]
        try:
            bots.append(peer(f"{name} {version}", environment))
        except NotMade as error:
            print(f"{name} {version} is left out: its environment cannot be made. {error}")
    return bots


def _look_at(starts: list[Start], running: list[Started]) -> None:
    """The memory after the turns, and whether msgraph was loaded without need."""
    for one in starts:
        bot = next(bot for bot in running if bot.bot.name == one.bot)
        one.memory_after = bot.process.memory()
        if (modules := bot.modules()) is not None:
            is_loaded = any(module.split(".")[0] == "msgraph" for module in modules)
            one.msgraph = f"msgraph is {'LOADED' if is_loaded else 'not loaded'} after these turns"


if __name__ == "__main__":
    sys.exit(main())
