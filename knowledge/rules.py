"""Rules by the name that a card gives in `compute`."""

from collections.abc import Mapping

from knowledge import deadlines, membership, topics, turns
from knowledge.computed import Rule

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        deadlines.quorum,
        deadlines.notice,
        deadlines.minutes,
        deadlines.comments,
        deadlines.meeting_interval,
        deadlines.activity_reports,
        deadlines.principal_meetings,
        deadlines.group_reports,
        deadlines.review_report,
        turns.secretariat,
        membership.membership,
        membership.platform,
        membership.co_chair,
        membership.in_rotation,
        membership.acronym,
        topics.objective,
        topics.objective_of_topic,
        topics.area,
        topics.ibc_objective,
        topics.section,
    )
}
