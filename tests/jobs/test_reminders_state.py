"""Jobs read the present state again: done twice, early or late, they do it once."""

from datetime import timedelta

import pytest

from coalition.meetings import MINUTES_DUE
from tests.bot.talking import ANA, BEN, TEAM, text_of

SCHEDULED = ("meetings schedule Regular meeting on 12 January 2027 at 10:00", "90", "Room 5", "yes")


@pytest.fixture
async def scheduled(team):
    await team.tell(ANA, *SCHEDULED)
    await team.work()
    return team


async def run(talk, task, **arguments):
    """Do a job as the engine would, and what follows from it; give what was posted to the team."""
    before = len(talk.connector.sent)
    await talk.product.engine.tasks[task].handler(arguments)
    await talk.work()
    sent = [sent.body for sent in talk.connector.sent[before:]]
    return [body for body in sent if body["conversation"]["id"] == TEAM]


async def test_reminder_before_its_hour_says_nothing(scheduled):
    assert await run(scheduled, "remind", meeting=1, name="T-7d") == []


async def test_reminder_done_twice_is_said_once(scheduled):
    scheduled.product.clock.move(timedelta(days=2))
    assert len(await run(scheduled, "remind", meeting=1, name="T-7d")) == 1
    assert await run(scheduled, "remind", meeting=1, name="T-7d") == []


async def test_reminder_that_a_later_one_has_overtaken_is_not_said(scheduled):
    await scheduled.clock(timedelta(days=7, hours=5))
    assert await run(scheduled, "remind", meeting=1, name="T-7d") == []


@pytest.mark.parametrize("name", ["T-99d", "", "nonsense"])
async def test_reminder_of_a_name_that_is_no_longer_known_says_nothing(scheduled, name):
    await scheduled.clock(timedelta(days=7))
    assert await run(scheduled, "remind", meeting=1, name=name) == []


async def test_reminder_of_a_meeting_that_is_none_says_nothing(scheduled):
    assert await run(scheduled, "remind", meeting=99, name="T-7d") == []


async def test_minutes_are_asked_for_until_they_went_round(scheduled):
    scheduled.product.clock.move(timedelta(days=13, hours=2))
    (asked,) = await run(scheduled, "remind", meeting=1, name=MINUTES_DUE)
    assert "19 January 2027" in text_of(asked)


async def test_event_synced_twice_is_one_event(scheduled):
    for _ in range(2):
        await run(scheduled, "sync_event", meeting=1)
    assert len(await scheduled.events()) == 1


async def test_event_that_somebody_deleted_is_made_again(scheduled):
    (event,) = await scheduled.events()
    await scheduled.product.graph.calendar.cancel(event.id)
    await run(scheduled, "sync_event", meeting=1)
    assert len(await scheduled.events()) == 1


async def test_event_of_a_meeting_that_is_none_is_none(scheduled):
    await run(scheduled, "sync_event", meeting=99)
    assert len(await scheduled.events()) == 1


async def test_calendar_that_is_away_follows_later(team, monkeypatch):
    """The turn does not wait for it, and the answer does not depend on it."""
    from graph.errors import Unavailable

    real, calls = team.product.graph.calendar.put, []

    async def once_away(*arguments, **named):
        calls.append(arguments)
        if len(calls) == 1:
            raise Unavailable(503)
        return await real(*arguments, **named)

    monkeypatch.setattr(team.product.graph.calendar, "put", once_away)
    assert "meeting 1" in (await team.tell(ANA, *SCHEDULED)).said
    await team.work()
    assert await team.events() == []
    await team.clock_on(1)
    assert len(await team.events()) == 1


async def test_document_that_is_filed_is_not_filed_again(team):
    await team.say(BEN, "file https://example.org/a.pdf reports")
    await team.work()
    assert await run(team, "file_document", document=1) == []
    assert len(await team.product.graph.drive.list("Reports")) == 1


async def test_comments_are_not_recorded_before_the_window_closes(scheduled):
    scheduled.product.clock.move(timedelta(days=8, hours=5))
    await scheduled.tell(ANA, "minutes circulate 1 Agreed.", "yes")
    await run(scheduled, "close_comments", minutes=1)
    assert not await scheduled.product.graph.drive.list("Minutes")


async def test_record_is_written_again_in_the_place_of_the_first(scheduled):
    scheduled.product.clock.move(timedelta(days=8, hours=5))
    await scheduled.tell(ANA, "minutes circulate 1 Agreed.", "yes")
    await scheduled.clock(timedelta(days=6))
    for _ in range(2):
        await run(scheduled, "close_comments", minutes=1)
    assert len(await scheduled.product.graph.drive.list("Minutes")) == 1


async def test_row_of_a_request_that_is_none_is_none(team):
    await run(team, "record_request", request=99)
    assert await team.product.graph.lists.rows("Service requests") == []
