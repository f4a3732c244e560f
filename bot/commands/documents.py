"""Documents: filed into the library of the Teams space, by attachment or by link."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from bot.cards.documents import documents_card, filing_reply
from bot.router import Command
from bot.turn import Reply, Turn
from coalition.documents import Document, DocumentSource, check_open, name_of_link
from dialogs.readers import OneOf, Words
from dialogs.slots import Asking, Option, slot
from dialogs.sources import Given, Source
from language.folding import fold


def _folders(asking: Asking) -> Sequence[Option]:
    return [
        Option(folder, asking.t(f"folder-{name}"), (folder, name))
        for name, folder in asking.charter.library.items()
    ]


#: Behind these the name of a folder belongs to a title: "Minutes of the third meeting".
_OF = frozenset({"of", "on", "from", "de", "del", "do", "da", "dos", "das", "sobre"})


#: A folder named at the end: "report.pdf in Reports", "informe en Informes".
_INTO = re.compile(
    r"(?:^|\s)(?:in|into|to|under|en|a|em|para|na|no)\s+(?:the |la |a )?(?:carpeta |pasta )?"
    r"([\w ]+?)(?: folder)?\W*$",
    re.IGNORECASE,
)


class _Folder(OneOf):
    """A folder of the library; its name at the beginning of a title stays part of the title."""

    def __init__(self) -> None:
        super().__init__(_folders)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        if match := _INTO.search(words):
            for option in self.provide(asking):
                if fold(match[1]) in {fold(way) for way in (option.label, *option.words)}:
                    return option.value, words[: match.start()].strip()
        found = super().take(words, asking)
        if found and found[1].split()[:1] and found[1].split()[0].lower() in _OF:
            return found[0], words
        return found


@dataclass(frozen=True)
class FileDocument:
    source: Given = slot("documents-ask-source", Source())
    folder: str = slot("documents-ask-folder", _Folder())
    title: str = slot("documents-ask-title", Words(at_most=150), default="")


async def file_document(turn: Turn, request: FileDocument) -> Reply:
    """File attachments, or a shortcut to a link, under a folder of the library (S112).

    What is explicitly classified is refused: the library is open to all of RCP LAC (S117, S118).
    """
    documents = list(_documents(turn, request))
    names = [name for document in documents for name in (document.name, document.source_url)]
    check_open(names=[request.title, *names])
    async with turn.unit_of_work() as unit:
        filed = [await unit.documents.add(document) for document in documents]
        for document in filed:
            key = f"document:{document.id}"
            await unit.jobs.defer("file_document", {"document": document.id}, key=key)
    return filing_reply(turn, filed)


def _documents(turn: Turn, request: FileDocument) -> Sequence[Document]:
    given = request.source
    files = given.files or ({"name": name_of_link(given.link, request.title), "url": given.link},)
    source = DocumentSource.ATTACHMENT if given.files else DocumentSource.LINK
    first = Document(
        name="",
        folder=request.folder,
        title=request.title,
        source=source,
        source_url="",
        filed_by=turn.person.id,
        filed_by_label=turn.person.label,
        filed_at=turn.now,
        asked_in=turn.thread,
    )
    return [
        replace(
            first,
            name=file["name"],
            source_url=file["url"],
            title=request.title or PurePosixPath(file["name"]).stem,
        )
        for file in files
    ]


@dataclass(frozen=True)
class ListDocuments:
    """Which documents were filed?"""


async def list_documents(turn: Turn, request: ListDocuments) -> Reply:
    """The documents filed last, with links into the library."""
    async with turn.reading() as unit:
        return documents_card(turn, await unit.documents.latest())


COMMANDS = (
    Command("file", FileDocument, file_document, writes=True),
    Command("documents", ListDocuments, list_documents, offered=False),
)
