"""What it costs to understand: a question and a date, in a process of its own.

    python -m bench.understanding

CPU time, since neighbours' load moves wall time; memory as what Python allocates for it.
"""

import gc
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from bench.talks import QUESTIONS
from coalition.charter import load_charter
from knowledge.knowledge import Knowledge
from language.reading.reader import read_when

ROUNDS = 50
DATES = (
    ("Tuesday 12 January 2027 at 10:00", "en"),
    ("jueves 15 a las 3 de la tarde hora de Bogotá", "es"),
    ("de 1:30-3:30 de la tarde", "es"),
    ("toda sexta às 9h", "pt"),
    ("the week of 22 March", "en"),
    ("documento 45 de la carpeta 7", "es"),
)


def main() -> int:
    """Print milliseconds a question and a phrase, and the memory of all that is read for them."""
    charter, today = load_charter(), date(2027, 1, 4)
    now = datetime(2027, 1, 4, 14, tzinfo=UTC)
    gc.collect()
    tracemalloc.start()
    knowledge = Knowledge.load(charter)

    def ask(question: str, locale: str) -> None:
        knowledge.ask(question, locale[:2], today=today)

    def read(phrase: str, language: str) -> None:
        read_when(phrase, language, now, charter.zone)

    for one in QUESTIONS:
        ask(*one)
    for phrase in DATES:
        read(*phrase)
    gc.collect()
    memory = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    print(f"a question  {_spread(ask, QUESTIONS)}")
    print(f"a date      {_spread(read, DATES)}")
    print(f"memory      {memory:.1f} MiB for both, documents and words included")
    return 0


def _spread(do: Callable[[str, str], None], given: Sequence[tuple[str, str]]) -> str:
    taken = []
    for _ in range(ROUNDS):
        for words, language in given:
            began = time.process_time()
            do(words, language)
            taken.append(1000 * (time.process_time() - began))
    taken.sort()
    p99 = taken[int(0.99 * len(taken)) - 1]
    return f"{statistics.mean(taken):.2f} ms CPU in the mean, {p99:.2f} ms at the 99th percentile"


if __name__ == "__main__":
    sys.exit(main())
