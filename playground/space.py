"""The Teams space that the Playground shows: one team, two channels, a group chat and six members.

The file's limits (version 0.2.28): exactly five users beside the current one, one channel beside
General, a bot's name of at most 42 characters, ids that differ, and no roles or guests.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

CONFIGURATION_FILE = ".m365agentsplayground.yml"
OTHERS = 5
MAX_BOT_NAME = 42
# Ids are made from names, so that a database kept between starts still knows its members.
NAMESPACE = UUID("6d2f4c1e-3b0a-4b57-9f0c-8f0f7a2c5d10")


@dataclass(frozen=True)
class PlaygroundMember:
    """A member as the Playground sends them; `directory_id` stands for the Entra object id."""

    id: str
    name: str
    directory_id: str
    email: str

    @classmethod
    def called(cls, name: str) -> "PlaygroundMember":
        """A member whose ids follow from the name, the same at every start."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        return cls(f"member-{slug}", name, str(uuid5(NAMESPACE, name)), f"{slug}@example.org")


@dataclass(frozen=True)
class Space:
    """What the Playground shows. `current` writes the messages; `others` are exactly five."""

    team: str
    secretariat_channel: str
    bot: str
    current: PlaygroundMember
    others: Sequence[PlaygroundMember]

    @property
    def bot_id(self) -> str:
        """The bot's id in the channel."""
        return f"bot-{uuid5(NAMESPACE, 'bot')}"

    @property
    def team_id(self) -> str:
        """The team's id, which is its General channel's too."""
        return _thread(f"team {self.team}")

    @property
    def secretariat_channel_id(self) -> str:
        """The id of the one channel beside General."""
        return _thread(f"channel {self.team} {self.secretariat_channel}")

    @property
    def group_id(self) -> str:
        """The id of the Microsoft 365 group behind the team."""
        return str(uuid5(NAMESPACE, f"group {self.team}"))

    @property
    def tenant_id(self) -> str:
        """The tenant that every activity comes from."""
        return str(uuid5(NAMESPACE, "tenant"))


def playground_configuration(space: Space) -> dict[str, Any]:
    """The configuration file's content. Raises ValueError where the Playground would refuse it."""
    _check(space)
    return {
        "version": "0.1.1",
        "tenantId": space.tenant_id,
        "bot": {"id": space.bot_id, "name": space.bot},
        "currentUser": _user(space.current),
        "users": [_user(member) for member in space.others],
        "personalChat": {"id": _thread("personal")},
        "groupChat": {"id": _thread("group chat"), "name": f"{space.team}: group chat"},
        "team": {
            "id": space.team_id,
            "name": space.team,
            "aadGroupId": space.group_id,
            "channels": [{"id": space.secretariat_channel_id, "name": space.secretariat_channel}],
        },
    }


def write_configuration(space: Space, folder: Path) -> Path:
    """Write the file into `folder` and return its path. JSON is YAML: no writer is needed."""
    path = folder / CONFIGURATION_FILE
    text = json.dumps(playground_configuration(space), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _user(member: PlaygroundMember) -> dict[str, str]:
    given, _, role = member.name.partition(" (")
    return {
        "id": member.id,
        "name": member.name,
        "userPrincipleName": member.email,  # spelled so in the Playground's schema
        "aadObjectId": member.directory_id,
        "givenName": given,
        "surname": role.rstrip(")") or given,
        "email": member.email,
    }


def _thread(name: str) -> str:
    return f"19:{uuid5(NAMESPACE, name).hex}@thread.tacv2"


def _check(space: Space) -> None:
    everyone = [space.current, *space.others]
    if len(space.others) != OTHERS:
        raise ValueError(f"the Playground shows exactly {OTHERS} members beside the current one")
    if len({member.id for member in everyone}) != len(everyone):
        raise ValueError("two members of the Playground have the same id")
    if not 0 < len(space.bot) <= MAX_BOT_NAME:
        raise ValueError(f"the bot's name must have 1 to {MAX_BOT_NAME} characters")
