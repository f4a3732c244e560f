"""The parts that cards are made of. Every button has a typed equivalent, printed on the card,
because Action.Execute fails on some phones; the whole meaning of a card is also its text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    ExecuteAction,
    Fact,
    FactSet,
    SubmitAction,
    TextBlock,
    TextInput,
)

from bot.turn import Card, Reply
from language.texts import Texts

#: Teams knows version 1.5; later elements do not show on phones.
VERSION = "1.5"


def card(*body: CardElement, actions: Sequence[ExecuteAction] = (), text: str = "") -> Card:
    """An Adaptive Card as JSON.

    :param text: all that the card says, for clients that cannot draw it.
    """
    drawn = AdaptiveCard(
        version=VERSION,
        body=list(body),
        actions=list(actions) or None,
        fallback_text=text or None,
    )
    return drawn.model_dump(by_alias=True, exclude_none=True)


def title(text: str) -> TextBlock:
    """The card's first line."""
    return TextBlock(text=text, weight="Bolder", size="Medium", wrap=True, style="heading")


def line(text: str, *, quiet: bool = False, strong: bool = False) -> TextBlock:
    """A paragraph; a quiet one for what is said beside the point.

    Cards know no code spans (L25): what can be typed is shown in bold.
    """
    return TextBlock(
        text=text.replace("`", "**"),
        wrap=True,
        is_subtle=True if quiet else None,
        size="Small" if quiet else None,
        weight="Bolder" if strong else None,
        spacing="Small" if quiet else None,
    )


def notice(text: str) -> Container:
    """What just happened, above everything else of the card."""
    return Container(items=[TextBlock(text=text, wrap=True)], style="emphasis", bleed=True)


def with_typed(t: Texts, text: str, *body: CardElement, actions: Sequence[ExecuteAction]) -> Reply:
    """A reply whose buttons are also printed as what can be typed, on the card and in the text."""
    hint = typed(t, actions)
    if not hint:
        return Reply(text, card(*body, text=text))
    text = f"{text}\n\n{hint}"
    return Reply(text, card(*body, line(hint, quiet=True), actions=actions, text=text))


def noted(reply: Reply, note: str) -> Reply:
    """A reply with a sentence in front of it, in its text and on its card."""
    text = f"{note}\n\n{reply.text}"
    if reply.card is None or reply.shows_text:
        return replace(reply, text=text)
    drawn = notice(note).model_dump(by_alias=True, exclude_none=True)
    body = [drawn, *reply.card.get("body", ())]
    return replace(reply, text=text, card={**reply.card, "body": body, "fallbackText": text})


def facts(rows: Sequence[tuple[str, str]]) -> FactSet:
    """Names and values, one a row; rows without a value are left out."""
    return FactSet(facts=[Fact(title=name, value=value) for name, value in rows if value])


def button(
    label: str,
    says: str,
    *,
    beside: bool = False,
    follows: str = "",
    form: str = "",
    slot: str = "",
) -> ExecuteAction:
    """A button that says something for the member, exactly as if it were typed.

    :param beside: the answer is a message of its own; otherwise it takes the card's place.
    :param follows: the field whose content is said behind the words.
    :param form: the form that the card belongs to.
    :param slot: the question of the form that the button answers, and no other.
    """
    more = {"beside": "yes" if beside else "", "with": follows, "form": form, "slot": slot}
    said = {"say": says, **{name: value for name, value in more.items() if value}}
    return ExecuteAction(
        title=label,
        verb="say",
        data=said,
        fallback=SubmitAction(title=label, data=said),
    )


def typed(t: Texts, actions: Sequence[ExecuteAction]) -> str:
    """What can be typed instead of pressing the buttons; empty without buttons."""
    said = [action.model_dump(by_alias=True)["data"]["say"] for action in actions]
    return t("or-type", commands=" · ".join(f"`{words}`" for words in said)) if said else ""


def text_input(
    name: str,
    label: str,
    *,
    lines: int = 1,
    optional: bool = True,
    at_most: int = 0,
    hint: str = "",
) -> TextInput:
    """A field for words; what must be filled is checked by the bot, so that no other button is
    blocked."""
    return TextInput(
        id=name,
        label=label if optional else f"{label} *",
        is_multiline=True if lines > 1 else None,
        max_length=at_most or None,
        placeholder=hint or None,
    )


def choice_input(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    value: str = "",
    optional: bool = True,
) -> ChoiceSetInput:
    """A field to choose one of several (value, label)."""
    return ChoiceSetInput(
        id=name,
        label=label if optional else f"{label} *",
        choices=[Choice(title=shown, value=kept) for kept, shown in options],
        value=value or None,
        style="compact",
        wrap=True,
    )


def plain(text: str) -> Card:
    """A card that only says something, for answers that must be cards."""
    return card(*(line(part) for part in text.split("\n\n") if part.strip()), text=text)


def row_lines(rows: Sequence[tuple[str, str]]) -> str:
    """Names and values as lines of text."""
    return "\n".join(f"- {name}: {value}" for name, value in rows if value)


def attachment(content: Card) -> Mapping[str, Any]:
    """A card as it goes into an activity."""
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
