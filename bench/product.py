"""Our bot as a bench process: `python -m bench.product run | serve`.

`run` is `python app.py run` itself. `serve` answers turns and leaves the jobs to others, so that
what a request sets going afterwards is not counted as the turn's. Both write down, on SIGUSR1,
which modules they have loaded.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType


def _write_modules(signal_number: int, frame: FrameType | None) -> None:
    target = Path(os.environ["BENCH_MODULES"])
    draft = target.with_suffix(".draft")
    draft.write_text(json.dumps(sorted(sys.modules)))
    draft.replace(target)


async def _serve() -> None:
    from aiohttp import web

    from composition import build
    from settings import read_settings

    settings = read_settings()
    async with build(settings, migrates=True) as product:
        runner = web.AppRunner(product.application(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, settings.host, settings.port).start()
        await asyncio.Event().wait()


def main() -> None:
    """Do what the argument says, until ended."""
    signal.signal(signal.SIGUSR1, _write_modules)
    from app import main as app
    from app import write_logs

    if sys.argv[1:] == ["serve"]:
        write_logs()
        asyncio.run(_serve())
    else:
        sys.exit(app(["run"]))


if __name__ == "__main__":
    main()
