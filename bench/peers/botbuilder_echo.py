"""An echo bot on botbuilder's CloudAdapter as it comes, without tokens: `... PORT`."""

import logging
import sys

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import (  # type: ignore
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
)


class Echo(ActivityHandler):
    """Says what was said."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


class Unregistered:
    """A bot without an app id."""

    APP_ID = ""
    APP_PASSWORD = ""


def main() -> None:
    """Serve until ended."""
    logging.disable(logging.WARNING)  # it warns of the missing app id at every turn
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Unregistered()))
    bot = Echo()

    async def messages(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, bot) or web.Response()

    application = web.Application()
    application.router.add_post("/api/messages", messages)
    port = int(sys.argv[1])
    web.run_app(application, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main()
