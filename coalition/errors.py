"""What can go wrong and be said: a member's request refused, words not understood, a record
changed meanwhile.

Anything else that is raised is a defect and is logged, not shown.
"""

from typing import Any


class Told(Exception):
    """An error that a member can act on: the name of its text and what fills the text's places."""

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(key)
        self.key = key
        self.details = details
        #: What is left of a command's words without those that were not understood.
        self.rest: str | None = None


class Refused(Told):
    """A rule says no. The text says which rule, and what to do instead."""


class Unreadable(Told):
    """Words that cannot be read as what was asked for. The text says what can be written."""


class Stale(Exception):
    """A record was changed by somebody else between reading and writing it."""
