"""The log holds no words of a member, no names and no secret: normal, refused and failed turns."""

import io
import sys
from collections.abc import Iterator

import pytest
import structlog

import app
from tests.bot.talking import ANA, BEN, TEAM

SECRET_WORDS = "The ambassador's cousin in cell 7"


@pytest.fixture
def log(talk, monkeypatch) -> Iterator[io.StringIO]:
    """What the program writes as `app.py` configures it."""
    written = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", written)
        app.write_logs()
    structlog.configure(cache_logger_on_first_use=False)
    yield written
    structlog.reset_defaults()


def assert_discreet(written: str) -> None:
    for secret in (SECRET_WORDS, "ambassador", "cell 7", "Ana Pérez", "Okello", "eyJ"):
        assert secret not in written


async def test_normal_turns_leave_no_words_in_the_log(team, log):
    await team.say(ANA, f"What about {SECRET_WORDS}?")
    await team.tell(ANA, "request", "4b", SECRET_WORDS, SECRET_WORDS, SECRET_WORDS, "member")
    await team.tell(ANA, "skip", "yes")
    await team.work()
    assert "delivery" in log.getvalue()
    assert_discreet(log.getvalue())


async def test_refused_turns_leave_no_words_in_the_log(team, log):
    await team.say(BEN, f"meetings schedule {SECRET_WORDS} on 12 January 2027 at 10:00")
    await team.say(BEN, f"minutes comment 7 {SECRET_WORDS}")
    await team.say(BEN, f"members import {SECRET_WORDS}", place=TEAM)
    assert_discreet(log.getvalue())


async def test_failed_turn_is_in_the_log_with_its_number_and_without_words(team, log, monkeypatch):
    async def broken(turn, form):
        words = turn.words
        raise RuntimeError(f"cannot cope with {len(words)} letters")

    monkeypatch.setattr(team.product.bot._dialogue, "answer", broken)
    answer = await team.say(ANA, SECRET_WORDS, id="activity-of-ana")
    written = log.getvalue()
    assert "turn-failed" in written
    assert "activity-of-ana" in written
    assert "RuntimeError" in written
    assert "Something went wrong" in answer.said
    assert_discreet(written)


async def test_failure_of_the_database_leaves_no_words_in_the_log(team, log, monkeypatch):
    from sqlalchemy import text

    async def broken(turn, form):
        async with turn.reading() as unit:
            await unit.connection.execute(
                text("SELECT * FROM nowhere WHERE words = :words"), {"words": turn.words}
            )

    monkeypatch.setattr(team.product.bot._dialogue, "answer", broken)
    await team.say(ANA, SECRET_WORDS)
    assert "nowhere" in log.getvalue()
    assert_discreet(log.getvalue())


async def test_channel_that_does_not_take_a_reply_leaves_no_words_in_the_log(team, log):
    team.connector.refuse(403, "BotNotInConversationRoster")
    await team.say(ANA, f"{SECRET_WORDS}?")
    team.connector.refuse(500, SECRET_WORDS, times=1)
    await team.tell(ANA, f"minutes comment 7 {SECRET_WORDS}")
    assert_discreet(log.getvalue())


async def test_job_that_fails_leaves_no_words_in_the_log(team, log, monkeypatch):
    async def broken(*arguments, **named):
        raise RuntimeError("the list is on fire")

    monkeypatch.setattr(team.product.graph.lists, "put_row", broken)
    await team.tell(ANA, "request", "4b", SECRET_WORDS, SECRET_WORDS, SECRET_WORDS, "member")
    await team.tell(ANA, "skip", "yes")
    await team.work()
    assert_discreet(log.getvalue())
