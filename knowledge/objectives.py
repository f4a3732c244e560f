"""Objectives: the lists of numbered objectives by thematic area, as a document's annex
groups them.
"""

import re
from dataclasses import dataclass

from knowledge.library import Library
from knowledge.units import Unit

_NUMBERED = re.compile(r"^(\d+)\. ")
_AREA = re.compile(r"^Thematic area (\d+)$")


@dataclass(frozen=True)
class Objectives:
    """Every objective's row, and every area's list, by number; `areas` says where an objective
    stands.
    """

    rows: dict[int, Unit]
    areas: dict[int, tuple[int, ...]]
    lists: dict[int, Unit]

    @classmethod
    def of(cls, library: Library) -> "Objectives":
        """Gather them from the rows below headings such as "Thematic area 3"."""
        rows: dict[int, Unit] = {}
        areas: dict[int, tuple[int, ...]] = {}
        lists: dict[int, Unit] = {}
        for unit in library.units.values():
            area = _AREA.match(unit.section.part)
            if not area:
                continue
            if unit.kind == "list":
                lists[int(area[1])] = unit
            elif unit.kind == "row" and (numbered := _NUMBERED.match(unit.text)):
                number = int(numbered[1])
                rows.setdefault(number, unit)
                areas[number] = (*areas.get(number, ()), int(area[1]))
        return cls(rows, areas, lists)

    def in_area(self, area: int) -> tuple[int, ...]:
        """The numbers of the objectives of an area."""
        return tuple(sorted(number for number, where in self.areas.items() if area in where))
