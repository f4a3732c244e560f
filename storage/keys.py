"""Business keys: `meeting:12:T-7d` lies under `meeting:12`, and `meeting:123` does not."""

from sqlalchemy import ColumnElement, or_
from sqlalchemy.sql.elements import SQLColumnExpression


def under(column: SQLColumnExpression[str], key: str) -> ColumnElement[bool]:
    """The condition that `column` is `key`, or a key under it; a closing colon changes nothing.

    A range of byte-wise order, so that an index serves it: `;` is the letter after `:`.
    """
    key = key.removesuffix(":")
    return or_(column == key, (column >= f"{key}:") & (column < f"{key};"))
