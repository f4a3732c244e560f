"""The phrases that the reader is measured with: right answers, and no confident wrong ones."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from language.reading.__main__ import answer
from language.reading.reader import read_when

CASES = Path(__file__).parent / "reading_cases"
FILES = tuple(sorted(path.stem for path in CASES.glob("*.jsonl")))
WINDOWS = {  # hours in which the start of a part of the day may lie
    "early_morning": (5.0, 9.5),
    "morning": (4.0, 11.0),
    "afternoon": (12.0, 16.0),
    "evening": (15.0, 20.5),
    "night": (17.5, 22.0),
    "end_of_day": (16.0, 24.0),
}


def cases(name):
    with (CASES / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def got(case):
    now = datetime.fromisoformat(case["reference"])
    return answer(read_when(case["text"], case["lang"], now, case["tz"]))


def instant(said, value, case):
    return datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(said.get("tz") or case["tz"]))


def rule_parts(rule):
    return {part for part in (rule or "").replace("T235959", "").split(";") if part}


def days(value):
    start = date.fromisoformat(value["start"][:10])
    end = value.get("end")
    return start, end and end[:10], value["grain"] if not end else "range"


def is_same(found, wanted, case):
    if not isinstance(found, dict) or not isinstance(wanted, dict):
        return found == wanted
    if rule_parts(found.get("rule")) != rule_parts(wanted.get("rule")):
        return False
    if "start" not in wanted:
        return True
    if "start" not in found:
        return False
    if "part" in wanted:
        low, high = WINDOWS[wanted["part"]]
        at = datetime.fromisoformat(found["start"])
        same_day = found["start"][:10] == wanted["start"][:10]
        return same_day and low <= at.hour + at.minute / 60 <= high
    if "T" not in wanted["start"]:
        return "T" not in found["start"] and days(found) == days(wanted)
    if "T" not in found["start"] or instant(found, found["start"], case) != instant(
        wanted, wanted["start"], case
    ):
        return False
    if "end" not in wanted:
        return True
    return "end" in found and instant(found, found["end"], case) == instant(
        wanted, wanted["end"], case
    )


def accepted(case):
    others = [None if other == "null" else other for other in case.get("alt", ())]
    return [case["expect"], *others]


def is_right(found, case):
    return any(is_same(found, wanted, case) for wanted in accepted(case))


@pytest.mark.parametrize("name", FILES)
def test_nearly_every_phrase_is_read_right(name):
    said = cases(name)
    missed = [case["text"] for case in said if not is_right(got(case), case)]
    assert len(missed) <= 0.03 * len(said), missed


@pytest.mark.parametrize("name", FILES)
def test_hardly_any_phrase_is_confidently_wrong(name):
    said = cases(name)
    answers = [(case, got(case)) for case in said]
    wrong = [
        case["text"]
        for case, found in answers
        if isinstance(found, dict) and not is_right(found, case)
    ]
    assert len(wrong) <= 0.01 * len(said), wrong


def test_a_third_of_the_phrases_is_held_out_and_none_is_in_both():
    dev = {(case["text"], case["reference"], case["lang"]) for case in cases("dev")}
    held = {(case["text"], case["reference"], case["lang"]) for case in cases("held-out")}
    assert not dev & held
    assert len(dev) + len(held) >= 400
    assert 0.3 <= len(held) / (len(dev) + len(held)) <= 0.36


def test_french_has_at_least_forty_phrases():
    assert len(cases("french")) >= 40
