"""Stored people, and the places in which they write."""

from collections.abc import Iterable

from sqlalchemy import func

from coalition.members import Person
from coalition.places import Place, PlaceKind, Purpose
from language.texts import supported
from storage.records import Records
from storage.tables import people, places
from storage.transaction import Transaction


class People(Records[Person]):
    """Everybody who was imported or who has changed something."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, people, Person)

    async def keep(self, person: Person) -> Person:
        """Add somebody, or save what changed about them."""
        if (was := await self.get(person.id)) is None:
            return await self.add(person)
        return was if was == person else await self.save(person, was)

    async def named(self, words: str) -> list[Person]:
        """People whose name or entity is what was written, whatever the case."""
        said = words.casefold()
        return await self.find(
            (func.lower(people.c.name) == said) | (func.lower(people.c.entity) == said),
            order_by=people.c.name,
        )

    async def everybody(self) -> list[Person]:
        """All people by entity and name."""
        return await self.find(order_by=(people.c.entity, people.c.name))


class Places(Records[Place]):
    """The conversations that the bot knows how to write to."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, places, Place)

    async def keep(self, place: Place) -> Place:
        """Add a place, or save its newest reference; its purpose stays."""
        was = await self.get(place.id)
        if was is None:
            return await self.add(place)
        changed = Place(
            place.id,
            place.kind,
            place.team_id or was.team_id,
            place.name or was.name,
            place.person_id or was.person_id,
            place.purpose or was.purpose,
            place.reference or was.reference,
            was.version,
        )
        return was if changed == was else await self.save(changed, was)

    async def for_purpose(self, *purposes: Purpose) -> Place | None:
        """The channel chosen for the first of the purposes that has one; else a team's first
        channel."""
        channels = await self.find(places.c.kind == PlaceKind.CHANNEL, order_by=places.c.id)
        for purpose in purposes:
            for channel in channels:
                if channel.purpose is purpose:
                    return channel
        general = [channel for channel in channels if channel.id == channel.team_id]
        return next(iter([*general, *channels]), None)

    async def language_to(self, conversation_id: str, person: Person | None, default: str) -> str:
        """The language to write to a conversation in, outside a turn.

        In a personal chat the one that its owner chose, else that of their client; elsewhere the
        default.
        """
        place = await self.get(conversation_id.partition(";")[0])
        if place is None or place.kind is not PlaceKind.PERSONAL:
            return default
        chosen = person.language if person else ""
        return chosen or supported(place.reference.get("locale")) or default

    async def personal(self, person_ids: Iterable[str]) -> dict[str, Place]:
        """The personal chats of people, by person."""
        found = await self.find(
            places.c.kind == PlaceKind.PERSONAL, places.c.person_id.in_(list(person_ids))
        )
        return {place.person_id: place for place in found}
