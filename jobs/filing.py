"""The jobs that bring documents and requests into SharePoint."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from coalition.charter import Charter
from coalition.documents import Document, DocumentSource, DocumentState, shortcut
from coalition.services import ServiceRequest
from graph.client import Graph
from jobs.engine import Engine, Retry
from jobs.fetching import Fetcher, NotFetched
from jobs.graph_errors import GivenUp, patient
from language.texts import texts
from storage.database import Database

#: A service that is away is waited for by `patient`; these are for what nobody foresaw.
RETRY = Retry((5, 30, 120, 600, 1800, 3600))


class Voice(Protocol):
    """Words the message that a document is filed, or why it is not."""

    def document_filed(self, document: Document, language: str) -> Mapping[str, Any]: ...


class Filing:
    """`fetcher` gets attachments from where Teams keeps them."""

    def __init__(
        self, database: Database, graph: Graph, charter: Charter, fetcher: Fetcher, voice: Voice
    ) -> None:
        self._database = database
        self._graph = graph
        self._charter = charter
        self._fetcher = fetcher
        self._voice = voice

    def register(self, engine: Engine) -> None:
        engine.task("file_document", self.file_document, retry=RETRY)
        engine.task("record_request", self.record_request, retry=RETRY)

    async def file_document(self, arguments: Mapping[str, Any]) -> None:
        """Put one document into the library, and say in the conversation where it is."""
        async with self._database.unit_of_work(read_only=True) as unit:
            document = await unit.documents.get(int(arguments["document"]))
        if document is None or document.state is not DocumentState.WAITING:
            return
        try:
            filed = await self._put(document)
        except NotFetched as error:
            filed = replace(document, state=DocumentState.FAILED, reason=error.reason)
        except GivenUp:
            filed = replace(document, state=DocumentState.FAILED, reason="library")
        await self._settle(document, filed)

    async def _put(self, document: Document) -> Document:
        if document.source is DocumentSource.LINK:
            content = shortcut(document.source_url)
        else:
            content = await self._fetcher.fetch(document.source_url)
        async with patient("file_document"):
            item = await self._graph.drive.put(
                document.folder,
                document.name,
                content,
                title=document.title,
                metadata={"Filed by": document.filed_by_label},
            )
        return replace(
            document,
            state=DocumentState.FILED,
            item_id=item.id,
            web_url=item.web_url,
            name=item.name,
        )

    async def _settle(self, document: Document, filed: Document) -> None:
        async with self._database.unit_of_work() as unit:
            saved = await unit.documents.save(filed, document)
            person = await unit.people.get(document.filed_by)
            language = await unit.places.language_to(
                document.asked_in, person, self._charter.team_language
            )
            await unit.outbox.post(
                conversation_id=document.asked_in,
                activity=self._voice.document_filed(saved, language),
                key=f"document:{document.id}:{saved.state}",
            )

    async def record_request(self, arguments: Mapping[str, Any]) -> None:
        """Keep the row of a request in the SharePoint list in step with its present state."""
        async with self._database.unit_of_work(read_only=True) as unit:
            request = await unit.requests.get(int(arguments["request"]))
        if request is None:
            return
        async with patient("record_request"):
            await self._graph.lists.put_row(
                self._charter.library["requests"],
                request.number,
                self._row(request),
                long=("Details",),
            )

    def _row(self, request: ServiceRequest) -> dict[str, str]:
        t = texts(self._charter.team_language)
        service = self._charter.service(request.service).name
        return {
            "Title": f"{request.number} {request.subject}",
            "Service": service,
            "Line": self._charter.line_text(request.line) if request.line else "",
            "Details": request.details,
            "Countries": request.countries,
            "On behalf of": t(f"requester-{request.requester}"),
            "Needed by": request.needed_on.isoformat() if request.needed_on else "",
            "State": t(f"request-state-{request.state}"),
            "Filed by": request.filed_by_label,
            "Filed": request.filed_at.date().isoformat(),
        }
