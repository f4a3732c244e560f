"""Transcripts of minutes: circulated, commented on for five days, recorded (S64 to S67)."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document

from tests.bot.talking import (
    ADMIN,
    ANA,
    BEN,
    IRIS,
    RITA,
    SECRETARIAT,
    TEAM,
    text_of,
    visible_of,
    visible_of_card,
)

#: The end of the fifth day after circulation on 4 January, in Panama.
CLOSES = datetime(2027, 1, 10, 5, 0, tzinfo=UTC)


@pytest.fixture
async def held(team):
    """Meeting 1 was at 10:00 on 4 January in Panama; it is noon."""
    await team.tell(ANA, "meetings schedule Ad hoc meeting today at 10:00 am", "60", "skip", "yes")
    await team.clock(timedelta(hours=3))
    return team


@pytest.fixture
async def circulated(held):
    await held.tell(ANA, "minutes circulate 1 The meeting agreed on the plan.", "yes")
    await held.work()
    return held


async def found(talk, noun):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return await getattr(unit, noun).find()


def posts(sent, place):
    return [body for body in sent if body["conversation"]["id"] == place]


async def record_of(talk):
    """The paragraphs of the Word document in the library."""
    items = [item for item in await talk.product.graph.drive.list("Minutes") if not item.is_folder]
    assert len(items) == 1
    content = await talk.product.graph.drive.download(items[0].id)
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


async def test_minutes_are_shown_before_they_go_to_all(held):
    summary = await held.say(ANA, "minutes circulate 1 The meeting agreed on the plan.")
    assert "The meeting agreed on the plan." in summary.said
    assert await found(held, "minutes") == []


async def test_circulated_minutes_are_posted_once_with_the_window(held):
    answer = await held.tell(ANA, "minutes circulate 1 The meeting agreed on the plan.", "yes")
    assert "circulated" in answer.said
    assert "9 January 2027" in answer.said
    (post,) = posts(await held.work(), TEAM)
    assert "The meeting agreed on the plan." in visible_of(post)
    assert "9 January 2027" in visible_of(post)
    assert "minutes comment 1" in visible_of(post)


@pytest.mark.parametrize("who", [BEN, RITA])
async def test_minutes_are_circulated_by_conveners_only(held, who):
    """S64."""
    answer = await held.say(who, "minutes circulate 1 Agreed.")
    assert "IOM" in answer.said
    assert "UNICEF" in answer.said


async def test_minutes_of_a_meeting_to_come_are_refused(team):
    await team.tell(ANA, "meetings schedule Ad hoc meeting on 12 January 2027 at 10:00", "60")
    await team.tell(ANA, "skip", "yes")
    answer = await team.say(ANA, "minutes circulate 1 Agreed.")
    assert "12 January 2027" in answer.said
    await team.say(ANA, "yes")
    assert await found(team, "minutes") == []


async def test_minutes_are_not_circulated_twice_and_it_says_who_did(circulated):
    answer = await circulated.say(IRIS, "minutes circulate 1 Other minutes.")
    assert "Ana Pérez (UNICEF)" in answer.said
    assert len(await found(circulated, "minutes")) == 1


async def test_minutes_of_a_meeting_that_is_none_are_refused(held):
    answer = await held.say(ANA, "minutes circulate 9 Agreed.")
    assert "no meeting 9" in answer.said


@pytest.mark.parametrize(
    "text",
    ["STRICTLY CONFIDENTIAL\n\nThe meeting agreed.", "Minutes [confidencial]", "UN CONFIDENTIAL"],
)
async def test_minutes_that_are_marked_are_not_posted(held, text):
    """S118."""
    answer = await held.say(ANA, f"minutes circulate 1 {text}")
    assert "marked as confidential" in answer.said
    await held.say(ANA, "yes")
    assert await found(held, "minutes") == []


async def test_minutes_that_speak_of_confidentiality_are_circulated(held):
    """S117: open unless explicitly classified."""
    text = "UNHCR recalled the confidentiality clause. Confidential information is protected."
    assert "circulated" in (await held.tell(ANA, f"minutes circulate 1 {text}", "yes")).said


async def test_comment_is_kept_word_for_word_and_shown_with_its_author(circulated):
    text = "On  page 2:\n- add the *venue*\n- “Panamá”, not Panama"
    answer = await circulated.say(BEN, f"minutes comment 1 {text}")
    assert "recorded" in answer.said
    (comment,) = await found(circulated, "comments")
    assert (comment.text, comment.is_late) == (text, False)
    shown = await circulated.say(IRIS, "minutes 1")
    assert "Ben Okello (WFP)" in visible_of(shown.sent[0])
    assert "1 comment" in shown.said


async def test_comment_is_written_on_a_card(circulated):
    shown = await circulated.say(BEN, "minutes 1")
    assert shown.inputs == ["comment"]
    answer = await circulated.press(BEN, shown.buttons["Send comment"], comment="Add the venue")
    assert "recorded" in visible_of_card(answer.card)
    (comment,) = await found(circulated, "comments")
    assert comment.text == "Add the venue"


async def test_comment_from_the_post_in_the_channel_is_asked_for_and_kept(circulated):
    (minutes,) = await found(circulated, "minutes")
    post = next(
        sent.body
        for sent in circulated.connector.sent
        if "Minutes for comment" in text_of(sent.body)
    )
    data = next(
        action["data"]
        for action in post["attachments"][0]["content"]["actions"]
        if action["data"]["say"].startswith("minutes comment")
    )
    await circulated.press(BEN, data, place=TEAM)
    answer = await circulated.say(BEN, "Add the venue", place=TEAM)
    assert "recorded" in answer.said
    assert minutes.meeting_id == 1


async def test_comment_without_words_is_asked_for_them(circulated):
    shown = await circulated.say(BEN, "minutes 1")
    answer = await circulated.press(BEN, shown.buttons["Send comment"], comment="  ")
    assert "comment" in answer.said.lower()
    assert await found(circulated, "comments") == []


async def test_marked_comment_is_refused(circulated):
    answer = await circulated.say(BEN, "minutes comment 1 CONFIDENTIAL - names of staff")
    assert "marked as confidential" in answer.said
    assert await found(circulated, "comments") == []


async def test_last_minute_of_the_window_is_in_time(circulated):
    """S66, Q5: the day ends in Panama."""
    await circulated.at(CLOSES - timedelta(minutes=1))
    await circulated.say(BEN, "minutes comment 1 Just in time")
    (comment,) = await found(circulated, "comments")
    assert not comment.is_late


async def test_late_comment_is_kept_and_marked(circulated):
    await circulated.at(CLOSES + timedelta(minutes=1))
    answer = await circulated.say(BEN, "minutes comment 1 Too late?")
    assert "kept and marked late" in answer.said
    (comment,) = await found(circulated, "comments")
    assert comment.is_late


async def test_window_is_closed_though_no_job_has_run(circulated):
    """R10: the time decides."""
    from coalition.clock import Clock

    assert isinstance(circulated.product.clock, Clock)
    circulated.product.clock.move(timedelta(days=6))
    answer = await circulated.say(BEN, "minutes comment 1 Too late?")
    assert "marked late" in answer.said


async def test_record_holds_the_minutes_and_all_comments(circulated):
    """S67."""
    await circulated.say(BEN, "minutes comment 1 Add the venue")
    await circulated.say(IRIS, "minutes comment 1 First line\nSecond line")
    sent = await circulated.at(CLOSES + timedelta(minutes=1))
    (told,) = posts(sent, SECRETARIAT)
    assert "http" in text_of(told)
    lines = await record_of(circulated)
    text = "\n".join(lines)
    assert "Minutes and comments: Ad hoc meeting" in text
    for said in ("The meeting agreed on the plan.", "Add the venue", "First line", "Second line"):
        assert said in lines
    assert text.index("Ben Okello (WFP)") < text.index("Iris Gómez (IOM)")
    assert "late" not in text


async def test_record_says_when_nobody_commented(circulated):
    await circulated.at(CLOSES + timedelta(minutes=1))
    assert "No comment was made." in await record_of(circulated)


async def test_late_comment_comes_into_the_record_without_a_second_message(circulated):
    await circulated.at(CLOSES + timedelta(minutes=1))
    await circulated.say(BEN, "minutes comment 1 Sorry for being late")
    assert posts(await circulated.work(), SECRETARIAT) == []
    lines = await record_of(circulated)
    assert "Sorry for being late" in lines
    assert any("Ben Okello (WFP)" in line and "late" in line for line in lines)


async def test_record_takes_what_no_word_document_can_hold(circulated):
    await circulated.say(BEN, "minutes comment 1 Odd \x0b\x00\x1b letters 👍 \ufffe end")
    await circulated.at(CLOSES + timedelta(minutes=1))
    assert any(line.startswith("Odd ") for line in await record_of(circulated))


async def test_reminder_that_minutes_are_due_comes_only_while_they_are(held):
    """S65, R9."""
    due = datetime(2027, 1, 9, 15, 1, tzinfo=UTC)
    (reminder,) = posts(await held.at(due), TEAM)
    assert "11 January 2027" in text_of(reminder)


async def test_nobody_is_reminded_of_minutes_that_went_round(circulated):
    sent = posts(await circulated.at(datetime(2027, 1, 9, 15, 1, tzinfo=UTC)), TEAM)
    assert sent == []


async def test_minutes_after_the_week_say_so(held):
    await held.at(datetime(2027, 1, 13, 15, 0, tzinfo=UTC))
    answer = await held.tell(ANA, "minutes circulate 1 Agreed.", "yes")
    assert "11 January 2027" in answer.said
    assert "18 January 2027" in answer.said


async def test_minutes_are_listed_with_their_windows(circulated):
    answer = await circulated.say(BEN, "minutes")
    assert "Ad hoc meeting" in answer.said
    assert "open until" in answer.said
    await circulated.at(CLOSES + timedelta(minutes=1))
    assert "closed since" in (await circulated.say(BEN, "minutes")).said


async def test_no_minutes_yet_is_said_so(held):
    assert "No minutes" in (await held.say(BEN, "minutes")).said
    assert "No minutes of meeting 1" in (await held.say(BEN, "minutes 1")).said
    assert "No minutes of meeting 1" in (await held.say(BEN, "minutes comment 1 Add")).said


async def test_minutes_as_a_link_are_filed_and_linked(held):
    await held.tell(ANA, "minutes circulate 1 https://example.org/minutes.docx", "yes")
    (post,) = posts(await held.work(), TEAM)
    assert "https://example.org/minutes.docx" in visible_of(post)
    names = [item.name for item in await held.product.graph.drive.list("Minutes")]
    assert names == ["Ad hoc meeting.url"]


async def test_minutes_of_a_meeting_from_before_the_team_go_to_its_channel(talk):
    await talk.install("", ANA)
    await talk.tell(ANA, "meetings schedule Ad hoc meeting today at 10:00 am", "60", "skip", "yes")
    await talk.install(TEAM)
    await talk.clock(timedelta(hours=3))
    await talk.tell(ANA, "minutes circulate 1 Agreed.", "yes")
    assert len(posts(await talk.work(), TEAM)) == 1


async def test_minutes_without_a_channel_go_to_everybody_the_bot_knows(talk):
    await talk.install("", ANA)
    await talk.install("", BEN)
    await talk.tell(ANA, "meetings schedule Ad hoc meeting today at 10:00 am", "60", "skip", "yes")
    await talk.clock(timedelta(hours=3))
    await talk.tell(ANA, "minutes circulate 1 Agreed.", "yes")
    sent = [body for body in await talk.work() if "Agreed." in visible_of(body)]
    assert {body["conversation"]["id"] for body in sent} == {f"a:{BEN.id}"}
    unreached = await talk.say(ADMIN, "deliveries")
    assert "cannot be reached" in unreached.said


@pytest.mark.parametrize(
    ("locale", "circulate", "comment", "yes"),
    [
        ("es-PA", "circular acta 1 Se acordó el plan.", "comentar acta 1 Falta la sede", "sí"),
        ("pt-BR", "circular ata 1 O plano foi aprovado.", "comentar ata 1 Falta o local", "sim"),
    ],
)
async def test_minutes_go_round_in_spanish_and_portuguese(held, locale, circulate, comment, yes):
    await held.tell(ANA, circulate, yes, locale=locale)
    answer = await held.say(BEN, comment, locale=locale)
    (kept,) = await found(held, "comments")
    assert kept.text.startswith("Falta")
    assert kept.text in answer.said


async def test_long_minutes_and_many_long_comments_stay_under_what_teams_takes(held):
    """L9: a message holds 80 KB."""
    import json

    await held.tell(ANA, "minutes circulate 1 " + "á" * 39_000, "yes")
    for number in range(25):
        await held.say(BEN, f"minutes comment 1 {number} " + "ñ" * 9_000)
        await held.clock(timedelta(seconds=5))
    shown = await held.say(BEN, "minutes 1")
    assert "Only the latest are shown" in visible_of(shown.sent[0])
    assert len(await found(held, "comments")) == 25
    for sent in held.connector.sent:
        assert len(json.dumps(sent.body, ensure_ascii=False).encode()) < 80_000


async def test_comment_is_not_asked_for_where_there_are_no_minutes(team):
    """Nobody writes in vain."""
    await team.tell(ANA, "meetings schedule Ad hoc meeting today at 15:00", "60", "skip", "yes")
    assert "circulated yet" in (await team.say(BEN, "minutes comment 1")).said
    assert "no meeting 99" in (await team.say(BEN, "minutes comment 99")).said
    assert "once it has begun" in (await team.say(ANA, "minutes circulate 1")).said


async def test_line_left_out_can_be_filled_in_from_the_summary(team):
    asked = await team.tell(
        ANA, "meetings schedule Ad hoc meeting tomorrow at 15:00", "skip", "skip"
    )
    assert "—" in asked.said
    place = next(line for line in asked.said.splitlines() if "Place" in line)
    await team.say(ANA, place.partition(".")[0])
    assert "Room 9" in (await team.say(ANA, "Room 9")).said
