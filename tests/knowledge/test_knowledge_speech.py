"""Speech: numbers, dates, attendance and quarters are read by the words of each language's file."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from coalition.charter import load_charter
from knowledge.forms import Forms
from knowledge.knowledge import Knowledge
from knowledge.lexicon import Unfit
from knowledge.question import Question
from knowledge.sources import SHARED
from knowledge.speech import Speech
from knowledge.vocabulary import Vocabulary

TODAY = date(2026, 11, 21)
FRENCH = """
[numbers]
1 = ["un", "une"]
8 = ["huit"]
3 = ["trois"]
[ordinals]
2 = ["deuxième", "2e"]
[months]
2 = ["févri*", "fév"]
8 = ["août"]
[small]
of = ["de", "du"]
the = ["le", "la"]
and = ["et"]
[units]
week = ["semaine", "semaines"]
quarter = ["trimestre", "trimestres"]
[numbering]
objective = ["objectif"]
objective_after_ordinal = ["objectif*"]
[dates]
today = ["aujourd'hui"]
later = ["plus tard"]
[roles]
met = ["réunion*"]
sent = ["envoy*"]
[attendance]
here = ["présent*"]
left = ["parti*"]
[quarters]
next = ["prochain"]
turns = ["secrét*"]
[questions]
asks = ["qui", "quand"]
follow_ups = ["et"]
"""


def spoken(folder: Path, **languages: str) -> Speech:
    for language, text in languages.items():
        (folder / language).mkdir()
        (folder / language / "speech.toml").write_text(text, encoding="utf-8")
    return Speech.read(folder, languages)


@pytest.fixture
def french(tmp_path) -> Speech:
    return spoken(tmp_path, fr=FRENCH)


def asked(speech: Speech, text: str, *days: date) -> Question:
    return Question(text, "fr", frozenset(), numbers=speech.numbers.counts_in(text), days=days)


def test_one_file_is_enough_for_a_language_s_numbers(french):
    assert french.problems == ()
    assert french.numbers.counts_in("Nous sommes HUIT, trois absents") == (8, 3)
    assert french.numbers.numbered_in("objectif huit") == {"objective": 8}
    assert french.numbers.numbered_in("le deuxième objectif") == {"objective": 2}
    assert french.lengths.days_later("une semaine plus tard") == 7
    assert french.lengths.days_in("trois semaines") == 21
    assert french.lengths.months_in("trois trimestres") == 9


def test_one_file_is_enough_for_a_language_s_months(french):
    assert [french.calendar.month_of(word) for word in ("fevrier", "fev", "aout", "mai")] == [
        2,
        2,
        8,
        None,
    ]
    assert french.calendar.may_hold_date("avant fevrier")
    assert not french.calendar.may_hold_date("avant la reunion")
    assert french.calendar.written_dates("le 3 fevrier de 2027") == ["3 fevrier de 2027"]
    met, sent = date(2027, 2, 11), date(2027, 2, 3)
    question = asked(french, "la réunion du 11 février 2027; envoyée le 3 février", met)
    moments = french.moments.of(question, TODAY)
    assert [(one.day, one.role) for one in moments] == [(met, "met"), (sent, "sent")]


def test_one_file_is_enough_for_a_language_s_quarters_and_joints(french):
    read = french.quarters.quarters_in
    assert " ".join(map(str, read("le deuxième trimestre de 2027", TODAY))) == "Q2 2027"
    assert " ".join(map(str, read("le prochain trimestre", TODAY))) == "Q1 2027"
    assert " ".join(map(str, read("secrétariat en août 2027", TODAY))) == "Q3 2027"
    assert french.headcount.of(asked(french, "huit présents, trois partis"), 21).present == 5
    assert french.follows(["et", "qui"])
    assert not french.follows(["etre"])


def test_without_a_file_words_mean_nothing_and_figures_still_do(tmp_path):
    mute = Speech.read(tmp_path, ["xx"])
    assert mute.numbers.counts_in("two of 21") == (21,)
    assert mute.calendar.month_of("march") is None
    assert mute.quarters.quarters_in("the next quarter, Q3", TODAY) == ()
    assert mute.lengths.days_later("two days later") is None
    assert mute.headcount.of(asked(mute, "9 of 14 came"), 21).present == 9


def test_the_shipped_files_have_no_word_with_two_meanings():
    languages = [path.name for path in SHARED.iterdir() if (path / "speech.toml").exists()]
    assert sorted(languages) == ["en", "es", "pt"]
    assert Speech.read(SHARED, languages).problems == ()


def test_the_ninth_month_is_read_in_either_spelling(knowledge):
    month_of = knowledge.sources.speech.calendar.month_of
    assert {month_of(word) for word in ("september", "septiembre", "setiembre", "setembro")} == {9}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mounths]\n1 = ['jan']", "xx/speech.toml: there is no table “mounths”."),
        ("numbers = 3", "xx/speech.toml: there is no table “numbers”."),
        ("[dates]\ntoday = ['heute']\nsoon = ['bald']", "unknown entry “soon” in dates"),
        ("[months]\n13 = ['nevar']", "unknown entry “13” in months"),
        ("[numbers]\ntwo = ['zwei']", "unknown entry “two” in numbers"),
        ("[units]\nday = 'tag'", "units.day is no list of words"),
        ("[units]\nday = ['tag', '*']", "units.day is no list of words"),
        ("[numbers]\n2 = ['zwei']\n3 = ['Zwei']", "“zwei” means 2 and 3 in numbers"),
        ("[roles]\nmet = ['traf*']\nsent = ['traf*']", "“traf*” means met and sent in roles"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_place(tmp_path, text, said):
    (problem,) = spoken(tmp_path, xx=text).problems
    assert said in problem


def test_the_product_does_not_start_with_such_a_mistake(tmp_path, monkeypatch):
    shared = Path(shutil.copytree(SHARED, tmp_path / "shared"))
    (shared / "pt" / "speech.toml").write_text("[months]\n5 = ['june']", encoding="utf-8")
    monkeypatch.setattr("knowledge.sources.SHARED", shared)
    with pytest.raises(Unfit, match=r"pt/speech.toml: “june” means 6 and 5 in months"):
        Knowledge.load(load_charter())


def test_two_languages_may_not_give_a_month_s_name_to_two_months(tmp_path):
    (problem,) = spoken(tmp_path, aa="[months]\n3 = ['mar']", bb="[months]\n5 = ['mar']").problems
    assert problem == "bb/speech.toml: “mar” means 3 and 5 in months."


def test_a_list_that_nobody_may_write_is_no_list_to_read():
    with pytest.raises(KeyError, match="lefft"):
        Vocabulary().forms("attendance", "lefft")


def test_a_star_stands_for_any_ending():
    forms = Forms(["Llegó", "envi*", "what about"])
    assert "llego" in forms
    assert "envie" in forms
    assert "llegada" not in forms
    assert forms.begin(["what", "about", "it"])
    assert not forms.begin(["what"])
    assert not Forms([]).begin([])
