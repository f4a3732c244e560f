"""Stored service requests, numbered by year without gaps or repeats."""

from coalition.documents import Document
from coalition.services import STEPS, ServiceRequest, request_number
from storage.numbering import next_of
from storage.records import Records
from storage.tables import documents, requests
from storage.transaction import Transaction


class Requests(Records[ServiceRequest]):
    """Service requests by number."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, requests, ServiceRequest)

    async def next_number(self, year: int) -> str:
        """The next number of a year; given back when the unit of work is rolled back."""
        return request_number(year, await next_of(self._unit, f"SR-{year}"))

    async def numbered(self, number: str) -> ServiceRequest | None:
        """The request with a number such as SR-2027-0001."""
        found = await self.find(requests.c.number == number, limit=1)
        return found[0] if found else None

    async def latest(self, person_id: str | None = None, at_most: int = 10) -> list[ServiceRequest]:
        """The latest requests, or the latest that one person filed."""
        mine = [requests.c.filed_by == person_id] if person_id else []
        return await self.find(*mine, order_by=requests.c.id.desc(), limit=at_most)

    async def unsettled(self, at_most: int = 20) -> list[ServiceRequest]:
        """Requests that still wait for a step, the oldest first."""
        waiting = [state for state, steps in STEPS.items() if steps]
        return await self.find(requests.c.state.in_(waiting), order_by=requests.c.id, limit=at_most)


class Documents(Records[Document]):
    """Documents by number."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, documents, Document)

    async def latest(self, at_most: int = 10) -> list[Document]:
        """Documents, the latest filed first."""
        return await self.find(order_by=documents.c.id.desc(), limit=at_most)
