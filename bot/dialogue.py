"""The dialogue: from what a member said, and what they are in the middle of, to the reply.

What is no command is an answer to the open form, and else a question to the documents.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache
from typing import Any

from bot.cards.forms import asking_card, confirming_card
from bot.cards.layout import noted
from bot.doing import Answered, do, told_again
from bot.router import Command, Found, Router
from bot.saying import told
from bot.turn import Reply, Turn
from coalition.errors import Refused, Told
from dialogs.form import (
    SUMMARY,
    Form,
    answer,
    back,
    begin,
    fill,
    finished,
    known,
    missing,
    summary,
    unclear,
    without,
)
from dialogs.readers import Number, RequestNumber, Words
from dialogs.slots import slots_of
from dialogs.sources import Source, with_files
from language.folding import bare
from language.texts import texts


class Dialogue:
    """Decides what a member's words are: an answer, a command or a question."""

    def __init__(self, router: Router, ask: Callable[[Turn, str], Awaitable[Reply]]) -> None:
        self.router = router
        self._ask = ask

    async def answer(self, turn: Turn, form: Form | None) -> Answered:
        """The reply to a turn.

        :param form: what the speaker is in the middle of in this conversation.
        """
        if form and not self._is_known(form):
            form = None
        nonce = turn.inputs.get("form", "")
        if nonce and (form is None or form.nonce != nonce):
            earlier = await told_again(turn, nonce)
            return Answered(earlier or Reply(turn.t("form-gone")), form)
        if form and turn.inputs.get("slot", form.asked or SUMMARY) != (form.asked or SUMMARY):
            return Answered(Reply(turn.t("form-gone")), form)
        if form is None:
            return await self._open(turn)
        if form.language and not turn.person.language:
            turn = replace(turn, language=form.language)
        command = self.router.named(form.command)
        try:
            return await self._go_on(turn, form, command)
        except Refused as refused:
            # A summary can be mended; without one every further word would be refused again.
            return Answered(told(turn, refused), form if command.confirms else None)

    def _is_known(self, form: Form) -> bool:
        return any(command.name == form.command for command in self.router.commands)

    async def _open(self, turn: Turn, note: str = "") -> Answered:
        """A turn without a form: a command, else a question."""
        said_bare = bare(turn.words)
        if found := self.router.find(turn.words, turn):
            return await self._start(self._speaking(turn, found), found, note)
        if turn.attachments and not turn.words.rstrip().endswith("?"):
            command = self.router.named("file")
            return await self._start(turn, Found(command, "", None, True, False), note)
        for words in ("yes-words", "no-words", "cancel-words", "back-words"):
            if said_bare in _ways(turn, words):
                return Answered(Reply(turn.t("form-none-open")))
        if not turn.words.strip():
            return await self._start(turn, Found(self.router.named("help"), "", None, True, False))
        return Answered(await self._ask(turn, turn.words.strip()))

    def _speaking(self, turn: Turn, found: Found) -> Turn:
        """The turn in the language of the command's words, unless the speaker has chosen one."""
        if found.language is None or turn.person.language:
            return turn
        return replace(turn, language=found.language)

    async def _start(self, turn: Turn, found: Found, note: str = "") -> Answered:
        command = found.command
        try:
            command.allowed(turn)
            form = Form(command.name, _nonce(turn), language=found.language or "")
            form = with_files(form, command.request, turn.attachments)
            form, trouble = begin(form, command.request, found.rest, turn.asking)
            answered = await self._next(turn, form, command, trouble)
        except Refused as refused:
            return Answered(told(turn, refused))
        return replace(answered, reply=noted(answered.reply, note)) if note else answered

    async def _go_on(self, turn: Turn, form: Form, command: Command) -> Answered:
        """A turn inside a form."""
        t, request = turn.t, command.request
        if turn.inputs and not turn.words:
            inputs = {
                name: value for name, value in turn.inputs.items() if name not in ("form", "slot")
            }
            form, problems = fill(form, request, inputs, turn.asking)
            problem = next(iter(problems.values()), None)
            return await self._next(turn, form, command, problem)
        words = bare(turn.words)
        if words in _ways(turn, "cancel-words"):
            return Answered(Reply(t("form-cancelled")))
        if words in _ways(turn, "back-words"):
            return await self._next(turn, back(form, request) or form, command, None)
        if not form.asked:
            return await self._confirmed(turn, form, command, words)
        return await self._answered(turn, form, command)

    async def _confirmed(self, turn: Turn, form: Form, command: Command, words: str) -> Answered:
        """A turn in front of the summary: yes, no, the number of a line to change, or other."""
        if words in _ways(turn, "yes-words"):
            return await do(turn, form, command)
        if words in _ways(turn, "no-words"):
            return Answered(Reply(turn.t("form-cancelled")))
        shown = [slot for slot, _ in summary(form, command.request, turn.asking)]
        if words.isdigit() and 1 <= int(words) <= len(shown):
            return await self._next(turn, without(form, shown[int(words) - 1].name), command, None)
        return await self._aside(turn, form, command, None)

    async def _answered(self, turn: Turn, form: Form, command: Command) -> Answered:
        """A turn that may answer the question, or be something else."""
        slot = next(slot for slot in slots_of(command.request) if slot.name == form.asked)
        takes_anything = isinstance(slot.reader, Words) and not form.candidates
        if takes_anything and self._leaves(turn):
            return await self._aside(turn, form, command, None)
        if turn.attachments and isinstance(slot.reader, Source):
            return await self._next(
                turn, with_files(form, command.request, turn.attachments), command, None
            )
        try:
            form = answer(form, command.request, turn.words, turn.asking)
        except Told as problem:
            return await self._aside(turn, unclear(form, problem), command, problem)
        return await self._next(turn, form, command, None)

    def _leaves(self, turn: Turn) -> bool:
        """Whether words are a command even where any words would do: alone, with a slash, or with
        the number of a record."""
        found = self.router.find(turn.words, turn)
        return bool(found and (found.exact or found.slash or _names_record(found, turn)))

    async def _aside(
        self, turn: Turn, form: Form, command: Command, problem: Told | None
    ) -> Answered:
        """Words that do not answer: another command, a question, or something to ask again."""
        if found := self.router.find(turn.words, turn):
            left = turn.t("form-left", title=turn.t(f"title-{command.key}"))
            beside = replace(self._speaking(turn, found), form_version=0)
            answered = await self._start(beside, found)
            if answered.form is None:
                return replace(answered, form=form, stored=False)
            return replace(answered, reply=noted(answered.reply, left))
        if turn.words.rstrip().endswith("?"):
            reply = await self._ask(turn, turn.words.strip())
            again = await self._next(turn, form, command, None)
            return replace(again, reply=replace(reply, text=f"{reply.text}\n\n{again.reply.text}"))
        return await self._next(turn, form, command, problem)

    async def _next(
        self, turn: Turn, form: Form, command: Command, problem: Told | None
    ) -> Answered:
        """Ask for what is missing, show the whole, or do it."""
        request = command.request
        wanted = missing(form, request, turn.asking)
        needed = [slot for slot in wanted if not slot.optional or command.confirms]
        if problem or needed:
            again = [slot for slot in wanted if problem and slot.name == form.asked]
            if slot := next(iter([*again, *needed, *wanted]), None):
                if command.check:
                    await command.check(turn, known(form, request))
                form = replace(form, asked=slot.name, **_fresh(form, slot.name))
                return Answered(asking_card(turn, form, request, command.key, slot, problem), form)
        if command.confirms:
            form = replace(form, asked="", candidates=(), begun="")
            note = await command.preview(turn, finished(form, request)) if command.preview else ""
            return Answered(confirming_card(turn, form, request, command.key, note), form)
        return await do(turn, form, command)


def _fresh(form: Form, asked: str) -> dict[str, Any]:
    """Readings and words begun belong to the slot they were for."""
    return {} if form.asked == asked else {"candidates": (), "begun": ""}


def _ways(turn: Turn, key: str) -> frozenset[str]:
    return _ways_in(turn.language, key)


@cache
def _ways_in(language: str, key: str) -> frozenset[str]:
    """Asked at every turn, and the same from one to the next."""
    return frozenset(bare(way) for way in texts(language).words(key))


def _nonce(turn: Turn) -> str:
    seed = f"{turn.thread} {turn.person.id} {turn.now.isoformat()}"
    return hashlib.sha256(seed.encode()).hexdigest()[:12]


def _names_record(found: Found, turn: Turn) -> bool:
    slots = slots_of(found.command.request)
    if not isinstance(slots[0].reader, (Number, RequestNumber)):
        return False
    taken = slots[0].reader.take(found.rest, turn.asking)
    return taken is not None and (not taken[1] or len(slots) > 1)
