"""Which handler an address of the Graph API means.

The SDK sends a path inside a drive as one encoded segment (`root%3A%2Fa%20b%2Fx.txt%3A`), other
clients as plain segments with colons; both become one segment here. Shortcuts such as
`/sites/{id}/drive` become the drive they lead to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from graph.sandbox.tenant import DRIVE_ID, GROUP_ID, SITE_ID, Handler, Refusal

# Inside a drive: an item by its path, from the root or from another item.
BY_PATH = re.compile(r"^(drives/[^/]+)/(?:items/)?([^/:]+):/(.*?)/?(?::(?:/(.*))?)?$")
SITE_BY_PATH = re.compile(r"^sites/[^/:]+:/[^:]*(?::(?:/(.*))?)?$")


@dataclass(frozen=True)
class Route:
    """A method and a template, `drives/{drive}/items/{item}`."""

    method: str
    template: str
    handler: Handler

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """The parameters of an address that has this form, or None."""
        parts = self.template.split("/")
        if len(parts) != len(segments):
            return None
        params: dict[str, str] = {}
        for part, segment in zip(parts, segments, strict=True):
            if part.startswith("{"):
                params[part[1:-1]] = segment
            elif part.lower() != segment.lower():
                return None
        return params


def segments_of(raw_path: str) -> list[str]:
    """An address below the version as segments, a path inside a drive being one of them."""
    path = unquote(raw_path).strip("/")
    site = SITE_BY_PATH.match(path)
    if site:
        path = f"sites/{SITE_ID}" + (f"/{site.group(1)}" if site.group(1) else "")
    path = re.sub(r"^(?:sites|groups)/[^/]+/drive(?=/|$|:)", f"drives/{DRIVE_ID}", path)
    path = re.sub(r"^(?:sites|groups)/[^/]+/drives/(?=.)", "drives/", path)
    found = BY_PATH.match(path)
    if found:
        drive, anchor, inside, rest = found.groups()
        tail = [part for part in (rest or "").split("/") if part]
        return [*drive.split("/"), "items", f"{anchor}:/{inside}", *_plain(tail)]
    parts = _plain(path.split("/"))
    if len(parts) >= 3 and parts[0] == "drives" and parts[2].lower() == "root":
        parts[2:3] = ["items", "root"]
    return parts


def _plain(parts: list[str]) -> list[str]:
    return [re.sub(r"^(?:microsoft\.graph\.)?([A-Za-z]+)\(\)$", r"\1", part) for part in parts]


def find(routes: list[Route], method: str, raw_path: str) -> tuple[Handler, Mapping[str, str]]:
    """The handler of an address; 400 for none and 405 for another method, as Graph answers."""
    segments = segments_of(raw_path)
    methods = set()
    for route in routes:
        params = route.match(segments)
        if params is None:
            continue
        if route.method == method:
            _check_owner(params)
            return route.handler, params
        methods.add(route.method)
    if methods:
        allowed = {"Allow": ", ".join(sorted(methods))}
        raise Refusal(405, "Request_BadRequest", "The method is not allowed here.", allowed)
    raise Refusal(400, "BadRequest", f"Resource not found for the segment '{segments[-1]}'.")


def _check_owner(params: Mapping[str, str]) -> None:
    known = {"drive": DRIVE_ID, "site": SITE_ID, "group": GROUP_ID}
    for name, wanted in known.items():
        if name in params and params[name] != wanted:
            raise Refusal(404, "itemNotFound", f"There is no such {name}.")
