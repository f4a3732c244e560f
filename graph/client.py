"""The door to Microsoft Graph: one attribute a resource, opened when first used."""

from __future__ import annotations

from functools import cached_property

from graph.calendar import Calendar
from graph.checks import Check, check
from graph.connection import Connection
from graph.credentials import AccountCredential, application_credential
from graph.drive import Drive
from graph.lists import Lists
from graph.mail import Mail
from graph.settings import GraphSettings
from graph.subscriptions import Subscriptions

__all__ = ["Check", "Graph", "GraphSettings"]


class Graph:
    """Microsoft Graph as the coalition uses it; nothing is imported or asked before a first use."""

    def __init__(self, settings: GraphSettings) -> None:
        self.settings = settings
        self.connection = Connection(settings, application_credential(settings))
        self._account: Connection | None = None
        if settings.calendar_group_id:
            self._account = Connection(settings, AccountCredential(settings))
        self.drive = Drive(self.connection)
        self.lists = Lists(self.connection)
        self.mail = Mail(self.connection)
        self.subscriptions = Subscriptions(self.connection)

    @cached_property
    def calendar(self) -> Calendar:
        """The shared mailbox's calendar, or the group's through the service account."""
        return Calendar(self._account or self.connection)

    async def check(self) -> list[Check]:
        """Every permission and place that is used, and its state in one sentence."""
        return await check(self)

    async def close(self) -> None:
        """Close all connections."""
        await self.connection.close()
        if self._account is not None:
            await self._account.close()
