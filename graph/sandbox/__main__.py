"""The sandbox by itself: `python -m graph.sandbox`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from graph.sandbox.server import start_sandbox


async def serve(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    files_port = None if options.files_port < 0 else options.files_port
    sandbox = await start_sandbox(options.folder, options.host, options.port, files_port)
    sys.stdout.write(f"Page {sandbox.origin}/  Graph {sandbox.base_url}\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.close()


def main() -> None:
    """Read the options and serve."""
    options = argparse.ArgumentParser(prog="python -m graph.sandbox", description=__doc__)
    options.add_argument("--folder", type=Path, default=Path("var/sandbox"), help="what it keeps")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8901)
    options.add_argument(
        "--files-port",
        type=int,
        default=0,
        help="origin of uploads and downloads: 0 any free port, -1 the same port",
    )
    try:
        asyncio.run(serve(options.parse_args()))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
