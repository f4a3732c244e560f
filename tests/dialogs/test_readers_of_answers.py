"""Readers: what a member writes becomes a value, or is asked again; nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.errors import Unreadable
from dialogs.durations import Duration
from dialogs.readers import Number, OneOf, RequestNumber, Words, YesNo
from dialogs.slots import Option
from dialogs.sources import Given, Source
from tests.dialogs.asked import asking

EN = asking()
LANGUAGES = ["en", "es", "pt"]


@pytest.mark.parametrize("said", ["12", "#12", " 12 ", "no. 12", "No 12", "nº 12", "n.º12", "12."])
def test_number_of_a_record_is_read(said):
    assert Number().read(said, EN) == 12


@pytest.mark.parametrize("said", ["", "twelve", "12th", "-", "meeting", "12345678901"])
def test_what_is_no_number_is_asked_again(said):
    with pytest.raises(Unreadable, match="read-number"):
        Number().read(said, EN)


def test_number_is_taken_from_the_front_and_the_rest_is_left():
    assert Number().take("12 Add the venue", EN) == (12, "Add the venue")
    assert Number().take("Add 12 venues", EN) is None


@pytest.mark.parametrize(
    "said", ["SR-2027-0001", "sr-2027-1", "SR 2027 0001", "sr2027-0001", " SR-2027-0001. "]
)
def test_number_of_a_request_is_read(said):
    assert RequestNumber().read(said, EN) == "SR-2027-0001"


@pytest.mark.parametrize("said", ["", "1", "2027-0001", "SR", "SR-27-1", "the first"])
def test_what_is_no_request_number_is_asked_again(said):
    with pytest.raises(Unreadable, match="read-request-number"):
        RequestNumber().read(said, EN)


@given(st.integers(2000, 2999), st.integers(1, 999_999))
def test_every_number_that_is_given_out_is_read_back(year, place):
    number = f"SR-{year}-{place:04d}"
    assert RequestNumber().read(number, EN) == number
    assert RequestNumber().take(f"{number} because", EN) == (number, "because")


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("90", 90),
        ("90 min", 90),
        ("90 minutes", 90),
        ("90 minutos", 90),
        ("90'", 90),
        ("1h30", 90),
        ("1h 30", 90),
        ("1 h 30 min", 90),
        ("1 hour and 30 minutes", 90),
        ("1 hora y 30 minutos", 90),
        ("1 hora e 30 minutos", 90),
        ("1.5 hours", 90),
        ("1,5 horas", 90),
        ("1.5h", 90),
        ("0.5 h", 30),
        ("2.25 h", 135),
        ("1:30", 90),
        ("2 hours", 120),
        ("2h", 120),
        ("2 hrs", 120),
        ("two hours", 120),
        ("dos horas", 120),
        ("duas horas", 120),
        ("three hours", 180),
        ("hora y media", 90),
        ("una hora y media", 90),
        ("uma hora e meia", 90),
        ("an hour and a half", 90),
        ("one and a half hours", 90),
        ("2 hours and a half", 150),
        ("2 horas y media", 150),
        ("dos horas y media", 150),
        ("2 horas e meia", 150),
        ("two and a half hours", 150),
        ("una hora", 60),
        ("an hour", 60),
        ("uma hora", 60),
        ("media hora", 30),
        ("half an hour", 30),
        ("meia hora", 30),
        ("una hora y cuarto", 75),
        ("una hora y 15 minutos", 75),
        ("one hour and 20 minutes", 80),
        ("about 2 hours", 120),
        ("unos 45 minutos", 45),
        ("12h", 720),
        ("tres cuartos de hora", 45),
        ("forty-five minutes", 45),
        ("treinta minutos", 30),
    ],
)
def test_duration_is_read_in_minutes(said, minutes):
    assert Duration().read(said, EN) == minutes


@pytest.mark.parametrize(
    "said",
    ["", "long", "120 hours", "0", "4", "1441", "3 days", "2 to 3 hours", "1 or 2 hours",
     "until noon", "99999", "1.2.3 hours", "2 hours or 90 minutes"],
)  # fmt: skip
def test_what_is_no_single_duration_is_asked_again(said):
    with pytest.raises(Unreadable, match="read-duration"):
        Duration().read(said, EN)


@given(st.integers(5, 720))
def test_every_shown_duration_is_read_back(minutes):
    for language in LANGUAGES:
        shown = Duration().show(minutes, asking(language))
        assert Duration().read(shown, asking(language)) == minutes


def test_duration_is_taken_out_of_a_commands_words():
    assert Duration().take("Regular meeting for 90 minutes", EN) == (90, "Regular meeting")
    assert Duration().take("Regular meeting for 1.5 hours on data", EN) == (
        90,
        "Regular meeting on data",
    )
    assert Duration().take("Regular meeting", EN) is None
    assert Duration().take("Meeting 3 of the 5 agencies", EN) is None


FRUIT = (
    Option("apple", "Red apple", ("malus", "manzana roja")),
    Option("pear", "Green pear"),
    Option("plum", "Green plum"),
)
CHOICE = OneOf(lambda asking: FRUIT)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("1", "apple"),
        ("3", "plum"),
        ("pear", "pear"),
        ("PEAR", "pear"),
        ("Green pear", "pear"),
        ("«green  pear».", "pear"),
        ("malus", "apple"),
        ("Manzana roja", "apple"),
        ("red", "apple"),
        ("green pl", "plum"),
    ],
)
def test_choice_is_read_by_number_value_label_words_or_beginning(said, value):
    assert CHOICE.read(said, EN) == value


@pytest.mark.parametrize("said", ["green", "0", "4", "", "banana", "1 2"])
def test_choice_that_is_none_or_several_is_asked_again_with_all_options(said):
    with pytest.raises(Unreadable) as unreadable:
        CHOICE.read(said, EN)
    assert unreadable.value.details["options"] == "Red apple · Green pear · Green plum"


def test_choice_shows_its_label_and_an_unknown_one_itself():
    assert CHOICE.show("pear", EN) == "Green pear"
    assert CHOICE.show("fig", EN) == "fig"


def test_choice_is_taken_from_the_front_the_longest_way_first():
    assert CHOICE.take("green pear from Chile", EN) == ("pear", "from Chile")
    assert CHOICE.take("Manzana Roja", EN) == ("apple", "")
    assert CHOICE.take("a green pear", EN) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", ["yes", "Yes!", "sí", "si", "SÍ", "sim", "ok", "1"])
def test_yes_is_understood_in_every_language(language, said):
    assert YesNo().read(said, asking(language)) is True


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", ["no", "No.", "não", "nao", "n", "2"])
def test_no_is_understood_in_every_language(language, said):
    assert YesNo().read(said, asking(language)) is False


@pytest.mark.parametrize("said", ["maybe", "", "yes and no", "?"])
def test_neither_yes_nor_no_is_asked_again(said):
    with pytest.raises(Unreadable, match="read-yes-no"):
        YesNo().read(said, EN)


def test_yes_is_shown_in_the_members_language():
    assert YesNo().show(True, asking("es")) == "Sí"
    assert YesNo().show(False, asking("pt")) == "Não"


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("see https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("HTTPS://Example.org", "HTTPS://Example.org"),
        ("https://example.org/a?b=c,d", "https://example.org/a?b=c,d"),
    ],
)
def test_link_is_found_in_the_words(said, link):
    assert Source().read(said, EN).link == link


@pytest.mark.parametrize(
    "said", ["", "example.org", "ftp://example.org", "https://", "javascript:1"]
)
def test_what_is_no_link_is_asked_again(said):
    with pytest.raises(Unreadable, match="read-source"):
        Source().read(said, EN)


@given(st.text(min_size=1, max_size=50).filter(str.strip))
def test_words_are_kept_as_written(said):
    assert Words(at_most=50).read(said, EN) == said.strip()


def test_words_that_are_too_long_say_how_long():
    with pytest.raises(Unreadable) as unreadable:
        Words(at_most=5).read("123456", EN)
    assert unreadable.value.details == {"at_most": 5, "length": 6}


@pytest.mark.parametrize("said", ["", "  ", "\n"])
def test_no_words_are_asked_again(said):
    with pytest.raises(Unreadable, match="read-empty"):
        Words().read(said, EN)


def test_source_is_a_link_among_other_words():
    assert Source().take("https://example.org/a Annual report", EN) == (
        Given(link="https://example.org/a"),
        "Annual report",
    )


def test_source_that_takes_no_text_asks_for_a_file_or_a_link():
    with pytest.raises(Unreadable, match="read-source"):
        Source().read("the annual report", EN)


def test_source_that_takes_text_keeps_a_text_with_a_link_in_it_as_text():
    text = "Agreed, see https://example.org/a for the plan."
    assert Source(takes_text=True).read(text, EN) == Given(text=text)
    assert Source(takes_text=True).read("https://example.org/a", EN) == Given(
        link="https://example.org/a"
    )


@pytest.mark.parametrize(
    "given",
    [
        Given(text="Agreed."),
        Given(link="https://example.org"),
        Given(files=({"name": "a.pdf", "content_type": "application/pdf", "url": "https://x"},)),
    ],
)
def test_source_is_kept_as_plain_json_and_read_back(given):
    import json

    kept = json.loads(json.dumps(Source().keep(given)))
    assert Source().kept(kept) == given


@given(st.text())
@pytest.mark.parametrize(
    "reader", [Number(), RequestNumber(), Duration(), CHOICE, YesNo(), Source(), Words()]
)
def test_any_words_are_a_value_or_asked_again(reader, said):
    try:
        value = reader.read(said, EN)
    except Unreadable:
        return
    assert reader.kept(reader.keep(value)) == value
