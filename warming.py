"""Warming: what is done at the start so that the first members do not wait for it."""

import gc
from datetime import UTC, datetime

from coalition.charter import load_charter
from language.reading.reader import read_when
from language.texts import DEFAULT, LANGUAGES, texts


def settle_memory() -> None:
    """What was built stays: collecting it again and again would hold up a turn for 0.2 s."""
    gc.collect()
    gc.freeze()


def warm(charter: str) -> None:
    """Read what the first members would otherwise wait for: catalogues, and the words of dates."""
    for language in LANGUAGES:
        texts(language)
    read_when("", DEFAULT, datetime.now(UTC), load_charter(charter).zone)
