"""Reads what a member hands over: attached files, a link, or, where it may be, the text itself."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from coalition.errors import Unreadable
from dialogs.form import Form
from dialogs.readers import LINK, Plain
from dialogs.slots import Asking, Kept, slots_of


class File(Protocol):
    """A file that came with a message."""

    @property
    def name(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class Given:
    """What was handed over; `files` hold name, content type and address of each."""

    text: str = ""
    link: str = ""
    files: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Source(Plain):
    """Attached files or a link; with `takes_text` any other words are the text itself."""

    takes_text: bool = False
    at_most: int = 40_000
    lines: int = 1

    def read(self, words: str, asking: Asking) -> Given:
        text = words.strip()
        link = LINK.search(text)
        if link and (not self.takes_text or link.span() == (0, len(text))):
            return Given(link=link[1].rstrip(".,;)"))
        if not text or not self.takes_text:
            raise Unreadable("read-source")
        if len(text) > self.at_most:
            raise Unreadable("read-too-long", at_most=self.at_most, length=len(text))
        return Given(text=text)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        if self.takes_text:
            return (self.read(words, asking), "") if words.strip() else None
        link = LINK.search(words)
        if not link:
            return None
        rest = f"{words[: link.start()]} {words[link.end() :]}".strip()
        return Given(link=link[1].rstrip(".,;)")), rest

    def keep(self, value: Any) -> Kept:
        return asdict(value)

    def kept(self, kept: Kept) -> Given:
        return Given(kept["text"], kept["link"], tuple(kept["files"]))

    def show(self, value: Any, asking: Asking) -> str:
        if value.files:
            return ", ".join(file["name"] for file in value.files)
        if value.link:
            return str(value.link)
        text = " ".join(str(value.text).split())
        return text if len(text) <= 200 else f"{text[:199]}…"


def with_files(form: Form, request: type, files: Iterable[File]) -> Form:
    """The form with the files of a message as the answer to the slot that takes files."""
    kept = [
        {"name": file.name, "content_type": file.content_type, "url": file.url} for file in files
    ]
    for slot in slots_of(request):
        if kept and isinstance(slot.reader, Source):
            given = {"text": "", "link": "", "files": kept}
            return replace(form, answers={**form.answers, slot.name: given})
    return form
