"""Vocabulary: the words for numbers, dates, attendance and quarters, from every language's
`speech.toml`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.forms import Forms
from knowledge.words import fold

FILE = "speech.toml"
#: Tables whose entries are numbers, and the highest of them; a form means one of them only.
_NUMBERED = {"numbers": 999, "ordinals": 99, "months": 12}
#: Tables in which a form belongs to one entry only.
_APART = frozenset({*_NUMBERED, "units", "roles"})
#: The other tables, with their lists.
_NAMED: Mapping[str, frozenset[str]] = {
    table: frozenset(names.split())
    for table, names in {
        "small": "of in the and or for",
        "units": "day week month quarter semester year kinds",
        "numbering": "objective area section number ordinal_endings objective_after_ordinal "
        "area_after_ordinal labels",
        "dates": "today yesterday tomorrow days day_endings vague_months never_before_the_day "
        "later next_day same_day then_a_meeting",
        "roles": "met sent commented",
        "attendance": "here away left joined began members number_changed would share out_of "
        "passed_over remaining remaining_between remaining_after",
        "quarters": "letters before_its_number final last one this next next_after next_but_one "
        "next_but_one_after previous previous_after in_so_many so_many_on to in_month turns",
        "questions": "asks also follow_ups clauses",
    }.items()
}


@dataclass
class Vocabulary:
    """The lists of all languages together, because people mix them. `problems` names what is wrong
    with a file: what is unknown is left out, and of two meanings the first counts.
    """

    problems: list[str] = field(default_factory=list)
    _lists: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _owners: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, languages: Iterable[str]) -> "Vocabulary":
        """Read each language's file below a folder; a language need not have one."""
        vocabulary = cls()
        for language in languages:
            path = folder / language / FILE
            if path.exists():
                tables = tomllib.loads(path.read_text(encoding="utf-8"))
                vocabulary.add(tables, f"{language}/{FILE}")
        return vocabulary

    def add(self, tables: Mapping[str, object], source: str) -> None:
        """Take in one file's tables; what does not fit is noted as a problem.

        :param source: the file, as a problem names it.
        """
        for table, entries in tables.items():
            if (table not in _NUMBERED and table not in _NAMED) or not isinstance(entries, dict):
                self.problems.append(f"{source}: there is no table “{table}”.")
                continue
            for name, forms in entries.items():
                if not _is_entry(table, name):
                    self.problems.append(f"{source}: unknown entry “{name}” in {table}.")
                elif not _are_forms(forms):
                    self.problems.append(f"{source}: {table}.{name} is no list of words.")
                else:
                    self._lists.setdefault((table, name), []).extend(forms)
                    self.problems += self._claimed(table, name, forms, source)

    def forms(self, table: str, name: str) -> Forms:
        """The words of a list, folded."""
        return Forms(self.written(table, name))

    def written(self, table: str, name: str) -> tuple[str, ...]:
        """The words of a list as they are written, with their accents."""
        if name not in _NAMED[table]:
            raise KeyError(f"{table}.{name}")
        return tuple(self._lists.get((table, name), ()))

    def numbered(self, table: str) -> dict[str, int]:
        """The folded words of `numbers`, `ordinals` or `months`, with the number they mean."""
        return {form: int(name) for (of, form), name in self._owners.items() if of == table}

    def meanings(self, table: str) -> dict[str, str]:
        """The folded words of a table in which each means one thing only, with its name."""
        return {form: name for (of, form), name in self._owners.items() if of == table}

    def _claimed(self, table: str, name: str, forms: Iterable[str], source: str) -> Iterator[str]:
        """Note whose the words are, and yield those that two claim."""
        for form in map(fold, forms) if table in _APART else ():
            owner = self._owners.setdefault((table, form), name)
            if owner != name:
                yield f"{source}: “{form}” means {owner} and {name} in {table}."


def _is_entry(table: str, name: str) -> bool:
    if table in _NAMED:
        return name in _NAMED[table]
    return name.isdecimal() and 1 <= int(name) <= _NUMBERED[table]


def _are_forms(forms: object) -> bool:
    return isinstance(forms, list) and all(
        isinstance(one, str) and one.strip("* ") for one in forms
    )
