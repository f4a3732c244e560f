"""What the rules compute: the value first, then the rule's clause and the assumption."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.deadlines import months_later, quorum_needed
from knowledge.live import Live, NextMeeting, OpenMinutes


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        ("Meeting on 17 September 2026, invitation by when?", "en", "10 September 2026"),
        (
            "reunión ordinaria el 30 de noviembre de 2026, invitación a más tardar?",
            "es",
            "23 de noviembre de 2026",
        ),
        (
            "La reunión fue el 2 de octubre de 2026; ¿cuándo vencen las actas?",
            "es",
            "9 de octubre de 2026",
        ),
        ("minutes went out on 10 June 2026, comments until when?", "en", "15 June 2026"),
        (
            "We met on 2 October 2026. When do comments on the minutes close?",
            "en",
            "14 October 2026",
        ),
        ("the review meeting ends 24 March 2021, when is the report due", "en", "24 May 2021"),
        ("We met on 10 March 2027, when is the next regular meeting?", "en", "10 May 2027"),
        ("we invite with 5 days notice, is that enough for a regular meeting?", "en", "too few"),
        (
            "hay 14 miembros presentes, hay quórum?",
            "es",
            "Sí, hay quórum con 14 presentes: hacen falta 11 de 21",
        ),
        (
            "com 8 presentes há quórum?",
            "pt",
            "Não, com 8 presentes não há quórum: são necessários 11 de 21",
        ),
        ("if we had 18 members in total, what is the quorum", "en", "9 make a quorum"),
        (
            "If UNICEF is the secretariat in Q4 2026, who follows in Q1 2027?",
            "en",
            "In Q1 2027 it is IOM",
        ),
        ("who has Q1 2027 if UNICEF has Q4 2026, the secretariat", "en", "In Q1 2027 it is IOM"),
        ("14 came but 4 had to leave early. Still quorate?", "en", "No, 10 present"),
        ("estamos en 8, ¿cuántos faltan para el quórum?", "es", "hacen falta 11 de 21, 3 más"),
        ("começamos com 12 e 3 saíram, ainda há quórum?", "pt", "com 9 presentes não há quórum"),
        ("10 members are absent. Is there a quorum?", "en", "Yes: 11 present"),
        ("9 members here and 3 more joined later, quorum?", "en", "Yes: 12 present"),
        ("if the coalition had 30 members, what would the quorum be", "en", "15 make a quorum"),
        ("con 24 miembros, ¿cuántos hacen quórum?", "es", "De 24 miembros, 12 hacen quórum"),
        ("6 de 12 miembros, ¿hay quórum?", "es", "hacen falta 6 de 12"),
        ("On 4 March 2027 12 members attended. Was there quorum?", "en", "12 present"),
        (
            "We sent the invitation on 20 February for a regular meeting on 26 February 2027. "
            "Is that enough?",
            "en",
            "No, too late for a regular meeting",
        ),
        (
            "La convocatoria salió el 3 de mayo de 2027 para una reunión ordinaria el 12 de mayo "
            "de 2027. ¿Es suficiente?",
            "es",
            "Sí, a tiempo",
        ),
        (
            "regular meeting 3 January 2027, invitation sent on 28 December, is it enough?",
            "en",
            "27 December 2026",
        ),
        ("invitation sent on 1 March 2027, when can we meet at the earliest?", "en", "8 March"),
        (
            "Minutes of the 9 March 2027 meeting were circulated on 18 March 2027. In time?",
            "en",
            "were due by Tuesday 16 March 2027",
        ),
        (
            "We met on 4 October 2027 and the minutes were sent on the last permitted day. When "
            "does the comment period close?",
            "en",
            "16 October 2027",
        ),
        (
            "We met on 4 October 2027 and the minutes were circulated three days later. When do "
            "comments close?",
            "en",
            "12 October 2027",
        ),
        (
            "minutes circulated on 8 October 2027, I commented on 14 October. Is that too late?",
            "en",
            "No, too late",
        ),
        ("how many regular meetings are there in 18 months?", "en", "9 regular meetings"),
        ("who follows IOM as secretariat", "en", "it is the turn of UNHCR"),
        ("who holds the secretariat now", "en", "In Q3 2026 the Secretariat is UNHCR"),
        ("who is the secretariat next quarter", "en", "In Q4 2026 the Secretariat is UNICEF"),
        ("¿a quién le toca la secretaría en octubre?", "es", "Q4 2026) la Secretaría es UNICEF"),
        (
            "IOM has the secretariat in Q1 2027. When is it their turn again?",
            "en",
            "turn is Q4 2027",
        ),
        ("UNICEF is secretariat Jan-Mar 2027, whose turn is Q3 2027?", "en", "Q3 2027 it is UNHCR"),
        ("who has the secretariat in Q1 and Q2 2027", "en", "In Q2 2027 the Secretariat is UNHCR"),
        (
            "we meet on 3 March 2027 and on 9 June 2027, invitations by when?",
            "en",
            "by Wednesday 2 June 2027",
        ),
        ("who was the secretariat in Q2 2026", "en", "In Q2 2026 the Secretariat is IOM"),
        ("when is the next turn of IOM as secretariat", "en", "Q1 2027"),
        ("is UNHCR the secretariat in Q4 2026?", "en", "No: in Q4 2026 the Secretariat is UNICEF"),
        ("does ECLAC ever take the secretariat", "en", "No: ECLAC takes no turn"),
        ("is the PMA in the coalition?", "en", "Yes: WFP (PMA) is one of the 21"),
        ("is UNDRR in the coalition?", "en", "No: UNDRR is not one of the 21"),
        ("is UNITAR in the coalition?", "en", "No: UNITAR is not one of the 21"),
        ("UNPPA es miembro?", "es", "no es una de las 24"),
        ("is UNDRR in RCP LAC", "en", "Yes: UNDRR is one of the 24"),
        ("is UN Women a co-chair", "en", "No: UN Women is no Co-Chair"),
        ("objetivo 10", "es", "área temática 3"),
        (
            "which area covers remittances",
            "en",
            "objective 20 of the Global Compact, in thematic area 4",
        ),
        ("objective 23", "en", "1, 2, 3, 4 and 5"),
        ("objectives of area 2", "en", "6 objectives: 2, 7, 8, 12, 13 and 23"),
        ("objective 40 of the GCM", "en", "only 23 objectives"),
        ("¿qué significa RIAM?", "es", "Ibero-American Network of Migration Authorities"),
        ("section 7", "en", "Confidentiality"),
    ],
)
def test_the_rule_answers_for_what_the_question_names(ask, question, language, said):
    answer = ask(question, language)
    assert said in answer.lead
    assert answer.quotes
    assert not answer.refused


def test_the_assumption_is_told_after_the_clause(ask):
    text = ask("hay 14 miembros presentes, hay quórum?", "es").text
    assert text.index("A quorum is reached") < text.index("10,5")


def test_live_records_answer_where_the_coalition_has_them(ask):
    starts_at = datetime(2026, 9, 17, 15, tzinfo=ZoneInfo("UTC"))
    live = Live(
        NextMeeting("Regular meeting", starts_at, "America/Panama"),
        OpenMinutes("July meeting", date(2026, 9, 4)),
    )
    said = ask("when is the next meeting?", live=live).lead
    assert "17 September 2026, 10:00 (Panama time)" in said
    assert "(hora de Panamá)" in ask("¿cuándo es la próxima reunión?", "es", live=live).lead
    assert "two months" in ask("when is the next meeting?").lead
    assert "4 September 2026" in ask("until when can I comment on the minutes now?", live=live).lead


@given(st.integers(1, 500))
def test_a_quorum_is_at_least_half_and_never_two_more_than_needed(members):
    needed = quorum_needed(members)
    assert 2 * needed >= members
    assert 2 * (needed - 1) < members


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 24))
def test_months_later_keeps_the_day_or_takes_the_last_one(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
