"""Classification: only what is explicitly marked is confidential (S117, S118, Q16)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.documents import check_open, is_classified, name_of_link, shortcut
from coalition.errors import Refused

MARKED = [
    "CONFIDENTIAL",
    "Confidential",
    "UN CONFIDENTIAL",
    "*** Strictly Confidential ***",
    "STRICTLY CONFIDENTIAL",
    "Classification: Confidential",
    "Classification: UN Strictly Confidential",
    "Security classification: CONFIDENTIAL",
    "Classification level: confidential",
    "[CONFIDENTIAL]",
    "Minutes of the meeting (confidential)",
    "(Strictly confidential)",
    "CONFIDENTIAL - for members only",
    "CONFIDENTIAL – DO NOT SHARE",
    "Confidential: list of names",
    "Confidencial",
    "ESTRICTAMENTE CONFIDENCIAL",
    "Clasificación: confidencial",
    "ONU CONFIDENCIAL",
    "Confidencial. No difundir.",
    "[Confidencial]",
    "Clasificación de seguridad: estrictamente confidencial",
    "Classificação: confidencial",
    "ESTRITAMENTE CONFIDENCIAL",
    "(confidencial)",
]
OPEN = [
    "Members must uphold confidentiality of sensitive information.",
    "The confidentiality clause of section 7 was discussed.",
    "Is this confidential?",
    "This is not confidential.",
    "Not confidential",
    "Non-confidential",
    "NON-CONFIDENTIAL",
    "(not confidential)",
    "[non-confidential]",
    "(this annex is no longer confidential)",
    "UNHCR reminded that confidential information must be protected.",
    "Confidential information about refugees is protected by all entities.",
    "He spoke confidentially.",
    "La cláusula de confidencialidad se mantiene.",
    "Los datos confidenciales se protegen.",
    "Esta acta no es confidencial.",
    "No confidencial",
    "(no confidencial)",
    "A cláusula de confidencialidade foi discutida.",
    "Este documento não é confidencial.",
    "Não confidencial",
    "Classification: open to RCP LAC",
    "The working group on data protection met.",
    "",
]


@pytest.mark.parametrize("text", MARKED)
def test_explicit_marking_is_seen(text):
    assert is_classified(text)


@pytest.mark.parametrize("text", MARKED)
def test_marking_is_seen_on_a_line_of_its_own_inside_a_text(text):
    assert is_classified(f"Minutes of meeting 3\n\n{text}\n\nThe meeting agreed.")


@pytest.mark.parametrize("text", OPEN)
def test_talk_of_confidentiality_is_no_marking(text):
    assert not is_classified(text)
    check_open(text)


@pytest.mark.parametrize(
    "name",
    [
        "confidential.docx",
        "Confidencial.pdf",
        "strictly confidential.pdf",
        "minutes (confidential).docx",
        "Minutes_CONFIDENTIAL.docx",
        "CONFIDENTIAL_minutes.docx",
        "Minutes-Confidential-v2.docx",
        "Minutes - confidential.docx",
        "Minutes CONFIDENTIAL.docx",
        "Acta_confidencial.docx",
        "Acta ESTRICTAMENTE CONFIDENCIAL.docx",
        "https://example.org/a/Minutes_CONFIDENTIAL.docx?web=1",
        "https://example.org/a/Minutes%20-%20confidential.docx",
    ],
)
def test_marked_file_name_is_refused(name):
    with pytest.raises(Refused, match="documents-classified"):
        check_open("An open text", names=["", name])


@pytest.mark.parametrize(
    "name",
    [
        "confidentiality policy.docx",
        "minutes_non-confidential.docx",
        "minutes-not-confidential.docx",
        "acta_no_confidencial.docx",
        "guidance on confidential reporting.pdf",
        "report.pdf",
        "https://example.org/confidentiality",
    ],
)
def test_file_name_that_only_speaks_of_it_is_filed(name):
    check_open(names=[name])


@given(st.sampled_from(MARKED), st.text(st.characters(codec="utf-8"), max_size=80))
def test_marking_is_not_hidden_by_what_stands_on_other_lines(marking, other):
    assert is_classified(f"{other}\n{marking}\n{other}")


@given(st.text())
def test_any_text_is_judged_without_an_error(text):
    is_classified(text)


def test_shortcut_opens_the_link():
    assert b"URL=https://example.org/a?b=c" in shortcut("https://example.org/a?b=c")


@pytest.mark.parametrize(
    ("link", "title", "name"),
    [
        ("https://example.org/a/report.pdf", "", "report.pdf.url"),
        ("https://example.org/a/report.pdf", "Annual report", "Annual report.url"),
        ("https://example.org/a%20b.pdf", "", "a b.pdf.url"),
        ("https://example.org/", "", "example.org.url"),
        ("https://example.org", "", "example.org.url"),
    ],
)
def test_shortcut_is_named_by_title_path_or_host(link, title, name):
    assert name_of_link(link, title) == name
