"""What the sandbox remembers: records in SQLite and file contents beside them.

Every change gets the next number of one sequence; delta, the page and the tests read it.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, name TEXT,
    seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
);
CREATE UNIQUE INDEX IF NOT EXISTS records_name ON records (kind, parent, name);
CREATE INDEX IF NOT EXISTS records_seq ON records (kind, seq);
CREATE TABLE IF NOT EXISTS numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
Record = dict[str, Any]


class Store:
    """Records by kind and id; `name` is unique among those of one kind and parent."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self.files.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(folder / "sandbox.sqlite", isolation_level=None)
        self._database.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {SCHEMA}"
        )
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what is inside must not await."""
        if self._depth:
            yield
            return
        self._database.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        else:
            self._database.execute("COMMIT")
        finally:
            self._depth = 0

    def get(self, kind: str, record_id: str) -> Record | None:
        """One record, or None."""
        found = self._rows("kind = ? AND id = ?", kind, record_id)
        return found[0] if found else None

    def named(self, kind: str, parent: str, name: str) -> Record | None:
        """The record of a name below a parent, or None."""
        found = self._rows("kind = ? AND parent = ? AND name = ?", kind, parent, name)
        return found[0] if found else None

    def of(self, kind: str, parent: str) -> list[Record]:
        """All records below a parent, in the order of their last change."""
        return self._rows("kind = ? AND parent = ? ORDER BY seq", kind, parent)

    def all(self, kind: str) -> list[Record]:
        """All records of a kind, in the order of their last change."""
        return self._rows("kind = ? ORDER BY seq", kind)

    def changed(self, kind: str, after: int, upto: int, limit: int) -> list[Record]:
        """Records of a kind that changed after one number up to another, oldest first."""
        where = "kind = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
        return self._rows(where, kind, after, upto, limit)

    def put(self, kind: str, body: Record, parent: str = "", name: str | None = None) -> Record:
        """Write a record under its `id`; it becomes the latest change and carries its number."""
        with self.transaction():
            body["seq"] = self.next_number("seq")
            self._database.execute(
                "INSERT INTO records (kind, id, parent, name, seq, body) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (kind, id) DO UPDATE SET parent = excluded.parent,"
                " name = excluded.name, seq = excluded.seq, body = excluded.body",
                (kind, body["id"], parent, name, body["seq"], json.dumps(body)),
            )
        return body

    def remove(self, kind: str, record_id: str) -> None:
        """Forget a record; the sequence still moves on."""
        with self.transaction():
            self.next_number("seq")
            self._database.execute(
                "DELETE FROM records WHERE kind = ? AND id = ?", (kind, record_id)
            )

    def number(self, name: str) -> int:
        """The present value of a counter, 0 at first."""
        row = self._database.execute("SELECT value FROM numbers WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def next_number(self, name: str) -> int:
        """Count one up."""
        row = self._database.execute(
            "INSERT INTO numbers VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
            " RETURNING value",
            (name,),
        ).fetchone()
        return int(row[0])

    def secret(self, name: str) -> str:
        """A random text that stays the same for this folder."""
        found = self.get("secret", name)
        return str(
            (found or self.put("secret", {"id": name, "text": secrets.token_hex(32)}))["text"]
        )

    def write_content(self, content: bytes) -> str:
        """Keep bytes under a name of their own; they are complete before any record names them."""
        name = secrets.token_hex(16)
        part = self.files / f"{name}.part"
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.rename(self.files / name)
        return name

    def content(self, name: str) -> Path:
        """Where kept bytes are."""
        return self.files / name

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _rows(self, where: str, *values: Any) -> list[Record]:
        query = f"SELECT body FROM records WHERE {where}"  # noqa: S608  constants of this module
        return [json.loads(row[0]) for row in self._database.execute(query, values)]
