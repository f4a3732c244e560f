"""How Alembic reaches the database: a plain engine, in the thread that called it."""

import importlib
import pkgutil
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine, event, text

import storage
from storage.metadata import Json, Key, RowId, UtcDateTime, metadata

# Replicas that start together take turns under this PostgreSQL advisory lock.
TURN = 7_204_113_002


def know_every_table() -> None:
    for module in pkgutil.iter_modules(storage.__path__):
        if module.name.startswith("tables"):
            importlib.import_module(f"storage.{module.name}")


def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Procrastinate's tables come from its own SQL, not from our metadata."""
    table = thing if kind == "table" else getattr(thing, "table", None)
    return not (table is not None and table.name.startswith("procrastinate_"))


def written(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Migrations stand by themselves: the names are made by the template, in the same file."""
    if kind != "type":
        return False
    if isinstance(thing, UtcDateTime):
        return "INSTANT"
    return {id(Json): "JSON", id(RowId): "ROW_ID", id(Key): "KEY"}.get(id(thing), False)


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=written,
        include_object=is_ours,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
        context.run_migrations()


know_every_table()
engine = create_engine(context.config.attributes["url"])
if engine.dialect.name == "sqlite":
    # The driver would commit behind our back; a step is to happen whole or not at all.
    event.listen(engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
    event.listen(engine, "begin", lambda opened: opened.exec_driver_sql("BEGIN IMMEDIATE"))
try:
    with engine.connect() as connection:
        migrate(connection)
finally:
    engine.dispose()
