"""Telling: what is said of a card, of a clause without one, and of what the documents leave out."""

from dataclasses import dataclass
from datetime import date

from knowledge.answer import Answer, Quote
from knowledge.cards import Card, CardText
from knowledge.computed import Case, Value
from knowledge.live import Live, Unread
from knowledge.phrases import Phrases
from knowledge.question import Question
from knowledge.ranking import Match, absent
from knowledge.rules import RULES
from knowledge.sources import Sources

#: How near another card's score must come for the two to be offered.
_NEAR = 0.12
#: How much of a question a clause without a card has to cover to be its answer.
_CLOSE = 0.75
#: The same for the clause that is shown as the nearest one beside a no.
_NEAREST = 0.17


@dataclass(frozen=True)
class Telling:
    """Says answers in the asker's language, with the clauses as the documents have them."""

    sources: Sources

    def card(
        self, found: list[Match], question: Question, today: date, live: Live | Unread
    ) -> Answer:
        """The answer of the best of the cards that were found; close ones are offered beside it."""
        card, language = found[0].card, question.language
        case = Case(
            question,
            self.sources.charter,
            today,
            live,
            self.sources.names,
            self.sources.objectives,
            self.sources.library,
            self.sources.speech,
        )
        value = RULES[card.compute](case) if card.compute else None
        if card.compute and value is None and not card.quotes:
            return self.refusal(question)
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

    def clause(self, question: Question) -> Answer | None:
        """A clause that no card leads to, where it covers nearly all that was asked."""
        if absent(question, self.sources.lexicon.absent):
            return None
        name, value = next(iter(self.sources.profiles.closest(question)), ("", 0.0))
        if value < _CLOSE:
            return None
        if question.concepts & self.sources.lexicon.needed - self.sources.profiles.about(name):
            return None
        phrases = self.sources.phrases[question.language]
        unit = self.sources.library.units[name]
        quote = self.sources.library.quote(unit, question.language, phrases.labels)
        lead = phrases.fill(phrases.said["clause"], {"title": quote.section})
        return Answer(lead=lead, quotes=(quote,), question=question.text)

    def refusal(self, question: Question) -> Answer:
        """That the documents do not say it, with the nearest clause."""
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


def _lead(value: Value | None, text: CardText, phrases: Phrases) -> str:
    """What is said first: the card's sentence, or one for each value that was worked out."""
    if value is None:
        return phrases.fill(text.lead, {})
    each = (value, *value.more)
    return " ".join(phrases.fill(text.variants[one.variant], one.values) for one in each)
