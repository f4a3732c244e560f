"""The help card and the welcome: what can be typed, with a button beside each."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from microsoft_teams.cards import CardElement

from bot.cards.layout import button, card, line, title
from bot.turn import Reply, Turn
from language.texts import LANGUAGES, texts

if TYPE_CHECKING:
    from bot.router import Command

#: Commands that a button starts; Teams shows six actions of a card at most.
_BUTTONS = ("meetings", "request", "minutes", "file", "secretariat")


def help_card(turn: Turn, commands: Sequence["Command"]) -> Reply:
    """What the speaker can do here: each command with what it does and an example to type."""
    keys = tuple(command.key for command in commands if command.name != "help")
    return _help(turn.language, turn.is_personal, keys)


@lru_cache(maxsize=64)
def _help(language: str, is_personal: bool, keys: tuple[str, ...]) -> Reply:
    """Everybody's help is the same, and drawing it is a tenth of its turn."""
    t = texts(language)
    intro = t("help-intro" if is_personal else "help-intro-channel", bot=t("bot-name"))
    rows = [(t(f"example-{key}"), t(f"about-{key}")) for key in keys]
    listed = "\n".join(f"- `{example}` — {about}" for example, about in rows)
    end = t("help-end")
    body: list[CardElement] = [title(t("help-title")), line(intro)]
    body += [line(f"**{example}**  \n{about}") for example, about in rows]
    body.append(line(end, quiet=True))
    actions = [
        button(t(f"button-{name}"), t.words(f"command-{name}")[0], beside=True) for name in _BUTTONS
    ]
    text = "\n\n".join((intro, listed, end))
    return Reply(text, card(*body, actions=actions, text=text))


def welcome() -> Reply:
    """The first message: the activity carries no language, so it speaks all of them (L18)."""
    parts = [texts(language)("welcome") for language in LANGUAGES]
    text = "\n\n".join(parts)
    actions = [
        button(
            texts(language)("welcome-button"),
            texts(language).words("command-help")[0],
            beside=True,
        )
        for language in LANGUAGES
    ]
    heading = title(texts(LANGUAGES[0])("bot-name"))
    return Reply(text, card(heading, *(line(part) for part in parts), actions=actions, text=text))
