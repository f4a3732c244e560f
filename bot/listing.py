"""The commands as the app package lists them, in each language, made from the router's table."""

from collections.abc import Mapping, Sequence

from bot.commands import COMMANDS
from language.texts import LANGUAGES, texts
from manifest.commands import Command as Listed


def listed_commands() -> Mapping[str, Sequence[Listed]]:
    """The listed commands by language: their first words, and what they do."""
    return {
        language: [
            Listed(
                texts(language).words(f"command-{command.key}")[0],
                texts(language)(f"about-{command.key}"),
            )
            for command in COMMANDS
            if command.listed and command.offered
        ]
        for language in LANGUAGES
    }


def command_table() -> str:
    """The table of all commands in the three languages, as docs/member.md shows it."""
    rows = ["| English | Español | Português | What it does |", "|---|---|---|---|"]
    for command in COMMANDS:
        examples = [f"`{texts(language)(f'example-{command.key}')}`" for language in LANGUAGES]
        about = texts(LANGUAGES[0])(f"about-{command.key}")
        rows.append(f"| {' | '.join(examples)} | {about} |")
    return "\n".join(rows)
