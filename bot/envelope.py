"""Reads the body of a request into an activity, as plain JSON, and refuses what is none."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, NoReturn

import aiohttp
from aiohttp import web

MAX_BODY = 1024 * 1024  # bytes, after decompression
MAX_DEPTH = 100  # an Adaptive Card nests some twenty deep
READ_FOR = 10.0  # seconds that a caller may take to send its body


class Unacceptable(Exception):
    """The body is no activity; `status` is the HTTP answer, `reason` says what is wrong."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def read_activity(request: web.Request) -> dict[str, Any]:
    """Return the activity in a request's body; raises Unacceptable with 400, 408, 413 or 415."""
    if request.content_type != "application/json":
        raise Unacceptable(415, "application/json is expected")
    activity = parse_activity(await _body(request))
    _require_shape(activity)
    return activity


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise Unacceptable(413, "the body is too large")
    body = bytearray()
    try:
        async with asyncio.timeout(READ_FOR):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MAX_BODY:
                    raise Unacceptable(413, "the body is too large")
    except TimeoutError as error:
        raise Unacceptable(408, "the body did not arrive") from error
    except (web.RequestPayloadError, aiohttp.ClientError) as error:
        raise Unacceptable(400, "the body is broken") from error
    return bytes(body)


def parse_activity(body: bytes) -> dict[str, Any]:
    """Return the JSON object in these bytes (UTF-8); raises Unacceptable(400).

    Half surrogates and NUL characters are taken out of its texts: they pass through JSON, but no
    database and no reply can carry them.
    """
    try:
        parsed = _DECODER.decode(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unacceptable(400, "the body is not JSON in UTF-8") from error
    if not isinstance(parsed, dict):
        raise Unacceptable(400, "the body is not an object")
    # Counting brackets is quick and settles nearly every activity.
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH and _is_deep(parsed):
        raise Unacceptable(400, "the body is nested too deeply")
    if b"\\u0000" in body or b"\\ud" in body or b"\\uD" in body or b"\x00" in body:
        cleaned: dict[str, Any] = _clean(parsed)
        return cleaned
    return parsed


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\x00", "")
    if isinstance(value, dict):
        return {_clean(key): _clean(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_clean(child) for child in value]
    return value


_TEXT = (str, type(None))
_OBJECT = (dict, type(None))
_TEXTS = ("id", "serviceUrl", "channelId", "text", "name", "locale", "action", "replyToId")
_ACCOUNTS = ("from", "recipient")
_LISTS = ("entities", "attachments", "membersAdded", "membersRemoved")


def _require_shape(activity: Mapping[str, Any]) -> None:
    """Raise Unacceptable unless the fields that code reads without asking are what they must be."""
    conversation = activity.get("conversation")
    sound = (
        isinstance(activity.get("type"), str)
        and isinstance(conversation, dict)
        and isinstance(conversation.get("id"), str)
        and all(isinstance(activity.get(name), _TEXT) for name in _TEXTS)
        and all(_is_account(activity.get(name)) for name in _ACCOUNTS)
        and all(_is_list_of_objects(activity.get(name)) for name in _LISTS)
        and isinstance(activity.get("channelData"), _OBJECT)
    )
    if not (sound and activity["type"] and conversation and conversation["id"]):
        raise Unacceptable(400, "the body is not an activity")


def _is_account(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and isinstance(value.get("id"), _TEXT))


def _is_list_of_objects(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(v, dict) for v in value))
