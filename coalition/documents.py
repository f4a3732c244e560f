"""Documents: where they are filed, and what is not filed in an open library (S110 to S118)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from coalition.errors import Refused


class DocumentState(StrEnum):
    WAITING = "waiting"
    FILED = "filed"
    FAILED = "failed"


class DocumentSource(StrEnum):
    """An attachment is fetched; of a link a shortcut is filed, the page behind it is not
    fetched."""

    ATTACHMENT = "attachment"
    LINK = "link"
    RECORD = "record"


@dataclass(frozen=True)
class Document:
    """A document on its way to the library, or in it; `reason` says why it failed."""

    name: str
    folder: str
    title: str
    source: DocumentSource
    source_url: str
    filed_by: str
    filed_by_label: str
    filed_at: datetime
    asked_in: str
    meeting_id: int = 0
    state: DocumentState = DocumentState.WAITING
    item_id: str = ""
    web_url: str = ""
    reason: str = ""
    id: int = 0
    version: int = 0


#: The UN's markings in three languages, and the labels that may stand in front of one.
_WORD = r"(?:(?:strictly|estrictamente|estritamente)[\s_]+)?confiden[ct]ial"
_LABEL = (
    r"(?:(?:un|onu|(?:\w+\s+)?(?:classification|clasificaci[oó]n|classifica[cç][aã]o)"
    r"(?:\s+level|\s+de\s+(?:la\s+)?\w+)?)\W+)*"
)
#: A line that begins with the marking, alone or set off from what follows: "CONFIDENTIAL - draft".
_MARKED_LINE = re.compile(rf"^[\W_]*{_LABEL}{_WORD}(?=[\W_]*$|\s*[-–—:;.|])", re.I | re.M)
_MARKED_BRACKET = re.compile(rf"[\[(]\W*{_LABEL}{_WORD}\W*[\])]", re.I)
#: In a name the marking stands between separators, or in capitals.
_MARKED_NAME = re.compile(rf"(?:^|[_.\-–—])\s*{_WORD}\s*(?:$|[_.\-–—])", re.I)
_SHOUTED_NAME = re.compile(r"(?:^|[\s_\-])CONFIDEN[CT]IAL(?:$|[\s_\-.])")
_DENIED = re.compile(r"(?<![^\W_])(?:non|not|no|n[aã]o)[\s_\-]+(?=confiden[ct]ial)", re.I)


def is_classified(text: str) -> bool:
    """Whether a text carries an explicit marking (S118): a line or a bracket that says so.

    "Confidentiality" or "not confidential" in a sentence is no marking.
    """
    return bool(_MARKED_LINE.search(text) or _MARKED_BRACKET.search(text))


def _has_marked_name(name: str) -> bool:
    last = unquote(PurePosixPath(urlsplit(name).path).name) if "://" in name else name
    stem = _DENIED.sub("open ", PurePosixPath(last).stem)
    return bool(_MARKED_NAME.search(stem) or _SHOUTED_NAME.search(stem))


def check_open(*texts: str, names: Collection[str] = ()) -> None:
    """Refuse what is explicitly classified: the library and the channels are open to RCP LAC
    (S117, S118).

    :param names: titles, names of files and links, in which it may stand between other words.
    """
    for text in (*texts, *names):
        if is_classified(text):
            raise Refused("documents-classified")
    if any(_has_marked_name(name) for name in names):
        raise Refused("documents-classified")


def name_of_link(link: str, title: str) -> str:
    """A file name for the shortcut to a link: its title, else the last part of its path, else its
    host."""
    split = urlsplit(link)
    name = title or unquote(PurePosixPath(split.path).name) or split.netloc
    return f"{name}.url"


def shortcut(link: str) -> bytes:
    """The content of a shortcut that opens a link in a browser."""
    return f"[InternetShortcut]\r\nURL={link}\r\n".encode()
