"""One `Knowledge` for all tests: it is built once and never changes."""

from datetime import date

import pytest

from coalition.charter import load_charter
from knowledge.answer import Answer
from knowledge.knowledge import Knowledge

TODAY = date(2026, 9, 1)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load(load_charter())


@pytest.fixture(scope="session")
def ask(knowledge):
    def asked(question: str, language: str = "en", **kept) -> Answer:
        answer: Answer = knowledge.ask(question, language, today=kept.pop("today", TODAY), **kept)
        return answer

    return asked
