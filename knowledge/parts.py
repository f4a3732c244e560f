"""Parts: the questions of one message, each to be answered by itself."""

import re

_ENDS = re.compile(r"(?<=[?!\n])\s*(?=\S)")


def parts_of(message: str) -> tuple[str, ...]:
    """The questions of a message, in order.

    What is said before a question and is none itself stays with it: "We met on 2 October. When are
    the minutes due?" is one question.
    """
    parts: list[str] = []
    held = ""
    for piece in _ENDS.split(message.strip()):
        held = f"{held} {piece}".strip()
        if "?" in piece:
            parts.append(held)
            held = ""
    if held:
        parts.append(held)
    return tuple(parts) or (message,)
