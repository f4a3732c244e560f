"""A newcomer's day with the bot, in the real client: each main job from first word to trace.

The journeys follow one another in one space and share its clock, as they would for a person. Each
leaves a picture in `artefacts/`.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.e2e.application import Application
from tests.e2e.conftest import open_page
from tests.e2e.teams_client import Place, TeamsClient, wait_until

pytestmark = pytest.mark.browser

MONTHS = "January February March April May June July August September October November December"


def in_days(number: int) -> str:
    """The day so many days from now, as `12 January 2027`."""
    day: date = (datetime.now(UTC) + timedelta(days=number)).date()
    return f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}"


def until_confirmed(thread: Place, *answers: str) -> None:
    """Answer a form's questions one by one, then say yes to the whole."""
    for answer in (*answers, "yes"):
        before = thread.messages().count()
        thread.write(answer, mention=True)
        thread.answer(since=before)


@pytest.fixture
def shown(application: Application, browser: Browser, teams: TeamsClient):
    """Waits until the sandbox's page shows some words, and keeps a picture of it."""
    page = open_page(browser, application.sandbox)

    def wait_for(words: str, picture: str) -> None:
        def look() -> bool:
            page.goto(application.sandbox)
            return words.lower() in page.locator("body").inner_text().lower()

        wait_until(look, lambda: f"{words!r} in {page.locator('body').inner_text()!r}")
        page.screenshot(path=teams.pictures / f"{picture}.png", full_page=True)

    yield wait_for
    page.context.close()


def test_a_newcomer_is_welcomed_in_three_languages(teams):
    welcome = teams.personal_chat().answer("Terms of Reference").text()
    assert "Términos de Referencia" in welcome
    assert "Termos de Referência" in welcome


def test_a_question_is_answered_with_the_clause_and_a_citation(teams):
    answer = teams.personal_chat().say("What is the quorum?", expect="half of the members")
    assert "Terms of Reference" in answer.text()
    assert answer.at.get_by_role("button", name="1").count()
    teams.picture("question")


def test_what_the_documents_do_not_say_is_refused(teams):
    teams.personal_chat().say("What does a ticket to Mars cost?", expect="not in the documents")


def test_half_a_command_opens_a_form_that_can_be_left(teams):
    chat = teams.personal_chat()
    form = chat.say("meetings schedule", expect="Title")
    teams.picture("form")
    form.press("Cancel")
    form.becomes("Cancelled")


def test_help_is_a_card_whose_buttons_work(teams):
    chat = teams.personal_chat()
    card = chat.say("help", expect="What I can do here")
    teams.picture("help")
    before = chat.messages().count()
    card.press("Secretariat")
    chat.answer("secretariat", since=before)


def test_a_service_request_is_filed_through_its_form_card(teams, shown):
    channel = teams.channel("Secretariat")  # opening it installs the bot there
    channel.thread("Hello")
    form = teams.personal_chat().say("request", expect="Service request")
    form.choose("Service", "4a")
    form.fill(
        {
            "Subject": "Training on mixed movements",
            "Details": "Two sessions for the country team",
            "Countries": "Honduras",
            "Needed by": in_days(90),
        }
    )
    form.choose("On behalf of", "Resident Coordinator")
    form.press("Continue")
    form.becomes("External counterparts").choose("External counterparts", "No")
    form.press("Continue")
    form.becomes("Shall I file").press("Yes, do it")
    form.becomes("SR-")
    teams.picture("request-filed")
    posted = teams.channel("Secretariat").thread("Training on mixed movements")
    assert "Honduras" in posted.answer("SR-").text()
    teams.picture("request-in-the-secretariat-s-channel")
    shown("Training on mixed movements", "sandbox-request")


def test_a_meeting_is_scheduled_in_a_channel_and_stands_in_the_calendar(teams, shown):
    channel = teams.channel("General")
    words = f"meetings schedule Regular meeting on {in_days(13)} at 10:00"
    thread = channel.post(words, expect="Schedule")
    until_confirmed(thread, "90 minutes", "https://teams.example.org/room")
    assert "Regular meeting" in thread.answer("Scheduled as meeting 1").text()
    teams.picture("meeting-scheduled")
    shown("Regular meeting", "sandbox-calendar")


def test_another_member_s_words_do_not_answer_my_form(teams):
    chat = teams.group_chat()
    chat.say("meetings schedule", expect="Title")
    before = chat.messages().count()
    other = teams.other_member("IOM (Co-Chair)")
    other.mentions(teams.bot, "cancel", teams.group_chat_id())
    assert "Cancelled" not in chat.answer(since=before).text()
    chat.say("cancel", expect="Cancelled")


def test_the_clock_moves_a_week_and_the_reminder_arrives(teams):
    teams.personal_chat().say("clock +7d", expect="now")
    reminder = teams.channel("General").thread("Reminder")
    assert "Regular meeting" in reminder.answer("Reminder").text()
    teams.picture("reminder")


def test_minutes_are_circulated_and_two_members_comment(teams):
    teams.personal_chat().say("clock +7d", expect="now")
    channel = teams.channel("General")
    thread = channel.post(
        "minutes circulate 1 The meeting agreed the workplan for the year.", expect="Shall I"
    )
    thread.answer("Shall I").press("Yes, do it")
    invitation = channel.thread("invited to comment")
    invitation.answer("invited to comment").press("Comment on minutes")
    form = invitation.answer("What is your comment", since=1)
    form.fill({"Your comment": "Name the venue of the next meeting"})
    teams.picture("minutes-in-the-channel")
    form.press("Continue")
    form.becomes("recorded")
    other = teams.other_member("IOM (Co-Chair)")
    other.mentions(teams.bot, "minutes comment 1 Add the list of participants", teams.general_id())
    channel.thread("Add the list of participants")
    card = teams.personal_chat().say("minutes 1", expect="2 comments").text()
    assert "IOM (Co-Chair)" in card
    assert "Add the list of participants" in card
    teams.picture("minutes")


def test_when_the_days_for_comments_end_the_library_has_them_as_a_document(teams, shown):
    teams.personal_chat().say("clock +6d", expect="now")
    shown(".docx", "sandbox-minutes")


def test_a_link_is_filed_in_the_library(teams, shown):
    chat = teams.personal_chat()
    form = chat.say("file https://www.example.org/report.pdf", expect="Folder")
    form.choose("Folder", "Reports")
    form.fill({"Title": "Situation report"})
    form.press("Continue")
    form.becomes("Situation report")
    teams.picture("document")
    shown("Situation report", "sandbox-library")


def test_the_same_in_spanish(teams):
    chat = teams.personal_chat()
    chat.say("idioma español", expect="español")
    try:
        chat.say("¿Cuál es el quórum?", expect="quórum es la mitad")
        chat.say("ayuda", expect="Lo que puedo hacer")
        teams.picture("spanish")
        form = chat.say("solicitud", expect="Solicitud")
        form.press("Cancelar")
        form.becomes("Cancelado")
    finally:
        chat.say("language English", expect="English")


def test_the_same_in_portuguese(teams):
    chat = teams.personal_chat()
    chat.say("idioma português", expect="português")
    try:
        chat.say("Qual é o quórum?", expect="quórum")
        chat.say("reuniões", expect="Reuni")
        teams.picture("portuguese")
    finally:
        chat.say("language English", expect="English")


def test_a_command_may_begin_with_a_slash(teams):
    teams.channel("General").post("/members UNICEF", expect="UNICEF")


def test_on_a_phone_s_width_the_answer_is_still_readable(teams):
    chat = teams.personal_chat()
    answer = chat.say("What is the quorum?", expect="half of the members")
    wide = teams.page.viewport_size
    teams.page.set_viewport_size({"width": 820, "height": 1180})
    answer.at.scroll_into_view_if_needed()
    teams.picture("narrow")
    box = answer.at.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 820
    assert wide is not None
    teams.page.set_viewport_size(wide)


def test_the_group_chat_answers_who_mentions_it(teams):
    teams.group_chat().say("secretariat", expect="secretariat")
    teams.picture("group-chat")


def test_what_was_entered_is_kept_for_the_next_start(application, teams):
    application.stop()
    application.start()
    teams.page.goto(application.playground)
    teams.personal_chat().say("requests", expect="Training on mixed movements")
