"""What a question gets back: one direct sentence, the verbatim clauses, and where they stand."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Quote:
    """A clause as the documents have it.

    `document` is the document's short name (`ToR`, `CN`); `section` is the citation in the asker's
    language, such as "Terms of Reference, section 5 — Meetings".
    """

    unit_id: str
    document: str
    section: str
    text: str


@dataclass(frozen=True)
class Answer:
    """An answer in the asker's language; the quotes stay in the language that is in force.

    `refused` is true where the documents do not answer; the quotes are then the nearest clause.
    `choices` are other readings, worded as questions to offer as buttons. `question` is what was
    understood, and serves as the context of a follow-up. `parts` holds the answers of a message
    that asked several things.
    """

    lead: str
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()
    refused: bool = False
    choices: tuple[str, ...] = ()
    kind: str = "clause"
    question: str = ""
    card: str = ""
    offer: str = ""
    nearest: str = ""
    parts: tuple["Answer", ...] = ()

    @property
    def text(self) -> str:
        """The whole answer as Markdown."""
        return render(self)


def joined(parts: tuple[Answer, ...]) -> Answer:
    """One answer out of the answers to the questions of one message."""
    first, *_ = parts
    return replace(
        first,
        lead=" ".join(part.lead for part in parts),
        quotes=tuple(quote for part in parts for quote in part.quotes),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        refused=all(part.refused for part in parts),
        choices=tuple(choice for part in parts for choice in part.choices),
        question=parts[-1].question,
        parts=parts,
    )


def render(answer: Answer) -> str:
    """Markdown for Teams: the lead, each clause as a block quote with its citation, notes,
    choices.
    """
    if answer.parts:
        return "\n\n---\n\n".join(render(part) for part in answer.parts)
    blocks = [answer.lead]
    if answer.refused and answer.quotes:
        blocks.append(answer.nearest)
    blocks += [_block(quote) for quote in answer.quotes]
    blocks += [f"*{note}*" for note in answer.notes]
    if answer.choices:
        blocks.append("\n".join([answer.offer, *(f"- {choice}" for choice in answer.choices)]))
    return "\n\n".join(block for block in blocks if block)


def _block(quote: Quote) -> str:
    lines = "\n".join(f"> {line}  " for line in quote.text.splitlines())
    return f"{lines}\n>\n> — {quote.section}"
