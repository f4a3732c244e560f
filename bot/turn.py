"""The turn: one activity as a handler sees it, and the reply it gives. No SDK in sight."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.enquiries import Enquiries
from coalition.charter import Charter
from coalition.clock import Clock
from coalition.errors import Refused, Stale
from coalition.members import Person, is_secretariat, may_convene
from coalition.places import Place, PlaceKind
from coalition.questions import Asked
from dialogs.slots import Asking
from knowledge.knowledge import Knowledge
from language.texts import Texts, texts
from storage.database import Database
from storage.unit_of_work import UnitOfWork

Card = Mapping[str, Any]


class Repeated(Exception):
    """The same was asked a moment ago and is done: an activity that Teams sent again (R4)."""


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message; `url` is where it can be fetched for a short while."""

    name: str
    content_type: str
    url: str


@dataclass(frozen=True)
class Citation:
    """A clause behind an answer, as Teams shows it: a name, and an excerpt of the text."""

    name: str
    excerpt: str


@dataclass(frozen=True)
class Reply:
    """What is answered: the text says all that the card says, for those who get no card."""

    text: str
    card: Card | None = None
    citations: tuple[Citation, ...] = ()
    #: Whether people may mark the answer with a thumb.
    asks_feedback: bool = False
    #: Whether the text is shown above the card, which then only adds buttons.
    shows_text: bool = False
    #: The question that this answers, to be counted and marked; None for other replies.
    asked: Asked | None = None

    def as_json(self) -> dict[str, Any]:
        """The reply as it is kept for an activity that is sent again."""
        return {"text": self.text, "card": self.card}


@dataclass(frozen=True)
class Workplace:
    """What the bot works with: made once, in app.py."""

    charter: Charter
    database: Database
    knowledge: Knowledge
    enquiries: Enquiries
    clock: Clock
    administrators: frozenset[str] = frozenset()
    #: The page of the local Graph server; empty outside the sandbox.
    sandbox_page: str = ""
    #: Moves the clock of the sandbox and wakes what is due; None outside the sandbox.
    move_clock: Callable[[timedelta], Awaitable[None]] | None = None


@dataclass(frozen=True)
class Turn:
    """Who says what, where, when, and in which language; handlers get nothing else.

    `zone` is the speaker's IANA zone. `thread` is the conversation in which the answer goes, and
    `place` the chat or channel that it is in.
    """

    workplace: Workplace
    person: Person
    place: Place
    thread: str
    language: str
    zone: str
    now: datetime
    words: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    #: Tells what was asked from what else the speaker asks; a request is done once in a minute.
    fingerprint: str = ""
    #: The version of the form that this turn finishes; 0 where there is none.
    form_version: int = 0

    @property
    def t(self) -> Texts:
        """The texts of the speaker's language."""
        return texts(self.language)

    @property
    def charter(self) -> Charter:
        return self.workplace.charter

    @property
    def team_t(self) -> Texts:
        """The texts of the language in which channels are written to."""
        return texts(self.charter.team_language)

    @property
    def today(self) -> date:
        """The day that it is for the coalition."""
        return self.now.astimezone(ZoneInfo(self.charter.zone)).date()

    @property
    def is_personal(self) -> bool:
        return self.place.kind is PlaceKind.PERSONAL

    @property
    def asking(self) -> Asking:
        """What readers of this turn's words may know."""
        return Asking(self.t, self.charter, self.now, self.zone)

    @property
    def is_administrator(self) -> bool:
        return self.person.id in self.workplace.administrators

    @property
    def is_secretariat(self) -> bool:
        """Whether the speaker works for the secretariat of the quarter, or administers the bot."""
        return self.is_administrator or is_secretariat(self.person, self.today, self.charter)

    @property
    def may_convene(self) -> bool:
        """Whether the speaker may schedule meetings and circulate minutes."""
        return self.is_administrator or may_convene(self.person, self.today, self.charter)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """A transaction in the speaker's name, which also closes the form that led to it.

        :raises Repeated: the same was done within the last minute, or the form was finished by
            another activity.
        """
        async with self.workplace.database.unit_of_work(self.person.id) as unit:
            if self.fingerprint and not await unit.turns.claim(self.fingerprint):
                raise Repeated
            if self.form_version:
                await self._close_form(unit)
            yield unit

    async def _close_form(self, unit: UnitOfWork) -> None:
        try:
            await unit.turns.keep_form(self.thread, self.person.id, None, self.form_version)
        except Stale as error:
            raise Repeated from error

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that only reads."""
        return self.workplace.database.unit_of_work(self.person.id, read_only=True)


def only_conveners(turn: Turn) -> None:
    """Refuse who is neither the secretariat of the quarter, nor a co-chair, nor an administrator.

    ToR section 4, S56, S64. The text says who can.
    """
    if not turn.may_convene:
        raise Refused(
            "only-conveners",
            secretariat=turn.charter.rotation.secretariat_on(turn.today),
            co_chairs=", ".join(turn.charter.co_chairs),
        )


def only_secretariat(turn: Turn) -> None:
    """Refuse who does not work for the secretariat of the quarter; the text says who does."""
    if not turn.is_secretariat:
        secretariat = turn.charter.rotation.secretariat_on(turn.today)
        raise Refused("only-secretariat", secretariat=secretariat)


def only_administrators(turn: Turn) -> None:
    """Refuse who does not administer the bot."""
    if not turn.is_administrator:
        raise Refused("only-administrators")
