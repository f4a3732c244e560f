"""Repositories: records go in and come out unchanged, versions are checked, changes audited."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Date, Integer, MetaData, String, Table, text
from sqlalchemy.exc import DBAPIError

from coalition.errors import Stale
from storage.codec import codec_of
from storage.metadata import Json, RowId, UtcDateTime
from storage.plain import decoder, to_plain
from storage.records import Records


class Kind(StrEnum):
    REGULAR = "regular"
    AD_HOC = "ad-hoc"


class Level(Enum):
    LOW = 1
    HIGH = 2


@dataclass(frozen=True)
class Voice:
    entity: str
    said_at: datetime
    kind: Kind = Kind.REGULAR


@dataclass(frozen=True)
class Session:
    id: int
    version: int
    title: str
    kind: Kind
    held_on: date | None
    starts_at: datetime
    zone: ZoneInfo
    is_open: bool
    voices: tuple[Voice, ...] = ()
    seats: Mapping[str, int] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    chair: Voice | None = None
    level: Level | None = None


outside = MetaData()
sessions = Table(
    "sessions",
    outside,
    Column("id", RowId, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("held_on", Date),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("voices", Json, nullable=False),
    Column("seats", Json, nullable=False),
    Column("places", Json, nullable=False),
    Column("chair", Json),
    Column("level", Integer),
    sqlite_autoincrement=True,
)
NOON = datetime(2027, 1, 12, 12, 30, tzinfo=UTC)
SESSION = Session(
    id=0,
    version=1,
    title="Reunión – «ordinária» 🙂",
    kind=Kind.AD_HOC,
    held_on=date(2027, 1, 12),
    starts_at=NOON,
    zone=ZoneInfo("America/Panama"),
    is_open=True,
    voices=(Voice("IOM", NOON), Voice("UNICEF", NOON, Kind.AD_HOC)),
    seats={"IOM": 2, "UNHCR": 1},
    places=frozenset({"Panamá", "Bogotá"}),
    chair=Voice("RCO", NOON),
    level=Level.HIGH,
)


@pytest.fixture
async def with_sessions(database):
    async with database.write() as connection:
        await connection.run_sync(outside.create_all)
    return database


async def added(database, session=SESSION) -> Session:
    async with database.unit_of_work("ana") as unit:
        return await Records(unit, sessions, Session).add(session)


async def test_a_record_comes_back_as_it_went_in_with_its_number(with_sessions):
    stored = await added(with_sessions)
    assert stored.id > 0
    async with with_sessions.unit_of_work(read_only=True) as unit:
        assert await Records(unit, sessions, Session).get(stored.id) == stored
        assert await Records(unit, sessions, Session).get(stored.id + 1) is None
    assert replace(stored, id=0) == SESSION


async def test_empty_fields_come_back_empty(with_sessions):
    bare = replace(SESSION, held_on=None, voices=(), seats={}, chair=None, level=None)
    stored = await added(with_sessions, bare)
    async with with_sessions.unit_of_work(read_only=True) as unit:
        assert await Records(unit, sessions, Session).get(stored.id) == stored
        without = await Records(unit, sessions, Session).find(sessions.c.chair.is_(None))
        assert without == [stored]


async def test_records_are_found_by_conditions_in_the_order_asked(with_sessions):
    for title in ("b", "c", "a"):
        await added(with_sessions, replace(SESSION, title=title))
    async with with_sessions.unit_of_work(read_only=True) as unit:
        records = Records(unit, sessions, Session)
        by_title = await records.find(sessions.c.title != "c", order_by=sessions.c.title)
        assert [record.title for record in by_title] == ["a", "b"]
        latest = await records.find(order_by=sessions.c.id.desc(), limit=1)
        assert [record.title for record in latest] == ["a"]


async def test_the_second_of_two_who_change_the_same_record_is_refused(with_sessions):
    stored = await added(with_sessions)
    async with with_sessions.unit_of_work("ana") as unit:
        changed = await Records(unit, sessions, Session).save(replace(stored, title="x"), stored)
    assert changed.version == stored.version + 1
    with pytest.raises(Stale):
        async with with_sessions.unit_of_work("ben") as unit:
            await Records(unit, sessions, Session).save(replace(stored, title="y"), stored)
    async with with_sessions.unit_of_work(read_only=True) as unit:
        assert await Records(unit, sessions, Session).get(stored.id) == changed
        assert [entry.actor for entry in await unit.audit.of("sessions", stored.id)] == [
            "ana",
            "ana",
        ]


async def test_the_audit_trail_says_who_changed_what_from_what_to_what(with_sessions, clock):
    stored = await added(with_sessions)
    clock.move(timedelta(hours=1))
    async with with_sessions.unit_of_work("ben") as unit:
        records = Records(unit, sessions, Session)
        changed = await records.save(replace(stored, kind=Kind.REGULAR, seats={"IOM": 3}), stored)
        assert await records.save(changed, changed) is changed
        await records.remove(changed)
    async with with_sessions.unit_of_work(read_only=True) as unit:
        first, second, third = await unit.audit.of("sessions", stored.id)
    assert (first.actor, first.action, first.before) == ("ana", "add", None)
    assert first.after["voices"][1]["kind"] == "ad-hoc"
    assert (second.actor, second.action, second.at) == ("ben", "save", clock.now)
    assert second.before == {"kind": "ad-hoc", "seats": {"IOM": 2, "UNHCR": 1}}
    assert second.after == {"kind": "regular", "seats": {"IOM": 3}}
    assert (third.action, third.after) == ("remove", None)
    assert third.before["title"] == SESSION.title


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_trail SET actor = 'nobody'", "DELETE FROM audit_trail", "TRUNCATE audit_trail"],
)
async def test_the_audit_trail_cannot_be_changed_by_anybody(with_sessions, statement):
    if with_sessions.on_sqlite and statement.startswith("TRUNCATE"):
        pytest.skip("SQLite has no TRUNCATE")
    stored = await added(with_sessions)
    with pytest.raises(DBAPIError, match="append-only"):
        async with with_sessions.unit_of_work() as unit:
            await unit.connection.execute(text(statement))
    async with with_sessions.unit_of_work(read_only=True) as unit:
        assert len(await unit.audit.of("sessions", stored.id)) == 1


async def test_an_instant_without_a_zone_is_refused_and_one_with_any_zone_is_kept(with_sessions):
    naive = datetime(2027, 1, 12, 9)
    with pytest.raises(Exception, match="needs a zone"):
        await added(with_sessions, replace(SESSION, starts_at=naive))
    with pytest.raises(ValueError, match="needs a zone"):
        await added(with_sessions, replace(SESSION, chair=Voice("IOM", naive)))
    there = datetime(2027, 1, 12, 7, 30, tzinfo=timezone(timedelta(hours=-5)))
    stored = await added(with_sessions, replace(SESSION, starts_at=there))
    async with with_sessions.unit_of_work(read_only=True) as unit:
        found = await Records(unit, sessions, Session).get(stored.id)
    assert found is not None
    assert found.starts_at == NOON
    assert found.starts_at.utcoffset() == timedelta(0)


async def test_records_with_names_for_ids_keep_them(database):
    named = Table("named", MetaData(), Column("id", String(20), primary_key=True))

    @dataclass(frozen=True)
    class Named:
        id: str

    async with database.write() as connection:
        await connection.run_sync(named.metadata.create_all)
    async with database.unit_of_work() as unit:
        assert await Records(unit, named, Named).add(Named("a")) == Named("a")
        assert await Records(unit, named, Named).get("a") == Named("a")


def test_what_could_not_be_brought_back_is_refused_before_anything_is_stored():
    @dataclass(frozen=True)
    class Torn:
        id: int
        either: Voice | Kind

    table = Table("torn", MetaData(), Column("id", RowId, primary_key=True))
    with pytest.raises(TypeError, match="no column for either"):
        codec_of(Torn, table)
    with pytest.raises(TypeError, match="JSON would not tell"):
        decoder(Voice | Kind)
    with pytest.raises(TypeError, match="cannot be stored"):
        to_plain(object())


def test_a_field_added_after_the_row_was_stored_takes_its_default():
    build = decoder(Voice)
    assert build is not None
    assert build({"entity": "IOM", "said_at": NOON.isoformat()}) == Voice("IOM", NOON)


EVERYTHING = (
    (tuple[int, str], st.tuples(st.integers(), st.text())),
    (tuple[Kind, ...], st.lists(st.sampled_from(Kind)).map(tuple)),
    (Mapping[str, tuple[date, ...]], st.dictionaries(st.text(), st.lists(st.dates()).map(tuple))),
    (dict[int, time], st.dictionaries(st.integers(), st.times())),
    (frozenset[Level], st.frozensets(st.sampled_from(Level))),
    (Decimal, st.decimals(allow_nan=False, allow_infinity=False)),
    (timedelta | None, st.none() | st.integers(0, 10**9).map(lambda s: timedelta(seconds=s))),
    (datetime, st.datetimes(timezones=st.just(UTC))),
    (str | int | None, st.text() | st.integers() | st.none()),
    (Mapping[Kind, Level], st.dictionaries(st.sampled_from(Kind), st.sampled_from(Level))),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_every_kind_of_value_survives_json(data):
    import json

    hint, values = data.draw(st.sampled_from(EVERYTHING))
    value = data.draw(values)
    decode = decoder(hint)
    read = json.loads(json.dumps(to_plain(value)))
    assert (decode(read) if decode else read) == value
