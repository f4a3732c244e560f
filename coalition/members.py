"""People: whose entity they stand for, and what that lets them do (ToR section 4, S49, S50,
S55)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coalition.charter import Charter


class Seat(StrEnum):
    """What a person is to the entity named beside it (S42, S49, S50)."""

    REPRESENTATIVE = "representative"
    ALTERNATE = "alternate"
    TECHNICAL_CO_CHAIR = "technical-co-chair"
    STAFF = "staff"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Person:
    """Somebody who talks to the bot; `id` is the Entra object id where Teams gives one."""

    id: str
    name: str = ""
    entity: str = ""
    seat: Seat = Seat.OBSERVER
    language: str = ""
    zone: str = ""
    email: str = ""
    version: int = 0

    @property
    def label(self) -> str:
        """The name with the entity, as members know each other; the entity alone where it is the
        name."""
        if not self.entity or self.entity.casefold() in self.name.casefold():
            return self.name or self.id
        return f"{self.name} ({self.entity})" if self.name else self.entity


def may_convene(person: Person, today: date, charter: Charter) -> bool:
    """Whether a person may schedule meetings and circulate minutes: the secretariat of the
    quarter or a co-chair.

    ToR section 4 gives both tasks to the Secretariat (S56, S64), which works with the co-chairs
    (S60).
    """
    if not person.entity or person.seat is Seat.OBSERVER:
        return False
    return person.entity in {charter.rotation.secretariat_on(today), *charter.co_chairs}


def is_secretariat(person: Person, today: date, charter: Charter) -> bool:
    """Whether a person works for the secretariat of the quarter."""
    return (
        person.entity == charter.rotation.secretariat_on(today) and person.seat is not Seat.OBSERVER
    )


def seats(entity: str, people: Iterable[Person]) -> dict[Seat, tuple[Person, ...]]:
    """The people of one entity by what they are to it."""
    of_entity = [person for person in people if person.entity == entity]
    return {seat: tuple(person for person in of_entity if person.seat is seat) for seat in Seat}


def entities_without_alternate(charter: Charter, people: Iterable[Person]) -> tuple[str, ...]:
    """Members that have named no alternate, which each should have (S50)."""
    named = {person.entity for person in people if person.seat is Seat.ALTERNATE}
    return tuple(entity for entity in charter.entities if entity not in named)
