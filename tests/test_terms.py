"""`python app.py terms`: an amended text is compared, and kept only when that is asked for."""

from datetime import date
from pathlib import Path

import pytest

import app
from coalition.charter import load_charter
from knowledge.knowledge import Knowledge

SHIPPED = Path(app.__file__).parent / "knowledge" / "documents"
TEXT = (SHIPPED / "terms-of-reference.txt").read_text(encoding="utf-8")
DAY = date(2027, 3, 1)


@pytest.fixture
def amended(tmp_path, monkeypatch) -> Path:
    """The Terms of Reference with one clause less and one more."""
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setattr(app, "write_logs", lambda: None)
    lost = "Minutes will be circulated within 1 week of each meeting"
    assert lost in TEXT
    text = TEXT.replace(lost, "Records shall be shared within 3 days of each meeting")
    text = text.replace("7. Confiden", "The coalition publishes a yearly bulletin.\n\n7. Confiden")
    file: Path = tmp_path / "amended.txt"
    file.write_text(text, encoding="utf-8")
    return file


def terms(file: Path, *more: str, document: str = "ToR", day: str = "2027-03-01") -> int:
    return app.main(["terms", str(file), "--document", document, "--in-force", day, *more])


def test_the_answers_that_break_and_the_clauses_without_one_are_listed(amended, tmp_path, capsys):
    assert terms(amended) == 0
    said = capsys.readouterr().out
    gone, _, new = said.partition("New clauses that no answer leads to")
    assert "  - minutes-deadline: Minutes will be circulated within 1 week" in gone
    assert "The coalition publishes a yearly bulletin." in new
    assert "Nothing was kept" in said
    assert not (tmp_path / "data").exists()


def test_what_is_kept_answers_after_a_restart_and_the_shipped_text_stays(amended, tmp_path):
    assert terms(amended, "--keep") == 0
    loaded = tmp_path / "data" / "documents"
    knowledge = Knowledge.load(load_charter(), loaded=loaded, on=DAY)
    then = knowledge.ask("what is the quorum?", "en", today=date(2027, 2, 28))
    now = knowledge.ask("what is the quorum?", "en", today=DAY)
    assert "January 2022" in then.quotes[0].section
    assert "March 2027" in now.quotes[0].section
    assert (SHIPPED / "terms-of-reference.txt").read_text(encoding="utf-8") == TEXT


def test_run_twice_it_is_there_already(amended, tmp_path, capsys):
    terms(amended, "--keep")
    catalogue = tmp_path / "data" / "documents" / "catalogue.toml"
    once = catalogue.read_text(encoding="utf-8")
    assert terms(amended, "--keep", "--title", "Other") == 0
    assert "is there already" in capsys.readouterr().out
    assert catalogue.read_text(encoding="utf-8") == once


def test_a_title_with_quotes_is_kept_as_it_is(amended, tmp_path):
    assert terms(amended, "--keep", "--title", 'The "new" ToR') == 0
    knowledge = Knowledge.load(load_charter(), loaded=tmp_path / "data" / "documents", on=DAY)
    cited = knowledge.ask("what is the quorum?", "en", today=DAY).quotes[0].section
    assert cited.startswith('The "new" ToR of March 2027, section 5')


@pytest.mark.parametrize(
    ("content", "how", "said"),
    [
        (None, {}, "There is no file"),
        (b"%PDF-1.7\x00\xff", {}, "no plain text"),
        (b"", {}, "No sections with clauses"),
        (b"one line only", {}, "No sections with clauses"),
        (TEXT.encode(), {"document": "ToX"}, "The documents are: ToR, CN"),
        (TEXT.encode(), {}, "has not been amended"),
        (TEXT.encode() + b"\nMore.", {"day": "2022-01-01"}, "is in force from 2022-01-01 already"),
    ],
)
def test_what_cannot_be_loaded_is_said_and_nothing_is_written(
    amended, tmp_path, capsys, content, how, said
):
    file = tmp_path / "other.txt"
    if content is not None:
        file.write_bytes(content)
    assert terms(file, "--keep", **how) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_day_that_is_none_is_refused(amended, capsys):
    with pytest.raises(SystemExit):
        terms(amended, day="2027-02-30")
    assert "2027-02-30 is no day" in capsys.readouterr().err


def test_a_catalogue_that_cannot_be_written_leaves_no_text_behind(amended, tmp_path, monkeypatch):
    from knowledge import amendments

    write = amendments._replace

    def fails(path: Path, text: str) -> None:
        if path.suffix == ".toml":
            raise OSError("disk full")
        write(path, text)

    monkeypatch.setattr(amendments, "_replace", fails)
    assert terms(amended, "--keep") == 1
    assert list((tmp_path / "data" / "documents").iterdir()) == []
