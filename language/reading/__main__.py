"""Reads JSON lines of phrases from standard input and writes one answer a line, for measuring the
reader.

A line in: {"text", "lang", "reference", "tz"}. A line out: null, "ambiguous", "contradiction" or
the value.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime

from language.reading.reader import Outcome, Reading, read_when


def answer(reading: Reading) -> object:
    """A reading in the form in which phrases are scored."""
    if reading.outcome is Outcome.VALUE and reading.when:
        said = reading.when.as_json()
        if said.pop("unanchored", False):
            said.pop("start")
        return said
    return None if reading.outcome is Outcome.NONE else str(reading.outcome)


def main() -> None:
    """Answer every line as it comes."""
    for line in sys.stdin:
        if not line.strip():
            continue
        case = json.loads(line)
        reading = read_when(
            case["text"], case["lang"], datetime.fromisoformat(case["reference"]), case["tz"]
        )
        sys.stdout.write(json.dumps(answer(reading), ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
