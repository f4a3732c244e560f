"""Parts: the questions of one message, each to be answered by itself."""

import re

_ENDS = re.compile(r"(?<=[?!\n])\s*(?=\S)")
#: Fewer words after a question belong to it: "Who chairs it? By name."
_FEWEST_WORDS = 4


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
    if held and parts and len(held.split()) < _FEWEST_WORDS:
        parts[-1] = f"{parts[-1]} {held}"
    elif held:
        parts.append(held)
    return tuple(parts) or (message,)
