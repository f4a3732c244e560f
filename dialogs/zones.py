"""Reads a time zone as people name it: a city, a country, an abbreviation, an offset."""

from dataclasses import dataclass
from typing import Any

from coalition.errors import Unreadable
from dialogs.readers import Plain
from dialogs.slots import Asking
from language.dates import zone_name
from language.reading.reader import Outcome, read_when


@dataclass(frozen=True)
class Zone(Plain):
    """An IANA zone: `Panama`, `hora de Bogotá`, `ET`, `GMT-5`, `America/Lima`."""

    def read(self, words: str, asking: Asking) -> str:
        said = words.strip()
        # A zone is read beside a clock time, in the ways in which people join the two.
        for way in ("10:00 {}", "10:00 hora de {}", "10:00 {} time"):
            reading = read_when(way.format(said[:60]), asking.t.language, asking.now, asking.zone)
            if reading.outcome is Outcome.VALUE and reading.when and reading.when.zone:
                return reading.when.zone
        raise Unreadable("read-zone", words=said[:40])

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        return (self.read(words, asking), "") if words.strip() else None

    def show(self, value: Any, asking: Asking) -> str:
        return zone_name(str(value), asking.t.language)
