"""What is read of an activity: who, where, which words, which files; whatever a client sends."""

import pytest

from bot.incoming import (
    attachments_of,
    inputs_of,
    language_of,
    place_of,
    speaker,
    words_of,
    zone_of,
)
from coalition.places import PlaceKind
from tests.bot.talking import ANA, BOT, TEAM

MENTION = {"type": "mention", "mentioned": BOT, "text": "<at>IBC-HM</at>"}


def message(text, **more):
    return {"type": "message", "text": text, "recipient": BOT, "entities": [MENTION], **more}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<at>IBC-HM</at> help", "help"),
        ("help <at>IBC-HM</at>", "help"),
        ("<at>IBC-HM</at>&nbsp;help", "help"),
        ("<at>IBC-HM</at>\xa0help\n", "help"),
        ('<at id="0">IBC-HM</at> help', "help"),
        ("<at>IBC-HM</at>", ""),
        ("help", "help"),
        (
            "<at>IBC-HM</at> minutes comment 1 Line one\nLine two",
            "minutes comment 1 Line one\nLine two",
        ),
        (None, ""),
        (7, ""),
    ],
)
def test_words_are_without_the_mention_of_the_bot(text, words):
    assert words_of(message(text)) == words


def test_mention_of_somebody_else_does_not_lose_the_words():
    entity = {"type": "mention", "mentioned": {"id": "29:x"}, "text": "<at>Iris</at>"}
    said = words_of(message("<at>IBC-HM</at> ask <at>Iris</at> please", entities=[MENTION, entity]))
    assert "ask" in said
    assert "please" in said


@pytest.mark.parametrize("entities", [None, "text", [None], [{"type": "mention"}], [{}]])
def test_broken_entities_lose_no_words(entities):
    assert words_of(message("help", entities=entities)) == "help"


def test_speaker_is_known_by_the_entra_object_id():
    assert speaker({"from": ANA.account}).id == "aad-ana"
    assert speaker({"from": {"id": "29:x", "name": "X"}}).id == "29:x"
    assert speaker({}).id == ""


@pytest.mark.parametrize(
    ("locale", "language"),
    [("es-PA", "es"), ("PT_br", "pt"), ("en", "en"), ("fr-FR", "en"), (None, "en"), (7, "en")],
)
def test_language_is_that_of_the_client_where_it_is_spoken(locale, language):
    assert language_of({"locale": locale}, "en") == language


def test_language_of_the_client_info_counts_where_the_activity_has_none():
    entities = [{"type": "clientInfo", "locale": "es-CL"}]
    assert language_of({"entities": entities}, "en") == "es"


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("America/Lima", "America/Lima"),
        ("Nowhere/City", "America/Panama"),
        ("../../etc/passwd", "America/Panama"),
        ("", "America/Panama"),
        (None, "America/Panama"),
        (5, "America/Panama"),
    ],
)
def test_zone_is_that_of_the_client_or_the_coalitions(said, zone):
    assert zone_of({"localTimezone": said}, "", "America/Panama") == zone


@pytest.mark.parametrize(
    ("value", "says", "inputs"),
    [
        ({"say": "help"}, "help", {}),
        (
            {"say": "minutes comment 1", "with": "comment", "comment": "Add"},
            "minutes comment 1 Add",
            {},
        ),
        ({"say": "minutes comment 1", "with": "comment"}, "minutes comment 1", {}),
        ({"form": "n", "line": "4a", "when": None}, "", {"form": "n", "line": "4a", "when": ""}),
        ({"x": {"deep": 1}, "y": [1], "z": 2}, "", {"z": "2"}),
        (None, "", {}),
        ("text", "", {}),
        ([], "", {}),
    ],
)
def test_button_says_words_and_brings_fields(value, says, inputs):
    assert inputs_of(value) == (says, inputs)


def test_actor_of_a_press_is_never_read_from_the_cards_data():
    _, inputs = inputs_of({"say": "help", "from": "aad-admin", "person": "aad-admin"})
    assert speaker({"from": ANA.account, "value": inputs}).id == "aad-ana"


@pytest.mark.parametrize(
    "attachment",
    [
        {"contentType": "text/html", "content": "<p>x</p>"},
        {"contentType": "application/vnd.microsoft.card.adaptive", "content": {}},
        {"contentType": "application/vnd.microsoft.teams.file.download.info", "content": {}},
        {"contentType": "application/pdf"},
        {},
    ],
)
def test_what_is_no_file_is_no_attachment(attachment):
    assert attachments_of({"attachments": [attachment]}) == ()


@pytest.mark.parametrize("attachments", [None, "x", [None], {}])
def test_broken_attachments_are_none(attachments):
    assert attachments_of({"attachments": attachments}) == ()


def test_image_pasted_into_the_chat_is_a_file():
    pasted = {
        "contentType": "image/png",
        "contentUrl": "https://x.sharepoint.com/a",
        "name": "a.png",
    }
    (file,) = attachments_of({"attachments": [pasted]})
    assert (file.name, file.url) == ("a.png", "https://x.sharepoint.com/a")


def test_thread_belongs_to_its_channel():
    conversation = {"id": f"{TEAM};messageid=17", "conversationType": "channel", "isGroup": True}
    place = place_of({"conversation": conversation, "from": ANA.account, "recipient": BOT})
    assert (place.id, place.kind, place.person_id) == (TEAM, PlaceKind.CHANNEL, "")


@pytest.mark.parametrize(
    ("conversation", "kind"),
    [
        ({"conversationType": "personal"}, PlaceKind.PERSONAL),
        ({"conversationType": "groupChat"}, PlaceKind.GROUP),
        ({"conversationType": "channel"}, PlaceKind.CHANNEL),
        ({"isGroup": True}, PlaceKind.GROUP),
        ({}, PlaceKind.PERSONAL),
        ({"conversationType": "future"}, PlaceKind.PERSONAL),
    ],
)
def test_kind_of_a_place_is_read(conversation, kind):
    assert (
        place_of({"conversation": {"id": "a:1", **conversation}, "from": ANA.account}).kind is kind
    )


@pytest.mark.parametrize(
    "text",
    [
        "half a letter \ud83d",
        "\x00\x01\x02",
        "\u202e right to left",
        "‮" * 300,
        "{number} {0} %s",
        "**bold** `code` [x](javascript:alert(1))",
        "/" * 50,
        "\n" * 50,
        "🇵🇦" * 200,
        "a " * 5000,
    ],
)
async def test_odd_text_is_answered_and_kept(team, text):
    """In a question, and in a text that is stored."""
    assert len((await team.say(ANA, text)).sent) == 1
    await team.tell(ANA, "request", "4b", "Training")
    answer = await team.say(ANA, f"x {text}"[:3000])
    assert answer.status == 200
    assert "Something went wrong" not in answer.said
    filed = await team.tell(ANA, "Panama", "member", "skip", "yes")
    assert "SR-2027-0001" in filed.said
    assert len(await team.work()) == 1
