"""Change notifications: subscriptions whose address was proved, and the calls that follow."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from graph.sandbox.addresses import Route
from graph.sandbox.store import Record
from graph.sandbox.tenant import CLIENT_ID, TENANT_ID, Ask, Refusal, Tenant, collection, entity

KIND = "subscription"
LIMITS = {"events": timedelta(minutes=10_080), "": timedelta(minutes=42_300)}
VALIDATION_WITHIN = 10  # seconds
PAUSES = (0.0, 1.0, 5.0)  # seconds before each try to deliver a notification


async def make(ask: Ask) -> web.Response:
    """POST a subscription after its address answered with the token that it was sent."""
    body = ask.json()
    for name in ("changeType", "notificationUrl", "resource", "expirationDateTime"):
        if not body.get(name):
            raise Refusal(400, "InvalidRequest", f"{name} is missing.")
    resource = str(body["resource"]).strip("/")
    kinds = set(str(body["changeType"]).split(","))
    if kinds - {"created", "updated", "deleted"}:
        raise Refusal(400, "InvalidRequest", "changeType is not valid.")
    if "/events" not in resource and kinds != {"updated"}:
        raise Refusal(400, "InvalidRequest", "This resource takes changeType updated only.")
    _check_end(resource, str(body["expirationDateTime"]))
    for name in ("notificationUrl", "lifecycleNotificationUrl"):
        if body.get(name):
            await _validate(str(body[name]))
    kept = {key: value for key, value in body.items() if not key.startswith("@")}
    kept |= {"id": str(uuid.uuid4()), "resource": resource}
    return entity(ask, _written(ask.store.put(KIND, kept)), "subscriptions/$entity", 201)


def _check_end(resource: str, value: str) -> None:
    try:
        ends = datetime.fromisoformat(value)
    except ValueError:
        raise Refusal(400, "InvalidRequest", "expirationDateTime is no time.") from None
    longest = LIMITS["events" if "/events" in resource else ""]
    now = datetime.now(UTC)
    if not now < ends <= now + longest + timedelta(minutes=1):
        raise Refusal(400, "ExtensionError", "Subscription expiration is out of range.")


async def _validate(url: str) -> None:
    token = f"Validation: Testing client application reachability. Request-Id: {uuid.uuid4()}"
    wait = aiohttp.ClientTimeout(total=VALIDATION_WITHIN)
    try:
        async with (
            aiohttp.ClientSession(timeout=wait) as http,
            http.post(url, params={"validationToken": token}) as answer,
        ):
            text = await answer.text()
            kind = answer.content_type
    except (aiohttp.ClientError, TimeoutError):
        text, kind = "", ""
    if kind != "text/plain" or text != token:
        message = "Subscription validation request failed."
        raise Refusal(400, "ValidationError", message)


def _written(found: Record) -> dict[str, Any]:
    body = {key: value for key, value in found.items() if key != "seq"}
    return {"applicationId": CLIENT_ID, "clientState": None, **body}


async def all_of_them(ask: Ask) -> web.Response:
    """GET the application's subscriptions."""
    return collection(ask, [_written(one) for one in ask.store.all(KIND)], "subscriptions")


def _found(ask: Ask) -> Record:
    found = ask.store.get(KIND, ask.params["subscription"])
    if found is None or datetime.fromisoformat(found["expirationDateTime"]) < datetime.now(UTC):
        raise Refusal(404, "ResourceNotFound", "The subscription does not exist.")
    return found


async def one(ask: Ask) -> web.Response:
    """GET a subscription."""
    return entity(ask, _written(_found(ask)), "subscriptions/$entity")


async def renew(ask: Ask) -> web.Response:
    """PATCH a subscription's end."""
    found, ends = _found(ask), str(ask.json().get("expirationDateTime") or "")
    _check_end(found["resource"], ends)
    found["expirationDateTime"] = ends
    return entity(ask, _written(ask.store.put(KIND, found)), "subscriptions/$entity")


async def delete(ask: Ask) -> web.Response:
    """DELETE a subscription."""
    ask.store.remove(KIND, _found(ask)["id"])
    return web.Response(status=204)


ROUTES = [
    Route("GET", "subscriptions", all_of_them),
    Route("POST", "subscriptions", make),
    Route("GET", "subscriptions/{subscription}", one),
    Route("PATCH", "subscriptions/{subscription}", renew),
    Route("DELETE", "subscriptions/{subscription}", delete),
]


def announcer(tenant: Tenant) -> Callable[[web.Application], AsyncIterator[None]]:
    """Delivers notifications of changes while the application runs."""

    async def run(app: web.Application) -> AsyncIterator[None]:
        calls: set[asyncio.Task[None]] = set()
        loop = asyncio.get_running_loop()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as http:

            def announce(resource: str, change: str, record_id: str) -> None:
                for held in tenant.store.all(KIND):
                    if _wants(held, resource, change):
                        sent = _notification(held, resource, change, record_id)
                        call = loop.create_task(_deliver(http, held["notificationUrl"], sent))
                        calls.add(call)
                        call.add_done_callback(calls.discard)

            tenant.announce = announce
            yield
            tenant.announce = lambda resource, change, record_id: None
            for call in list(calls):
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

    return run


def _wants(held: Record, resource: str, change: str) -> bool:
    ended = datetime.fromisoformat(held["expirationDateTime"]) < datetime.now(UTC)
    same = held["resource"].casefold() == resource.casefold()
    return same and change in held["changeType"] and not ended


def _notification(held: Record, resource: str, change: str, record_id: str) -> dict[str, Any]:
    sent = {
        "subscriptionId": held["id"],
        "subscriptionExpirationDateTime": held["expirationDateTime"],
        "clientState": held.get("clientState"),
        "changeType": change,
        "resource": resource,
        "tenantId": TENANT_ID,
    }
    if "/events" in resource:
        sent["resource"] = f"{resource}/{record_id}"
    return {"value": [sent]}


async def _deliver(http: aiohttp.ClientSession, url: str, sent: dict[str, Any]) -> None:
    for pause in PAUSES:
        await asyncio.sleep(pause)
        with suppress(aiohttp.ClientError, TimeoutError):
            async with http.post(url, json=sent) as answer:
                if 200 <= answer.status < 300:
                    return


def routes(tenant: Tenant) -> list[web.RouteDef]:
    """Send a lifecycle notification on demand: {"event": "missed"}."""

    async def lifecycle(request: web.Request) -> web.Response:
        asked = await request.json()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as http:
            for held in tenant.store.all(KIND):
                entry = {
                    "lifecycleEvent": asked["event"],
                    "subscriptionId": held["id"],
                    "subscriptionExpirationDateTime": held["expirationDateTime"],
                    "clientState": held.get("clientState"),
                    "resource": held["resource"],
                    "tenantId": TENANT_ID,
                }
                url = held.get("lifecycleNotificationUrl") or held["notificationUrl"]
                await _deliver(http, url, {"value": [entry]})
        return web.Response(status=204)

    return [web.post("/sandbox/lifecycle", lifecycle)]
