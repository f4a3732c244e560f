"""The form: what is known of a request, what to ask next, and what an answer makes of it.

A form is plain JSON with answers by slot name, so that it goes on after a restart or an upgrade.
It knows no SDK and never writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from coalition.errors import Told
from dialogs.readers import Words
from dialogs.slots import Ambiguous, Asking, Kept, Partial, Slot, slots_of
from language.folding import bare

#: What a button answers that confirms the whole, in the place of a slot's name.
SUMMARY = "-"


@dataclass(frozen=True)
class Form:
    """A request on its way. An answer of None is a slot left out; `asked` is the slot in question.

    `candidates` are the readings offered for it, as (kept, label); `begun` words read so far.
    `nonce` tells this form's cards from those of an earlier one; `language` is the one that it was
    begun in, where its words said so.
    """

    command: str
    nonce: str
    answers: Mapping[str, Kept] = field(default_factory=dict)
    asked: str = ""
    candidates: tuple[tuple[Kept, str], ...] = ()
    begun: str = ""
    carried: Mapping[str, Kept] = field(default_factory=dict)
    language: str = ""

    def as_json(self) -> dict[str, Any]:
        """The form as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Form":
        """The form that was stored; what an older release kept beside it is passed over."""
        known = {part.name for part in fields(cls)}
        read = {name: value for name, value in stored.items() if name in known}
        read["candidates"] = tuple((kept, label) for kept, label in read.get("candidates", ()))
        return cls(**read)


def known(form: Form, request: type) -> dict[str, Any]:
    """The values answered so far by slot name; slots left out are not among them."""
    return {
        slot.name: slot.reader.kept(form.answers[slot.name])
        for slot in slots_of(request)
        if form.answers.get(slot.name) is not None
    }


def missing(form: Form, request: type, asking: Asking) -> list[Slot]:
    """The slots still to be asked, in order."""
    values = known(form, request)
    return [
        slot for slot in slots_of(request) if slot.name not in form.answers and slot.only_if(values)
    ]


def begin(form: Form, request: type, words: str, asking: Asking) -> tuple[Form, Told | None]:
    """Fill a new form from the words behind a command; what is unclear comes back beside it.

    Slots with a shape of their own (numbers, choices, dates) take theirs first, the first slot
    that takes any words gets what is left.
    """
    troubles: list[tuple[Slot, Told]] = []
    for slot in _by_shape(request):
        if not words.strip():
            break
        if slot.name in form.answers or not slot.only_if(known(form, request)):
            continue
        try:
            found = slot.reader.take(words, _with(asking, form, request))
        except Told as told:
            troubles.append((slot, told))
            if isinstance(slot.reader, Words):
                break  # they were meant for this slot: no other takes them
            words = words if told.rest is None else told.rest
            continue
        if found is not None:
            value, words = found
            form = _answered(form, slot, value)
    if not troubles:
        return form, None
    slot, trouble = troubles[0]
    return _unclear(form, slot, trouble), trouble


def answer(form: Form, request: type, words: str, asking: Asking) -> Form:
    """The form after an answer to the slot in question.

    :raises Told: the words cannot be read; the form stays as it was, or see `unclear`.
    """
    slot = next(slot for slot in slots_of(request) if slot.name == form.asked)
    if (chosen := _chosen(form, words)) is not None:
        return _answered(form, slot, slot.reader.kept(chosen))
    if slot.optional and _mark(words) in {_mark(way) for way in asking.t.words("skip-words")}:
        return replace(form, answers={**form.answers, slot.name: None}, candidates=(), begun="")
    about = _with(asking, form, request)
    if form.begun:
        try:
            return _answered(form, slot, slot.reader.read(f"{form.begun} {words}", about))
        except Told:
            return _answered(form, slot, slot.reader.read(words, about))
    return _answered(form, slot, slot.reader.read(words, about))


def unclear(form: Form, told: Told) -> Form:
    """The form that remembers the readings to choose from, or the words to go on from."""
    if isinstance(told, Ambiguous):
        return replace(form, candidates=told.candidates, begun="")
    if isinstance(told, Partial):
        return replace(form, begun=told.begun, candidates=())
    return form


def fill(
    form: Form, request: type, inputs: Mapping[str, str], asking: Asking
) -> tuple[Form, dict[str, Told]]:
    """The form after its card was sent in, and what could not be read by slot name."""
    problems: dict[str, Told] = {}
    before = form
    for slot in slots_of(request):
        if slot.name not in inputs:
            continue
        words = inputs[slot.name].strip()
        if not words:
            if slot.optional:
                form = replace(form, answers={**form.answers, slot.name: None})
            continue
        is_asked = slot.name == before.asked
        form = replace(
            form,
            asked=slot.name,
            candidates=before.candidates if is_asked else (),
            begun=before.begun if is_asked else "",
        )
        try:
            form = answer(form, request, words, asking)
        except Told as told:
            problems[slot.name] = told
    if problems:
        name, first = next(iter(problems.items()))
        form = replace(unclear(replace(form, candidates=(), begun=""), first), asked=name)
    return form, problems


def back(form: Form, request: type) -> Form | None:
    """The form asking again for the slot before the one in question; None where there is none.

    In front of the summary it is the last of all.
    """
    order = [slot.name for slot in slots_of(request)]
    end = order.index(form.asked) if form.asked in order else len(order)
    before = [name for name in order[:end] if name in form.answers]
    return without(form, before[-1]) if before else None


def without(form: Form, name: str) -> Form:
    """The form with one answer taken back and asked for again."""
    kept = {slot: answer for slot, answer in form.answers.items() if slot != name}
    return replace(form, answers=kept, asked=name, candidates=(), begun="")


def finished(form: Form, request: type) -> Any:
    """The request that the answers make, with what the form carried along.

    An answer to a question that later answers made idle does not count.
    """
    values = known(form, request)
    idle = {slot.name for slot in slots_of(request) if not slot.only_if(values)}
    counted = {name: value for name, value in values.items() if name not in idle}
    return request(**form.carried, **counted)


def summary(form: Form, request: type, asking: Asking) -> list[tuple[Slot, str]]:
    """The answers as a member reads them, in the order of the slots; what was left out is a dash,
    so that it can still be filled in."""
    about = _with(asking, form, request)
    values = known(form, request)
    return [
        (slot, slot.reader.show(values[slot.name], about) if slot.name in values else "—")
        for slot in slots_of(request)
        if slot.name in form.answers and slot.only_if(values)
    ]


def _by_shape(request: type) -> Sequence[Slot]:
    """Slots with a shape of their own before those that take any words."""
    return sorted(slots_of(request), key=lambda slot: isinstance(slot.reader, Words))


def _answered(form: Form, slot: Slot, value: Any) -> Form:
    answers = {name: kept for name, kept in form.answers.items() if name != slot.name}
    answers[slot.name] = slot.reader.keep(value)
    return replace(form, answers=answers, candidates=(), begun="")


def _unclear(form: Form, slot: Slot, told: Told) -> Form:
    return replace(unclear(form, told), asked=slot.name)


def _mark(words: str) -> str:
    """Words bared, except that a mark alone stays what it is: `-` skips, `?` does not."""
    return bare(words) or words.strip()


def _chosen(form: Form, words: str) -> Kept | None:
    said = bare(words)
    for place, (kept, label) in enumerate(form.candidates, 1):
        if said in (str(place), bare(label)):
            return kept
    return None


def _with(asking: Asking, form: Form, request: type) -> Asking:
    return replace(asking, known=known(form, request))
