"""Speech: what reads numbers, dates, attendance and quarters in the words of a coalition's
languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.attendance import Headcount
from knowledge.calendar_words import Calendar
from knowledge.forms import Forms
from knowledge.lengths import Lengths
from knowledge.moments import Moments
from knowledge.numbers import Numbers
from knowledge.parts import Joints
from knowledge.quarters import Quarters
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True)
class Speech:
    """Built once from every language's words. `links` are words that join two clauses,
    `follow_ups` those that begin what goes on from the question before.
    """

    calendar: Calendar
    numbers: Numbers
    lengths: Lengths
    moments: Moments
    headcount: Headcount
    quarters: Quarters
    joints: Joints
    links: Forms
    follow_ups: Forms
    problems: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: Path, languages: Iterable[str]) -> "Speech":
        """Read `speech.toml` of each language below a folder; see `Vocabulary.read`."""
        return cls.of(Vocabulary.read(folder, languages))

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Speech":
        """What reads with these words; patterns are built here, not at a question."""
        calendar, numbers = Calendar(vocabulary), Numbers(vocabulary)
        return cls(
            calendar=calendar,
            numbers=numbers,
            lengths=Lengths(vocabulary, numbers),
            moments=Moments(vocabulary, calendar),
            headcount=Headcount(vocabulary, calendar, numbers),
            quarters=Quarters(vocabulary, calendar, numbers),
            joints=Joints(vocabulary),
            links=vocabulary.forms("small", "and") | vocabulary.forms("small", "or"),
            follow_ups=vocabulary.forms("questions", "follow_ups"),
            problems=tuple(vocabulary.problems),
        )

    def follows(self, said: list[str]) -> bool:
        """Whether the words go on from the question before: "and …", "what about …"."""
        return self.follow_ups.begin(said)
