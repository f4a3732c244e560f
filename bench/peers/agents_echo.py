"""An echo bot on the Microsoft 365 Agents SDK, without tokens: `python agents_echo.py PORT`."""

import sys

from aiohttp import web
from microsoft_agents.authentication.msal import MsalConnectionManager  # type: ignore
from microsoft_agents.hosting.aiohttp import CloudAdapter  # type: ignore
from microsoft_agents.hosting.core import ActivityHandler, TurnContext  # type: ignore


class Echo(ActivityHandler):  # type: ignore[misc]
    """Says what was said."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


def main() -> None:
    """Serve until ended."""
    unused = {"CLIENTID": "", "CLIENTSECRET": "", "TENANTID": "", "AUTHTYPE": "ClientSecret"}
    connections = MsalConnectionManager(
        CONNECTIONS={"SERVICE_CONNECTION": {"SETTINGS": unused}},
        CONNECTIONSMAP=[{"SERVICEURL": "*", "CONNECTION": "SERVICE_CONNECTION"}],
    )
    adapter, bot = CloudAdapter(connection_manager=connections), Echo()

    async def messages(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, bot) or web.Response()

    application = web.Application()
    application.router.add_post("/api/messages", messages)
    port = int(sys.argv[1])
    web.run_app(application, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main()
