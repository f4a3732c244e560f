"""Transcripts of meetings: notice, invitation, reminders, calendar, moves (S56 to S60)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.talking import (
    ADMIN,
    ANA,
    BEN,
    GROUP,
    IRIS,
    SECRETARIAT,
    TEAM,
    text_of,
    visible_of,
)

JANUARY_12 = datetime(2027, 1, 12, 15, 0, tzinfo=UTC)
SCHEDULED = ("meetings schedule Regular meeting on 12 January 2027 at 10:00", "90", "Room 5", "yes")


async def meetings(talk):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return await unit.meetings.find()


def posts(sent, place=TEAM):
    return [text_of(body) for body in sent if body["conversation"]["id"] == place]


async def test_meeting_is_scheduled_announced_and_in_the_joint_calendar(team):
    """S113."""
    answer = await team.tell(ANA, *SCHEDULED)
    assert "meeting 1" in answer.said
    assert "Tuesday 12 January 2027" in answer.said
    invitations = posts(await team.work())
    assert len(invitations) == 1
    assert "Regular meeting" in invitations[0]
    assert "Room 5" in invitations[0]
    (event,) = await team.events()
    assert (event.starts_at, event.ends_at) == (JANUARY_12, JANUARY_12 + timedelta(minutes=90))
    assert "Regular meeting" in event.subject
    assert event.location == "Room 5"


async def test_invitation_has_no_buttons_of_conveners(team):
    await team.tell(ANA, *SCHEDULED)
    sent = [body for body in await team.work() if body["conversation"]["id"] == TEAM]
    titles = [a["title"] for a in sent[0]["attachments"][0]["content"].get("actions", [])]
    assert not {"Move", "Cancel"} & set(titles)


async def test_title_keeps_the_words_that_name_the_kind(team):
    await team.tell(
        ANA, "meetings schedule Extraordinary meeting on health on 6 January 2027 at 10:00"
    )
    await team.tell(ANA, "60", "skip", "yes")
    (meeting,) = await meetings(team)
    assert (meeting.title, meeting.kind) == ("Extraordinary meeting on health", "extraordinary")


async def test_meeting_with_an_end_is_not_asked_how_long_it_lasts(team):
    answer = await team.say(
        ANA, "meetings schedule Regular meeting on 12 January 2027 from 10:00 to 11:30"
    )
    assert "Where is it" in answer.said
    await team.tell(ANA, "skip", "yes")
    (meeting,) = await meetings(team)
    assert meeting.lasts_for == 90


async def test_time_in_another_zone_is_echoed_in_both_and_kept(team):
    """R8."""
    answer = await team.say(
        ANA, "meetings schedule Regular meeting on 12 January 2027 at 10:00 Santiago time"
    )
    summary = await team.tell(ANA, "60", "skip")
    assert "10:00" in summary.said
    assert "08:00" in summary.said
    await team.say(ANA, "yes")
    (meeting,) = await meetings(team)
    assert (meeting.zone, meeting.starts_at) == (
        "America/Santiago",
        datetime(2027, 1, 12, 13, tzinfo=UTC),
    )
    assert answer.status == 200


async def test_member_in_another_zone_sees_the_meeting_at_both_clocks(team):
    await team.tell(ANA, *SCHEDULED)
    said = (await team.say(BEN, "meeting 1", zone="America/New_York")).said
    assert "10:00" in said
    assert "10:00 (" in said
    said = (await team.say(BEN, "meeting 1", zone="Europe/Rome")).said
    assert "16:00" in said


@pytest.mark.parametrize("day", ["10 January 2027", "5 January 2027"])
async def test_regular_meeting_in_less_than_seven_days_is_refused_with_the_earliest_day(team, day):
    """S58."""
    await team.say(ANA, f"meetings schedule Regular meeting on {day} at 10:00")
    answer = await team.tell(ANA, "60", "skip", "yes")
    if "11 January 2027" not in answer.said:
        answer = await team.say(ANA, "yes")
    assert "11 January 2027" in answer.said
    assert await meetings(team) == []


async def test_regular_meeting_in_seven_days_is_scheduled(team):
    await team.tell(ANA, "meetings schedule Regular meeting on 11 January 2027 at 10:00")
    assert "meeting 1" in (await team.tell(ANA, "60", "skip", "yes")).said


@pytest.mark.parametrize("kind", ["Extraordinary", "Ad hoc"])
async def test_extraordinary_meeting_needs_no_notice(team, kind):
    """S59."""
    await team.tell(ANA, f"meetings schedule {kind} meeting on 5 January 2027 at 10:00")
    assert "meeting 1" in (await team.tell(ANA, "60", "skip", "yes")).said


async def test_refused_meeting_can_be_given_another_day(team):
    await team.say(ANA, "meetings schedule Regular meeting on 6 January 2027 at 10:00")
    await team.tell(ANA, "60", "skip", "yes")
    await team.tell(ANA, "3", "12 January 2027 at 10:00")
    await team.say(ANA, "yes")
    (meeting,) = await meetings(team)
    assert meeting.starts_at == JANUARY_12


@pytest.mark.parametrize("who", [BEN])
async def test_only_conveners_schedule_and_the_refusal_says_who_they_are(team, who):
    """S56, R12."""
    answer = await team.say(who, SCHEDULED[0])
    for entity in ("IOM", "UNHCR", "UNICEF", "ECLAC"):
        assert entity in answer.said
    assert "nothing open" in (await team.say(who, "yes")).said


@pytest.mark.parametrize("who", [ANA, IRIS, ADMIN])
async def test_co_chair_secretariat_and_administrator_schedule(team, who):
    assert "meeting 1" in (await team.tell(who, *SCHEDULED)).said


async def test_reminders_come_a_week_a_day_and_an_hour_before_each_once(team):
    await team.tell(ANA, *SCHEDULED)
    await team.work()
    for at in (timedelta(days=7), timedelta(days=1), timedelta(hours=1)):
        assert posts(await team.at(JANUARY_12 - at - timedelta(minutes=1))) == []
        (reminder,) = posts(await team.at(JANUARY_12 - at + timedelta(minutes=1)))
        assert "Regular meeting" in reminder
        assert "12 January 2027" in reminder
    assert posts(await team.at(JANUARY_12 + timedelta(hours=3))) == []


async def test_reminders_that_fell_due_together_are_said_once(team):
    """R10: after a stop only the latest is said."""
    await team.tell(ANA, *SCHEDULED)
    await team.work()
    assert len(posts(await team.at(JANUARY_12 - timedelta(minutes=30)))) == 1


async def test_nobody_is_reminded_of_a_meeting_that_is_over(team):
    await team.tell(ANA, *SCHEDULED)
    await team.work()
    assert posts(await team.at(JANUARY_12 + timedelta(hours=3))) == []


async def test_moved_meeting_takes_its_reminders_and_its_event_along(team):
    """R11."""
    await team.tell(ANA, *SCHEDULED)
    await team.work()
    before = (await team.events())[0]
    answer = await team.tell(ANA, "meetings move 1 19 January 2027 at 11:00", "yes")
    assert "moved" in answer.said
    assert "12 January 2027" in answer.said
    (moved,) = posts(await team.work())
    assert "19 January 2027" in moved
    (event,) = await team.events()
    assert event.id == before.id
    assert event.starts_at == datetime(2027, 1, 19, 16, tzinfo=UTC)
    assert event.ends_at - event.starts_at == timedelta(minutes=90)
    assert posts(await team.at(JANUARY_12 - timedelta(hours=1))) == []
    (reminder,) = posts(await team.at(datetime(2027, 1, 12, 16, 1, tzinfo=UTC)))
    assert "19 January 2027" in reminder


async def test_meeting_moved_by_an_hour_reminds_an_hour_later(team):
    await team.tell(ANA, *SCHEDULED)
    await team.tell(ANA, "meetings move 1 12 January 2027 at 11:00", "yes")
    await team.work()
    assert posts(await team.at(JANUARY_12 - timedelta(days=7) + timedelta(minutes=30))) == []
    assert len(posts(await team.at(JANUARY_12 - timedelta(days=7) + timedelta(minutes=61)))) == 1


async def test_meeting_moved_away_and_back_has_one_event_and_one_ladder(team):
    await team.tell(ANA, *SCHEDULED)
    await team.tell(ANA, "meetings move 1 19 January 2027 at 10:00", "yes")
    await team.tell(ANA, "meetings move 1 12 January 2027 at 10:00", "yes")
    await team.work()
    assert len(await team.events()) == 1
    assert len(posts(await team.at(JANUARY_12 - timedelta(days=7) + timedelta(minutes=1)))) == 1


async def test_cancelled_meeting_takes_its_reminders_and_its_event_along(team):
    await team.tell(ANA, *SCHEDULED)
    await team.work()
    answer = await team.tell(ANA, "meetings cancel 1", "yes")
    assert "cancelled" in answer.said
    (told,) = posts(await team.work())
    assert "cancelled" in told.lower()
    assert await team.events() == []
    assert posts(await team.at(JANUARY_12 + timedelta(days=6))) == []


async def test_meeting_cancelled_before_its_event_was_made_has_none(team):
    await team.tell(ANA, *SCHEDULED)
    await team.tell(ANA, "meetings cancel 1", "yes")
    await team.work()
    assert await team.events() == []


async def test_cancelled_meeting_is_neither_moved_nor_cancelled_again(team):
    await team.tell(ANA, *SCHEDULED)
    await team.tell(ANA, "meetings cancel 1", "yes")
    for words in ("meetings move 1 19 January 2027 at 10:00", "meetings cancel 1"):
        answer = await team.say(ANA, words)
        if "Shall I" in answer.said:
            answer = await team.say(ANA, "yes")
        assert "cancelled" in answer.said
        await team.say(ANA, "cancel")


async def test_old_move_button_says_that_the_meeting_is_cancelled(team):
    scheduled = await team.tell(ANA, *SCHEDULED)
    await team.tell(ANA, "meetings cancel 1", "yes")
    answer = await team.press(ANA, scheduled.buttons["Move"])
    assert "cancelled" in answer.said
    (meeting,) = await meetings(team)
    assert meeting.day.day == 12


async def test_past_time_is_not_scheduled(team):
    answer = await team.say(ANA, "meetings schedule Co-chairs meeting on 3 January 2027 at 10:00")
    assert "past" in answer.said
    assert "On which day" in answer.said or "write" in answer.said


async def test_date_without_time_is_asked_and_combined(team):
    answer = await team.say(ANA, "meetings schedule Regular meeting on 12 January 2027")
    assert "At what time" in answer.said
    await team.tell(ANA, "10", "60", "skip", "yes")
    (meeting,) = await meetings(team)
    assert meeting.starts_at == JANUARY_12


async def test_minutes_that_cannot_be_commented_in_time_are_pointed_out(team):
    """Gap Q7."""
    await team.tell(ANA, *SCHEDULED)
    await team.clock_on(1)
    await team.say(ANA, "meetings schedule Regular meeting on 20 January 2027 at 10:00")
    answer = await team.tell(ANA, "60", "skip", "yes")
    assert "Regular meeting" in answer.said.split("Length")[1]


async def test_meetings_lists_those_to_come_with_their_numbers(team):
    assert "schedule" in str((await team.say(ANA, "meetings")).buttons)
    await team.tell(ANA, *SCHEDULED)
    answer = await team.say(BEN, "meetings")
    assert "1" in answer.said
    assert "Regular meeting" in answer.said
    assert answer.buttons == {}


async def test_meeting_without_a_channel_says_so_and_is_announced_when_there_is_one(talk):
    await talk.install("", ANA)
    answer = await talk.tell(ANA, *SCHEDULED)
    assert "channel" in answer.said
    assert await talk.work() == []
    await talk.install(TEAM)
    (invitation,) = posts(await talk.work())
    assert "Regular meeting" in invitation


async def test_meeting_scheduled_in_a_group_chat_without_a_team_is_announced_there(talk):
    await talk.tell(ANA, *SCHEDULED, place=GROUP)
    await talk.work()
    assert len(posts(await talk.at(JANUARY_12 - timedelta(hours=23)), GROUP)) == 1


async def test_channel_chosen_for_announcements_takes_them(team):
    other = "19:other@thread.tacv2"
    answer = await team.say(ANA, "channel for announcements", place=other)
    assert "announcements" in answer.said
    await team.tell(ANA, *SCHEDULED)
    sent = await team.work()
    assert len(posts(sent, other)) == 1
    assert posts(sent, TEAM) == []


async def test_channel_is_chosen_by_conveners_and_in_a_channel_only(team):
    assert "IOM" in (await team.say(BEN, "channel for announcements", place=TEAM)).said
    assert "in a channel" in (await team.say(ANA, "channel for announcements")).said


@pytest.mark.parametrize(
    ("locale", "words", "skip", "yes", "shown"),
    [
        ("es-PA", "reuniones programar Reunión ordinaria el 12 de enero de 2027 a las 10:00",
         "omitir", "sí", "martes 12 de enero de 2027"),
        ("pt-BR", "reuniões agendar Reunião ordinária em 12 de janeiro de 2027 às 10:00",
         "pular", "sim", "12 de janeiro de 2027"),
    ],
)  # fmt: skip
async def test_meeting_is_scheduled_in_spanish_and_portuguese(
    team, locale, words, skip, yes, shown
):
    answer = await team.tell(ANA, words, "60", skip, yes, locale=locale)
    assert shown in answer.said
    (meeting,) = await meetings(team)
    assert (meeting.starts_at, meeting.kind) == (JANUARY_12, "regular")
    assert "Tuesday 12 January 2027" in posts(await team.work())[0]


async def test_secretariats_channel_hears_nothing_of_invitations(team):
    await team.tell(ANA, *SCHEDULED)
    assert posts(await team.work(), SECRETARIAT) == []


async def test_example_of_the_help_works_as_it_stands(team):
    """Every command that help shows is understood as that command."""
    answer = await team.say(ANA, "meetings schedule Regular meeting on 12 January 2027 at 10:00")
    assert "How long" in visible_of(answer.sent[0])
