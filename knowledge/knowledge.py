"""Knowledge: what a coalition's documents say, in the edition in force or in one that is named."""

from datetime import date
from pathlib import Path

from coalition.charter import Charter
from knowledge.answer import Answer
from knowledge.answering import Answering
from knowledge.editions import Edition, Editions
from knowledge.library import Library
from knowledge.live import Live, Unread
from knowledge.sources import HERE, Sources, load_sources
from knowledge.words import words


class Knowledge:
    """The documents, cards and lexicon of one coalition.

    What answers from a set of editions is built when the set is first needed, and kept.
    """

    def __init__(
        self,
        charter: Charter,
        editions: Editions,
        answers: Path | None = None,
        *,
        on: date | None = None,
        strict: bool = True,
    ) -> None:
        """See `load`."""
        self.editions = editions
        self._charter, self._answers, self._strict = charter, answers, strict
        self._built: dict[tuple[Edition, ...], Answering] = {}
        day = on or date.max
        if editions.shipped != editions:
            shipped = Library(editions.shipped.on(day))
            load_sources(charter, shipped, answers, strict=strict)
        self._present = self._with(editions.on(day))
        for coming in editions.from_day(day):
            self._with(coming)

    @classmethod
    def load(
        cls,
        charter: Charter,
        documents: Path | None = None,
        answers: Path | None = None,
        *,
        loaded: Path | None = None,
        on: date | None = None,
        strict: bool = True,
    ) -> "Knowledge":
        """Read documents and answers and check that they fit each other.

        :param documents: a folder with `catalogue.toml` and the texts; ours by default.
        :param answers: a folder with `cards`, a folder for each language, names; ours by default.
        :param loaded: a folder like `documents` with the editions that an operator loaded, which
            need not be there. Answers that they break are left out and listed in `problems`.
        :param on: the day whose editions are checked, with those to come; the latest without it.
        :param strict: without it that holds for every edition.
        :raises Unfit: a clause is unknown, a translation missing, a form in two concepts.
        """
        editions = Editions.read(documents or HERE / "documents", loaded)
        return cls(charter, editions, answers, on=on, strict=strict)

    @property
    def sources(self) -> Sources:
        """The sources of the day it was loaded for."""
        return self._present.sources

    @property
    def problems(self) -> tuple[str, ...]:
        """What a lenient load left out, such as answers that an amendment breaks."""
        built = self._built.values()
        return tuple(dict.fromkeys(told for one in built for told in one.sources.problems))

    def language_of(self, question: str, default: str) -> str:
        """The language that the words of a question give away, or the default."""
        return self.sources.voices.language_of(words(question), default)

    def ask(
        self,
        question: str,
        language: str,
        *,
        today: date,
        context: Answer | str | None = None,
        live: Live | Unread | None = None,
    ) -> Answer:
        """Answer a message that may hold several questions, from the editions in force today.

        An edition that the question names, or the one before it that it leans on, goes first.

        :param language: of the leads and citations; clauses stay as they are.
        :param context: the previous answer in the conversation, or its question, for follow-ups.
        :param live: what is on record; `Unread` tells afterwards whether it would have been used.
        """
        before = context.question if isinstance(context, Answer) else context
        reader, mentions = self.sources.reader, self.sources.mentions
        named = mentions.days(question)
        if not named and before and reader.follows(question):
            named = mentions.days(before)
        answering = self._with(self.editions.on(today, named))
        return answering.ask(question, language, today=today, context=before, live=live)

    def _with(self, editions: tuple[Edition, ...]) -> Answering:
        """What answers from these editions."""
        if editions not in self._built:
            several = self.editions.several
            sources = load_sources(
                self._charter,
                Library(editions, several),
                self._answers,
                several=several,
                strict=self._strict and all(edition.is_shipped for edition in editions),
            )
            self._built[editions] = Answering(sources)
        return self._built[editions]
