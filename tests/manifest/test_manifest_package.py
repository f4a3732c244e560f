"""The app package against Microsoft's own schema, and what it refuses."""

import json
import os
import re
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator
from PIL import Image

from bot.listing import listed_commands
from manifest.build import (
    AppPackage,
    CoalitionNames,
    ManifestRefused,
    Publisher,
    build_package,
    languages,
)
from manifest.commands import SCOPES, Command
from manifest.icons import draw
from manifest.package import ICONS, add_arguments, run, write_package

SCHEMAS = (
    Path(__file__)
    .parents[2]
    .joinpath("playground/node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30")
)
APP_ID = "0f6b4d52-9c1e-4a75-8f43-2d7a1b6c9e01"
NAMES = CoalitionNames("IBC-HM", "Issue-based Coalition on Human Mobility", "RCP LAC")
COMMANDS = {
    "en": [
        Command("help", "What I can do here"),
        Command("meetings schedule", "Schedule a meeting", ("team",)),
        Command("clock", "Show or move the sandbox's clock", ("personal",)),
    ],
    "es": [
        Command("ayuda", "Lo que puedo hacer aquí"),
        Command("reuniones programar", "Programar una reunión", ("team",)),
        Command("reloj", "Ver o mover el reloj", ("personal",)),
    ],
    "pt": [
        Command("ajuda", "O que posso fazer aqui"),
        Command("reuniões agendar", "Agendar uma reunião", ("team",)),
        Command("relógio", "Ver ou mover o relógio", ("personal",)),
    ],
}


def package(**changes: Any) -> AppPackage:
    arguments: dict[str, Any] = {
        "app_id": APP_ID,
        "commands": COMMANDS,
        "version": "1.2.0",
        "names": NAMES,
    }
    return build_package(**{**arguments, **changes})


def problems(**changes: Any) -> str:
    with pytest.raises(ManifestRefused) as refusal:
        package(**changes)
    return str(refusal.value)


def schema(name: str):
    """Microsoft's schema, which `npm ci` in playground/ brings."""
    path = SCHEMAS / name
    if not path.exists():
        missing = "the official schema is not here: run `npm ci` in playground/ (needs Node.js)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return json.loads(path.read_text(encoding="utf-8"))


def errors(document, schema_name: str) -> list[str]:
    validator = Draft4Validator(schema(schema_name))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def at_path(document, path: str):
    for step in re.findall(r"[A-Za-z]+|\[\d+\]", path):
        document = document[int(step[1:-1])] if step.startswith("[") else document[step]
    return document


def test_manifest_is_valid_by_the_official_schema():
    full = package(domains=["bot.example.org", "*.example.net"])
    assert errors(full.manifest, "MicrosoftTeams.schema.json") == []


def test_the_bot_s_own_commands_make_a_valid_package():
    full = package(commands=listed_commands())
    assert errors(full.manifest, "MicrosoftTeams.schema.json") == []
    for texts in full.localisations.values():
        assert errors(texts, "MicrosoftTeams.Localization.schema.json") == []


def test_every_localisation_is_valid_by_the_official_schema():
    for texts in package().localisations.values():
        assert errors(texts, "MicrosoftTeams.Localization.schema.json") == []


def test_the_official_schema_does_find_a_mistake():
    broken = {**package().manifest, "accentColour": "#009EDB"}
    assert errors(broken, "MicrosoftTeams.schema.json") != []


def test_every_localised_text_replaces_a_text_that_the_manifest_has():
    full = package()
    for texts in full.localisations.values():
        for path in texts:
            assert isinstance(at_path(full.manifest, path), str), path


def test_localisations_have_the_same_keys_and_the_default_repeats_the_manifest():
    full = package()
    keys = {language: set(texts) for language, texts in full.localisations.items()}
    assert len({frozenset(each) for each in keys.values()}) == 1
    for path, text in full.localisations["en"].items():
        assert at_path(full.manifest, path) == text


def test_spanish_and_portuguese_command_words_reach_their_files():
    full = package()
    assert full.localisations["es"]["bots[0].commandLists[1].commands[1].title"] == (
        "reuniones programar"
    )
    assert full.localisations["pt"]["bots[0].commandLists[0].commands[1].title"] == "relógio"


def test_a_scope_lists_its_own_commands_and_slash_only_where_teams_offers_it():
    lists = {one["scopes"][0]: one for one in package().manifest["bots"][0]["commandLists"]}
    assert [one["title"] for one in lists["team"]["commands"]] == ["help", "meetings schedule"]
    assert [one["title"] for one in lists["groupChat"]["commands"]] == ["help"]
    assert lists["personal"]["triggers"] == ["mention"]
    assert lists["team"]["triggers"] == ["mention", "slash"]


def test_a_scope_without_commands_has_no_list_and_paths_still_fit():
    only_team = {
        language: [replace(one, scopes=("team",)) for one in offered]
        for language, offered in COMMANDS.items()
    }
    full = package(commands=only_team)
    assert [one["scopes"] for one in full.manifest["bots"][0]["commandLists"]] == [["team"]]
    assert "bots[0].commandLists[0].commands[2].title" in full.localisations["es"]


def test_bot_answers_in_every_scope_takes_files_and_targeted_messages():
    (bot,) = package().manifest["bots"]
    assert bot["botId"] == APP_ID
    assert set(bot["scopes"]) == set(SCOPES)
    assert bot["supportsFiles"]
    assert bot["supportsTargetedMessages"]


def test_it_asks_for_rosters_and_never_for_messages():
    rights = package().manifest["authorization"]["permissions"]["resourceSpecific"]
    assert {one["name"] for one in rights} == {"TeamMember.Read.Group", "ChatMember.Read.Chat"}


def test_every_permission_is_explained():
    explained = (ICONS.parent / "README.md").read_text(encoding="utf-8")
    rights = package().manifest["authorization"]["permissions"]["resourceSpecific"]
    for one in rights:
        assert one["name"] in explained
    for name in package().manifest["permissions"]:
        assert f"`{name}`" in explained


@pytest.mark.parametrize("app_id", ["", "ibc-hm", "0" * 32, APP_ID[:-1], f"{{{APP_ID}}}", "0" * 8])
def test_an_app_id_that_is_no_guid_is_refused(app_id):
    assert "GUID" in problems(app_id=app_id)


def test_the_empty_guid_is_refused():
    assert "GUID" in problems(app_id="00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "1.0.0-beta", "01.0.0"])
def test_a_version_that_teams_refuses_is_refused(version):
    assert "version" in problems(version=version)


@pytest.mark.parametrize(
    "domain", ["https://bot.example.org", "bot.example.org/x", "localhost", ""]
)
def test_a_domain_is_a_bare_host_name(domain):
    assert "host name" in problems(domains=[domain])


def test_all_problems_are_told_at_once():
    found = problems(app_id="x", version="y", domains=["z:1"])
    assert all(word in found for word in ("GUID", "version", "host name"))


def test_a_language_without_commands_is_refused():
    assert "'pt'" in problems(commands={**COMMANDS, "pt": []})


def test_languages_that_disagree_on_the_commands_are_refused():
    assert "same commands" in problems(commands={**COMMANDS, "es": COMMANDS["es"][:2]})


def test_a_thirteenth_command_in_a_scope_is_refused():
    many = {one: [Command(f"word{n}", "does") for n in range(13)] for one in languages()}
    assert "at most 12" in problems(commands=many)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Command("", "nothing"), "1 to 128"),
        (Command("x" * 129, "long"), "1 to 128"),
        (Command("x", ""), "description"),
        (Command("x", "y" * 4001), "description"),
    ],
)
def test_commands_outside_the_limits_are_refused(command, words):
    assert words in problems(commands={one: [command] for one in languages()})


def test_a_command_listed_twice_is_refused():
    twice = [Command("help", "one"), Command("help", "two")]
    assert "listed twice" in problems(commands=dict.fromkeys(languages(), twice))


def test_names_too_long_for_teams_are_refused():
    assert "name.short" in problems(names=replace(NAMES, short_name="Coalition on Human Mobility"))


def test_pages_of_the_publisher_must_be_https():
    assert "https" in problems(publisher=Publisher(website="http://www.un.org/"))


def test_another_coalition_gets_a_package_of_its_own():
    other = CoalitionNames("IBC-CV", "Issue-based Coalition on Crime and Violence", "RCP LAC")
    assert "IBC-CV" in package(names=other).manifest["name"]["short"]


def test_zip_holds_what_the_manifest_names(tmp_path):
    full = package()
    path = write_package(tmp_path / "new" / "app.zip", full)
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read("manifest.json")) == full.manifest
        places = full.manifest["localizationInfo"]
        named = {places["defaultLanguageFile"], *full.manifest["icons"].values()}
        named |= {one["file"] for one in places["additionalLanguages"]}
        assert {*archive.namelist()} == {"manifest.json", *named}


def test_the_same_input_gives_the_same_bytes(tmp_path):
    first = write_package(tmp_path / "one.zip", package()).read_bytes()
    assert write_package(tmp_path / "two.zip", package()).read_bytes() == first


def test_command_line_writes_the_package_it_names(tmp_path):
    parser = ArgumentParser()
    add_arguments(parser)
    out = tmp_path / "app.zip"
    wanted = ["--app-id", APP_ID.upper(), "--out", str(out), "--domain", "a.example.org"]
    assert run(parser.parse_args(wanted), COMMANDS, names=NAMES, version="0.1.0") == out
    with ZipFile(out) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["id"] == APP_ID
    assert manifest["validDomains"] == ["a.example.org"]


def test_command_line_refuses_another_kind_of_file(tmp_path):
    parser = ArgumentParser()
    add_arguments(parser)
    wanted = parser.parse_args(["--app-id", APP_ID, "--out", str(tmp_path / "app.tar")])
    with pytest.raises(ManifestRefused, match=r"\.zip"):
        run(wanted, COMMANDS, names=NAMES, version="0.1.0")


def test_colour_icon_is_full_and_192_pixels_wide():
    with Image.open(ICONS / "color.png") as icon:
        assert icon.size == (192, 192)
        assert icon.getchannel("A").getextrema() == (255, 255)


def test_outline_icon_is_white_on_transparent_and_32_pixels_wide():
    with Image.open(ICONS / "outline.png") as icon:
        assert icon.size == (32, 32)
        assert icon.getchannel("A").getextrema() == (0, 255)
        pixels = icon.tobytes()
    colours = {pixels[at : at + 3] for at in range(0, len(pixels), 4) if pixels[at + 3]}
    assert colours == {bytes((255, 255, 255))}


def test_icons_are_what_their_program_draws():
    for name, drawn in (("color.png", draw.colour_icon()), ("outline.png", draw.outline_icon())):
        with Image.open(ICONS / name) as kept:
            assert kept.tobytes() == drawn.tobytes(), name
