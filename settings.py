"""Settings: one frozen object read from the environment and `.env`, everything wrong said at once.

Names are as the Bot Framework has them; docs/operator.md lists all with their meaning.
"""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class SettingsWrong(Exception):
    """The settings cannot be worked with; the message names every one of them."""


class Settings(BaseSettings):
    """What an operator decides. Times are in the charter, not here."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    app_id: str = Field("", alias="MicrosoftAppId")
    app_password: SecretStr = Field(SecretStr(""), alias="MicrosoftAppPassword")
    app_type: Literal["SingleTenant", "MultiTenant", "UserAssignedMSI"] = Field(
        "SingleTenant", alias="MicrosoftAppType"
    )
    app_tenant_id: str = Field("", alias="MicrosoftAppTenantId")
    openid_metadata_url: str = Field("", alias="TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL")
    token_issuer: str = Field("", alias="TO_BOT_FROM_CHANNEL_TOKEN_ISSUER")
    login_url: str = Field("", alias="TO_CHANNEL_FROM_BOT_LOGIN_URL")
    oauth_scope: str = Field("", alias="TO_CHANNEL_FROM_BOT_OAUTH_SCOPE")

    host: str = Field("127.0.0.1", alias="HOST")
    port: int = Field(3978, alias="PORT", ge=0, le=65535)
    sandbox_port: int = Field(8901, alias="SANDBOX_PORT", ge=0, le=65535)
    playground_port: int = Field(56150, alias="PLAYGROUND_PORT", ge=1, le=65535)
    data_folder: Path = Field(Path(".data"), alias="DATA_FOLDER")
    database_url: SecretStr = Field(SecretStr(""), alias="DATABASE_URL")
    charter: str = Field("ibc-hm", alias="CHARTER")
    administrators: Annotated[tuple[str, ...], NoDecode] = Field((), alias="ADMINISTRATORS")
    attachment_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("*.sharepoint.com",), alias="ATTACHMENT_HOSTS"
    )
    clock: str = Field("", alias="CLOCK")

    graph_base_url: str = Field("", alias="GRAPH_BASE_URL")
    graph_tenant_id: str = Field("", alias="GRAPH_TENANT_ID")
    graph_client_id: str = Field("", alias="GRAPH_CLIENT_ID")
    graph_client_secret: SecretStr = Field(SecretStr(""), alias="GRAPH_CLIENT_SECRET")
    graph_site_id: str = Field("", alias="GRAPH_SITE_ID")
    graph_drive_id: str = Field("", alias="GRAPH_DRIVE_ID")
    graph_library_root: str = Field("", alias="GRAPH_LIBRARY_ROOT")
    graph_calendar_mailbox: str = Field("", alias="GRAPH_CALENDAR_MAILBOX")
    graph_calendar_id: str = Field("", alias="GRAPH_CALENDAR_ID")
    graph_calendar_group_id: str = Field("", alias="GRAPH_CALENDAR_GROUP_ID")
    graph_service_account: str = Field("", alias="GRAPH_SERVICE_ACCOUNT")
    graph_token_file: str = Field("", alias="GRAPH_TOKEN_FILE")
    graph_sender_mailbox: str = Field("", alias="GRAPH_SENDER_MAILBOX")

    @field_validator("administrators", "attachment_hosts", mode="before")
    @classmethod
    def _split(cls, said: object) -> object:
        """Several values stand in one setting, with commas or spaces between them."""
        return tuple(said.replace(",", " ").split()) if isinstance(said, str) else said

    @property
    def uses_sandbox(self) -> bool:
        """Whether Microsoft Graph is the local one: no Graph credentials are given."""
        return not self.graph_client_id and (not self.graph_base_url or self.graph_is_local)

    @property
    def graph_is_local(self) -> bool:
        """Whether the Graph address is on this machine."""
        return urlsplit(self.graph_base_url).hostname in _LOOPBACK

    @property
    def channel_is_local(self) -> bool:
        """Whether tokens come from an issuer on this machine, which stands in for Microsoft's."""
        return urlsplit(self.openid_metadata_url).hostname in _LOOPBACK

    @property
    def database(self) -> str:
        """The database's address: the one given, else a file in the data folder."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_folder / 'bot.db'}"

    @property
    def documents_folder(self) -> Path:
        """Where the operator's editions of the documents are kept."""
        return self.data_folder / "documents"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if wrong := [sentence for is_wrong, sentence in self._rules() if is_wrong]:
            raise ValueError("\n".join(wrong))
        return self

    def _rules(self) -> list[tuple[bool, str]]:
        return [*self._bot_rules(), *self._sandbox_rules(), *self._graph_rules()]

    def _bot_rules(self) -> list[tuple[bool, str]]:
        registered, password = bool(self.app_id), self.app_password.get_secret_value()
        return [
            (
                registered and self.app_type != "MultiTenant" and not self.app_tenant_id,
                f"MicrosoftAppTenantId is missing: a {self.app_type} app needs its tenant.",
            ),
            (
                registered and self.app_type != "UserAssignedMSI" and not password,
                "MicrosoftAppPassword is missing: an app id needs its secret.",
            ),
        ]

    def _sandbox_rules(self) -> list[tuple[bool, str]]:
        """What is real and what is a sandbox are not mixed."""
        secret = bool(self.graph_client_secret.get_secret_value())
        return [
            (
                self.graph_is_local and bool(self.graph_client_id or secret),
                "GRAPH_BASE_URL is on this machine, and GRAPH_CLIENT_ID or GRAPH_CLIENT_SECRET is "
                "set: production credentials are not given to a sandbox. Remove one or the other.",
            ),
            (
                not self.graph_client_id and secret,
                "GRAPH_CLIENT_SECRET is set without GRAPH_CLIENT_ID.",
            ),
            (
                bool(self.app_id) and self.uses_sandbox and not self.channel_is_local,
                "MicrosoftAppId is set and Microsoft Graph is the sandbox: production credentials "
                "are not mixed with a sandbox. Set GRAPH_CLIENT_ID and what belongs to it.",
            ),
            (
                not self.uses_sandbox and bool(self.clock),
                "CLOCK is for the sandbox only: remove it.",
            ),
        ]

    def _graph_rules(self) -> list[tuple[bool, str]]:
        real = not self.uses_sandbox
        calendar = self.graph_calendar_mailbox or self.graph_calendar_group_id
        return [
            (
                real and not self.graph_client_id,
                "GRAPH_CLIENT_ID is missing: GRAPH_BASE_URL names the real service.",
            ),
            (real and not self.graph_tenant_id, "GRAPH_TENANT_ID is missing."),
            (
                real and not (self.graph_site_id or self.graph_drive_id),
                "GRAPH_SITE_ID is missing: the site of the Teams space (or GRAPH_DRIVE_ID).",
            ),
            (
                real and not calendar,
                "GRAPH_CALENDAR_MAILBOX is missing: the shared mailbox of the joint calendar "
                "(or GRAPH_CALENDAR_GROUP_ID with GRAPH_SERVICE_ACCOUNT and GRAPH_TOKEN_FILE).",
            ),
            (
                bool(self.graph_calendar_mailbox and self.graph_calendar_group_id),
                "GRAPH_CALENDAR_MAILBOX and GRAPH_CALENDAR_GROUP_ID are both set: choose one.",
            ),
        ]


def read_settings() -> Settings:
    """Read the settings.

    :raises SettingsWrong: something is missing or contradictory; the message says all of it.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsWrong(_said([error, *_rest(error)])) from None


def _rest(error: ValidationError) -> list[ValidationError]:
    """What else is wrong: a value of the wrong kind keeps the rules from being looked at."""
    fields = {str(field.alias): field for field in Settings.model_fields.values()}
    bad = [str(problem["loc"][0]) for problem in error.errors() if problem["loc"]]
    if not bad:
        return []
    try:
        Settings(**{name: fields[name].default for name in bad})
    except ValidationError as more:
        return [more]
    return []


def _said(errors: list[ValidationError]) -> str:
    lines = []
    for error in errors:
        for problem in error.errors(include_url=False, include_input=False):
            name = ".".join(str(part) for part in problem["loc"])
            text = problem["msg"].removeprefix("Value error, ")
            lines += [f"{name}: {text}"] if name else text.splitlines()
    return "The settings cannot be used:\n" + "\n".join(f"  - {line}" for line in lines)
