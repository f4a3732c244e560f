"""Answering: a question in, the clause that answers it out, or an honest no."""

from dataclasses import dataclass, replace
from datetime import date

from knowledge.answer import Answer, Quote, joined
from knowledge.cards import Card, CardText
from knowledge.computed import Case, Value
from knowledge.live import Live
from knowledge.parts import Part, parts_of
from knowledge.phrases import Phrases
from knowledge.question import Question
from knowledge.ranking import Match, absent
from knowledge.reading import led_up_to, merged
from knowledge.rules import RULES
from knowledge.sources import Sources
from knowledge.words import words

_NOTHING = Live()
#: The share of a question's concepts that a card has to explain.
_COVERS = 0.45
#: The same where every word of the question is one of ours, and for small talk.
_COVERS_FAMILIAR = 0.33
#: For small talk, and for a bare word that is offered several readings.
_AT_LEAST = {"smalltalk": 0.75, "ambiguous": 0.6}
#: How near another card's score must come for the two to be offered.
_NEAR = 0.12
#: How much of a question the concepts of a card have to cover where none of its patterns fits.
_NEAR_CARD = 0.62
#: The same where a pattern fits, but explains less than this.
_NEARER_CARD = 0.78
_COVERS_WELL = 0.6
#: How much of a question a clause without a card has to cover to be its answer.
_CLOSE = 0.75
_NEAREST = 0.3
#: Letters of a follow-up with what it follows.
_LONGEST = 300


@dataclass(frozen=True)
class Answering:
    """Answers from one edition of each document; it is built once and never changes."""

    sources: Sources

    def ask(
        self,
        question: str,
        language: str,
        *,
        today: date,
        context: Answer | str | None = None,
        live: Live | None = None,
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
        self, part: Part, language: str, today: date, before: str | None, live: Live
    ) -> Answer:
        if offered := self.sources.asks.get(tuple(words(part.text))):
            question = self.sources.reader.read(part.text, language, today)
            found = [Match(self.sources.cards[offered], 1, 1)]
            return self._from_card(found, question, today, live)
        question, found = self._understood(part, language, today)
        if before and self._leans_on(question, found):
            context = self.sources.reader.read(before, language, today)
            whole = merged(question, context, self.sources.lexicon.focus)
            if with_context := self._fitting(whole):
                question, found = replace(whole, text=_after(before, part)), with_context
        if not found or found[0].covers < _COVERS_WELL:
            found = self._near(question, found) or found
        if found:
            return self._from_card(found, question, today, live)
        if clause := self._from_clause(question):
            return clause
        if before and question.follows:
            question = replace(question, text=_after(before, part))
        return self._refusal(question)

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
        halves = part.halves
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

    def _from_card(self, found: list[Match], question: Question, today: date, live: Live) -> Answer:
        card, language = found[0].card, question.language
        case = Case(
            question,
            self.sources.charter,
            today,
            live,
            self.sources.names,
            self.sources.objectives,
            self.sources.library,
        )
        value = RULES[card.compute](case) if card.compute else None
        if card.compute and value is None and not card.quotes:
            return self._refusal(question)
        phrases, text = self.sources.phrases[language], card.texts[language]
        values = value.values if value else {}
        rivals = [
            match.card
            for match in found[1:3]
            if match.card.quotes and found[0].score - match.score < _NEAR
        ]
        offered = [*(self.sources.cards[name] for name in card.choices), *rivals]
        notes = [phrases.fill(text.note, values)] if text.note else []
        return Answer(
            lead=_lead(value, text, phrases),
            quotes=self._quotes(value, card, language),
            notes=(*notes, *(phrases.gaps[gap] for gap in card.gaps)),
            choices=tuple(dict.fromkeys(other.texts[language].ask for other in offered)),
            kind="computed" if value else card.kind,
            question=question.text,
            card=card.name,
            offer=phrases.said["offer"],
        )

    def _quotes(self, value: Value | None, card: Card, language: str) -> tuple[Quote, ...]:
        wanted = (*(value.quotes if value else ()), *card.quotes)
        units = (
            self.sources.library.units.get(name) or self.sources.library.find(name)
            for name in wanted
        )
        labels = self.sources.phrases[language].labels
        quotes = [self.sources.library.quote(unit, language, labels) for unit in units if unit]
        return tuple(dict.fromkeys(quotes))

    def _from_clause(self, question: Question) -> Answer | None:
        """A clause that no card leads to, where it covers nearly all that was asked."""
        if absent(question, self.sources.lexicon.absent):
            return None
        ranked = self.sources.profiles.closest(question)
        if not ranked or ranked[0][1] < _CLOSE:
            return None
        phrases = self.sources.phrases[question.language]
        unit = self.sources.library.units[ranked[0][0]]
        quote = self.sources.library.quote(unit, question.language, phrases.labels)
        lead = phrases.fill(phrases.said["clause"], {"title": quote.section})
        return Answer(lead=lead, quotes=(quote,), question=question.text)

    def _refusal(self, question: Question) -> Answer:
        phrases = self.sources.phrases[question.language]
        library = self.sources.library
        titles = [
            library.title(name, question.language, phrases.labels) for name in library.editions
        ]
        ranked = self.sources.profiles.closest(question)
        near = [self.sources.library.units[name] for name, value in ranked[:1] if value >= _NEAREST]
        return Answer(
            lead=phrases.fill(phrases.said["refused"], {"documents": ", ".join(titles)}),
            quotes=tuple(
                self.sources.library.quote(unit, question.language, phrases.labels) for unit in near
            ),
            refused=True,
            kind="out_of_scope",
            question=question.text,
            nearest=phrases.said["nearest"],
        )


def _told(answers: list[Answer]) -> list[Answer]:
    """What is said of several answers: no small talk beside others, nothing twice, what the
    documents do not say last."""
    worth = [answer for answer in answers if answer.kind != "smalltalk"] or answers[:1]
    once = {(answer.card or answer.question, answer.lead): answer for answer in worth}
    return sorted(once.values(), key=lambda answer: answer.refused)


def _lead(value: Value | None, text: CardText, phrases: Phrases) -> str:
    """What is said first: the card's sentence, or one for each value that was worked out."""
    if value is None:
        return phrases.fill(text.lead, {})
    each = (value, *value.more)
    return " ".join(phrases.fill(text.variants[one.variant], one.values) for one in each)


def _after(before: str, part: Part) -> str:
    """A follow-up in words that say what it follows, for whoever reads it by itself."""
    return f"{part.text} — {before}"[:_LONGEST]
