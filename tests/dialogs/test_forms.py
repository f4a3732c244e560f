"""Forms: begun from half a command, filled in any order, kept over a restart; nothing is lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.errors import Told
from dialogs.dates import Day, Moment
from dialogs.durations import Duration
from dialogs.form import (
    Form,
    answer,
    back,
    begin,
    fill,
    finished,
    known,
    missing,
    summary,
    unclear,
    without,
)
from dialogs.readers import Number, OneOf, Words, YesNo
from dialogs.slots import Ambiguous, Asking, Option, Partial, slot, slots_of
from dialogs.sources import Source, with_files
from language.reading.when import When
from tests.dialogs.asked import asking

EN = asking()


def _colours(asking: Asking) -> Sequence[Option]:
    return [Option("red", "Red"), Option("blue", "Deep blue")]


@dataclass(frozen=True)
class Order:
    """A request with a slot of every shape; texts of the product lend the questions' keys."""

    title: str = slot("meetings-ask-title", Words(at_most=20))
    when: When = slot("meetings-ask-when", Moment())
    colour: str = slot("meetings-ask-kind", OneOf(_colours))
    lasts_for: int = slot("meetings-ask-lasts-for", Duration(), default=60)
    wrapped: bool = slot(
        "requests-ask-for-external",
        YesNo(),
        default=False,
        only_if=lambda known: known.get("colour") == "red",
    )
    until: date | None = slot("requests-ask-needed-on", Day(), default=None)
    place: str = slot("meetings-ask-place", Words(at_most=400), default="")


@dataclass(frozen=True)
class Note:
    number: int = slot("minutes-ask-number", Number())
    comment: str = slot("minutes-ask-comment", Words())


@dataclass(frozen=True)
class Parcel:
    source: object = slot("documents-ask-source", Source())
    title: str = slot("documents-ask-title", Words(), default="")


NEW = Form("order", "nonce")
WHEN = "12 January 2027 at 10:00"


def names(form, request=Order):
    return [slot.name for slot in missing(form, request, EN)]


def test_half_a_command_fills_what_it_names_and_the_rest_is_missing():
    form, trouble = begin(NEW, Order, f"Party on {WHEN}", EN)
    assert trouble is None
    assert known(form, Order)["title"] == "Party"
    assert names(form) == ["colour", "lasts_for", "until", "place"]


def test_number_in_front_and_words_behind_are_two_slots():
    form, trouble = begin(NEW, Note, "12 Add the venue, on line 3", EN)
    assert trouble is None
    assert finished(form, Note) == Note(12, "Add the venue, on line 3")


def test_command_alone_leaves_everything_missing():
    form, trouble = begin(NEW, Note, "", EN)
    assert (form, trouble) == (NEW, None)


def test_lines_of_a_text_stay_as_they_were_written():
    form, _ = begin(NEW, Note, "12 First line\n\n  - second\tline ", EN)
    assert known(form, Note)["comment"] == "First line\n\n  - second\tline"


def test_unclear_date_is_asked_and_the_other_words_are_kept():
    form, trouble = begin(NEW, Order, "Party on 05/06/2027 at 10:00", EN)
    assert isinstance(trouble, Ambiguous)
    assert form.asked == "when"
    assert len(form.candidates) == 2
    assert known(form, Order)["title"] == "Party"


def test_date_without_time_is_asked_on_and_the_other_words_are_kept():
    form, trouble = begin(NEW, Order, "Party on 12 January 2027", EN)
    assert isinstance(trouble, Partial)
    assert (form.asked, form.begun) == ("when", "2027-01-12")
    assert known(form, Order)["title"] == "Party"


def test_title_that_is_too_long_is_asked_again_and_fills_no_other_slot():
    form, trouble = begin(NEW, Order, "A title of many more words than twenty letters hold", EN)
    assert trouble is not None
    assert trouble.key == "read-too-long"
    assert form.asked == "title"
    assert not form.answers


def test_first_trouble_is_the_one_that_is_asked():
    words = "A title of many more words than twenty letters on 05/06/2027 at 10:00"
    form, trouble = begin(NEW, Order, words, EN)
    assert isinstance(trouble, Ambiguous)
    assert form.asked == "when"
    assert len(form.candidates) == 2


def test_candidate_is_chosen_by_its_number():
    form, _ = begin(NEW, Order, "Party on 05/06/2027 at 10:00", EN)
    wanted = form.candidates[1][0]
    form = answer(form, Order, "2", EN)
    assert form.answers["when"] == wanted
    assert not form.candidates


def test_candidate_is_chosen_by_its_words():
    form, _ = begin(NEW, Order, "Party on 05/06/2027 at 10:00", EN)
    label = form.candidates[0][1]
    assert answer(form, Order, label.upper(), EN).answers["when"] == form.candidates[0][0]


def test_candidates_can_be_answered_by_writing_it_again():
    form, _ = begin(NEW, Order, "Party on 05/06/2027 at 10:00", EN)
    assert (
        answer(form, Order, "5 June 2027 at 10:00", EN)
        .answers["when"]["start"]
        .startswith("2027-06-05")
    )


def test_number_that_is_no_candidate_is_not_taken_for_one():
    form, _ = begin(NEW, Order, "Party on 05/06/2027 at 10:00", EN)
    with pytest.raises(Told):
        answer(form, Order, "7", EN)


@pytest.mark.parametrize("time", ["10:00", "10", "at 10 am", "a las 10"])
def test_time_completes_the_day_that_was_begun(time):
    form, _ = begin(NEW, Order, "Party on 12 January 2027", EN)
    form = answer(form, Order, time, EN)
    assert form.answers["when"]["start"] == "2027-01-12T10:00"
    assert form.begun == ""


def test_another_date_takes_the_place_of_the_day_that_was_begun():
    form, _ = begin(NEW, Order, "Party on 12 January 2027", EN)
    form = answer(form, Order, "14 January 2027 at 11:00", EN)
    assert form.answers["when"]["start"] == "2027-01-14T11:00"


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("word", ["skip", "omitir", "pular", "-", "Skip!"])
def test_optional_slot_is_skipped_in_every_language(language, word):
    form = answer(replace(NEW, asked="place"), Order, word, asking(language))
    assert form.answers == {"place": None}
    assert "place" not in known(form, Order)
    assert "place" not in names(form)


@pytest.mark.parametrize("word", ["?", "...", "¿?"])
def test_marks_alone_skip_nothing(word):
    try:
        form = answer(replace(NEW, asked="until"), Order, word, EN)
    except Told:
        return
    assert "until" not in form.answers or form.answers["until"] is not None


def test_required_slot_is_not_skipped():
    with pytest.raises(Told):
        answer(replace(NEW, asked="when"), Order, "skip", EN)
    assert answer(replace(NEW, asked="title"), Order, "skip", EN).answers == {"title": "skip"}


def test_slot_is_asked_only_if_another_answer_calls_for_it():
    red = answer(replace(NEW, asked="colour"), Order, "red", EN)
    blue = answer(replace(NEW, asked="colour"), Order, "blue", EN)
    assert "wrapped" in names(red)
    assert "wrapped" not in names(blue)


def test_answer_to_a_question_that_is_no_longer_asked_does_not_count():
    form = replace(NEW, answers={"title": "Party", "colour": "red", "wrapped": True})
    form = replace(form, answers={**form.answers, "when": Moment().keep(Moment().read(WHEN, EN))})
    assert finished(form, Order).wrapped is True
    changed = answer(replace(form, asked="colour"), Order, "blue", EN)
    assert finished(changed, Order).wrapped is False
    assert "wrapped" not in [slot.name for slot, _ in summary(changed, Order, EN)]


def test_back_asks_for_the_slot_before_the_one_in_question():
    form = replace(NEW, answers={"title": "Party", "colour": "red"}, asked="lasts_for")
    earlier = back(form, Order)
    assert earlier is not None
    assert (earlier.answers, earlier.asked) == ({"title": "Party"}, "colour")
    first = back(earlier, Order)
    assert first is not None
    assert (first.answers, first.asked) == ({}, "title")
    assert back(first, Order) is None


def test_back_from_the_summary_asks_for_the_last_slot():
    form = replace(NEW, answers={"place": "Panama", "title": "Party"}, asked="")
    earlier = back(form, Order)
    assert earlier is not None
    assert earlier.asked == "place"


def test_line_is_taken_out_to_be_changed():
    form = replace(NEW, answers={"title": "Party", "colour": "red"}, begun="x")
    changed = without(form, "title")
    assert (changed.answers, changed.asked, changed.begun) == ({"colour": "red"}, "title", "")


FILLED = {
    "title": "Party",
    "when": WHEN,
    "colour": "blue",
    "lasts_for": "1h30",
    "until": "",
    "place": "  ",
}


def test_card_fills_everything_at_once():
    form, problems = fill(NEW, Order, FILLED, EN)
    assert not problems
    done = finished(form, Order)
    assert (done.title, done.colour, done.lasts_for, done.place) == ("Party", "blue", 90, "")
    assert names(form) == []


def test_card_with_an_empty_required_field_leaves_it_missing():
    form, problems = fill(NEW, Order, {**FILLED, "title": " "}, EN)
    assert not problems
    assert names(form) == ["title"]


def test_fields_that_the_request_has_not_are_passed_over():
    form, problems = fill(NEW, Order, {**FILLED, "filed_by": "mallory", "nonce": "x"}, EN)
    assert not problems
    assert set(form.answers) <= {slot.name for slot in slots_of(Order)}


def test_card_with_problems_keeps_what_was_right_and_asks_for_the_first_wrong_one():
    wrong = {**FILLED, "when": "3 January 2020 at 10:00", "lasts_for": "for ever"}
    form, problems = fill(NEW, Order, wrong, EN)
    assert {name: told.key for name, told in problems.items()} == {
        "when": "date-past",
        "lasts_for": "read-duration",
    }
    assert form.asked == "when"
    assert known(form, Order)["title"] == "Party"
    assert names(form) == ["when", "lasts_for"]


def test_unclear_date_on_a_card_offers_its_readings_whatever_else_was_filled():
    """The other fields come after it on the card."""
    form, problems = fill(NEW, Order, {**FILLED, "when": "05/06/2027 at 10:00"}, EN)
    assert list(problems) == ["when"]
    assert form.asked == "when"
    assert len(form.candidates) == 2
    assert known(form, Order)["lasts_for"] == 90


def test_field_of_a_card_never_answers_for_the_readings_of_another():
    """ "2" stands in another field and is not the second reading of the date."""
    form, _ = fill(NEW, Order, {**FILLED, "when": "05/06/2027 at 10:00", "place": "2"}, EN)
    assert known(form, Order)["place"] == "2"
    assert "when" not in form.answers


def test_date_without_time_on_a_card_is_asked_on():
    form, problems = fill(NEW, Order, {**FILLED, "when": "12 January 2027"}, EN)
    assert list(problems) == ["when"]
    assert (form.asked, form.begun) == ("when", "2027-01-12")
    assert answer(form, Order, "10", EN).answers["when"]["start"] == "2027-01-12T10:00"


def test_card_may_say_skip_in_words():
    form, problems = fill(NEW, Order, {**FILLED, "until": "skip"}, EN)
    assert not problems
    assert form.answers["until"] is None


def test_summary_shows_the_answers_in_the_order_of_the_slots():
    form, _ = fill(NEW, Order, dict(reversed(FILLED.items())), EN)
    shown = {slot.name: said for slot, said in summary(form, Order, EN)}
    assert list(shown)[:4] == ["title", "when", "colour", "lasts_for"]
    assert {said for name, said in shown.items() if form.answers[name] is None} == {"—"}
    assert shown["colour"] == "Deep blue"
    assert shown["lasts_for"] == "90 minutes"


def test_finished_request_holds_what_the_form_carried():
    @dataclass(frozen=True)
    class Carrying:
        subject: str
        title: str = slot("meetings-ask-title", Words())

    form = replace(NEW, carried={"subject": "meeting 3"}, answers={"title": "Party"})
    assert finished(form, Carrying) == Carrying("meeting 3", "Party")


def test_files_of_a_message_answer_the_slot_that_takes_files():
    @dataclass(frozen=True)
    class Sent:
        name: str = "a.pdf"
        content_type: str = "application/pdf"
        url: str = "https://example.sharepoint.com/a"

    form = with_files(NEW, Parcel, [Sent()])
    assert known(form, Parcel)["source"].files[0]["name"] == "a.pdf"
    assert with_files(NEW, Parcel, []) == NEW
    assert with_files(NEW, Note, [Sent()]) == NEW


def test_form_goes_on_after_a_restart_in_the_middle_of_a_choice():
    form, _ = begin(NEW, Order, "Party on 05/06/2027 at 10:00", EN)
    again = Form.from_json(json.loads(json.dumps(form.as_json())))
    assert answer(again, Order, "1", EN) == answer(form, Order, "1", EN)


def test_form_of_an_older_release_goes_on_without_what_is_no_longer_known():
    stored = {"command": "order", "nonce": "n", "answers": {"title": "Party"}, "step": 3}
    form = Form.from_json(stored)
    assert known(form, Order) == {"title": "Party"}
    assert form.asked == ""


def test_answers_of_an_older_release_to_slots_that_are_gone_are_passed_over():
    form = replace(NEW, answers={"title": "Party", "gone": "x"})
    assert known(form, Order) == {"title": "Party"}


kept = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner),
    max_leaves=3,
)
forms = st.builds(
    Form,
    st.text(),
    st.text(),
    st.dictionaries(st.text(), kept),
    st.text(),
    st.lists(st.tuples(kept, st.text())).map(tuple),
    st.text(),
    st.dictionaries(st.text(), kept),
)


@given(forms)
def test_every_form_is_stored_as_json_and_read_back(form):
    assert Form.from_json(json.loads(json.dumps(form.as_json()))) == form


SAYINGS = (
    f"Party|red|2|{WHEN}|05/06/2027 10:00|skip|90|yes|12 January 2027|10:00|back|nonsense"
).split("|")


@given(st.lists(st.sampled_from(SAYINGS), max_size=12))
def test_whatever_is_answered_no_earlier_answer_is_lost(answers):
    form = replace(NEW, asked="title")
    for words in answers:
        wanted = missing(form, Order, EN)
        if not wanted:
            break
        asked = form.asked if form.candidates or form.begun else wanted[0].name
        form = replace(form, asked=asked)
        had = dict(form.answers)
        try:
            form = answer(form, Order, words, EN)
        except Told as told:
            form = unclear(form, told)
        assert all(form.answers[name] == value for name, value in had.items() if name != asked)
