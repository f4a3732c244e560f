"""A member who is asked, for tests of readers and forms."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from coalition.charter import load_charter
from dialogs.slots import Asking
from language.texts import texts

CHARTER = load_charter()
#: Monday 4 January 2027, 9:00 in Panama.
NOW = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)


def asking(language: str = "en", zone: str = "America/Panama", **known: Any) -> Asking:
    """What a reader may know of a member who is asked on that Monday."""
    return replace(Asking(texts(language), CHARTER, NOW, zone), known=known)
