"""Who is in the Playground's space: the coalition's entities in the roles of the present
quarter."""

from collections.abc import Sequence
from datetime import date

from coalition.charter import Charter
from coalition.members import Person, Seat
from coalition.places import EXPECTED, Place, PlaceKind, Purpose
from playground.space import PlaygroundMember, Space
from storage.database import Database

COORDINATOR = "Resident Coordinator's Office"
_OTHERS = 5


def coalition_space(charter: Charter, today: date, bot: str = "IBC-HM Assistant") -> Space:
    """The space as the Playground shows it; who writes is the secretariat of the quarter."""
    secretariat = charter.rotation.secretariat_on(today)
    co_chairs = [entity for entity in charter.co_chairs if entity != secretariat]
    plain = [entity for entity in reversed(charter.entities) if entity not in charter.co_chairs]
    names = [f"{entity} (Co-Chair)" for entity in co_chairs]
    names += [f"{entity} (Member)" for entity in plain]
    return Space(
        team=charter.team_name,
        secretariat_channel=charter.secretariat_channel,
        bot=bot,
        current=PlaygroundMember.called(f"{secretariat} (Secretariat)"),
        others=[PlaygroundMember.called(name) for name in (*names[: _OTHERS - 1], COORDINATOR)],
    )


async def seed(database: Database, charter: Charter, space: Space, playground: str) -> None:
    """Store the members and channels of the space that are not stored yet."""
    async with database.unit_of_work() as unit:
        for person in seed_people(space, charter):
            if await unit.people.get(person.id) is None:
                await unit.people.add(person)
        for place in seed_places(space, playground):
            if await unit.places.get(place.id) is None:
                await unit.places.add(place)


def seed_places(space: Space, playground: str) -> Sequence[Place]:
    """The team's channels: the Playground tells the bot of one only when somebody opens it.

    :param playground: where the Playground is, such as http://localhost:56150.
    """
    channels = (
        (space.team_id, "General", Purpose.ANNOUNCEMENTS),
        (space.secretariat_channel_id, space.secretariat_channel, Purpose.SECRETARIAT),
    )
    return [
        Place(
            id=channel,
            kind=PlaceKind.CHANNEL,
            team_id=space.team_id,
            name=name,
            purpose=purpose,
            reference={
                "serviceUrl": f"{playground}/_connector",
                "channelId": "msteams",
                "conversation": {
                    "id": channel,
                    "isGroup": True,
                    "conversationType": "channel",
                    "tenantId": space.tenant_id,
                },
                "bot": {"id": space.bot_id, "name": space.bot},
                EXPECTED: True,
            },
        )
        for channel, name, purpose in channels
    ]


def seed_people(space: Space, charter: Charter) -> Sequence[Person]:
    """The members of the space as people of the coalition, each standing for the entity named."""
    people = []
    for member in (space.current, *space.others):
        entity = member.name.partition(" (")[0]
        known = entity in charter.entities
        seat = Seat.REPRESENTATIVE if known else Seat.OBSERVER
        people.append(
            Person(
                member.directory_id, member.name, entity if known else "", seat, email=member.email
            )
        )
    return people
