"""Service requests: Annex 1 of the Terms of Reference, filed after a yes, followed by state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.activities import activity
from bot.cards.requests import request_card, requests_card
from bot.router import Command
from bot.turn import Reply, Turn, only_secretariat
from coalition.documents import check_open
from coalition.errors import Refused
from coalition.places import Purpose
from coalition.services import (
    TRAINING_LINE,
    Requester,
    RequestState,
    ServiceRequest,
    check_step,
    check_way_in,
)
from dialogs.dates import Day
from dialogs.readers import OneOf, RequestNumber, Words, YesNo
from dialogs.slots import Asking, Option, slot
from storage.unit_of_work import UnitOfWork


def _lines(asking: Asking) -> Sequence[Option]:
    """All lines of all types: 1a ... 6b, and 7 for what the menu does not name (S125 to S146)."""
    options = []
    for service in asking.charter.services:
        name = _service_name(asking, service.id, service.name)
        lines = dict(zip(service.line_ids(), service.lines, strict=True))
        options += [
            Option(
                line,
                f"{line} · {asking.t(f'line-{line}') if asking.t.has(f'line-{line}') else text}",
            )
            for line, text in lines.items()
        ]
        if not lines:
            options.append(Option(service.id, f"{service.id} · {name}"))
    return options


def _service_name(asking: Asking, service_id: str, name: str) -> str:
    key = f"service-{service_id}"
    return asking.t(key) if asking.t.has(key) else name


def _requesters(asking: Asking) -> Sequence[Option]:
    return [Option(way, asking.t(f"requester-{way}")) for way in Requester]


class _Requester(OneOf):
    """Asked for, never taken out of the words behind the command: a subject may begin with
    "Member" or "Other"."""

    def __init__(self) -> None:
        super().__init__(_requesters)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        return None


def _is_training(known: Mapping[str, Any]) -> bool:
    return known.get("line") == TRAINING_LINE


@dataclass(frozen=True)
class FileRequest:
    line: str = slot("requests-ask-line", OneOf(_lines, "requests-no-such-line"))
    subject: str = slot("requests-ask-subject", Words(at_most=150))
    details: str = slot("requests-ask-details", Words(at_most=4000, lines=5))
    countries: str = slot("requests-ask-countries", Words(at_most=400))
    requester: str = slot("requests-ask-requester", _Requester())
    for_external: bool = slot(
        "requests-ask-for-external", YesNo(), default=False, only_if=_is_training
    )
    needed_on: date | None = slot("requests-ask-needed-on", Day(), default=None)


async def file_request(turn: Turn, request: FileRequest) -> Reply:
    """File a request, number it, and bring it to the secretariat and into the library's list."""
    check_open(request.details, request.countries, names=[request.subject])
    check_way_in(request.line, request.for_external, Requester(request.requester))
    async with turn.unit_of_work() as unit:
        filed = await unit.requests.add(
            ServiceRequest(
                number=await unit.requests.next_number(turn.today.year),
                service=request.line[0],
                line=request.line if len(request.line) > 1 else "",
                subject=request.subject,
                details=request.details,
                countries=request.countries,
                requester=Requester(request.requester),
                for_external=request.for_external,
                needed_on=request.needed_on,
                filed_by=turn.person.id,
                filed_by_label=turn.person.label,
                filed_at=turn.now,
                filed_in=turn.thread,
            )
        )
        await _follow(turn, unit, filed, "requests-announced")
    return request_card(turn, filed, "requests-filed")


async def _follow(turn: Turn, unit: UnitOfWork, request: ServiceRequest, what: str) -> None:
    """Tell the secretariat's channel, and keep the list in the library in step."""
    key = f"request:{request.number}"
    await unit.jobs.defer("record_request", {"request": request.id}, key=f"{key}:row")
    channel = await unit.places.for_purpose(Purpose.SECRETARIAT)
    if channel is None or channel.id != turn.place.id:
        told = replace(turn, language=turn.charter.team_language, zone=turn.charter.zone)
        message = activity(request_card(told, request, what, for_secretariat=True))
        await unit.postings.post(Purpose.SECRETARIAT, message, f"{key}:{request.state}")


@dataclass(frozen=True)
class ShowRequest:
    number: str = slot("requests-ask-number", RequestNumber())


async def show_request(turn: Turn, request: ShowRequest) -> Reply:
    """One request with its state."""
    async with turn.reading() as unit:
        return request_card(turn, await _numbered(unit, request.number))


async def _numbered(unit: UnitOfWork, number: str) -> ServiceRequest:
    request = await unit.requests.numbered(number)
    if request is None:
        raise Refused("requests-none-numbered", number=number)
    return request


@dataclass(frozen=True)
class ListRequests:
    """Which requests are there?"""


async def list_requests(turn: Turn, request: ListRequests) -> Reply:
    """The speaker's requests; for the secretariat also those that wait for a step."""
    async with turn.reading() as unit:
        mine = await unit.requests.latest(turn.person.id)
        waiting = await unit.requests.unsettled() if turn.is_secretariat else []
    return requests_card(turn, mine, waiting)


@dataclass(frozen=True)
class Step:
    number: str = slot("requests-ask-number", RequestNumber())


@dataclass(frozen=True)
class StepWithReason:
    number: str = slot("requests-ask-number", RequestNumber())
    reason: str = slot("requests-ask-reason", Words(at_most=1000, lines=3))


async def _step(turn: Turn, number: str, to: RequestState, reason: str = "") -> Reply:
    async with turn.unit_of_work() as unit:
        was = await _numbered(unit, number)
        if to is RequestState.WITHDRAWN and was.filed_by != turn.person.id:
            raise Refused("requests-not-yours", number=number, by=was.filed_by_label)
        check_step(was, to)
        now = replace(
            was, state=to, state_by_label=turn.person.label, state_at=turn.now, reason=reason
        )
        request = await unit.requests.save(now, was)
        await _follow(turn, unit, request, f"requests-now-{to}")
        if was.filed_by != turn.person.id and was.filed_in != turn.thread:
            filer = await unit.people.get(was.filed_by)
            language = await unit.places.language_to(
                was.filed_in, filer, turn.charter.team_language
            )
            told = replace(turn, language=language)
            await unit.outbox.post(
                conversation_id=was.filed_in,
                person_id=was.filed_by,
                activity=activity(request_card(told, request, f"requests-now-{to}")),
                key=f"request:{number}:{to}:requester",
            )
    return request_card(turn, request, f"requests-now-{to}")


async def accept_request(turn: Turn, request: Step) -> Reply:
    """Take a request on."""
    return await _step(turn, request.number, RequestState.ACCEPTED)


async def start_request(turn: Turn, request: Step) -> Reply:
    """Say that work on a request has begun."""
    return await _step(turn, request.number, RequestState.STARTED)


async def deliver_request(turn: Turn, request: Step) -> Reply:
    """Say that a request is done."""
    return await _step(turn, request.number, RequestState.DELIVERED)


async def decline_request(turn: Turn, request: StepWithReason) -> Reply:
    """Decline a request; the reason is told to whoever filed it."""
    return await _step(turn, request.number, RequestState.DECLINED, request.reason)


async def withdraw_request(turn: Turn, request: Step) -> Reply:
    """Take one's own request back."""
    return await _step(turn, request.number, RequestState.WITHDRAWN)


def _for_secretariat(name: str, request: type, handler: Any) -> Command:
    return Command(name, request, handler, allowed=only_secretariat, writes=True, listed=False)


COMMANDS = (
    _for_secretariat("request accept", Step, accept_request),
    _for_secretariat("request start", Step, start_request),
    _for_secretariat("request deliver", Step, deliver_request),
    _for_secretariat("request decline", StepWithReason, decline_request),
    Command("request withdraw", Step, withdraw_request, writes=True, listed=False),
    Command("request show", ShowRequest, show_request, needs_first=True, listed=False),
    Command("requests", ListRequests, list_requests),
    Command("request", FileRequest, file_request, confirms=True, writes=True),
)
