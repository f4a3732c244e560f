"""Change notifications asked of Graph, renewed before they end, and given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.connection import Connection
from graph.errors import NotFound

# Microsoft's caps in minutes ("subscription resource type"); events: the older, lower figure.
LONGEST_FOR = {"events": timedelta(minutes=4230), "": timedelta(minutes=42_300)}


@dataclass(frozen=True)
class Subscription:
    """A registration at Graph; it ends at `expires_at` (UTC) unless renewed."""

    id: str
    resource: str
    expires_at: datetime


class Subscriptions:
    """Graph calls us when a drive, a list or a mailbox's events change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def create(
        self,
        resource: str,
        notification_url: str,
        client_state: str,
        *,
        change_type: str = "updated",
        lifecycle_url: str | None = None,
        lasts_for: timedelta | None = None,
    ) -> Subscription:
        """Subscribe to a resource (`drives/{id}/root`, `users/{id}/events`, a list).

        `client_state` is a secret of up to 128 characters that comes back with each notification.
        Drive roots and lists take "updated" only. The address must answer the validation at once.
        """
        from msgraph.generated.models.subscription import Subscription as Body

        body = Body(
            resource=resource,
            change_type=change_type,
            notification_url=notification_url,
            lifecycle_notification_url=lifecycle_url or notification_url,
            client_state=client_state,
            expiration_date_time=_until(resource, lasts_for),
        )
        sdk = await self._connection.sdk()
        made = await self._connection.call(
            lambda: sdk.subscriptions.post(body), workload="other", repeatable=False
        )
        return _subscription(made)

    async def renew(
        self, subscription: Subscription, lasts_for: timedelta | None = None
    ) -> Subscription:
        """Put off the end; NotFound means: create anew and look for what was missed."""
        from msgraph.generated.models.subscription import Subscription as Body

        body = Body(expiration_date_time=_until(subscription.resource, lasts_for))
        sdk = await self._connection.sdk()
        place = sdk.subscriptions.by_subscription_id(subscription.id)
        renewed = await self._connection.call(lambda: place.patch(body), workload="other")
        return _subscription(renewed)

    async def delete(self, subscription_id: str) -> None:
        """End a subscription; nothing happens when it has ended already."""
        sdk = await self._connection.sdk()
        place = sdk.subscriptions.by_subscription_id(subscription_id)
        try:
            await self._connection.call(lambda: place.delete(), workload="other")
        except NotFound:
            return

    async def list(self) -> list[Subscription]:
        """The subscriptions that the application holds."""
        sdk = await self._connection.sdk()
        page = await self._connection.call(lambda: sdk.subscriptions.get(), workload="other")
        return [_subscription(found) for found in page.value or []]


def _until(resource: str, lasts_for: timedelta | None) -> datetime:
    longest = LONGEST_FOR["events" if "/events" in resource else ""]
    return datetime.now(UTC) + min(lasts_for or longest, longest) - timedelta(minutes=1)


def _subscription(found: Any) -> Subscription:
    return Subscription(str(found.id), str(found.resource), found.expiration_date_time)
