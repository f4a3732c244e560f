"""Names are made ones that SharePoint takes, and stay what people wrote where they can."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import NAME_LONGEST, comparable, is_renamed, safe_folder, safe_name

REFUSED = re.compile(r'["*:<>?/\\|\x00-\x1f]')
RESERVED = re.compile(r"\.lock|con|prn|aux|nul|com\d|lpt\d|desktop\.ini|.*_vti_.*|~\$.*", re.I)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Minutes 12.docx", "Minutes 12.docx"),
        ("Acta número 3 (versión final).pdf", "Acta número 3 (versión final).pdf"),
        ("50% #1 & more.txt", "50% #1 & more.txt"),
        ("Note: call with RCO.txt", "Note - call with RCO.txt"),
        ("14:30 1/2.txt", "14-30 1-2.txt"),
        ('The "plan"?.docx', "The 'plan'.docx"),
        ("  spaces .txt ", "spaces .txt"),
        ("dots...", "dots"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("~$draft.docx", "draft.docx"),
        ("a_vti_b.txt", "a-vti-b.txt"),
        ("", "Document"),
        ("???", "Document"),
        ("line\nbreak.txt", "line break.txt"),
    ],
)
def test_a_name_stays_or_becomes_the_nearest_good_one(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=400))
def test_every_text_becomes_a_name_that_sharepoint_takes(text: str) -> None:
    name = safe_name(text)
    assert name
    assert name == name.strip()
    assert not name.endswith(".")
    assert len(name) <= NAME_LONGEST
    assert not REFUSED.search(name)
    assert not RESERVED.fullmatch(name)


@given(st.text(max_size=400))
def test_a_good_name_is_left_alone(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("x" * 500 + ".docx")
    assert len(name) == NAME_LONGEST
    assert name.endswith("x.docx")


def test_a_folder_can_not_lead_out_of_the_library() -> None:
    assert safe_folder("/Minutes//../2027/ ") == "Minutes/Document/2027"
    assert safe_folder("") == ""


def test_case_and_unicode_form_make_no_other_name() -> None:
    assert comparable("ACTA NÚMERO.docx") == comparable("acta nu\u0301mero.docx")
    assert comparable("a.docx") != comparable("b.docx")


def test_a_name_with_a_number_belongs_to_the_name_without() -> None:
    assert is_renamed("Note 2.pdf", "Note.pdf")
    assert is_renamed("Note.pdf", "note.PDF")
    assert is_renamed("Folder 1", "Folder")
    assert not is_renamed("Note two.pdf", "Note.pdf")
    assert not is_renamed("Note 2.docx", "Note.pdf")
