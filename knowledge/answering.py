"""Answering: a question in, the clause that answers it out, or an honest no."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from knowledge.answer import Answer, joined
from knowledge.live import Live, Unread
from knowledge.parts import Part, parts_of
from knowledge.question import Question
from knowledge.ranking import Match, absent
from knowledge.reading import led_up_to, merged
from knowledge.sources import Sources
from knowledge.telling import Telling
from knowledge.words import words

_NOTHING = Live()
#: The share of a question's concepts that a card has to explain.
_COVERS = 0.45
#: The same where every word of the question is one of ours, and for small talk.
_COVERS_FAMILIAR = 0.33
#: For small talk, and for a bare word that is offered several readings.
_AT_LEAST = {"smalltalk": 0.75, "ambiguous": 0.6}
#: How much of a question the concepts of a card have to cover where none of its patterns fits.
_NEAR_CARD = 0.62
#: The same where a pattern fits, but explains less than this.
_NEARER_CARD = 0.78
_COVERS_WELL = 0.6
#: Letters of a follow-up with what it follows.
_LONGEST = 300


@dataclass(frozen=True)
class Answering:
    """Answers from one edition of each document; it is built once and never changes."""

    sources: Sources

    @cached_property
    def telling(self) -> Telling:
        """What says the answers."""
        return Telling(self.sources)

    def ask(
        self,
        question: str,
        language: str,
        *,
        today: date,
        context: Answer | str | None = None,
        live: Live | Unread | None = None,
    ) -> Answer:
        """Answer a message that may hold several questions.

        :param language: of the leads and citations; clauses stay as they are.
        :param context: the previous answer in the conversation, or its question, for follow-ups.
        """
        language = language if language in self.sources.phrases else "en"
        before = context.question if isinstance(context, Answer) else context
        answers: list[Answer] = []
        whole = self._parts(question, language, today)
        for part in (half for one in whole for half in self._halves(one, language, today)):
            answers.append(self._answer(part, language, today, before, live or _NOTHING))
            before = answers[-1].question
        told = _told(answers)
        return told[0] if len(told) == 1 else joined(tuple(told))

    def _parts(self, message: str, language: str, today: date) -> tuple[Part, ...]:
        """The questions of a message; what is said after them is one only if it is understood."""
        *asked, last = parts_of(message)
        if not asked or "?" in last.question:
            return (*asked, last)
        after = self._fitting(self.sources.reader.read(last.text, language, today))
        if after and after[0].covers >= _COVERS_WELL:
            return (*asked, last)
        before = self.sources.reader.read(asked[-1].text, language, today)
        if not self._fitting(before):
            asked[-1] = Part(f"{asked[-1].question} {last.text}", asked[-1].statement)
        return tuple(asked)

    def _answer(
        self, part: Part, language: str, today: date, before: str | None, live: Live | Unread
    ) -> Answer:
        if offered := self.sources.asks.get(tuple(words(part.text))):
            question = self.sources.reader.read(part.text, language, today)
            found = [Match(self.sources.cards[offered], 1, 1)]
            return self.telling.card(found, question, today, live)
        question, found = self._understood(part, language, today)
        if before and self._leans_on(question, found):
            context = self.sources.reader.read(before, language, today)
            whole = merged(question, context, self.sources.lexicon.focus)
            if with_context := self._fitting(whole):
                question, found = replace(whole, text=_after(before, part)), with_context
        if not found or found[0].covers < _COVERS_WELL:
            found = self._near(question, found) or found
        if found:
            return self.telling.card(found, question, today, live)
        if clause := self.telling.clause(question):
            return clause
        if before and question.follows:
            question = replace(question, text=_after(before, part))
        return self.telling.refusal(question)

    def _understood(self, part: Part, language: str, today: date) -> tuple[Question, list[Match]]:
        """The question as it is best understood: by itself, with what leads up to it, or all of
        it as one."""
        whole = self.sources.reader.read(part.text, language, today)
        if not part.statement:
            return whole, self._fitting(whole)
        said = self.sources.reader.read(part.statement, language, today)
        alone = led_up_to(self.sources.reader.read(part.question, language, today), said)
        found = self._fitting(alone)
        if found and found[0].covers >= _COVERS_WELL:
            return replace(alone, text=part.text), found
        known = merged(alone, replace(said, unknown=()), self.sources.lexicon.focus)
        readings = [(one, self._fitting(one)) for one in (alone, known, whole)]
        question, found = max(readings, key=lambda one: one[1][0].covers if one[1] else -1)
        return replace(question, text=part.text), found

    def _leans_on(self, question: Question, found: list[Match]) -> bool:
        """Whether a question needs the one before it: "and for extraordinary ones?", "by when?"."""
        asks_itself = not question.concepts.isdisjoint(self.sources.lexicon.focus)
        if question.unknown and question.concepts <= self.sources.lexicon.focus:
            return False  # "and who paints the walls?" asks about something else
        if found:
            return question.follows and not asks_itself
        return question.follows or len(question.concepts) < 3

    def _halves(self, part: Part, language: str, today: date) -> tuple[Part, ...]:
        """Both halves of a sentence where each is a question of its own with its own card."""
        halves = self.sources.speech.joints.halves(part)
        if halves is None:
            return (part,)
        read = [self.sources.reader.read(half.text, language, today) for half in halves]
        asking = [half for half in read if not half.concepts.isdisjoint(self.sources.lexicon.focus)]
        best = [self._fitting(half) for half in asking]
        cards = {found[0].card.name for found in best if found and found[0].covers >= _COVERS_WELL}
        return halves if len(cards) == len(halves) else (part,)

    def _near(self, question: Question, found: list[Match]) -> list[Match]:
        """The card whose own questions and clauses cover what no pattern does."""
        if absent(question, self.sources.lexicon.absent):
            return []
        least = _NEARER_CARD if found else _NEAR_CARD
        ranked = self.sources.hints.closest(question)[:1]
        near = [(self.sources.cards[name], value) for name, value in ranked if value >= least]
        return [
            Match(card, value, value)
            for card, value in near
            if not absent(question, self.sources.lexicon.named, card)
            and card.never.isdisjoint(question.concepts)
        ]

    def _fitting(self, question: Question) -> list[Match]:
        """The cards that explain enough of the question and have what it is known to ask for."""
        least = _COVERS if question.unknown else _COVERS_FAMILIAR
        return [
            match
            for match in self.sources.patterns.matches(question, self.sources.weights)
            if match.covers >= _AT_LEAST.get(match.card.kind, least)
            and not absent(question, self.sources.lexicon.named, match.card)
        ]


def _told(answers: list[Answer]) -> list[Answer]:
    """What is said of several answers: no small talk beside others, nothing twice, what the
    documents do not say last."""
    worth = [answer for answer in answers if answer.kind != "smalltalk"] or answers[:1]
    once = {(answer.card or answer.question, answer.lead): answer for answer in worth}
    return sorted(once.values(), key=lambda answer: answer.refused)


def _after(before: str, part: Part) -> str:
    """A follow-up in words that say what it follows, for whoever reads it by itself."""
    return f"{part.text} — {before}"[:_LONGEST]
