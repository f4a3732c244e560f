"""One unit of work: a transaction and the repositories that live in it.

    async with database.unit_of_work(actor) as unit:
        meeting = await unit.meetings.get(12)

It commits when the block ends, and rolls back when the block raises. Nothing that leaves the
process is awaited inside one: that is what the outbox and the jobs are for.
"""

from functools import cached_property

from storage.audit import Audit
from storage.deferral import Deferral
from storage.meetings import Comments, Meetings, MinutesRecords
from storage.outbox import Outbox
from storage.people import People, Places
from storage.posting import Postings
from storage.questions import AskedQuestions, Questions
from storage.reachability import Reachability
from storage.requests import Documents, Requests
from storage.sending import Sending
from storage.signs import Signs
from storage.slots import Slots
from storage.transaction import Transaction
from storage.turns import Turns


class UnitOfWork(Transaction):
    """Repositories are made when first asked for: most units need one or two of them."""

    @cached_property
    def audit(self) -> Audit:
        return Audit(self)

    @cached_property
    def jobs(self) -> Deferral:
        return Deferral(self)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self)

    @cached_property
    def reachability(self) -> Reachability:
        return Reachability(self)

    @cached_property
    def sending(self) -> Sending:
        return Sending(self)

    @cached_property
    def signs(self) -> Signs:
        return Signs(self)

    @cached_property
    def slots(self) -> Slots:
        return Slots(self)

    @cached_property
    def postings(self) -> Postings:
        return Postings(self)

    @cached_property
    def turns(self) -> Turns:
        return Turns(self)

    @cached_property
    def people(self) -> People:
        return People(self)

    @cached_property
    def places(self) -> Places:
        return Places(self)

    @cached_property
    def meetings(self) -> Meetings:
        return Meetings(self)

    @cached_property
    def minutes(self) -> MinutesRecords:
        return MinutesRecords(self)

    @cached_property
    def comments(self) -> Comments:
        return Comments(self)

    @cached_property
    def requests(self) -> Requests:
        return Requests(self)

    @cached_property
    def documents(self) -> Documents:
        return Documents(self)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self)

    @cached_property
    def asked(self) -> AskedQuestions:
        return AskedQuestions(self)
