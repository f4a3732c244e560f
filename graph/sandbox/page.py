"""The page that shows a person what the bot has done: library, calendar, requests and mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from aiohttp import web

from graph.sandbox import events, items, mail, views
from graph.sandbox.store import Record
from graph.sandbox.tenant import Refusal, Tenant

TEMPLATES = Path(__file__).parent / "templates"
# Files from the library are shown, never run: they come from whoever wrote to the bot.
FILE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'",
    "X-Content-Type-Options": "nosniff",
}
SHOWN_INLINE = ("application/pdf", "image/", "text/plain")


class Page:
    """The views for people."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["counted"] = views.counted
        self._templates.filters["heading"] = views.heading

    def _show(self, template: str, tab: str, **values: Any) -> web.Response:
        """A page of the sandbox."""
        root = self._tenant.store.get(items.KIND, items.ROOT) or {}
        text = self._templates.get_template(template).render(
            tab=tab,
            now=views.readable_now(self._tenant),
            version=self._tenant.store.number("seq"),
            library_url=items.web_url(self._tenant, root),
            **values,
        )
        headers = {"Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def overview(self, request: web.Request) -> web.Response:
        """Everything at a glance."""
        tenant = self._tenant
        return self._show(
            "overview.html",
            "overview",
            folders=views.folder(tenant, items.found(tenant.store, "root")),
            newest=views.newest(tenant, 6),
            agenda=views.agenda(tenant, upcoming=True),
            tables=views.tables(tenant),
            messages=views.messages(tenant)[:5],
        )

    async def library(self, request: web.Request) -> web.StreamResponse:
        """A folder, or a file's content."""
        path = request.match_info.get("path", "").removeprefix(items.LIBRARY).strip("/")
        try:
            item = items.found(self._tenant.store, f"root:/{path}")
        except Refusal:
            raise web.HTTPNotFound(text="There is no such file or folder.") from None
        if "file" in item:
            return _file(self._tenant, item)
        is_root = item["id"] == items.ROOT
        return self._show(
            "folder.html",
            "library",
            name="Library" if is_root else item["name"],
            crumbs=[] if is_root else views.crumbs(self._tenant, item),
            entries=views.folder(self._tenant, item),
        )

    async def calendar(self, request: web.Request) -> web.Response:
        """All meetings by month."""
        return self._show("calendar.html", "calendar", agenda=views.agenda(self._tenant))

    async def event(self, request: web.Request) -> web.Response:
        """One meeting."""
        found = self._record(events.KIND, request)
        meeting = views.meeting(self._tenant, found)
        gone = bool(found.get("deleted"))
        return self._show("event.html", "calendar", meeting=meeting, is_gone=gone)

    async def lists(self, request: web.Request) -> web.Response:
        """All lists with their rows."""
        return self._show("lists.html", "lists", tables=views.tables(self._tenant))

    async def one_list(self, request: web.Request) -> web.Response:
        """One list with its rows."""
        table = views.table(self._tenant, self._record("list", request))
        return self._show("lists.html", "lists", tables=[table])

    async def mail(self, request: web.Request) -> web.Response:
        """All mail."""
        return self._show("mail.html", "mail", messages=views.messages(self._tenant))

    async def message(self, request: web.Request) -> web.Response:
        """One message."""
        message = views.message(self._record(mail.KIND, request))
        return self._show("message.html", "mail", message=message)

    async def version(self, request: web.Request) -> web.Response:
        """The last change and the time, by which an open page knows that it is old."""
        now = views.readable_now(self._tenant)
        return web.json_response({"version": self._tenant.store.number("seq"), "now": now})

    def _record(self, kind: str, request: web.Request) -> Record:
        found = self._tenant.store.get(kind, request.match_info["id"])
        if found is None:
            raise web.HTTPNotFound(text="There is no such thing here.")
        return found


def routes(tenant: Tenant) -> list[web.RouteDef]:
    """The addresses for people."""
    page = Page(tenant)
    return [
        web.get("/", page.overview),
        web.get(f"/{items.SITE_PATH}", page.library),
        web.get(f"/{items.SITE_PATH}/{{path:.*}}", page.library),
        web.get("/calendar", page.calendar),
        web.get("/events/{id}", page.event),
        web.get("/lists", page.lists),
        web.get("/lists/{id}", page.one_list),
        web.get("/mail", page.mail),
        web.get("/mail/{id}", page.message),
        web.get("/sandbox/version", page.version),
    ]


def _file(tenant: Tenant, item: Record) -> web.FileResponse:
    kind = items.mime_type(item["name"])
    way = "inline" if kind.startswith(SHOWN_INLINE) else "attachment"
    plain = item["name"].encode("ascii", "replace").decode().replace('"', "'")
    disposition = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(item['name'])}"
    headers = {**FILE_HEADERS, "Content-Type": kind, "Content-Disposition": disposition}
    if kind == "application/pdf":
        headers.pop("Content-Security-Policy")  # the browser's reader does not open in a sandbox
    return web.FileResponse(tenant.store.content(item["file"]), headers=headers)
