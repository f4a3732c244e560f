"""The composition: editions that the operator loaded are used, and what they break is logged."""

from datetime import date

from structlog.testing import capture_logs

from coalition.charter import load_charter
from coalition.clock import Clock
from composition import _knowledge
from knowledge.amendments import editions_of, keep, read_edition
from settings import Settings


def test_the_product_starts_with_broken_answers_and_logs_each_once(tmp_path):
    settings = Settings(_env_file=None, DATA_FOLDER=tmp_path)
    known = editions_of(settings.documents_folder)
    text = known.of("ToR")[0].text.replace("A quorum is reached", "Enough are there")
    day = date(2026, 1, 1)
    keep(settings.documents_folder, read_edition(known, text, "ToR", day))
    with capture_logs() as logs:
        knowledge = _knowledge(settings, load_charter(), Clock())
    told = [entry["problem"] for entry in logs if entry["event"] == "answer-broken-by-amendment"]
    assert any(problem.startswith("quorum: no clause says") for problem in told)
    assert len(told) == len(set(told))
    answer = knowledge.ask("who drafts the agenda?", "en", today=date(2026, 12, 1))
    assert "January 2026" in answer.quotes[0].section


def test_without_loaded_editions_nothing_is_logged(tmp_path):
    settings = Settings(_env_file=None, DATA_FOLDER=tmp_path)
    with capture_logs() as logs:
        _knowledge(settings, load_charter(), Clock())
    assert logs == []
