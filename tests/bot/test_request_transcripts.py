"""Transcripts of service requests: filed, numbered, posted, recorded, followed (Annex 1)."""

import pytest

from tests.bot.talking import (
    ADMIN,
    ANA,
    BEN,
    IRIS,
    SECRETARIAT,
    TEAM,
    text_of,
    visible_of,
)

ANSWERS = ("4a", "Training on mixed movements", "Two days for the UNCT", "Panama", "2", "no")
FILED = ("request", *ANSWERS, "30 June 2027", "yes")


async def requests(talk):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return await unit.requests.find()


async def rows(talk):
    return await talk.product.graph.lists.rows("Service requests")


async def test_request_is_numbered_and_the_secretariats_channel_gets_it_once(team):
    assert "SR-2027-0001" in (await team.tell(ANA, *FILED)).said
    sent = await team.work()
    posts = [body for body in sent if body["conversation"]["id"] == SECRETARIAT]
    assert len(posts) == 1
    assert "SR-2027-0001" in text_of(posts[0])
    assert "Training on mixed movements" in visible_of(posts[0])
    assert await team.work() == []


async def test_request_is_a_row_of_the_sharepoint_list_with_its_present_state(team):
    await team.tell(ANA, *FILED)
    await team.work()
    assert len(await rows(team)) == 1
    row = " ".join(str(value) for value in (await rows(team))[0].values())
    for said in ("SR-2027-0001", "Two days for the UNCT", "Panama", "2027-06-30", "submitted"):
        assert said in row
    await team.say(IRIS, "request accept SR-2027-0001")
    await team.work()
    assert len(await rows(team)) == 1
    assert "accepted" in " ".join(str(value) for value in (await rows(team))[0].values())


async def test_numbers_of_a_year_follow_each_other(team):
    await team.tell(ANA, *FILED)
    await team.clock_on(2)
    assert "SR-2027-0002" in (await team.tell(BEN, *FILED)).said


async def test_one_line_fills_what_it_says(team):
    answer = await team.say(ANA, "request 4a Training on mixed movements")
    assert "What exactly is needed" in answer.said


async def test_subject_that_begins_with_an_answer_to_another_question_is_kept_whole(team):
    """ "Other" and "Member" are requesters too; the first word of a subject is none."""
    await team.say(ANA, "request 4b Member States and other stakeholders")
    await team.tell(ANA, "Two days", "Panama")
    answer = await team.tell(ANA, "other", "skip")
    assert "2. Subject: Member States and other stakeholders" in answer.said


async def test_nothing_is_stored_before_the_yes(team):
    await team.tell(ANA, *FILED[:-1])
    assert await requests(team) == []
    assert "Nothing was stored" in (await team.say(ANA, "no")).said
    assert await requests(team) == []


async def test_training_for_external_counterparts_is_refused_and_can_be_mended(team):
    """S137: it comes through the Resident Coordinators."""
    await team.tell(ANA, "request", *ANSWERS[:4], "member", "yes", "skip")
    refused = await team.say(ANA, "yes")
    assert "Resident Coordinator" in refused.said
    assert await requests(team) == []
    line = next(word for word in refused.said.split() if word.isdigit())
    assert "On whose behalf" in (await team.say(ANA, line)).said
    await team.say(ANA, "Resident Coordinator")
    assert "SR-2027-0001" in (await team.say(ANA, "yes")).said


@pytest.mark.parametrize(
    ("locale", "words", "yes", "shown"),
    [
        ("es-PA", "solicitud", "sí", "Registrada como"),
        ("pt-BR", "solicitação", "sim", "SR-2027-0001"),
    ],
)
async def test_request_is_filed_in_spanish_and_portuguese(team, locale, words, yes, shown):
    skip = {"es-PA": "omitir", "pt-BR": "pular"}[locale]
    answers = ("4a", "Formación", "Dos días", "Panamá", "2", "no", skip, yes)
    answer = await team.tell(ANA, words, *answers, locale=locale)
    assert "SR-2027-0001" in answer.said
    posts = [body for body in await team.work() if body["conversation"]["id"] == SECRETARIAT]
    assert "New service request" in text_of(posts[0])


async def test_steps_are_taken_by_the_secretariat_and_told_to_the_requester(team):
    await team.tell(ANA, *FILED)
    await team.work()
    for step, said in (("accept", "accepted"), ("start", "started"), ("deliver", "delivered")):
        answer = await team.say(IRIS, f"request {step} SR-2027-0001")
        assert f"Iris Gómez (IOM) {said}" in answer.said
        sent = await team.work()
        told = [body for body in sent if body["conversation"]["id"] == f"a:{ANA.id}"]
        assert len(told) == 1
        assert said in text_of(told[0])


@pytest.mark.parametrize("who", [ANA, BEN])
async def test_step_of_somebody_else_is_refused_and_says_who_can(team, who):
    await team.tell(ANA, *FILED)
    answer = await team.say(who, "request accept SR-2027-0001")
    assert "IOM" in answer.said
    assert (await requests(team))[0].state == "submitted"


async def test_administrator_may_take_every_step(team):
    await team.tell(ANA, *FILED)
    assert "accepted" in (await team.say(ADMIN, "request accept SR-2027-0001")).said


async def test_step_that_is_not_possible_says_the_present_state_and_who_made_it(team):
    await team.tell(ANA, *FILED)
    await team.say(IRIS, "request accept SR-2027-0001")
    answer = await team.say(ADMIN, "request accept SR-2027-0001")
    assert "accepted" in answer.said
    assert "Iris Gómez" in answer.said


async def test_old_accept_button_changes_nothing_after_the_request_was_declined(team):
    """R6: the present state is the server's, not the card's."""
    await team.tell(ANA, *FILED)
    posts = [body for body in await team.work() if body["conversation"]["id"] == SECRETARIAT]
    card = posts[0]["attachments"][0]["content"]
    accept = next(action for action in card["actions"] if action["title"] == "Accept")
    await team.say(IRIS, "request decline SR-2027-0001 Outside the work plan")
    answer = await team.press(IRIS, accept["data"], place=SECRETARIAT)
    assert "declined" in answer.said
    assert (await requests(team))[0].state == "declined"


async def test_decline_asks_for_the_reason_and_the_requester_is_told_it(team):
    await team.tell(ANA, *FILED)
    await team.work()
    asked = await team.say(IRIS, "request decline SR-2027-0001")
    assert "reason" in asked.said
    await team.say(IRIS, "Outside the work plan")
    told = [body for body in await team.work() if body["conversation"]["id"] == f"a:{ANA.id}"]
    assert "Outside the work plan" in visible_of(told[0])


async def test_own_request_is_withdrawn_and_nobody_elses(team):
    await team.tell(ANA, *FILED)
    assert "only they can" in (await team.say(BEN, "request withdraw SR-2027-0001")).said
    assert "withdrew" in (await team.say(ANA, "request withdraw SR-2027-0001")).said
    assert (await requests(team))[0].state == "withdrawn"


async def test_requests_lists_mine_and_for_the_secretariat_those_that_wait(team):
    await team.tell(ANA, *FILED)
    assert "SR-2027-0001" in (await team.say(ANA, "requests")).said
    assert "SR-2027-0001" not in (await team.say(BEN, "requests")).said
    assert "wait for a step" in (await team.say(IRIS, "requests")).said


@pytest.mark.parametrize(
    "words", ["request SR-2027-0001", "request show sr 2027 1", "solicitud SR-2027-0001"]
)
async def test_request_is_shown_by_its_number(team, words):
    await team.tell(ANA, *FILED)
    answer = await team.say(ANA, words)
    assert "Training on mixed movements" in answer.said
    assert "2027" in answer.said


async def test_request_that_does_not_exist_is_said_so(team):
    assert "There is no request SR-2027-0009" in (await team.say(ANA, "request SR-2027-0009")).said


async def test_marked_text_is_not_filed_into_the_open_list(team):
    """S118: the list and the channel are open to RCP LAC."""
    await team.tell(ANA, "request", "4b", "Training", "STRICTLY CONFIDENTIAL\nNames", "Panama")
    answer = await team.tell(ANA, "member", "skip", "yes")
    assert "marked as confidential" in answer.said
    assert await requests(team) == []


async def test_request_in_the_channel_is_announced_to_the_secretariat_too(team):
    await team.tell(ANA, *FILED, place=TEAM)
    posts = [body for body in await team.work() if body["conversation"]["id"] == SECRETARIAT]
    assert len(posts) == 1


async def test_request_filed_before_the_bot_is_in_a_team_reaches_the_secretariat_later(talk):
    await talk.tell(ANA, *FILED)
    assert await talk.work() == []
    talk.connector.channels = [{"id": TEAM, "name": ""}, {"id": SECRETARIAT, "name": "Secretariat"}]
    await talk.install(TEAM)
    posts = [body for body in await talk.work() if "SR-2027-0001" in text_of(body)]
    assert len(posts) == 1


async def test_change_is_in_the_audit_trail_with_who_and_what(team):
    await team.tell(ANA, *FILED)
    await team.say(IRIS, "request accept SR-2027-0001")
    async with team.product.database.unit_of_work(read_only=True) as unit:
        (request,) = await unit.requests.find()
        trail = await unit.audit.of("requests", request.id)
    assert [entry.actor for entry in trail][:2] == [ANA.id, IRIS.id]
    assert (trail[1].before or {})["state"] == "submitted"
    assert (trail[1].after or {})["state"] == "accepted"
