"""Builds the manifest of the Teams app and its localisation files.

Schema: https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from manifest.commands import (
    SCOPES,
    Command,
    command_lists,
    localised_commands,
    problems_of_commands,
)

HERE = Path(__file__).parent
DEFAULT_LANGUAGE = "en"
MAX_LENGTHS = {
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
}

GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
VERSION = re.compile(r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)")
DOMAIN = re.compile(r"(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)


class ManifestRefused(ValueError):
    """Teams would not take this manifest; `problems` has a sentence for each thing wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class CoalitionNames:
    """How the app's texts name the coalition; from its charter."""

    short_name: str
    name: str
    platform: str


@dataclass(frozen=True)
class Publisher:
    """Who answers for the app, as its page in Teams shows it. URLs must be https."""

    name: str = "RCP LAC"
    website: str = "https://www.un.org/"
    privacy: str = "https://www.un.org/en/about-us/privacy-notice"
    terms: str = "https://www.un.org/en/about-us/terms-of-use"


@dataclass(frozen=True)
class AppPackage:
    """What goes into the zip beside the icons: the manifest, and one localisation a language."""

    manifest: Mapping[str, Any]
    localisations: Mapping[str, Mapping[str, str]]


def languages() -> tuple[str, ...]:
    """The languages that the app's texts are written in, the default first."""
    others = sorted(path.stem for path in (HERE / "texts").glob("*.json"))
    return (DEFAULT_LANGUAGE, *(one for one in others if one != DEFAULT_LANGUAGE))


def build_package(
    *,
    app_id: str,
    commands: Mapping[str, Sequence[Command]],
    version: str,
    names: CoalitionNames,
    domains: Sequence[str] = (),
    publisher: Publisher | None = None,
) -> AppPackage:
    """The manifest and its localisations.

    `app_id` is the bot's Entra application (client) id; `commands` has every language of
    `languages()`; `version` is three numbers with dots; `domains` are the hosts whose pages the
    app opens inside Teams.
    Raises ManifestRefused with everything that Teams would refuse.
    """
    publisher = publisher or Publisher()
    problems = [*_problems(app_id, version, domains, publisher), *_missing_languages(commands)]
    problems += problems_of_commands(commands)
    texts = {language: _texts(language, names) for language in languages()}
    problems += _too_long(texts)
    if problems:
        raise ManifestRefused(problems)
    localisations = {
        language: {**texts[language], **localised_commands(commands[language])}
        for language in languages()
    }
    identity = {"id": app_id.lower(), "version": version, "validDomains": sorted({*domains})}
    manifest = _manifest(identity, texts[DEFAULT_LANGUAGE], commands[DEFAULT_LANGUAGE], publisher)
    return AppPackage(manifest, localisations)


def _manifest(
    identity: Mapping[str, Any],
    texts: Mapping[str, str],
    commands: Sequence[Command],
    publisher: Publisher,
) -> dict[str, Any]:
    app_id = identity["id"]
    template = json.loads((HERE / "template.json").read_text(encoding="utf-8"))
    return {
        **template,
        **identity,
        "localizationInfo": _localisation_info(),
        "developer": {
            "name": publisher.name,
            "websiteUrl": publisher.website,
            "privacyUrl": publisher.privacy,
            "termsOfUseUrl": publisher.terms,
        },
        "name": {"short": texts["name.short"], "full": texts["name.full"]},
        "description": {"short": texts["description.short"], "full": texts["description.full"]},
        "bots": [
            {
                "botId": app_id,
                "scopes": list(SCOPES),
                "supportsFiles": True,
                "supportsTargetedMessages": True,
                "isNotificationOnly": False,
                "commandLists": command_lists(commands),
            }
        ],
        # Resource-specific permissions go to this Entra application; Teams wants any resource.
        "webApplicationInfo": {"id": app_id, "resource": f"api://botid-{app_id}"},
    }


def _localisation_info() -> dict[str, Any]:
    default, *others = languages()
    return {
        "defaultLanguageTag": default,
        "defaultLanguageFile": f"{default}.json",
        "additionalLanguages": [{"languageTag": one, "file": f"{one}.json"} for one in others],
    }


def _texts(language: str, names: CoalitionNames) -> dict[str, str]:
    texts = json.loads((HERE / "texts" / f"{language}.json").read_text(encoding="utf-8"))
    return {key: text.format(**asdict(names)) for key, text in texts.items()}


def _problems(
    app_id: str, version: str, domains: Sequence[str], publisher: Publisher
) -> Iterator[str]:
    if not GUID.fullmatch(app_id) or not int(app_id.replace("-", ""), 16):
        yield f"the app id must be the bot's application (client) id, a GUID, and is {app_id!r}"
    if not VERSION.fullmatch(version):
        yield f"the version must be three numbers with dots such as 1.0.0, and is {version!r}"
    for domain in domains:
        if not DOMAIN.fullmatch(domain):
            yield f"a domain is a host name such as bot.example.org, and this is {domain!r}"
    if not 0 < len(publisher.name) <= 32:
        yield f"the publisher's name must have 1 to 32 characters, and is {publisher.name!r}"
    for url in (publisher.website, publisher.privacy, publisher.terms):
        if not url.lower().startswith("https://"):
            yield f"the publisher's pages must be https, and this is {url!r}"


def _missing_languages(commands: Mapping[str, Sequence[Command]]) -> Iterator[str]:
    return (f"no commands are given in {one!r}" for one in languages() if not commands.get(one))


def _too_long(texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for language, own in texts.items():
        for key, longest in MAX_LENGTHS.items():
            if len(own[key]) > longest:
                yield f"{key} in {language!r} has {len(own[key])} characters, more than {longest}"
