"""What Teams sends again changes nothing a second time, with the same id or a new one (R4)."""

import asyncio
from datetime import timedelta

import pytest

from tests.bot.talking import ANA, BEN, IRIS, TEAM

REQUEST = ("request", "4a", "Training", "Two days", "Panama", "2", "no", "skip")


async def found(talk, noun):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return await getattr(unit, noun).find()


@pytest.fixture
async def circulated(team):
    await team.tell(ANA, "meetings schedule Co-chairs meeting today at 10:00", "60", "skip", "yes")
    await team.clock(timedelta(hours=3))
    await team.tell(ANA, "minutes circulate 1 The meeting agreed.", "yes")
    assert len(await found(team, "minutes")) == 1
    return team


async def test_same_message_again_is_not_answered_again(circulated):
    first = await circulated.say(BEN, "minutes comment 1 Add the venue", id="A")
    again = await circulated.say(BEN, "minutes comment 1 Add the venue", id="A")
    assert len(first.sent) == 1
    assert (again.status, again.sent) == (200, [])
    assert len(await found(circulated, "comments")) == 1


async def test_same_message_with_a_new_id_is_answered_and_done_once(circulated):
    first = await circulated.say(BEN, "minutes comment 1 Add the venue", id="A")
    again = await circulated.say(BEN, "minutes comment 1 Add the venue", id="B")
    assert again.said == first.said
    assert len(await found(circulated, "comments")) == 1


async def test_same_message_twice_at_once_is_done_once(circulated):
    answers = await asyncio.gather(
        *(circulated.say(BEN, "minutes comment 1 Add the venue", id=id) for id in "AABBC")
    )
    assert {answer.status for answer in answers} == {200}
    assert len(await found(circulated, "comments")) == 1


async def test_same_words_after_a_minute_are_meant_again(circulated):
    await circulated.say(BEN, "minutes comment 1 Agreed", id="A")
    await circulated.clock(timedelta(seconds=61))
    await circulated.say(BEN, "minutes comment 1 Agreed", id="B")
    assert len(await found(circulated, "comments")) == 2


async def test_same_words_of_another_member_are_their_own(circulated):
    await circulated.say(BEN, "minutes comment 1 Agreed")
    await circulated.say(IRIS, "minutes comment 1 Agreed")
    assert [comment.person_id for comment in await found(circulated, "comments")] == [
        BEN.id,
        IRIS.id,
    ]


async def test_other_words_of_the_same_member_are_another_comment(circulated):
    await circulated.say(BEN, "minutes comment 1 Agreed")
    await circulated.say(BEN, "minutes comment 1 Agreed, with thanks")
    assert len(await found(circulated, "comments")) == 2


async def test_pressed_comment_sent_again_is_kept_once_and_answered_alike(circulated):
    shown = await circulated.say(BEN, "minutes 1")
    data = shown.buttons["Send comment"]
    first = await circulated.press(BEN, data, comment="Add the venue", id="A")
    again = await circulated.press(BEN, data, comment="Add the venue", id="A")
    new = await circulated.press(BEN, data, comment="Add the venue", id="B")
    assert first.body == again.body == new.body
    assert len(await found(circulated, "comments")) == 1


async def test_yes_sent_again_files_once(team):
    await team.tell(ANA, *REQUEST)
    first = await team.say(ANA, "yes", id="A")
    again = await team.say(ANA, "yes", id="A")
    new = await team.say(ANA, "yes", id="B")
    assert "SR-2027-0001" in first.said
    assert again.sent == []
    assert "SR-2027" in new.said or "it is done" in new.said
    assert len(await found(team, "requests")) == 1


@pytest.mark.parametrize("ids", ["AA", "AB", "ABBC"])
async def test_yes_sent_several_times_at_once_files_once(team, ids):
    await team.tell(ANA, *REQUEST)
    answers = await asyncio.gather(*(team.say(ANA, "yes", id=id) for id in ids))
    assert {answer.status for answer in answers} == {200}
    assert len(await found(team, "requests")) == 1
    assert "Somebody changed" not in "".join(answer.said for answer in answers)


async def test_button_of_the_summary_pressed_twice_at_once_files_once(team):
    summary = await team.tell(ANA, *REQUEST)
    yes = summary.buttons["Yes, do it"]
    answers = await asyncio.gather(*(team.press(ANA, yes, id=id) for id in "AABC"))
    assert {answer.body["statusCode"] for answer in answers} == {200}
    assert len(await found(team, "requests")) == 1


async def test_same_service_may_be_requested_again_at_once(team):
    """Two requests with the same answers, each begun and confirmed, are two requests."""
    await team.tell(ANA, *REQUEST, "yes")
    await team.clock(timedelta(seconds=1))
    answer = await team.tell(ANA, *REQUEST, "yes")
    assert "SR-2027-0002" in answer.said


async def test_meeting_moved_there_and_back_and_there_again_is_there(team):
    await team.tell(ANA, "meetings schedule Co-chairs meeting on 12 January 2027 at 10:00")
    await team.tell(ANA, "60", "skip", "yes")
    for day in (13, 14, 13):
        await team.tell(ANA, f"meetings move 1 {day} January 2027 at 10:00", "yes")
        await team.clock(timedelta(seconds=1))
    meeting = (await found(team, "meetings"))[0]
    assert meeting.day.day == 13


async def test_same_id_in_another_conversation_is_another_activity(team):
    assert (await team.say(ANA, "secretariat", id="A")).sent
    assert (await team.say(ANA, "secretariat", place=TEAM, id="A")).sent


async def test_repeat_of_a_failed_activity_is_answered(team, monkeypatch):
    """The first ended in an apology; its repeat ends too, in whatever way."""

    async def broken(turn, form):
        await asyncio.sleep(0.05)
        raise RuntimeError("broken")

    monkeypatch.setattr(team.product.bot._dialogue, "answer", broken)
    data = {"say": "secretariat"}
    answers = await asyncio.gather(*(team.press(ANA, data, id="A") for _ in range(3)))
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert all(answer.body for answer in answers)


async def test_same_press_of_yes_with_a_new_id_tells_the_first_answer_again(team):
    asked = await team.tell(ANA, *REQUEST)
    yes = asked.buttons["Yes, do it"]
    first = await team.press(ANA, yes, id="A")
    again = await team.press(ANA, yes, id="B")
    assert "SR-2027-0001" in first.said
    assert again.body == first.body
    assert len(await found(team, "requests")) == 1


async def test_yes_of_an_old_summary_is_no_answer_to_a_later_question(team):
    asked = await team.tell(ANA, *REQUEST)
    await team.say(ANA, "2")
    pressed = await team.press(ANA, asked.buttons["Yes, do it"])
    assert "Nothing was changed" in pressed.said
    await team.say(ANA, "Another subject")
    assert "Another subject" in (await team.say(ANA, "yes")).said


async def test_what_is_over_is_not_announced_when_a_channel_appears(talk):
    await talk.install("", ANA)
    await talk.tell(ANA, "meetings schedule Ad hoc meeting today at 15:00", "60", "skip", "yes")
    await talk.tell(ANA, "meetings schedule Regular meeting on 28 January at 10:00", "60", "skip")
    await talk.say(ANA, "yes")
    await talk.clock(timedelta(days=1))
    await talk.install(TEAM)
    posts = [body for body in await talk.work() if body["conversation"]["id"] == TEAM]
    assert len(posts) == 1
    assert "28 January" in str(posts[0])
    assert "no channel" not in (await talk.say(ANA, "meeting 2")).said
