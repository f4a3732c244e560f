"""Microsoft Teams at the edge: one activity in, one Turn made, at most one reply out."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import structlog

from bot.activities import activity as message
from bot.cards.help import welcome
from bot.cards.layout import plain
from bot.dialogue import Dialogue
from bot.doing import Answered
from bot.incoming import (
    adds_bot,
    attachments_of,
    feedback_of,
    inputs_of,
    language_of,
    place_of,
    speaker,
    words_of,
    zone_of,
)
from bot.input import TurnInput
from bot.invokes import card_body, message_body
from bot.turn import Reply, Turn, Workplace
from coalition.delivery import Undelivered
from coalition.errors import Stale
from coalition.members import Person
from coalition.places import EXPECTED, Place, PlaceKind, Purpose
from dialogs.form import Form
from language.texts import texts
from storage.turns import Known

log = structlog.get_logger()

#: How many activities are remembered to tell one that is sent again (L14, L15).
_REMEMBERED = 2000
Body = Mapping[str, Any] | None


class TeamsBot:
    """The bot as the adapter calls it."""

    def __init__(self, workplace: Workplace, dialogue: Dialogue) -> None:
        self._workplace = workplace
        self._dialogue = dialogue
        self._answers: OrderedDict[tuple[str, str], asyncio.Future[Body]] = OrderedDict()

    async def on_turn(self, given: TurnInput) -> Body:
        """Answer an activity once; the same activity sent again gets the same answer (R4)."""
        key = (given.activity["conversation"]["id"], str(given.activity.get("id") or ""))
        if not key[1]:
            return await self._answer(given)
        if earlier := self._answers.get(key):
            return await asyncio.shield(earlier)
        coming = self._remember(key)
        try:
            body = await self._answer(given)
        except Exception:
            # The apology is sent once: a repeat of the failed activity finds nothing more to do.
            coming.set_result(None)
            raise
        except BaseException:
            del self._answers[key]
            coming.cancel()
            raise
        coming.set_result(body)
        return body

    def _remember(self, key: tuple[str, str]) -> "asyncio.Future[Body]":
        self._answers[key] = asyncio.get_running_loop().create_future()
        while len(self._answers) > _REMEMBERED:
            self._answers.popitem(last=False)
        return self._answers[key]

    async def _answer(self, given: TurnInput) -> Body:
        kind = given.activity["type"]
        if kind == "message":
            says, inputs = inputs_of(given.activity.get("value"))
            await self._converse(given, words_of(given.activity) or says, inputs)
        elif kind == "invoke" and given.name == "adaptiveCard/action":
            return await self._pressed(given)
        elif kind == "invoke" and given.name == "message/submitAction":
            self._marked(given)
        elif kind == "invoke":
            t = texts(language_of(given.activity, self._workplace.charter.languages[0]))
            return message_body(given.name, t("invoke-not-offered"))
        elif kind in ("conversationUpdate", "installationUpdate"):
            await self._arrived(given)
        return None

    async def _pressed(self, given: TurnInput) -> Body:
        """A button of a card: the answer takes the card's place, or stands beside it."""
        value = given.activity.get("value")
        action = value.get("action") if isinstance(value, dict) else None
        says, inputs = inputs_of(action.get("data") if isinstance(action, dict) else None)
        if inputs.pop("beside", ""):
            language = await self._converse(given, says, inputs)
            return message_body(given.name, texts(language)("answered-beside"))
        reply, _ = await self._reply(given, says, inputs)
        return card_body(reply.card if reply.card and not reply.shows_text else plain(reply.text))

    async def _converse(self, given: TurnInput, words: str, inputs: Mapping[str, str]) -> str:
        """Answer with a message; the language that it is in."""
        reply, language = await self._reply(given, words, inputs)
        answer_id = await given.reply(message(reply))
        if reply.asked:
            self._workplace.enquiries.count(given.thread, reply.asked, answer_id)
        return language

    def _marked(self, given: TurnInput) -> None:
        """A thumb under an answer."""
        if marked := feedback_of(given.activity.get("value")):
            who, answer_id = speaker(given.activity).id, given.activity.get("replyToId") or ""
            self._workplace.enquiries.mark(who, given.thread, answer_id, *marked)

    async def close(self) -> None:
        """Write what is still kept in memory."""
        await self._workplace.enquiries.close()

    async def _reply(
        self, given: TurnInput, words: str, inputs: Mapping[str, str]
    ) -> tuple[Reply, str]:
        """What is answered, after what changed in the conversation is stored."""
        turn, known = await self._turn(given, words, inputs)
        form = Form.from_json(known.form) if known.form else None
        answered = await self._dialogue.answer(turn, form)
        try:
            await self._store(turn, known, form, answered)
        except Stale:
            # A form that is gone already was closed by the same activity, sent twice.
            if answered.form is not None:
                return Reply(turn.t("stale")), turn.language
        return answered.reply, turn.language

    async def _turn(
        self, given: TurnInput, words: str, inputs: Mapping[str, str]
    ) -> tuple[Turn, Known]:
        activity, charter = given.activity, self._workplace.charter
        who, place = speaker(activity), place_of(activity)
        thread = activity["conversation"]["id"]
        async with self._workplace.database.unit_of_work(who.id, read_only=True) as unit:
            known, now = await unit.turns.known(thread, who.id, place.id), unit.now
        person = _merged(who, known.person)
        turn = Turn(
            workplace=self._workplace,
            person=person,
            place=place,
            thread=thread,
            language=person.language or language_of(activity, charter.languages[0]),
            zone=zone_of(activity, person.zone, charter.zone),
            now=now,
            words=words,
            inputs=inputs,
            attachments=attachments_of(activity),
            form_version=known.form_version,
        )
        return turn, known

    async def _store(self, turn: Turn, known: Known, form: Form | None, answered: Answered) -> None:
        """Keep the form and where to write to; most turns change neither and store nothing."""
        form_changed = answered.form != form and not answered.stored
        moved = known.place is None or _address(known.place) != _address(turn.place)
        if not form_changed and not moved:
            return
        async with self._workplace.database.unit_of_work(turn.person.id) as unit:
            if form_changed:
                kept = answered.form.as_json() if answered.form else None
                await unit.turns.keep_form(turn.thread, turn.person.id, kept, known.form_version)
            if moved:
                await unit.places.keep(turn.place)
                await unit.reachability.clear(turn.place.id)

    async def _arrived(self, given: TurnInput) -> None:
        """Installed somewhere: learn how to write there and say hello, once."""
        if not adds_bot(given.activity):
            return
        place = place_of(given.activity)
        async with self._workplace.database.unit_of_work() as unit:
            was = await unit.places.get(place.id)
            is_new = was is None or EXPECTED in was.reference
            await unit.places.keep(place)
            await unit.reachability.clear(place.id)
            if place.kind is PlaceKind.CHANNEL:
                await unit.postings.catch_up()
        if is_new:
            await given.reply(message(welcome()))
        if place.kind is PlaceKind.CHANNEL and is_new:
            await self._learn_channels(given, place)

    async def _learn_channels(self, given: TurnInput, place: Place) -> None:
        """The team's other channels; the one named in the charter takes the secretariat's work."""
        wanted = self._workplace.charter.secretariat_channel.casefold()
        team = quote(place.team_id or place.id, safe="")
        path = f"/v3/teams/{team}/conversations"
        try:
            listed = await given.connector.call("GET", given.reference["serviceUrl"], path)
        except Undelivered as error:
            log.warning("channels-not-listed", outcome=type(error.outcome).__name__)
            return
        async with self._workplace.database.unit_of_work() as unit:
            for channel in listed.get("conversations") or []:
                await unit.places.keep(_sibling(place, channel, wanted))
            await unit.postings.catch_up()

    async def on_error(self, given: TurnInput, error: Exception) -> str:
        """One apology; what the speaker was in the middle of is dropped, so that it cannot
        recur."""
        activity = given.activity
        who = speaker(activity)
        number = hashlib.sha256(str(activity.get("id")).encode()).hexdigest()[:8]
        thread = activity["conversation"]["id"]
        async with self._workplace.database.unit_of_work(who.id) as unit:
            known = await unit.turns.known(thread, who.id, place_of(activity).id)
            chosen = known.person.language if known.person else ""
            await unit.turns.keep_form(thread, who.id, None, known.form_version)
        t = texts(chosen or language_of(activity, self._workplace.charter.languages[0]))
        text = t("defect", number=number)
        if activity["type"] == "message":
            await given.reply({"type": "message", "text": text})
        return text


def _sibling(place: Place, channel: Mapping[str, Any], secretariat: str) -> Place:
    """Another channel of a team, written to in the same way."""
    name = str(channel.get("name") or "")
    conversation = {**place.reference["conversation"], "id": str(channel["id"])}
    return Place(
        id=str(channel["id"]),
        kind=PlaceKind.CHANNEL,
        team_id=place.team_id,
        name=name,
        purpose=Purpose.SECRETARIAT if name.casefold() == secretariat else Purpose.NONE,
        reference={**place.reference, "conversation": conversation},
    )


def _merged(said: Person, stored: Person | None) -> Person:
    return replace(stored, name=stored.name or said.name) if stored else said


def _address(place: Place) -> tuple[Any, ...]:
    reference = place.reference
    return (reference.get("serviceUrl"), (reference.get("bot") or {}).get("id"))
