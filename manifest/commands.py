"""The commands as Teams lists them beside the compose box, in each language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Scope = Literal["personal", "team", "groupChat"]
SCOPES: tuple[Scope, ...] = ("personal", "team", "groupChat")

# Schema 1.30, bots.commandLists: at most 3 lists of at most 12 commands; lengths in characters.
MAX_COMMANDS = 12
MAX_TITLE = 128
MAX_DESCRIPTION = 4000

# A slash lists commands in channels and group chats only; alone with the bot, "/x" is plain text.
# https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands
TRIGGERS: Mapping[Scope, tuple[str, ...]] = {
    "personal": ("mention",),
    "team": ("mention", "slash"),
    "groupChat": ("mention", "slash"),
}


@dataclass(frozen=True)
class Command:
    """A command in one language: the words a member types, what they do, where they are offered."""

    name: str
    description: str
    scopes: tuple[Scope, ...] = SCOPES


def command_lists(commands: Sequence[Command]) -> list[dict[str, Any]]:
    """`bots[0].commandLists`: one list for each scope that has commands, in the order of SCOPES."""
    return [
        {
            "scopes": [scope],
            "triggers": list(TRIGGERS[scope]),
            "commands": [
                {"title": command.name, "description": command.description, "type": "basic"}
                for command in offered
            ],
        }
        for scope, offered in by_scope(commands)
    ]


def localised_commands(commands: Sequence[Command]) -> dict[str, str]:
    """Titles and descriptions under the paths that a localisation file names them by."""
    return {
        f"bots[0].commandLists[{list_place}].commands[{place}].{field}": text
        for list_place, (_, offered) in enumerate(by_scope(commands))
        for place, command in enumerate(offered)
        for field, text in (("title", command.name), ("description", command.description))
    }


def by_scope(commands: Sequence[Command]) -> list[tuple[Scope, list[Command]]]:
    """What each scope offers, without the scopes that offer nothing."""
    lists = [(scope, [one for one in commands if scope in one.scopes]) for scope in SCOPES]
    return [(scope, offered) for scope, offered in lists if offered]


def problems_of_commands(commands: Mapping[str, Sequence[Command]]) -> Iterator[str]:
    """What Teams would refuse about the commands, one sentence each."""
    places = {tuple(one.scopes for one in offered) for offered in commands.values()}
    if len(places) > 1:
        yield "every language must list the same commands, in one order and with the same scopes"
    for language, offered in commands.items():
        for scope, inside in by_scope(offered):
            yield from _problems_of_list(f"{language}, {scope}", inside)


def _problems_of_list(where: str, offered: Sequence[Command]) -> Iterator[str]:
    if len(offered) > MAX_COMMANDS:
        yield f"{where}: {len(offered)} commands, and Teams lists at most {MAX_COMMANDS}"
    names = [one.name for one in offered]
    yield from (f"{where}: {name!r} is listed twice" for name in {*names} if names.count(name) > 1)
    for one in offered:
        if not 0 < len(one.name) <= MAX_TITLE:
            yield f"{where}: the name {one.name[:40]!r} must have 1 to {MAX_TITLE} characters"
        if not 0 < len(one.description) <= MAX_DESCRIPTION:
            yield f"{where}: {one.name!r} needs a description of 1 to {MAX_DESCRIPTION} characters"
