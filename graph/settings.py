"""What the Graph client has to know; the application fills it from its own settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

GRAPH_URL = "https://graph.microsoft.com/v1.0"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"
LOGIN_URL = "https://login.microsoftonline.com"


@dataclass(frozen=True)
class GraphSettings:
    """Where Graph is, who we are there, and where the coalition's things live.

    `login_url` is set for the sandbox only; without it Entra ID is asked through azure-identity,
    with `client_secret`, or with what the host offers (managed identity, workload identity,
    certificate) when that is None. The calendar is either `calendar_mailbox` (a shared mailbox,
    application permission) with an optional `calendar_id`, or `calendar_group_id` with
    `service_account` and the `token_file` that its sign-in wrote: a Microsoft 365 group's calendar
    can be written by a person's token only.
    """

    tenant_id: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    base_url: str = GRAPH_URL
    login_url: str | None = None
    site_id: str | None = None
    drive_id: str | None = None
    library_root: str = ""
    calendar_mailbox: str | None = None
    calendar_id: str | None = None
    calendar_group_id: str | None = None
    service_account: str | None = None
    token_file: Path | None = None
    sender_mailbox: str | None = None

    @property
    def is_loopback(self) -> bool:
        """Graph is the sandbox of this machine: no proxy is asked, plain HTTP is accepted."""
        return urlsplit(self.base_url).hostname in ("localhost", "127.0.0.1", "::1")
