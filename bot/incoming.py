"""Reads an incoming activity: who says what, where, in which language and by which clock."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.references import reference_of, thread_of
from bot.turn import Attachment
from coalition.members import Person
from coalition.places import Place, PlaceKind
from coalition.questions import Reaction
from language.texts import supported

Json = Mapping[str, Any]

_FILE = "application/vnd.microsoft.teams.file.download.info"
#: What Teams adds by itself to a message, or what is no file.
_NO_FILE = re.compile(r"text/html|application/vnd\.microsoft\.(card|teams\.card)")
#: Of the words beside a thumb so many characters are kept.
_REMARK = 1000
_AT = re.compile(r"<at\b[^>]*>.*?</at>", re.IGNORECASE | re.DOTALL)


def adds_bot(activity: Json) -> bool:
    """Whether an activity says that the bot was added somewhere."""
    if activity["type"] == "installationUpdate":
        return str(activity.get("action") or "").startswith("add")
    bot_id = (activity.get("recipient") or {}).get("id")
    added = activity.get("membersAdded") or []
    return any(isinstance(member, dict) and member.get("id") == bot_id for member in added)


def speaker(activity: Json) -> Person:
    """Who sent an activity, as far as it says: the Entra object id where there is one."""
    account = activity.get("from") or {}
    return Person(
        str(account.get("aadObjectId") or account.get("id") or ""), account.get("name") or ""
    )


def place_of(activity: Json) -> Place:
    """The chat or channel that an activity came from, and how to write to it."""
    conversation, channel_data = activity["conversation"], _dict(activity.get("channelData"))
    reference = thread_of(reference_of(activity))
    kind = _kind(conversation)
    if kind is not PlaceKind.PERSONAL:
        reference["user"] = None
    return Place(
        id=reference["conversation"]["id"],
        kind=kind,
        team_id=str(_dict(channel_data.get("team")).get("id") or ""),
        name=str(_dict(channel_data.get("channel")).get("name") or conversation.get("name") or ""),
        person_id=speaker(activity).id if kind is PlaceKind.PERSONAL else "",
        reference=reference,
    )


def _kind(conversation: Json) -> PlaceKind:
    said = conversation.get("conversationType")
    if said in set(PlaceKind):
        return PlaceKind(said)
    return PlaceKind.GROUP if conversation.get("isGroup") else PlaceKind.PERSONAL


def language_of(activity: Json, default: str) -> str:
    """The language of an activity's locale, where the product speaks it; else the default."""
    client = next(
        (
            entity
            for entity in _list(activity.get("entities"))
            if entity.get("type") == "clientInfo"
        ),
        {},
    )
    for tag in (activity.get("locale"), client.get("locale")):
        if isinstance(tag, str) and (language := supported(tag)):
            return language
    return default


def zone_of(activity: Json, *others: str) -> str:
    """The speaker's zone: as the client says, else the first of the others that is one."""
    for name in (activity.get("localTimezone"), _by_offset(activity), *others):
        if isinstance(name, str) and name and _is_zone(name):
            return name
    return "UTC"


def _by_offset(activity: Json) -> str:
    """The zone of whole hours that the client's local time tells, where it names none."""
    match = re.search(r"T.*([+-])(\d\d):?00$", str(activity.get("localTimestamp") or ""))
    if not match:
        return ""
    # The names of these zones count the other way: Etc/GMT+5 is five hours behind.
    return f"Etc/GMT{'-' if match[1] == '+' else '+'}{int(match[2])}"


@lru_cache(maxsize=256)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def words_of(activity: Json) -> str:
    """What was written, without the mention of the bot."""
    text = activity.get("text")
    if not isinstance(text, str):
        return ""
    bot_id = _dict(activity.get("recipient")).get("id")
    for entity in _list(activity.get("entities")):
        if entity.get("type") == "mention" and _dict(entity.get("mentioned")).get("id") == bot_id:
            text = text.replace(str(entity.get("text") or "\0"), " ", 1)
    if activity.get("textFormat") == "xml" or "&nbsp;" in text:
        text = unescape(text)
    return (
        _AT.sub(" ", text).replace("\xa0", " ").strip()
        if "<at" in text
        else text.replace("\xa0", " ").strip()
    )


def inputs_of(value: Any) -> tuple[str, dict[str, str]]:
    """What a card's button says, and the fields that came along.

    A button says words as if they were typed; `with` names the field whose content follows them.
    """
    data = {
        str(name): "" if content is None else str(content)
        for name, content in _dict(value).items()
        if not isinstance(content, (dict, list))
    }
    says, follows = data.pop("say", ""), data.pop("with", "")
    if says and follows:
        says = f"{says} {data.pop(follows, '')}".strip()
    return says, data


def feedback_of(value: Any) -> tuple[Reaction, str] | None:
    """The thumb under an answer and the words that came with it; None where it is none.

    Teams sends the words as JSON inside a text, `{"feedbackText": "..."}`, the Playground as they
    are.
    """
    given = _dict(_dict(value).get("actionValue"))
    reaction, words = str(given.get("reaction")), given.get("feedback")
    if _dict(value).get("actionName") != "feedback" or reaction not in set(Reaction):
        return None
    return Reaction(reaction), _remark(words).strip()[:_REMARK] if isinstance(words, str) else ""


def _remark(words: str) -> str:
    try:
        said = json.loads(words)
    except (ValueError, RecursionError):
        return words
    return str(said.get("feedbackText") or "") if isinstance(said, dict) else words


def attachments_of(activity: Json) -> tuple[Attachment, ...]:
    """The files that came with a message."""
    files = []
    for attached in _list(activity.get("attachments")):
        kind, content = str(attached.get("contentType") or ""), _dict(attached.get("content"))
        url = content.get("downloadUrl") if kind == _FILE else attached.get("contentUrl")
        if isinstance(url, str) and url and not _NO_FILE.search(kind):
            name = str(attached.get("name") or "file")
            files.append(Attachment(name, kind, url))
    return tuple(files)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
