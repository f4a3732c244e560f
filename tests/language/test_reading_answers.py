"""What a reading says beside the value: candidates, what clashes, and which words were used."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from language.reading.reader import Grain, Outcome, When, read_when

NOW = datetime(2027, 1, 13, 10, 30)
PANAMA = "America/Panama"


def read(text, language="es", now=NOW, zone=PANAMA):
    return read_when(text, language, now, zone)


def rest(text, language="es"):
    left = list(text)
    for start, end in read(text, language).spans:
        left[start:end] = [" "] * (end - start)
    return " ".join("".join(left).split())


def test_two_orders_of_the_numbers_are_offered_in_english():
    reading = read("06/07/2027", "en")
    assert reading.outcome is Outcome.AMBIGUOUS
    assert {when.start for when in reading.candidates} == {date(2027, 7, 6), date(2027, 6, 7)}


def test_spanish_and_portuguese_read_the_day_first():
    for language in ("es", "pt"):
        assert read("06/07/2027", language).when == When(date(2027, 7, 6))


def test_next_friday_offers_both_fridays_in_english():
    reading = read("next Friday at 3", "en")
    assert [when.start for when in reading.candidates] == [
        datetime(2027, 1, 15, 15),
        datetime(2027, 1, 22, 15),
    ]


def test_two_dates_with_or_are_both_offered_with_the_time_that_one_of_them_names():
    reading = read("lunes 18 o martes 19 a las 10")
    assert [when.start for when in reading.candidates] == [
        datetime(2027, 1, 18, 10),
        datetime(2027, 1, 19, 10),
    ]


def test_a_weekday_that_does_not_fit_is_a_contradiction_that_names_both():
    reading = read("lunes 20 de enero de 2027")
    assert (reading.outcome, reading.clash) == (Outcome.CONTRADICTION, "weekday-mismatch")
    assert reading.details == {"said": "0", "day": "2027-01-20"}


@pytest.mark.parametrize("text", ["31 de junio", "30 de febrero", "31/04/2027", "32 de enero"])
def test_a_day_that_its_month_lacks_is_a_contradiction(text):
    assert read(text).clash == "no-such-day"


def test_an_end_before_the_start_is_a_contradiction():
    assert read("Friday from 5pm to 3pm", "en").clash == "end-before-start"


@pytest.mark.parametrize("text", ["in 9000 years", "en 9999 meses", "hace 9999 años"])
def test_a_date_beyond_the_calendar_is_a_contradiction(text):
    assert read(text).clash == "out-of-range"


def test_weeks_end_on_sunday():
    sunday = datetime(2027, 1, 17, 9)
    assert read("next Tuesday", "en", sunday).when == When(date(2027, 1, 19))
    assert read("this weekend", "en", sunday).when == When(date(2027, 1, 16), date(2027, 1, 18))
    assert read("next week", "en", sunday).when == When(date(2027, 1, 18), grain=Grain.WEEK)


def test_a_month_on_keeps_the_day_or_takes_the_last_one():
    assert read("en un mes", now=datetime(2027, 1, 31, 9)).when == When(date(2027, 2, 28))


def test_a_range_that_passes_midnight_is_none():
    when = read("from 22:00 to 02:00", "en").when
    assert when is not None
    assert when.end == datetime(2027, 1, 14, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Agenda 2030",
        "A/RES/73/195",
        "llamar al +507 6612-3456",
        "US$ 2.500",
        "sala 12",
        "20 participantes",
        "págs. 3-5",
        "el 45% de los miembros",
        "ODS 10.7",
        "informe anual",
        "What is the annual budget?",
        "tasks as may be requested during a meeting",
        "once the minutes are out",
    ],
)
def test_numbers_that_are_no_dates_are_none(text):
    assert read(text).outcome is Outcome.NONE


@pytest.mark.parametrize(
    "text", ["lunes 32", "18 de enero de 1850", "martes a las 10 a las 14 y 7"]
)
def test_a_number_that_nothing_explains_is_asked_about(text):
    assert read(text).outcome is not Outcome.VALUE


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("reunión del grupo el martes a las 10", "es", "reunión del grupo"),
        ("Call with partners on Thursday 21 at 3pm", "en", "Call with partners"),
        ("reunião de equipe na sexta às 9h", "pt", "reunião de equipe"),
        ("coordinación viernes 15:00 (hora de Ginebra)", "es", "coordinación"),
        ("todos los martes a las 9 revisión de datos", "es", "revisión de datos"),
        ("Borrador del acta, lunes 18 de enero", "es", "Borrador del acta"),
    ],
)
def test_the_rest_of_a_sentence_is_its_title(text, language, title):
    assert rest(text, language).strip(" ,") == title


def test_spans_stand_where_the_words_stand_though_accents_are_typed_apart():
    text = "reunio\u0301n man\u0303ana a las 10"
    ((start, end),) = read(text).spans
    assert text[start:end].startswith("man")
    assert end == len(text)


def test_an_aware_present_is_converted_to_the_zone_of_the_speaker():
    now = datetime(2027, 1, 14, 2, 0, tzinfo=UTC)  # still the 13th in Panama
    assert read("mañana", now=now).when == When(date(2027, 1, 14))


def test_words_of_three_languages_are_read_together():
    assert read("martes next week at 3pm").when == When(
        datetime(2027, 1, 19, 15), grain=Grain.MINUTE
    )


def test_a_short_word_of_another_language_is_no_date():
    assert read("the sun is out", "en").outcome is Outcome.NONE
    assert read("I may come", "en").outcome is Outcome.NONE


def test_a_plain_date_in_an_unknown_language_is_left_to_dateparser_and_checked():
    assert read("12 gennaio 2028").when == When(date(2028, 1, 12))
    assert read("12 participantes 2028").outcome is Outcome.NONE


def test_a_language_without_a_word_file_is_read_as_english():
    assert read("next Friday", "de").outcome is Outcome.AMBIGUOUS


def test_lines_of_json_are_answered_one_by_one():
    lines = [
        {"text": "martes a las 10", "lang": "es", "reference": "2027-01-13T10:30", "tz": PANAMA},
        {"text": "hola", "lang": "es", "reference": "2027-01-13T10:30", "tz": PANAMA},
        {"text": "semanalmente", "lang": "es", "reference": "2027-01-13T10:30", "tz": PANAMA},
        {"text": "31 de junio", "lang": "es", "reference": "2027-01-13T10:30", "tz": PANAMA},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "language.reading"],
        input="\n".join(json.dumps(line) for line in lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"start": "2027-01-19T10:00", "grain": "minute"},
        None,
        {"grain": "day", "rule": "FREQ=WEEKLY"},
        "contradiction",
    ]


def test_reading_does_not_import_dateparser_until_it_is_needed():
    code = (
        "import sys; from datetime import datetime; from language.reading.reader import read_when;"
        "read_when('martes a las 10', 'es', datetime(2027, 1, 13), 'UTC');"
        "sys.exit('dateparser' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
