"""Does a finished request, once: what Teams sends again is told again and not done again."""

import hashlib
import json
from dataclasses import dataclass, replace

from bot.router import Command
from bot.turn import Repeated, Reply, Turn
from coalition.errors import Stale
from dialogs.form import Form, finished


@dataclass(frozen=True)
class Answered:
    """The reply, the form that stays open, and whether its end is stored already."""

    reply: Reply
    form: Form | None = None
    stored: bool = False


async def do(turn: Turn, form: Form, command: Command) -> Answered:
    """Do what a finished form asks for; what was done a moment ago is only told again (R4)."""
    request = finished(form, command.request)
    if not command.writes:
        return Answered(await command.handler(turn, request))
    if not command.repeatable:
        turn = replace(turn, fingerprint=_fingerprint(turn, command, form))
    try:
        reply = await command.handler(turn, request)
    except Repeated:
        return Answered(await _receipt(turn) or Reply(turn.t("already-done")))
    except Stale:
        return Answered(Reply(turn.t("stale")), form if turn.form_version else None)
    if turn.fingerprint:
        async with turn.workplace.database.unit_of_work(turn.person.id) as unit:
            await unit.turns.settle(turn.fingerprint, reply.as_json())
    return Answered(reply, stored=True)


async def told_again(turn: Turn, nonce: str) -> Reply | None:
    """What a form's last press was answered, where the same press comes again; else None."""
    return await _receipt(replace(turn, fingerprint=_mark(turn, nonce)))


async def _receipt(turn: Turn) -> Reply | None:
    async with turn.reading() as unit:
        receipt = await unit.turns.receipt(turn.fingerprint)
    return Reply(receipt["text"], receipt["card"]) if receipt else None


def _fingerprint(turn: Turn, command: Command, form: Form) -> str:
    """What tells a request from others: its content, or the form that was filled in for it,
    because the same may be wanted again (moved there, back, and there again)."""
    if command.confirms or turn.form_version:
        return _mark(turn, form.nonce)
    return _mark(turn, command.name, json.dumps(dict(form.answers), sort_keys=True))


def _mark(turn: Turn, *what: str) -> str:
    asked = json.dumps([turn.person.id, turn.thread, *what])
    return hashlib.sha256(asked.encode()).hexdigest()
