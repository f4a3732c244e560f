"""Deadlines and counts that follow from the rules of meetings (ToR sections 4 and 5, concept note,
Report).
"""

import math
from datetime import date, timedelta

from coalition.meetings import invitation_by, minutes_by
from knowledge.computed import Case, Value


def quorum_needed(members: int) -> int:
    """Half of the members, rounded up where half is no whole number (S106, gap Q4)."""
    return math.ceil(members / 2)


def quorum(case: Case) -> Value | None:
    """Whether the number that is named makes a quorum of the members listed (S106)."""
    members = len(case.charter.entities)
    present = [number for number in case.question.numbers if number != members]
    if not present:
        return None
    asks_of_total = "total" in case.question.concepts and "present" not in case.question.concepts
    if asks_of_total and members not in case.question.numbers:
        return Value("of_total", {"members": present[0], "needed": quorum_needed(present[0])})
    needed = quorum_needed(members)
    variant = "yes" if present[0] >= needed else "no"
    return Value(variant, {"present": present[0], "needed": needed, "members": members})


def notice(case: Case) -> Value | None:
    """The last day for the invitation, or whether so many days are enough (S58)."""
    days = case.charter.meetings.notice_for_days
    if (
        case.question.day
        and case.question.concepts & {"sent", "circulate"}
        and "earliest" in case.question.concepts
    ):
        return Value(
            "earliest", {"sent": case.question.day, "day": case.question.day + timedelta(days=days)}
        )
    if case.question.day:
        by = invitation_by(case.question.day, case.charter.meetings)
        return Value("by", {"day": case.question.day, "by": by, "days": days})
    numbers = [number for number in case.question.numbers if number != days]
    if numbers and case.question.concepts & {"may", "enough"}:
        return Value(
            "enough" if numbers[0] > days else "short", {"given": numbers[0], "days": days}
        )
    return None


def minutes(case: Case) -> Value | None:
    """The last day for the minutes of a meeting on a day (S65)."""
    if not case.question.day:
        return None
    by = minutes_by(case.question.day, case.charter.meetings)
    return Value("by", {"day": case.question.day, "by": by})


def comments(case: Case) -> Value | None:
    """The last day for comments, from the circulation if that is the day named, else from the
    meeting (S66).
    """
    if not case.question.day:
        if "now" in case.question.concepts and case.live.open_minutes:
            minutes = case.live.open_minutes
            return Value("live", {"title": minutes.meeting_title, "by": minutes.comments_by})
        return None
    rules = case.charter.meetings
    day = case.question.day
    said = case.question.concepts
    circulated_known = "meeting" not in said or bool(said & {"circulate", "sent", "received"})
    circulated = day if circulated_known else minutes_by(day, rules)
    by = circulated + timedelta(days=rules.comments_for_days)
    variant = "from_circulation" if circulated_known else "from_meeting"
    return Value(variant, {"day": day, "circulated": circulated, "by": by})


def meeting_interval(case: Case) -> Value | None:
    """When the next regular meeting is due, from the records or two months after a day (S103)."""
    if case.question.day:
        due = months_later(case.question.day, case.charter.meetings.interval_for_months)
        return Value("after", {"day": case.question.day, "by": due})
    if case.live.next_meeting and case.question.concepts & {"next", "when", "now", "follow"}:
        meeting = case.live.next_meeting
        return Value("live", {"title": meeting.title, "moment": meeting})
    return None


def review_report(case: Case) -> Value | None:
    """When the report of the review is due for a meeting on a day (S183)."""
    if not case.question.day:
        return None
    return Value("by", {"day": case.question.day, "by": months_later(case.question.day, 2)})


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), next_month - timedelta(days=1))
