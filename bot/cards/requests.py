"""Cards of service requests: one request with its next steps, and the list."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, ExecuteAction

from bot.cards.layout import button, facts, line, notice, row_lines, title, with_typed
from bot.saying import said, say
from bot.turn import Reply, Turn
from coalition.services import STEPS, RequestState, ServiceRequest

#: The words of each step's command, in the order in which the buttons stand.
_STEPS = {
    RequestState.ACCEPTED: "accept",
    RequestState.STARTED: "start",
    RequestState.DELIVERED: "deliver",
    RequestState.DECLINED: "decline",
    RequestState.WITHDRAWN: "withdraw",
}


def request_card(
    turn: Turn, request: ServiceRequest, what: str = "", *, for_secretariat: bool = False
) -> Reply:
    """One request.

    :param what: the key of what just happened to it.
    :param for_secretariat: with the secretariat's buttons whoever asks: who presses is checked.
    """
    t = turn.t
    happened = (
        say(t, what, turn.zone, number=request.number, by=request.state_by_label) if what else ""
    )
    rows = _rows(turn, request)
    heading = f"{request.number} · {request.subject}"
    parts = [happened, f"**{heading}**", row_lines(rows), request.details]
    actions = _actions(turn, request, for_secretariat)
    text = "\n\n".join(part for part in parts if part)
    body: list[CardElement] = [notice(happened)] if happened else []
    body += [title(heading), facts(rows), line(request.details)]
    return with_typed(t, text, *body, actions=actions)


def _rows(turn: Turn, request: ServiceRequest) -> list[tuple[str, str]]:
    t, zone = turn.t, turn.zone
    state = said(t, request.state, zone)
    if request.state_by_label and request.state_at:
        state = f"{state} · {request.state_by_label} · {said(t, request.state_at, zone)}"
    line_text = turn.charter.line_text(request.line) if request.line else ""
    service = turn.charter.service(request.service).name
    return [
        (t("requests-label-state"), state),
        (t("requests-label-reason"), request.reason),
        (t("requests-label-line"), f"{service} — {line_text}" if line_text else service),
        (t("requests-label-countries"), request.countries),
        (t("requests-label-requester"), said(t, request.requester, zone)),
        (t("requests-label-needed-on"), str(said(t, request.needed_on, zone) or "")),
        (
            t("requests-label-filed"),
            f"{request.filed_by_label} · {said(t, request.filed_at, zone)}",
        ),
    ]


def _actions(turn: Turn, request: ServiceRequest, for_secretariat: bool) -> list[ExecuteAction]:
    t = turn.t
    mine = request.filed_by == turn.person.id and not for_secretariat
    actions = []
    for to, name in _STEPS.items():
        allowed = mine if to is RequestState.WITHDRAWN else for_secretariat or turn.is_secretariat
        if allowed and to in STEPS[request.state]:
            words = f"{t.words(f'command-request-{name}')[0]} {request.number}"
            actions.append(button(t(f"button-{name}"), words))
    return actions


def requests_card(
    turn: Turn, mine: Sequence[ServiceRequest], waiting: Sequence[ServiceRequest]
) -> Reply:
    """The speaker's own requests and, for the secretariat, those that wait for a step."""
    t = turn.t
    new = button(t("button-request"), t.words("command-request")[0], beside=True)
    if not mine and not waiting:
        text = t("requests-none")
        return with_typed(t, text, line(text), actions=[new])
    body: list[CardElement] = []
    texts = []
    for heading, requests in ((t("requests-waiting"), waiting), (t("requests-mine"), mine)):
        if not requests:
            continue
        lines = [_line(turn, request) for request in requests]
        body += [title(heading), *(line(entry) for entry in lines)]
        texts.append(f"{heading}\n\n" + "\n".join(f"- {entry}" for entry in lines))
    hint = t("requests-hint", command=t.words("command-request-show")[0])
    text = "\n\n".join([*texts, hint])
    return with_typed(t, text, *body, line(hint, quiet=True), actions=[new])


def _line(turn: Turn, request: ServiceRequest) -> str:
    state = said(turn.t, request.state, turn.zone)
    return f"**{request.number}** {request.subject} · {state}"
