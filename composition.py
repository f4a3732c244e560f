"""The composition: settings become storage, Graph, bot and jobs, wired to one product."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import structlog
from aiohttp import web

from bot.adapter import Adapter, AdapterSettings
from bot.commands import COMMANDS
from bot.commands.ask import answer_question
from bot.connector import open_session
from bot.dialogue import Dialogue
from bot.enquiries import Enquiries
from bot.proactive import Messenger
from bot.router import Router
from bot.teams import TeamsBot
from bot.turn import Workplace
from bot.voice import Voice
from coalition.charter import Charter, load_charter
from coalition.clock import Clock
from graph.client import Graph, GraphSettings
from jobs import sweep
from jobs.calendar import JointCalendar
from jobs.comments import CommentPeriods
from jobs.deliveries import Deliveries
from jobs.engine import Engine
from jobs.fetching import Fetcher
from jobs.filing import Filing
from jobs.reminders import Reminders
from knowledge.knowledge import Knowledge
from settings import Settings
from storage.database import Database
from storage.unit_of_work import UnitOfWork

OFFSET = "clock-offset"
log = structlog.get_logger()


class Stopped(Exception):
    """The program cannot go on; the message says why and what to do."""


@dataclass
class Product:
    """Everything that was built, for the entry points and for tests."""

    settings: Settings
    charter: Charter
    clock: Clock
    database: Database
    graph: Graph
    engine: Engine
    adapter: Adapter
    bot: TeamsBot
    sandbox_page: str = ""

    def application(self) -> web.Application:
        """The HTTP application: the bot's door, and a sign of life."""
        application = web.Application(client_max_size=2**20)
        application.router.add_post("/api/messages", self._messages)
        application.router.add_get("/health", self._health)
        return application

    async def _messages(self, request: web.Request) -> web.Response:
        return await self.adapter.handle_json(request, self.bot.on_turn)

    async def _health(self, request: web.Request) -> web.Response:
        """Whether the database answers, and when the jobs last ran (R10)."""
        ran_at = await self.engine.last_ran_at()
        return web.json_response({"status": "ok", "jobs_ran_at": ran_at and ran_at.isoformat()})


@asynccontextmanager
async def build(settings: Settings, *, migrates: bool = False) -> AsyncIterator[Product]:
    """Build the product and take it down again.

    :param migrates: bring the database to this release's tables; otherwise an older one is refused.
    :raises Stopped: a port is taken, or the database is not migrated.
    """
    charter = load_charter(settings.charter)
    clock = Clock()
    async with AsyncExitStack() as stack:
        database = Database(settings.database, clock)
        await database.start()
        stack.push_async_callback(database.close)
        await _ready(database, migrates=migrates)
        if settings.uses_sandbox:
            await _set_clock(settings, charter, clock, database)
        http = await stack.enter_async_context(open_session())
        graph_settings, page = await _graph(settings, clock, stack)
        graph = Graph(graph_settings)
        stack.push_async_callback(graph.close)
        product = _assemble(settings, charter, clock, database, graph, http, page)
        stack.push_async_callback(product.bot.close)
        yield product


async def _ready(database: Database, *, migrates: bool) -> None:
    if migrates:
        await database.migrate()
    elif not await database.is_migrated():
        raise Stopped("The database is not at this release's tables. Run: python app.py migrate")


async def _set_clock(
    settings: Settings, charter: Charter, clock: Clock, database: Database
) -> None:
    """The sandbox's clock goes on from where it was moved to; CLOCK sets it ahead at first."""
    async with database.unit_of_work(read_only=True) as unit:
        kept = await unit.turns.mark(OFFSET)
    if kept is not None:
        clock.move(timedelta(seconds=float(kept)))
    elif settings.clock:
        start = datetime.fromisoformat(settings.clock)
        start = start if start.tzinfo else start.replace(tzinfo=ZoneInfo(charter.zone))
        if start < datetime.now(UTC):
            raise Stopped("CLOCK is in the past: the clock only moves ahead.")
        clock.move(start - datetime.now(UTC))


async def _graph(
    settings: Settings, clock: Clock, stack: AsyncExitStack
) -> tuple[GraphSettings, str]:
    """Where Graph is; the local one is started where none is running at the address given."""
    if not settings.uses_sandbox:
        return real_graph(settings), ""
    from graph.sandbox.server import start_sandbox, well_known

    given = settings.graph_base_url
    if given and f":{settings.sandbox_port}/" in given:
        return well_known(given), given.removesuffix("/v1.0")
    try:
        sandbox = await start_sandbox(
            settings.data_folder / "graph", "127.0.0.1", settings.sandbox_port, clock=clock
        )
    except OSError as error:
        raise port_taken("SANDBOX_PORT", settings.sandbox_port) from error
    stack.push_async_callback(sandbox.close)
    local = sandbox.settings
    return (replace(local, base_url=given) if given else local), sandbox.origin


def port_taken(setting: str, port: int) -> Stopped:
    """What to do when another program listens on a port."""
    return Stopped(
        f"Port {port} is taken by another program. Stop that program, or choose another port: "
        f"{setting}={port + 10} make run"
    )


def real_graph(settings: Settings) -> GraphSettings:
    """What the client of the real Microsoft Graph has to know."""
    return GraphSettings(
        tenant_id=settings.graph_tenant_id,
        client_id=settings.graph_client_id,
        client_secret=settings.graph_client_secret.get_secret_value() or None,
        base_url=settings.graph_base_url or GraphSettings.base_url,
        site_id=settings.graph_site_id or None,
        drive_id=settings.graph_drive_id or None,
        library_root=settings.graph_library_root,
        calendar_mailbox=settings.graph_calendar_mailbox or None,
        calendar_id=settings.graph_calendar_id or None,
        calendar_group_id=settings.graph_calendar_group_id or None,
        service_account=settings.graph_service_account or None,
        token_file=Path(settings.graph_token_file) if settings.graph_token_file else None,
        sender_mailbox=settings.graph_sender_mailbox or None,
    )


def _assemble(
    settings: Settings,
    charter: Charter,
    clock: Clock,
    database: Database,
    graph: Graph,
    http: aiohttp.ClientSession,
    sandbox_page: str,
) -> Product:
    engine, voice = Engine(database), Voice(charter)

    async def move_clock(by: timedelta) -> None:
        clock.move(by)
        async with database.unit_of_work() as unit:
            await unit.turns.set_mark(OFFSET, clock.offset.total_seconds())
        await database.shift_jobs(by)
        await engine.run_due()

    workplace = Workplace(
        charter=charter,
        database=database,
        knowledge=_knowledge(settings, charter, clock),
        enquiries=Enquiries(database),
        clock=clock,
        administrators=frozenset(settings.administrators),
        sandbox_page=sandbox_page,
        move_clock=move_clock if settings.uses_sandbox else None,
    )
    bot = TeamsBot(workplace, Dialogue(Router(COMMANDS), answer_question))
    adapter = Adapter(_adapter_settings(settings), http, bot.on_error)
    hosts = (*settings.attachment_hosts, *(("127.0.0.1", "localhost") if sandbox_page else ()))
    Deliveries(database, Messenger(adapter.connector), reference_of).register(engine)
    Reminders(database, charter, voice).register(engine)
    JointCalendar(database, graph, charter).register(engine)
    Filing(database, graph, charter, Fetcher(http, hosts), voice).register(engine)
    CommentPeriods(database, graph, charter, voice).register(engine)
    sweep.register(engine)
    return Product(settings, charter, clock, database, graph, engine, adapter, bot, sandbox_page)


def _knowledge(settings: Settings, charter: Charter, clock: Clock) -> Knowledge:
    """The documents of the release and those the operator loaded, with what these break logged."""
    today = clock().astimezone(ZoneInfo(charter.zone)).date()
    knowledge = Knowledge.load(charter, loaded=settings.documents_folder, on=today)
    for problem in knowledge.problems:
        log.warning("answer-broken-by-amendment", problem=problem)
    return knowledge


async def reference_of(unit: UnitOfWork, conversation_id: str) -> Mapping[str, Any] | None:
    """How to write to a conversation: the reference of its chat or channel, with its thread."""
    place = await unit.places.get(conversation_id.partition(";")[0])
    if place is None:
        return None
    conversation = {**place.reference["conversation"], "id": conversation_id}
    return {**place.reference, "conversation": conversation}


def _adapter_settings(settings: Settings) -> AdapterSettings:
    return AdapterSettings(
        app_id=settings.app_id,
        app_password=settings.app_password.get_secret_value(),
        app_type=settings.app_type,
        tenant_id=settings.app_tenant_id,
        openid_metadata_url=settings.openid_metadata_url,
        token_issuer=settings.token_issuer,
        login_url=settings.login_url,
        oauth_scope=settings.oauth_scope,
    )
