"""Content in and out of a drive: one request for small files, fragments for large ones.

The SDK's upload task breaks after the first fragment and sends the token to the upload link, so
the fragments go through a plain client. The rules are in "driveItem: createUploadSession".
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from graph.connection import ATTEMPTS, Connection, growing_pause, raise_for_answer
from graph.errors import GraphError, NotFound, Unavailable
from graph.queries import asked

SIMPLE_LARGEST = 4 * 1024 * 1024  # bytes
FRAGMENT = 32 * 327_680  # bytes; a multiple of 320 KiB as the service demands, 10 MiB
RANGE_NOT_SATISFIABLE = 416
FAILURES_IN_A_ROW = 5  # of one fragment


@dataclass(frozen=True)
class Place:
    """Where a file goes: a name in a folder of a drive."""

    drive_id: str
    folder_id: str
    name: str


async def upload(
    connection: Connection,
    place: Place,
    content: bytes,
    conflict: str,
    if_match: str | None = None,
) -> Any:
    """Put content into a folder; the drive item that the service answers with.

    `conflict` is what happens to a name that exists: rename, replace or fail (Conflict raised);
    `if_match` is the eTag of the only version that may be replaced (PreconditionFailed raised).
    An empty file cannot use fragments, there is no range to send.
    """
    put = _whole if len(content) <= SIMPLE_LARGEST else _in_fragments
    return await put(connection, place, content, conflict, if_match)


async def _whole(
    connection: Connection, place: Place, content: bytes, conflict: str, if_match: str | None
) -> Any:
    sdk = await connection.sdk()
    url = (
        f"{connection.settings.base_url}/drives/{quote(place.drive_id, safe='')}/items/"
        f"{quote(place.folder_id, safe='')}:/{quote(place.name, safe='')}:/content"
        f"?@microsoft.graph.conflictBehavior={conflict}"
    )
    items = sdk.drives.by_drive_id(place.drive_id).items
    content_of = items.by_drive_item_id(place.folder_id).content.with_url(url)
    return await connection.call(
        lambda: content_of.put(content, asked(if_match=if_match)),
        repeatable=conflict == "replace" and if_match is None,
    )


async def _in_fragments(
    connection: Connection, place: Place, content: bytes, conflict: str, if_match: str | None
) -> Any:
    for attempt in range(1, ATTEMPTS + 1):
        link = await _open_session(connection, place, conflict, if_match)
        try:
            item = await _send(connection, link, content)
            break
        except _SessionLost as lost:
            if lost.after_last and (conflict != "replace" or if_match):
                # The file may be there; a second one would stand beside it.
                raise Unavailable(404, "uploadSessionLost", outcome_unknown=True) from lost
            if attempt == ATTEMPTS:
                raise Unavailable(404, "uploadSessionLost") from lost
        except GraphError:
            await _cancel(connection, link)
            raise
    sdk = await connection.sdk()
    made = sdk.drives.by_drive_id(place.drive_id).items.by_drive_item_id(str(item["id"]))
    return await connection.call(lambda: made.get())


async def _open_session(
    connection: Connection, place: Place, conflict: str, if_match: str | None
) -> str:
    from msgraph.generated.drives.item.items.item.create_upload_session import (
        create_upload_session_post_request_body as bodies,
    )
    from msgraph.generated.models.drive_item_uploadable_properties import (
        DriveItemUploadableProperties,
    )

    body = bodies.CreateUploadSessionPostRequestBody(
        item=DriveItemUploadableProperties(
            additional_data={"@microsoft.graph.conflictBehavior": conflict}
        )
    )
    sdk = await connection.sdk()
    items = sdk.drives.by_drive_id(place.drive_id).items
    item = items.by_drive_item_id(f"{place.folder_id}:/{place.name}:")
    session = await connection.call(
        lambda: item.create_upload_session.post(body, asked(if_match=if_match))
    )
    return str(session.upload_url)


class _SessionLost(Exception):
    """The session expired or is not known; only a new one helps."""

    def __init__(self, *, after_last: bool) -> None:
        super().__init__()
        self.after_last = after_last


async def _send(connection: Connection, link: str, content: bytes) -> dict[str, Any]:
    """Send the fragments in order; the drive item of the last answer.

    A fragment whose answer was lost may have arrived: the session is asked what it has.
    """
    start, total, failures = 0, len(content), 0
    while True:
        end = min(start + FRAGMENT, total)
        try:
            answer = await _fragment(connection, link, content[start:end], start, total)
            if answer.status_code in (200, 201):
                return dict(answer.json())
            if answer.status_code == RANGE_NOT_SATISFIABLE:
                raise Unavailable(answer.status_code, "invalidRange")
            start, failures = _next_start(answer), 0
        except NotFound as gone:
            raise _SessionLost(after_last=failures > 0 and end == total) from gone
        except Unavailable:
            failures += 1
            if failures == FAILURES_IN_A_ROW:
                raise
            await asyncio.sleep(growing_pause(failures))
            start = await _position(connection, link, sent_all=end == total)


async def _fragment(
    connection: Connection, link: str, piece: bytes, start: int, total: int
) -> httpx.Response:
    headers = {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{total}"}

    async def put() -> httpx.Response:
        answer = await connection.plain.put(link, content=piece, headers=headers)
        if answer.status_code != RANGE_NOT_SATISFIABLE:
            await raise_for_answer(answer)
        return answer

    try:
        return await connection.call(put, repeatable=False)
    except NotFound:
        if start > 0:
            raise
        # Right after it was opened a session may not be known everywhere: once more.
        await asyncio.sleep(growing_pause(1))
        return await connection.call(put, repeatable=False)


async def _position(connection: Connection, link: str, *, sent_all: bool) -> int:
    async def ask() -> httpx.Response:
        answer = await connection.plain.get(link)
        await raise_for_answer(answer)
        return answer

    try:
        return _next_start(await connection.call(ask))
    except NotFound as gone:
        raise _SessionLost(after_last=sent_all) from gone


def _next_start(answer: httpx.Response) -> int:
    ranges = answer.json().get("nextExpectedRanges")
    if not ranges:
        raise Unavailable(answer.status_code, "noExpectedRange")
    return int(ranges[0].split("-")[0])


async def _cancel(connection: Connection, link: str) -> None:
    try:
        await connection.plain.delete(link)
    except httpx.TransportError:
        return  # it expires by itself


async def download(connection: Connection, link: str) -> bytes:
    """The bytes behind a download link, which carries its own permission and gets no token."""

    async def ask() -> bytes:
        answer = await connection.plain.get(link, follow_redirects=True)
        await raise_for_answer(answer)
        return answer.content

    return await connection.call(ask)
