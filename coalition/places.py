"""Places: the chats and channels in which the bot is, and what each is used for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

#: Marks the reference of a place that is known before the bot says that it was added there.
EXPECTED = "expected"


class PlaceKind(StrEnum):
    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


class Purpose(StrEnum):
    """What a channel was chosen for: announcements to all, or the secretariat's own work."""

    NONE = ""
    ANNOUNCEMENTS = "announcements"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True)
class Place:
    """A conversation; `reference` is what it takes to write to it, `id` is without a thread's
    ending."""

    id: str
    kind: PlaceKind
    team_id: str = ""
    name: str = ""
    person_id: str = ""
    purpose: Purpose = Purpose.NONE
    reference: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
