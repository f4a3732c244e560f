"""The one clock: it tells an instant and is only moved ahead."""

from datetime import UTC, datetime, timedelta

import pytest

from coalition.clock import Clock


def test_tells_the_worlds_instant_in_utc():
    before = datetime.now(UTC)
    assert before <= Clock()() <= datetime.now(UTC)
    assert Clock()().tzinfo is UTC


def test_goes_on_from_where_it_was_moved_to():
    clock = Clock()
    clock.move(timedelta(days=7))
    clock.move(timedelta(hours=3))
    assert clock.offset == timedelta(days=7, hours=3)
    assert clock() - datetime.now(UTC) > timedelta(days=7, hours=2)


def test_is_not_moved_into_the_past():
    with pytest.raises(ValueError, match="ahead"):
        Clock().move(timedelta(seconds=-1))
