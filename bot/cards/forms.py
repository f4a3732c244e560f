"""Cards of a form: what is asked, which readings there are to choose from, and what will be
done."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement

from bot.cards.layout import (
    button,
    card,
    choice_input,
    facts,
    line,
    notice,
    row_lines,
    text_input,
    title,
)
from bot.saying import say
from bot.turn import Reply, Turn
from coalition.errors import Told
from dialogs.form import SUMMARY, Form, missing, summary
from dialogs.slots import Asking, Option, Slot
from language.texts import Texts

#: Choices shown as buttons; more are chosen on the card's list or typed by number.
BUTTONS = 6


def asking_card(
    turn: Turn, form: Form, request: type, name: str, slot: Slot, problem: Told | None
) -> Reply:
    """Ask for a slot: as words to answer in the chat, and as one card with all that is missing."""
    t, asking = turn.t, turn.asking
    trouble = say(t, problem.key, turn.zone, **problem.details) if problem else ""
    question = t(slot.asks)
    if form.candidates:
        return _choosing(turn, form, name, trouble or question)
    options = slot.reader.options(asking)
    listed = _listed(options)
    how = t("form-how-optional" if slot.optional else "form-how")
    rows = [(t(slot.label_key), shown) for slot, shown in summary(form, request, asking)]
    parts = (trouble, row_lines(rows), question, listed, how)
    text = "\n\n".join(part for part in parts if part)
    body: list[CardElement] = [notice(trouble)] if trouble else []
    body += [title(t(f"title-{name}"))]
    body += [facts(rows)] if rows else []
    body += [_input(t, other, asking) for other in missing(form, request, asking)]
    body.append(line(f"{t('form-or-chat', question=question)}\n\n{how}", quiet=True))
    actions = [
        button(t("form-send"), "", form=form.nonce),
        button(t("form-cancel"), t.words("cancel-words")[0], form=form.nonce),
    ]
    return Reply(text, card(*body, actions=actions, text=text))


def confirming_card(turn: Turn, form: Form, request: type, name: str, note: str = "") -> Reply:
    """Show the whole request and wait for a yes."""
    t = turn.t
    rows = [(t(slot.label_key), shown) for slot, shown in summary(form, request, turn.asking)]
    listed = "\n".join(f"{place}. {name_}: {value}" for place, (name_, value) in enumerate(rows, 1))
    how = t("form-confirm-how")
    text = "\n\n".join(part for part in (note, t(f"confirm-{name}"), listed, how) if part)
    shown = [(f"{place}. {name_}", value) for place, (name_, value) in enumerate(rows, 1)]
    body: list[CardElement] = [notice(note)] if note else []
    body += [title(t(f"confirm-{name}")), facts(shown), line(how, quiet=True)]
    actions = [
        button(t("form-confirm"), t.words("yes-words")[0], form=form.nonce, slot=SUMMARY),
        button(t("form-back"), t.words("back-words")[0], form=form.nonce),
        button(t("form-cancel"), t.words("cancel-words")[0], form=form.nonce),
    ]
    return Reply(text, card(*body, actions=actions, text=text))


def _choosing(turn: Turn, form: Form, name: str, question: str) -> Reply:
    t = turn.t
    labels = [label for _, label in form.candidates]
    how = t("form-choose-how")
    text = "\n\n".join((question, _numbered(labels), how))
    actions = [
        button(label, str(place), form=form.nonce, slot=form.asked)
        for place, label in enumerate(labels[:BUTTONS], 1)
    ]
    body = [title(t(f"title-{name}")), line(question), line(_numbered(labels))]
    return Reply(text, card(*body, line(how, quiet=True), actions=actions, text=text))


def _input(t: Texts, slot: Slot, asking: Asking) -> CardElement:
    label = t(slot.label_key)
    options = [(option.value, option.label) for option in slot.reader.options(asking)]
    if options:
        return choice_input(slot.name, label, options, optional=slot.optional)
    hint_key = slot.asks.replace("-ask-", "-hint-")
    hint = t(hint_key) if t.has(hint_key) else ""
    return text_input(slot.name, label, lines=slot.reader.lines, optional=slot.optional, hint=hint)


def _listed(options: Sequence[Option]) -> str:
    """The options to type: by number, or as they are where each begins with a name of its own."""
    if options and all(option.label.startswith(f"{option.value} ·") for option in options):
        return "\n".join(f"- {option.label}" for option in options)
    return _numbered([option.label for option in options])


def _numbered(labels: Sequence[str]) -> str:
    return "\n".join(f"{place}. {label}" for place, label in enumerate(labels, 1))
