"""Reading of a question: its words become concepts, and the slots that rules need are filled."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from coalition.rotation import Quarter
from knowledge.lexicon import LINKS, Lexicon
from knowledge.mentions import Mentions
from knowledge.names import Names
from knowledge.question import Question
from knowledge.speech import Speech
from knowledge.words import fold, words

#: What is read and says nothing: "trata de" is about something, not about trafficking.
NOTHING = "nothing"
#: The concept by which the words of an acronym are asked for.
STANDS_FOR = "stand_for"
#: What is asked only where nothing else is asked before it; else the word joins two clauses.
_RELATIVE = frozenset(["when", "who"])
#: So many letters of a word tell it from others, in any of the languages.
_STEM = 6
_DAYS = ("day", "minute")


class Reader:
    """Reads questions with one lexicon and one list of names."""

    def __init__(
        self,
        lexicon: Lexicon,
        names: Names,
        zone: str,
        speech: Speech,
        mentions: Mentions | None = None,
    ) -> None:
        self._lexicon, self._names, self._zone = lexicon, names, zone
        self._speech = speech
        self._mentions = mentions or Mentions({})
        self._familiar: frozenset[str] = frozenset()

    def read(self, text: str, language: str, today: date) -> Question:
        """What the text asks; the date of an edition that it names is no date in the question."""
        written, text = text, self._mentions.without(text)
        said = self._repaired(words(text))
        entities, covered = self._entities(said)
        concepts = self._concepts(said, covered)
        unknown = self._unknown(said, covered)
        acronyms = self._names.acronyms_in(text)
        bare = [name for name in acronyms if not set(words(name)).isdisjoint(unknown)]
        unknown = tuple(word for word in unknown if not any(word in words(name) for name in bare))
        if not bare and STANDS_FOR not in concepts:
            acronyms = ()
        question = Question(
            text=written,
            language=language,
            concepts=frozenset(concepts - {NOTHING}),
            unknown=unknown,
            entities=tuple(dict.fromkeys(entities)),
            acronyms=(*bare, *(name for name in acronyms if name not in bare)),
            strangers=self._names.strangers_in(text, set(said) - set(unknown)),
            follows=self.follows(text),
        )
        return self._with_slots(question, text, language, today)

    def _repaired(self, typed: list[str]) -> list[str]:
        """The words with slips put right, unless all that is known would rest on a guess.

        A question whose other words are strange is about something else: "conserta" is no slip of
        "conserva" beside a coffee machine.
        """
        said = self._lexicon.repaired(typed)
        guessed = {place for place, word in enumerate(said) if word != typed[place]}
        if not guessed:
            return said
        entities, covered = self._entities(said)
        covered |= guessed
        sure = self._concepts(said, covered) - self._lexicon.focus - self._lexicon.light
        strange = self._unknown(said, covered)
        familiar = any(word[:_STEM] in self._familiar for word in strange)
        return said if entities or sure or familiar or not strange else typed

    def follows(self, text: str) -> bool:
        """Whether the text goes on from what was said before: "and", "¿y"."""
        return self._speech.follows(words(text))

    def concepts_of(self, text: str) -> frozenset[str]:
        """The concepts and entities that a text names, its slips left as they are."""
        said = words(text)
        entities, covered = self._entities(said)
        concepts = self._concepts(said, covered) | {f"e:{name}" for name in entities}
        unknown = self._unknown(said, covered)
        return frozenset(concepts | {f"w:{word[:_STEM]}" for word in unknown})

    def _entities(self, said: list[str]) -> tuple[list[str], set[int]]:
        found = self._names.entities_in(said)
        covered = {place for _, start, end in found for place in range(start, end)}
        return [entity for entity, _, _ in found], covered

    def _concepts(self, said: list[str], covered: set[int]) -> set[str]:
        """The concepts of the words that are not covered yet; those words are then."""
        concepts: set[str] = set()
        asks = False
        for found in self._lexicon.find(said, covered):
            covered.update(range(found.start, found.end))
            joins = found.words == 1 and said[found.start - 1] not in self._speech.links
            if asks and joins and found.concept in _RELATIVE:
                continue  # "what does IOM do when it proposes the review"
            asks = asks or found.concept in self._lexicon.focus
            implied = self._lexicon.implied.get(found.concept, ())
            concepts |= {found.concept, *implied, *found.within}
        return concepts

    def know(self, texts: Iterable[str]) -> None:
        """Take the words of these texts as familiar: the documents' own words are no
        strange ones.
        """
        self._familiar = frozenset(word[:_STEM] for text in texts for word in words(text))

    def _with_slots(self, question: Question, text: str, language: str, today: date) -> Question:
        numbered = self._speech.numbers.numbered_in(text)
        days, quarters = self._time(text, language, today)
        question = replace(
            question,
            numbers=tuple(
                n for n in self._speech.numbers.counts_in(text) if n not in numbered.values()
            ),
            objective=numbered.get("objective"),
            area=numbered.get("area"),
            section=numbered.get("section"),
            quarters=quarters,
            days=days,
        )
        if question.days:
            question = replace(question, concepts=question.concepts - {"end_year", "semester"})
        unknown = self._without_dates(question)
        familiar = {f"w:{word[:_STEM]}" for word in unknown if word[:_STEM] in self._familiar}
        return replace(
            question,
            unknown=tuple(word for word in unknown if word[:_STEM] not in self._familiar),
            concepts=question.concepts | _flags(question) | familiar,
        )

    def _time(
        self, text: str, language: str, today: date
    ) -> tuple[tuple[date, ...], tuple[Quarter, ...]]:
        """The dates written in full, in their order, without any the one that the text means; and
        the quarters that are named."""
        folded, calendar = fold(text), self._speech.calendar
        quarters = self._speech.quarters.quarters_in(text, today)
        if not calendar.may_hold_date(folded):
            return (), quarters
        written = calendar.written_dates(folded)
        moments = [_read_start(piece, language, today, self._zone) for piece in written]
        days = tuple(dict.fromkeys(day for day, grain in moments if grain in _DAYS and day))
        if days:
            return days, quarters
        day, grain = _read_start(text, language, today, self._zone)
        return (day,) if day and grain in _DAYS else (), quarters

    def _without_dates(self, question: Question) -> tuple[str, ...]:
        if not question.days and not question.quarters:
            return question.unknown
        is_date_word = self._speech.calendar.is_date_word
        return tuple(word for word in question.unknown if not is_date_word(word))

    def _unknown(self, said: list[str], covered: set[int]) -> tuple[str, ...]:
        """The words that stand for nothing we know and are no small words."""
        return tuple(
            word
            for place, word in enumerate(said)
            if place not in covered
            and word not in LINKS
            and word not in self._lexicon.ignored
            and not self._speech.numbers.is_number(word)
            and len(word) > 1
        )


def _read_start(text: str, language: str, today: date, zone: str) -> tuple[date | None, str]:
    """The first day of what a text means, and its grain."""
    from language.reading.reader import Outcome, read_when  # its word files are read on first use

    reading = read_when(text, language, datetime.combine(today, time(9)), zone)
    if reading.outcome is not Outcome.VALUE or reading.when is None:
        return None, ""
    start = reading.when.start
    return (start.date() if isinstance(start, datetime) else start), str(reading.when.grain)


def merged(question: Question, context: Question, focus: set[str]) -> Question:
    """A follow-up with what its predecessor was about; what it names anew replaces what was named
    before.
    """
    asks_anew = not question.concepts.isdisjoint(focus)
    kept = {
        concept
        for concept in context.concepts
        if concept[0] != "#" and concept[1] != ":" and not (asks_anew and concept in focus)
    }
    whole = replace(
        question,
        concepts=frozenset({concept for concept in question.concepts if concept[0] != "#"} | kept),
        unknown=question.unknown + context.unknown,
        entities=question.entities or context.entities,
        acronyms=question.acronyms or context.acronyms,
        strangers=question.strangers or context.strangers,
        numbers=question.numbers or context.numbers,
        objective=question.objective or context.objective,
        area=question.area or context.area,
        section=question.section or context.section,
        quarters=question.quarters or context.quarters,
        days=question.days or context.days,
    )
    return replace(whole, concepts=whole.concepts | _flags(whole))


def led_up_to(question: Question, said: Question) -> Question:
    """A question with the dates, numbers and names of the sentences before it, where it has none
    of its own."""
    whole = replace(
        question,
        entities=question.entities or said.entities,
        acronyms=question.acronyms or said.acronyms,
        strangers=question.strangers or said.strangers,
        numbers=question.numbers or said.numbers,
        quarters=question.quarters or said.quarters,
        days=question.days or said.days,
    )
    return replace(whole, concepts=whole.concepts | _flags(whole))


def _flags(question: Question) -> frozenset[str]:
    filled = {
        "#date": bool(question.days),
        "#quarter": bool(question.quarters),
        "#number": bool(question.numbers),
        "#entity": bool(question.entities),
        "#acronym": bool(question.acronyms),
        "#stranger": bool(question.strangers),
        "#objective": question.objective is not None,
        "#area": question.area is not None,
        "#section": question.section is not None,
    }
    named = {f"e:{entity}" for entity in question.entities}
    return frozenset(flag for flag, is_set in filled.items() if is_set) | named
