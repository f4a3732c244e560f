"""Transcripts of documents: attachments fetched, links kept as shortcuts, what is not filed."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.talking import ANA, BEN, TEAM, text_of, visible_of

REPORT = b"%PDF-1.7 the annual report"


@pytest.fixture
async def files() -> AsyncIterator[str]:
    """Where Teams keeps attachments: one file, one that is gone, one server that is away once."""
    away = iter([503])

    async def busy(request: web.Request) -> web.Response:
        return web.Response(status=next(away, 200), body=REPORT)

    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPFound("http://127.0.0.1:1/secret")

    async def report(request: web.Request) -> web.Response:
        return web.Response(body=REPORT)

    application = web.Application()
    application.router.add_get("/report.pdf", report)
    application.router.add_get("/busy.pdf", busy)
    application.router.add_get("/elsewhere.pdf", elsewhere)
    server = TestServer(application)
    await server.start_server()
    yield str(server.make_url("/"))
    await server.close()


def attached(url: str, name: str = "report.pdf") -> list[dict[str, object]]:
    """A file as Teams attaches it in a personal chat."""
    return [
        {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": "https://example.sharepoint.com/personal/ana/report.pdf",
            "name": name,
            "content": {"downloadUrl": url, "uniqueId": "1", "fileType": "pdf"},
        }
    ]


async def in_library(talk, folder):
    return {item.name: item for item in await talk.product.graph.drive.list(folder)}


async def documents(talk):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return await unit.documents.find()


async def test_attachment_is_filed_with_its_content_and_the_link_follows(team, files):
    """S112."""
    answer = await team.say(ANA, "file reports", attachments=attached(f"{files}report.pdf"))
    assert "report.pdf" in answer.said
    (told,) = await team.work()
    item = (await in_library(team, "Reports"))["report.pdf"]
    assert await team.product.graph.drive.download(item.id) == REPORT
    assert item.web_url in text_of(told)
    assert told["conversation"]["id"] == f"a:{ANA.id}"


async def test_attachment_alone_asks_for_the_folder(team, files):
    answer = await team.say(ANA, "", attachments=attached(f"{files}report.pdf"))
    assert "In which folder" in answer.said
    await team.say(ANA, "Reports")
    await team.work()
    assert "report.pdf" in await in_library(team, "Reports")


async def test_attachment_with_words_that_are_no_command_is_not_passed_over(team, files):
    attachments = attached(f"{files}report.pdf")
    answer = await team.say(ANA, "here is the report", attachments=attachments)
    assert "In which folder" in answer.said


async def test_file_asked_for_is_sent_as_the_answer(team, files):
    await team.say(ANA, "file")
    answer = await team.say(ANA, "", attachments=attached(f"{files}report.pdf"))
    assert "In which folder" in answer.said
    await team.say(ANA, "4")
    await team.work()
    assert "report.pdf" in await in_library(team, "Reports")


async def test_html_that_teams_adds_to_a_message_is_no_file(team):
    html = [{"contentType": "text/html", "content": "<p>secretariat</p>"}]
    assert "IOM" in (await team.say(ANA, "secretariat", attachments=html)).said


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.org/report.pdf",
        "http://169.254.169.254/latest/meta-data",
        "http://example.sharepoint.com/report.pdf",
        "https://example.sharepoint.com.evil.example.org/report.pdf",
        "file:///etc/passwd",
        "https://user@evil.example.org/?.sharepoint.com",
        "not a link",
    ],
)
async def test_attachment_from_a_foreign_place_is_never_fetched(team, url):
    await team.say(ANA, "file reports", attachments=attached(url))
    (told,) = await team.work()
    assert "may not fetch" in text_of(told)
    assert await in_library(team, "Reports") == {}
    assert [document.state for document in await documents(team)] == ["failed"]


async def test_redirect_to_another_place_is_not_followed(team, files):
    await team.say(ANA, "file reports", attachments=attached(f"{files}elsewhere.pdf"))
    (told,) = await team.work()
    assert "can no longer be fetched" in text_of(told)


async def test_attachment_that_is_gone_is_said_so(team, files):
    await team.say(ANA, "file reports", attachments=attached(f"{files}gone.pdf"))
    (told,) = await team.work()
    assert "attach it again" in text_of(told)
    assert "not filed" in (await team.say(ANA, "documents")).said


async def test_attachment_whose_server_is_away_is_fetched_later(team, files):
    await team.say(ANA, "file reports", attachments=attached(f"{files}busy.pdf"))
    assert await team.work() == []
    await team.clock_on(5)
    assert "report.pdf" in await in_library(team, "Reports")


async def test_attachment_that_is_too_large_is_said_so(team, files, monkeypatch):
    monkeypatch.setattr("jobs.fetching.LARGEST", 10)
    await team.say(ANA, "file reports", attachments=attached(f"{files}report.pdf"))
    (told,) = await team.work()
    assert "larger than" in text_of(told)


async def test_link_is_filed_as_a_shortcut_and_its_page_is_not_fetched(team):
    await team.tell(BEN, "file https://evil.example.org/a/report.pdf", "reports")
    (told,) = await team.work()
    item = (await in_library(team, "Reports"))["report.pdf.url"]
    content = await team.product.graph.drive.download(item.id)
    assert b"URL=https://evil.example.org/a/report.pdf" in content
    assert item.web_url in text_of(told)


async def test_link_with_folder_and_title_in_one_line(team):
    answer = await team.say(BEN, "file https://example.org/a reports Annual report 2026")
    assert "Annual report 2026" in answer.said
    await team.work()
    assert "Annual report 2026.url" in await in_library(team, "Reports")


async def test_title_that_begins_with_the_name_of_a_folder_is_kept_whole(team):
    await team.say(BEN, "file https://example.org/a Minutes of the third meeting")
    await team.work()
    assert "Minutes of the third meeting.url" in await in_library(team, "Minutes")


async def test_folder_is_named_in_the_members_language(team):
    answer = await team.tell(
        BEN, "archivar https://example.org/informe.pdf", "informes", locale="es-PA"
    )
    assert "informe.pdf" in answer.said
    await team.work()
    assert "informe.pdf.url" in await in_library(team, "Reports")


@pytest.mark.parametrize("name", ["Minutes_CONFIDENTIAL.docx", "confidential.pdf"])
async def test_file_marked_in_its_name_is_not_filed(team, files, name):
    """S118."""
    attachments = attached(f"{files}report.pdf", name)
    answer = await team.say(ANA, "file reports", attachments=attachments)
    assert "marked as confidential" in answer.said
    assert await team.work() == []
    assert await documents(team) == []


async def test_what_is_neither_file_nor_link_is_asked_again(team):
    answer = await team.tell(ANA, "file", "the annual report")
    assert "https://" in answer.said


async def test_documents_lists_what_was_filed_with_links(team):
    assert "Nothing has been filed yet" in (await team.say(BEN, "documents")).said
    await team.tell(BEN, "file https://example.org/report.pdf reports")
    assert "being filed" in (await team.say(BEN, "documents")).said
    await team.work()
    answer = await team.say(BEN, "documents")
    assert "report.pdf.url" in visible_of(answer.sent[0])
    assert "http" in answer.said
    assert "Ben Okello (WFP)" in answer.said


async def test_document_filed_in_a_channel_is_told_there_in_the_teams_language(team):
    await team.tell(BEN, "archivar https://example.org/a.pdf Reports", place=TEAM, locale="es-PA")
    (told,) = await team.work()
    assert told["conversation"]["id"] == TEAM
    assert "Filed in" in text_of(told)


async def test_library_that_is_away_delays_and_loses_nothing(team, monkeypatch):
    from graph.errors import Unavailable

    real = team.product.graph.drive.put
    calls = []

    async def once_away(*arguments, **named):
        calls.append(arguments)
        if len(calls) == 1:
            raise Unavailable(503)
        return await real(*arguments, **named)

    monkeypatch.setattr(team.product.graph.drive, "put", once_away)
    await team.say(BEN, "file https://example.org/a.pdf reports")
    assert await team.work() == []
    await team.clock_on(1)
    assert "a.pdf.url" in await in_library(team, "Reports")
