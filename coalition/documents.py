"""Documents: where they are filed, and what is not filed in an open library (S110 to S118)."""

import re
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


#: A text is confidential when it is explicitly classified as such (S118); the UN's markings in
#: three languages.
_CLASSIFIED = re.compile(
    r"\b((strictly|estrictamente|estritamente)\s+confiden[ct]ial|confiden[ct]ial)\b", re.IGNORECASE
)
_MARKING = re.compile(
    r"^\W*(?:(?:un|onu|classification|clasificaci[oó]n|classifica[cç][aã]o)\W+)*"
    r"(?:strictly\s+|estrictamente\s+|estritamente\s+)?confiden[ct]ial\W*$",
    re.IGNORECASE | re.MULTILINE,
)


def is_classified(text: str) -> bool:
    """Whether a text carries an explicit marking: a line, a name or a bracket that says
    confidential.

    "Confidentiality" or "not confidential" in a sentence is no marking.
    """
    return bool(
        _MARKING.search(text) or re.search(r"[\[(]\s*[^\])]*confiden[ct]ial\s*[\])]", text, re.I)
    )


def check_open(*texts: str) -> None:
    """Refuse what is explicitly classified: the library and the channels are open to RCP LAC
    (S117, S118)."""
    for text in texts:
        if is_classified(text) or _CLASSIFIED.fullmatch(PurePosixPath(text).stem.strip()):
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
