"""Whom the bot trusts: its registration, the endpoints of the service, and what counts as local."""

import os
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from typing import Literal

from yarl import URL

AppType = Literal["SingleTenant", "MultiTenant", "UserAssignedMSI"]

OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
TOKEN_ISSUER = "https://api.botframework.com"  # noqa: S105 - an address, not a secret
LOGIN_URL = "https://login.microsoftonline.com"
OAUTH_SCOPE = "https://api.botframework.com"


@dataclass(frozen=True)
class AdapterSettings:
    """The bot's registration and every endpoint that the adapter believes.

    The endpoints bear the SDK's names in lower case without `TO_BOT_FROM_CHANNEL_` and
    `TO_CHANNEL_FROM_BOT_`; empty means the public cloud. Without `app_id` only programs on this
    machine are served. `tenants` names the tenants whose activities are accepted; empty means
    `tenant_id`, and with neither every tenant (possible for MultiTenant alone).
    Raises ValueError when a registration that needs a tenant has none.
    """

    app_id: str = ""
    app_password: str = field(default="", repr=False)
    app_type: AppType = "SingleTenant"
    tenant_id: str = ""
    openid_metadata_url: str = ""
    token_issuer: str = ""
    login_url: str = ""
    oauth_scope: str = ""
    tenants: frozenset[str] = frozenset()
    # Other channels (Direct Line, Web Chat) let a caller choose who it says it is.
    channels: frozenset[str] = frozenset({"msteams"})
    # Azure tells a program where its managed identity lives through these two variables.
    identity_endpoint: str = field(default_factory=lambda: os.environ.get("IDENTITY_ENDPOINT", ""))
    identity_header: str = field(
        default_factory=lambda: os.environ.get("IDENTITY_HEADER", ""), repr=False
    )

    def __post_init__(self) -> None:
        if self.app_id and self.app_type != "MultiTenant" and not self.tenant_id:
            raise ValueError(f"{self.app_type} needs a tenant id")
        tenant = self.tenant_id if self.app_type != "MultiTenant" else "botframework.com"
        for name, public in (
            ("openid_metadata_url", OPENID_METADATA_URL),
            ("token_issuer", TOKEN_ISSUER),
            ("login_url", f"{LOGIN_URL}/{tenant}"),
            ("oauth_scope", OAUTH_SCOPE),
        ):
            object.__setattr__(self, name, getattr(self, name) or public)

    @property
    def accepted_tenants(self) -> frozenset[str]:
        """Tenant ids in lower case; empty when every tenant is accepted."""
        named = self.tenants or ({self.tenant_id} if self.tenant_id else frozenset())
        return frozenset(tenant.lower() for tenant in named)


@lru_cache(maxsize=256)
def is_loopback(host: str | None) -> bool:
    """Say whether a host name or address can only mean this machine."""
    if not host:
        return False
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


@lru_cache(maxsize=256)
def is_loopback_url(url: str) -> bool:
    """Say whether a URL leads to this machine, read by the same parser that will call it."""
    try:
        parsed = URL(url)
        return parsed.scheme in ("http", "https") and not parsed.user and is_loopback(parsed.host)
    except ValueError:
        return False
