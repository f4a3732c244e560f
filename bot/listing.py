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
