"""Every entry point starts here: `python app.py` and a subcommand, `run` by default."""

import argparse
import asyncio
import logging
import signal
import sys
import tomllib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import structlog
from aiohttp import web

from coalition.charter import load_charter
from coalition.errors import Told
from composition import Product, Stopped, build, port_taken, real_graph
from graph.errors import GraphError
from language.texts import texts
from settings import Settings, SettingsWrong, read_settings
from terms import add_arguments, terms
from warming import settle_memory, warm


def write_logs() -> None:
    """One line an event on stderr. Tracebacks go without local variables: they hold what people
    wrote."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def say(text: str) -> None:
    """Tell the operator at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def run(settings: Settings) -> None:
    """Serve the bot and do its jobs; with the embedded default also the sandbox and Playground."""
    migrates = not settings.database_url.get_secret_value()
    async with AsyncExitStack() as stack:
        product = await stack.enter_async_context(build(settings, migrates=migrates))
        settle_memory()
        await _serve(product, stack)
        worker = asyncio.create_task(product.engine.work())
        stack.push_async_callback(_ended, worker)
        warming = asyncio.create_task(asyncio.to_thread(warm, settings.charter))
        stack.push_async_callback(_ended, warming)
        say(f"Bot:        http://{settings.host}:{settings.port}/api/messages")
        if product.sandbox_page:
            say(f"Sandbox:    {product.sandbox_page}/")
        if product.sandbox_page and not settings.app_id:
            await _playground(product, stack)
        say("Ctrl-C stops everything. What was entered is kept for the next start.")
        await _until_stopped(worker)
        say("Stopping.")


async def _serve(product: Product, stack: AsyncExitStack) -> None:
    settings = product.settings
    runner = web.AppRunner(product.application(), access_log=None, shutdown_timeout=5)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        raise port_taken("PORT", settings.port) from error


async def _playground(product: Product, stack: AsyncExitStack) -> None:
    """Start the Playground with the coalition's space; the bot runs without it where it cannot."""
    from playground.launch import Playground, PlaygroundUnavailable
    from playground.members import coalition_space, seed

    settings = product.settings
    space = coalition_space(product.charter, product.clock().date())
    address = f"http://localhost:{settings.playground_port}"
    await seed(product.database, product.charter, space, address)
    playground = Playground(
        space,
        settings.data_folder / "playground",
        f"http://127.0.0.1:{settings.port}/api/messages",
        settings.playground_port,
    )
    try:
        await playground.start()
    except PlaygroundUnavailable as error:
        say(f"Playground: not started. {error.remedy(settings.playground_port)}")
        return
    stack.push_async_callback(playground.stop)
    say(f"Playground: {playground.url}")


async def _until_stopped(worker: "asyncio.Task[None]") -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({waiting, worker}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if worker.done():
        try:
            worker.result()
        except RuntimeError as error:
            raise Stopped(str(error)) from error


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def work(settings: Settings) -> None:
    """Only do the jobs: deliveries, reminders, filing. For more workers beside a serving
    process."""
    async with build(settings) as product:
        say("Working. Ctrl-C stops.")
        worker = asyncio.create_task(product.engine.work())
        await _until_stopped(worker)
        await _ended(worker)


async def migrate(settings: Settings) -> None:
    """Bring the database to this release's tables."""
    async with build(settings, migrates=True):
        say("The database is at this release's tables.")


async def doctor(settings: Settings) -> None:
    """Say of every permission and place whether it works."""
    async with build(settings) as product:
        checks = await product.graph.check()
    say(f"Microsoft Graph: {'the sandbox' if settings.uses_sandbox else 'the real service'}")
    say(f"Bot: {'app id ' + settings.app_id if settings.app_id else 'without app id, local only'}")
    for check in checks:
        say(f"{'ok  ' if check.is_fine else 'FAIL'}  {check.name}: {check.sentence}")
    if not all(check.is_fine for check in checks):
        raise Stopped("Something above needs attention.")


def manifest(arguments: argparse.Namespace) -> Path:
    """Write the Teams app package."""
    from bot.listing import listed_commands
    from manifest.build import CoalitionNames
    from manifest.package import run as write

    charter = load_charter(read_settings().charter)
    names = CoalitionNames(charter.short_name, charter.name, charter.platform)
    project = tomllib.loads(Path(__file__).with_name("pyproject.toml").read_text(encoding="utf-8"))
    version = str(project["project"]["version"])
    return write(arguments, listed_commands(), names=names, version=version)


async def members(settings: Settings, table: str) -> None:
    """Import people from a CSV file: all of it, or nothing with every line that is wrong."""
    from bot.commands.members import keep_people, read_people

    async with build(settings) as product:
        people = read_people(table, product.charter.entities)
        async with product.database.unit_of_work("operator") as unit:
            await keep_people(unit, people)
    say(f"Imported: {len(people)}")


def _parser() -> argparse.ArgumentParser:
    from manifest.package import add_arguments as add_package_arguments

    parser = argparse.ArgumentParser(prog="app.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="command")
    for name, entry in ENTRIES.items():
        commands.add_parser(name, help=entry.__doc__, description=entry.__doc__)
    package = commands.add_parser("manifest", help=manifest.__doc__, description=manifest.__doc__)
    add_package_arguments(package)
    people = commands.add_parser("members", help=members.__doc__, description=members.__doc__)
    people.add_argument("table", type=Path, help="a CSV file: id, name, entity, seat, email, zone")
    amended = commands.add_parser("terms", help=terms.__doc__, description=terms.__doc__)
    add_arguments(amended)
    return parser


async def sign_in(settings: Settings) -> None:
    """Sign the service account of a group calendar in; its token is kept in GRAPH_TOKEN_FILE."""
    from graph.sign_in import sign_in as ask

    say(f"Kept in {await ask(real_graph(settings), say)}")


ENTRIES: dict[str, Callable[[Settings], Awaitable[None]]] = {
    "run": run,
    "jobs": work,
    "migrate": migrate,
    "doctor": doctor,
    "sign-in": sign_in,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand, `run` by default; the exit code is 0, or 1 with a sentence on stderr."""
    given = _parser().parse_args(arguments)
    write_logs()
    try:
        if given.command == "manifest":
            say(f"Written: {manifest(given)}")
            return 0
        if given.command == "members":
            table = given.table.read_text(encoding="utf-8-sig")
            asyncio.run(members(read_settings(), table))
            return 0
        if given.command == "terms":
            terms(read_settings(), given, say)
            return 0
        entry = ENTRIES[given.command or "run"]
        asyncio.run(_run(entry))
    except Told as told:
        sys.stderr.write(f"{texts('en')(told.key, **told.details)}\n")
        return 1
    except (SettingsWrong, Stopped, GraphError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


async def _run(entry: Callable[[Settings], Awaitable[None]]) -> None:
    await entry(read_settings())


if __name__ == "__main__":
    sys.exit(main())
