"""The docs agree with the code: commands, settings, rooms, subcommands, languages."""

import re
from pathlib import Path

import pytest

import app
from bot.commands import COMMANDS
from bot.listing import command_table
from settings import Settings

ROOT = Path(__file__).parents[1]
READERS = ("member", "operator", "developer")


def docs(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_the_member_sees_every_command_in_every_language() -> None:
    shown = re.search(r"<!-- commands -->\n(.*)\n<!-- /commands -->", docs("member"), re.DOTALL)
    assert shown
    assert shown[1] == command_table(), "docs/member.md: put the table of bot.listing there"


@pytest.mark.parametrize("field", list(Settings.model_fields.values()), ids=lambda f: f.alias)
def test_the_operator_finds_every_setting(field) -> None:
    assert f"`{field.alias}`" in docs("operator")


@pytest.mark.parametrize("command", [*app.ENTRIES, "manifest", "members", "terms"])
def test_the_operator_finds_every_subcommand(command: str) -> None:
    assert f"app.py {command}" in docs("operator")


def test_the_developer_finds_every_room() -> None:
    rooms = [
        folder.parent.name
        for folder in ROOT.glob("*/__init__.py")
        if folder.parent.name not in ("tests", "bench")
    ]
    assert all(f"`{room}/`" in docs("developer") for room in rooms)


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("docs/**/*.md")), ROOT / "README.md"])
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_the_readme_begins_with_the_two_commands() -> None:
    head = (ROOT / "README.md").read_text(encoding="utf-8")[:900]
    assert head.index("make run") < head.index("make test")


def test_every_command_has_a_handler_that_says_what_it_does() -> None:
    assert all(command.handler.__doc__ for command in COMMANDS)
