"""Settings: everything wrong is said at once, contradictions are refused, secrets stay hidden."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from settings import Settings, SettingsWrong, read_settings

REAL = {
    "MicrosoftAppId": "11111111-2222-3333-4444-555555555555",
    "MicrosoftAppPassword": "a-bot-secret",
    "MicrosoftAppTenantId": "tenant",
    "GRAPH_CLIENT_ID": "client",
    "GRAPH_CLIENT_SECRET": "a-graph-secret",
    "GRAPH_TENANT_ID": "tenant",
    "GRAPH_SITE_ID": "site",
    "GRAPH_CALENDAR_MAILBOX": "calendar@example.org",
}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment without any of the product's settings, in an empty folder."""
    for field in Settings.model_fields.values():
        for name in list(os.environ):
            if name.lower() == str(field.alias).lower():
                monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def read(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def wrong(monkeypatch, **values):
    with pytest.raises(SettingsWrong) as error:
        read(monkeypatch, **values)
    return str(error.value)


def test_without_any_setting_the_sandbox_runs_on_loopback(monkeypatch):
    settings = read(monkeypatch)
    assert settings.uses_sandbox
    assert settings.host == "127.0.0.1"
    assert (settings.port, settings.sandbox_port, settings.playground_port) == (3978, 8901, 56150)
    assert settings.app_id == ""
    assert settings.database == "sqlite:///.data/bot.db"


def test_full_production_is_accepted(monkeypatch):
    settings = read(monkeypatch, **REAL)
    assert not settings.uses_sandbox
    assert settings.app_password.get_secret_value() == "a-bot-secret"


def test_everything_missing_is_said_in_one_message(monkeypatch):
    said = wrong(monkeypatch, MicrosoftAppId="id", GRAPH_CLIENT_ID="client")
    for name in (
        "MicrosoftAppTenantId",
        "MicrosoftAppPassword",
        "GRAPH_TENANT_ID",
        "GRAPH_SITE_ID",
        "GRAPH_CALENDAR_MAILBOX",
    ):
        assert name in said


def test_wrong_values_are_said_by_the_name_that_they_are_set_under(monkeypatch):
    said = wrong(monkeypatch, PORT="http", MicrosoftAppType="Tenant", SANDBOX_PORT="70000")
    for name in ("PORT", "MicrosoftAppType", "SANDBOX_PORT"):
        assert name in said


@pytest.mark.parametrize("name", sorted(set(REAL) - {"GRAPH_CLIENT_SECRET"}))
def test_each_setting_of_production_is_missed(monkeypatch, name):
    if name == "MicrosoftAppId":
        assert read(monkeypatch, **{**REAL, name: ""}).app_id == ""
        return
    values = {**REAL, name: ""}
    said = wrong(monkeypatch, **values)
    assert name in said or name.removeprefix("GRAPH_") in said


def test_single_tenant_app_needs_its_tenant_and_a_multi_tenant_one_does_not(monkeypatch):
    values = {**REAL, "MicrosoftAppTenantId": ""}
    assert "MicrosoftAppTenantId" in wrong(monkeypatch, **values)
    assert read(monkeypatch, **values, MicrosoftAppType="MultiTenant").app_tenant_id == ""


def test_managed_identity_needs_no_password(monkeypatch):
    values = {**REAL, "MicrosoftAppPassword": ""}
    assert read(monkeypatch, **values, MicrosoftAppType="UserAssignedMSI").app_id


@pytest.mark.parametrize(
    "values",
    [
        {"GRAPH_BASE_URL": "http://127.0.0.1:8901/v1.0"},
        {"GRAPH_BASE_URL": "http://localhost:8901/v1.0"},
    ],
)
def test_production_credentials_are_not_given_to_a_sandbox(monkeypatch, values):
    assert "sandbox" in wrong(monkeypatch, **REAL, **values)


def test_app_id_does_not_run_beside_the_sandbox(monkeypatch):
    values = {name: value for name, value in REAL.items() if name.startswith("Microsoft")}
    assert "sandbox" in wrong(monkeypatch, **values)


def test_app_id_of_a_local_issuer_runs_beside_the_sandbox(monkeypatch):
    values = {name: value for name, value in REAL.items() if name.startswith("Microsoft")}
    metadata = "http://127.0.0.1:9000/openid"
    settings = read(monkeypatch, **values, TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=metadata)
    assert settings.uses_sandbox


def test_secret_without_its_client_is_refused(monkeypatch):
    assert "GRAPH_CLIENT_ID" in wrong(monkeypatch, GRAPH_CLIENT_SECRET="x")


def test_two_calendars_are_refused(monkeypatch):
    assert "choose one" in wrong(monkeypatch, **REAL, GRAPH_CALENDAR_GROUP_ID="group")


def test_moved_clock_is_refused_in_production(monkeypatch):
    assert "CLOCK" in wrong(monkeypatch, **REAL, CLOCK="2027-01-04T09:00:00-05:00")


def test_real_graph_without_a_client_is_refused(monkeypatch):
    said = wrong(monkeypatch, GRAPH_BASE_URL="https://graph.microsoft.com/v1.0")
    assert "GRAPH_CLIENT_ID" in said


@pytest.mark.parametrize("written", ["a,b", "a b", " a , b ", "a\tb"])
def test_several_values_stand_in_one_setting(monkeypatch, written):
    assert read(monkeypatch, ADMINISTRATORS=written).administrators == ("a", "b")


def test_attachments_come_from_sharepoint_unless_said_otherwise(monkeypatch):
    assert read(monkeypatch).attachment_hosts == ("*.sharepoint.com",)
    assert read(monkeypatch, ATTACHMENT_HOSTS="*.example.org").attachment_hosts == (
        "*.example.org",
    )


def test_empty_value_is_no_value(monkeypatch):
    assert read(monkeypatch, PORT="", HOST="").port == 3978


def test_file_beside_the_program_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("PORT=4000\nHOST=0.0.0.0\n")
    settings = read(monkeypatch, PORT="5000")
    assert (settings.port, settings.host) == (5000, "0.0.0.0")


def test_database_is_the_one_given(monkeypatch):
    assert read(monkeypatch, DATABASE_URL="postgresql://host/db").database == "postgresql://host/db"


def test_settings_do_not_change_while_the_product_runs(monkeypatch):
    settings = read(monkeypatch)
    with pytest.raises(ValidationError):
        settings.port = 1


def test_secrets_are_not_printed(monkeypatch):
    settings = read(monkeypatch, **REAL)
    for text in (repr(settings), str(settings), f"{settings}", str(settings.model_dump())):
        assert "a-bot-secret" not in text
        assert "a-graph-secret" not in text


def test_message_about_wrong_settings_holds_no_secret(monkeypatch):
    said = wrong(monkeypatch, **{**REAL, "PORT": "x", "GRAPH_TENANT_ID": ""})
    assert "a-bot-secret" not in said
    assert "a-graph-secret" not in said


def test_a_value_of_the_wrong_kind_does_not_hide_the_rest(monkeypatch):
    said = wrong(monkeypatch, PORT="many", MicrosoftAppId="an-app")
    assert "PORT" in said
    assert "MicrosoftAppTenantId is missing" in said


def test_the_databases_password_is_not_shown(monkeypatch):
    settings = read(monkeypatch, DATABASE_URL="postgresql://bot:hidden@localhost/bot")
    assert "hidden" not in repr(settings)
    assert settings.database == "postgresql://bot:hidden@localhost/bot"
