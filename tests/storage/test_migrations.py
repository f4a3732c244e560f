"""The migrations make the tables that the repositories expect, on both engines, and undo them."""

import asyncio
import sys
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from storage import migration
from storage.database import Database, read_url

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/bot.db"
    return request.getfixturevalue("empty_postgresql_url")


def names_in(url) -> set[str]:
    engine = create_engine(read_url(url))
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
    engine.dispose()
    return found


async def test_a_new_database_is_not_migrated_until_it_is(empty_url):
    database = Database(empty_url, lambda: datetime.now(UTC))
    await database.start()
    assert not await database.is_migrated()
    await database.migrate()
    assert await database.is_migrated()
    await database.migrate()
    assert await database.is_migrated()
    await database.close()


def test_the_migrations_leave_nothing_for_autogenerate_to_change(database_url):
    assert migration.difference(read_url(database_url)) == []


def test_every_step_can_be_taken_back_and_taken_again(database_url):
    url = read_url(database_url)
    before = names_in(database_url)
    migration.downgrade(url, "base")
    assert names_in(database_url) == {"alembic_version"}
    migration.upgrade(url)
    assert names_in(database_url) == before


def test_the_newest_step_is_found_as_alembic_finds_it():
    script = ScriptDirectory(str(migration.HERE))
    assert migration.newest() == script.get_current_head()


def test_the_schema_of_procrastinate_is_the_one_that_was_kept():
    """A new minor version brings its own migrations: they are wanted here as a step of ours."""
    kept = (migration.HERE / "sql/procrastinate_3_10_postgresql.sql").read_text(encoding="utf-8")
    package = resources.files("procrastinate.sql").joinpath("schema.sql").read_text("utf-8")
    assert kept.endswith(package)


async def test_a_database_of_another_release_is_not_taken_for_ours(database, tmp_path):
    from sqlalchemy import text

    async with database.unit_of_work() as unit:
        await unit.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not await database.is_migrated()


async def test_replicas_that_start_together_migrate_once(empty_url):
    database = Database(empty_url, lambda: datetime.now(UTC))
    await database.start()
    code = (
        "import sys; from storage import migration; from storage.database import read_url; "
        "migration.upgrade(read_url(sys.argv[1]))"
    )
    replicas = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, empty_url, cwd=ROOT)
        for _ in range(3)
    ]
    assert [await replica.wait() for replica in replicas] == [0, 0, 0]
    assert await database.is_migrated()
    await database.close()


async def test_two_in_one_process_take_turns(tmp_path):
    databases = [
        Database(f"sqlite:///{tmp_path}/{name}.db", lambda: datetime.now(UTC)) for name in "ab"
    ]
    for database in databases:
        await database.start()
    await asyncio.gather(*(database.migrate() for database in databases))
    for database in databases:
        assert await database.is_migrated()
        await database.close()
