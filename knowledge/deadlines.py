"""Deadlines and counts that follow from the rules of meetings (ToR sections 4 and 5, concept note,
Report).
"""

import math
from datetime import date, timedelta

from coalition.charter import MeetingRules
from coalition.meetings import invitation_by, minutes_by
from knowledge.computed import Case, Value
from knowledge.moments import COMMENTED, MET, SENT, Moment


def quorum_needed(members: int) -> int:
    """Half of the members, rounded up where half is no whole number (S106, gap Q4)."""
    return math.ceil(members / 2)


def quorum(case: Case) -> Value | None:
    """Whether those present make a quorum of the members listed, or of those named (S106)."""
    listed = len(case.charter.entities)
    told = case.speech.headcount.of(case.question, listed)
    members = told.members or listed
    needed = quorum_needed(members)
    if told.present is None:
        return Value("of_total", {"members": members, "needed": needed}) if told.members else None
    variant = "yes" if told.present >= needed else "no"
    lacking = max(needed - told.present, 0)
    return Value(
        variant,
        {"present": told.present, "needed": needed, "members": members, "lacking": lacking},
    )


def notice(case: Case) -> Value | None:
    """The last day for the invitation, or whether one sent on a day is in time (S58)."""
    rules, question = case.charter.meetings, case.question
    named = sorted({one.day for one in _moments(case)})
    if len(named) > 1 and _day_of(case, SENT):
        return _notice_given(named[0], named[-1], rules)
    if len(named) > 1:
        return Value.each(_notice_for(day, rules) for day in named)
    if named and (
        _day_of(case, SENT) or ("earliest" in question.concepts and "sent" in question.concepts)
    ):
        earliest = named[0] + timedelta(days=rules.notice_for_days)
        return Value("earliest", {"sent": named[0], "day": earliest})
    given = case.speech.lengths.days_in(question.text)
    if named and given is not None:
        return _notice_given(named[0] - timedelta(days=given), named[0], rules)
    return _notice_for(named[0], rules) if named else _days_of_notice(case)


def _notice_for(day: date, rules: MeetingRules) -> Value:
    by = invitation_by(day, rules)
    return Value("by", {"day": day, "by": by, "days": rules.notice_for_days})


def _notice_given(sent: date, day: date, rules: MeetingRules) -> Value:
    by = invitation_by(day, rules)
    variant = "in_time" if sent <= by else "late"
    values = {"sent": sent, "day": day, "by": by, "days": rules.notice_for_days}
    return Value(variant, values | {"given": (day - sent).days})


def _days_of_notice(case: Case) -> Value | None:
    days = case.charter.meetings.notice_for_days
    given = case.speech.lengths.days_in(case.question.text)
    if given is None or (given == days and "enough" not in case.question.concepts):
        return None
    if case.question.concepts.isdisjoint({"may", "enough", "must"}):
        return None
    return Value("enough" if given >= days else "short", {"given": given, "days": days})


def minutes(case: Case) -> Value | None:
    """The last day for the minutes of a meeting on a day, or whether they came in time (S65)."""
    rules = case.charter.meetings
    named = sorted({one.day for one in _moments(case)})
    if not named:
        return None
    sent = _day_of(case, SENT)
    if len(named) > 1 and sent is None:
        days = ({"day": day, "by": minutes_by(day, rules)} for day in named)
        return Value.each(Value("by", values) for values in days)
    by = minutes_by(named[0], rules)
    circulated = named[-1] if len(named) > 1 else None
    if (
        circulated is None
        and (later := case.speech.lengths.days_later(case.question.text)) is not None
    ):
        circulated = named[0] + timedelta(days=later)
    if circulated is None:
        return Value("by", {"day": named[0], "by": by})
    variant = "in_time" if circulated <= by else "late"
    return Value(variant, {"day": named[0], "by": by, "circulated": circulated})


def comments(case: Case) -> Value | None:
    """The last day for comments, from the circulation if that is the day named, else from the
    meeting (S66); or whether comments of a day are in time.
    """
    rules, question = case.charter.meetings, case.question
    named = _moments(case)
    if not named:
        return _open_comments(case)
    met, sent = _day_of(case, MET), _day_of(case, SENT)
    commented = _day_of(case, COMMENTED) if len(named) > 1 else None
    others = [one.day for one in named if one.day not in (met, commented)]
    later = case.speech.lengths.days_later(question.text)
    circulated = sent or (others[0] if others else None)
    if circulated is None and met and later is not None:
        circulated = met + timedelta(days=later)
    day = met or named[0].day
    variant = "from_circulation" if circulated else "from_meeting"
    circulated = circulated or minutes_by(day, rules)
    by = circulated + timedelta(days=rules.comments_for_days)
    values = {"day": day, "circulated": circulated, "by": by}
    if commented and commented > circulated:
        return Value("in_time" if commented <= by else "late", values | {"commented": commented})
    return Value(variant, values)


def _open_comments(case: Case) -> Value | None:
    if "now" not in case.question.concepts or not (minutes := case.live.open_minutes):
        return None
    return Value("live", {"title": minutes.meeting_title, "by": minutes.comments_by})


def meeting_interval(case: Case) -> Value | None:
    """When the next regular meeting is due, from the records or two months after a day, or how
    many there are in so many months (S103).
    """
    interval = case.charter.meetings.interval_for_months
    months = case.speech.lengths.months_in(case.question.text)
    if months and months != interval and "how_many" in case.question.concepts:
        return Value("count", {"months": months, "count": months // interval})
    if case.question.day:
        due = months_later(case.question.day, interval)
        return Value("after", {"day": case.question.day, "by": due})
    asks = case.question.concepts & {"next", "when", "now", "follow"}
    if asks and (meeting := case.live.next_meeting):
        return Value("live", {"title": meeting.title, "moment": meeting})
    return None


def activity_reports(case: Case) -> Value | None:
    """How many reports of activities fall into so many months: one each semester (S109)."""
    return _count(case, 6)


def principal_meetings(case: Case) -> Value | None:
    """How many meetings at principal level fall into so many months: two a year (S105)."""
    return _count(case, 6)


def group_reports(case: Case) -> Value | None:
    """How many reports a working group gives in so many months: one each quarter (S71)."""
    return _count(case, 3)


def _count(case: Case, interval: int) -> Value | None:
    months = case.speech.lengths.months_in(case.question.text)
    if not months or months % 12 or "how_many" not in case.question.concepts:
        return None
    return Value("count", {"years": months // 12, "count": months // interval})


def review_report(case: Case) -> Value | None:
    """When the report of the review is due for a meeting on a day (S183)."""
    if not case.question.days:
        return None
    ends = max(case.question.days)
    return Value("by", {"day": ends, "by": months_later(ends, 2)})


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), next_month - timedelta(days=1))


def _moments(case: Case) -> tuple[Moment, ...]:
    return case.speech.moments.of(case.question, case.today)


def _day_of(case: Case, role: str) -> date | None:
    return case.speech.moments.day_of(case.question, role, case.today)
