"""The product, a browser and the Playground's page for the journeys."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.e2e.application import Application
from tests.e2e.needs import need_chromium, need_playground
from tests.e2e.teams_client import TeamsClient

ARTEFACTS = Path(__file__).parent / "artefacts"
BOT = "IBC-HM Assistant"
TEAM = "IBC on Human Mobility"

# Chromium asks for its maker's servers at every start unless told not to; root needs --no-sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """The product, started for one module of journeys and stopped after it."""
    need_playground()
    need_chromium()
    with Application(tmp_path_factory.mktemp("application")) as running:
        yield running
    ARTEFACTS.mkdir(exist_ok=True)
    shutil.copy(running.log, ARTEFACTS / "application.log")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = need_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def teams(application: Application, browser: Browser) -> Iterator[TeamsClient]:
    """The Playground's page, opened once: opening it again would install the bot anew."""
    ARTEFACTS.mkdir(exist_ok=True)
    page = open_page(browser, application.playground)
    page.get_by_role("button", name="Toggle Log Panel").click()
    yield TeamsClient(page, BOT, TEAM, ARTEFACTS)
    page.context.close()


@pytest.fixture(autouse=True)
def picture_of_a_failure(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the page showed when a journey failed."""
    failures = request.session.testsfailed
    yield
    if "teams" in request.fixturenames and request.session.testsfailed > failures:
        name = re.sub(r"\W+", "-", request.node.name)
        request.getfixturevalue("teams").picture(f"failed-{name}")


def open_page(browser: Browser, url: str, width: int = 1440, height: int = 900) -> Page:
    """A page in a context of its own, which reaches this machine alone."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: _note(f"{page.url}: {error}"))
    page.on("websocket", lambda socket: socket.on("close", lambda _: _note(f"{socket.url} closed")))
    page.route(re.compile(r"^https?://(?!localhost|127\.0\.0\.1)"), _refuse)
    page.goto(url)
    return page


def _note(line: str) -> None:
    """Keep what went wrong inside the browser, for whoever looks for the reason of a failure."""
    ARTEFACTS.mkdir(exist_ok=True)
    with (ARTEFACTS / "browser.log").open("a", encoding="utf-8") as log:
        log.write(f"{line}\n")


def _refuse(route: Route) -> None:
    route.abort()
