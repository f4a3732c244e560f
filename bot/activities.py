"""Replies as activities: the JSON that Teams takes, with citations and feedback buttons."""

from typing import Any

from bot.cards.layout import attachment
from bot.turn import Citation, Reply

#: Teams takes at most 20 citations with a name of 80 and an excerpt of 160 characters (L35).
_CITATIONS, _NAME, _EXCERPT = 20, 80, 160


def activity(reply: Reply) -> dict[str, Any]:
    """The message activity of a reply.

    The card's whole meaning goes along as the summary, which notifications and screen readers use.
    """
    message: dict[str, Any] = {"type": "message"}
    if reply.card is None or reply.shows_text:
        message |= {"text": reply.text, "textFormat": "markdown"}
    if reply.card is not None:
        message |= {"attachments": [attachment(reply.card)], "summary": reply.text}
    if reply.citations:
        message["entities"] = [_citations(reply.citations)]
    if reply.asks_feedback:
        message["channelData"] = {"feedbackLoopEnabled": True}
    return message


def _citations(citations: tuple[Citation, ...]) -> dict[str, Any]:
    return {
        "type": "https://schema.org/Message",
        "@type": "Message",
        "@context": "https://schema.org",
        "citation": [
            {
                "@type": "Claim",
                "position": place,
                "appearance": {
                    "@type": "DigitalDocument",
                    "name": _cut(citation.name, _NAME),
                    "abstract": _cut(citation.excerpt, _EXCERPT),
                },
            }
            for place, citation in enumerate(citations[:_CITATIONS], 1)
        ],
    }


def _cut(text: str, at_most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= at_most else f"{text[: at_most - 1]}…"
