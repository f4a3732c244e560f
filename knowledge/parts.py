"""Parts: the questions of one message, each to be answered by itself."""

import re

_ENDS = re.compile(r"(?<=[?!\n])\s*(?=\S)")
_JOINT = re.compile(
    r",? (?:and|y|e) (?=(?:also |además |también )?¿?(?:who|when|how|what|where|which|by when|is|"
    r"quién|quien|quiénes|cuándo|cuando|cómo|cuál|cual|cuántos|cuantos|dónde|donde|qué|"
    r"quem|quando|onde|qual|quantos)\b)",
    re.IGNORECASE,
)
#: Fewer words after a question belong to it: "Who chairs it? By name."
_FEWEST_WORDS = 4


def halves_of(question: str) -> tuple[str, str] | None:
    """The two sides of a joint such as "and who", where a sentence may hold two questions."""
    joint = _JOINT.search(question)
    return (question[: joint.start()], question[joint.end() :]) if joint else None


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
