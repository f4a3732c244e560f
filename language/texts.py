"""Texts: what the product says, by key, from gettext catalogues in each language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "es", "pt")
DEFAULT = "en"


@dataclass(frozen=True)
class Texts:
    """The texts of one language; calling it with a key gives the sentence."""

    language: str
    sentences: Mapping[str, str] = field(repr=False)
    plurals: Mapping[str, tuple[str, ...]] = field(repr=False)

    def __call__(self, key: str, **details: Any) -> str:
        """The sentence of a key with its places filled.

        :raises KeyError: no catalogue has the key; the check of the catalogues finds it before.
        """
        sentence = self.sentences[key]
        return sentence.format(**details) if details else sentence

    def count(self, key: str, number: int, **details: Any) -> str:
        """The sentence of a key for a number of things; the place `{number}` is filled with it.

        The three languages have two forms each: one, and any other number.
        """
        one, other = self.plurals[key]
        return (one if number == 1 else other).format(number=number, **details)

    def has(self, key: str) -> bool:
        """Whether the key has a sentence."""
        return key in self.sentences

    def words(self, key: str) -> tuple[str, ...]:
        """The ways to write a command or an answer: a sentence cut at its bars."""
        return tuple(part.strip() for part in self.sentences[key].split("|") if part.strip())


@cache
def texts(language: str) -> Texts:
    """The texts of a language: `en`, `es`, `pt`, or a tag that begins so; else English."""
    chosen = supported(language) or DEFAULT
    sentences: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for file in sorted((LOCALES / chosen / "LC_MESSAGES").glob("*.po")):
        _read_catalogue(file, sentences, plurals)
    return Texts(chosen, sentences, plurals)


def supported(tag: str | None) -> str | None:
    """The language of a tag such as `es-PA`, or None where the product does not speak it."""
    start = (tag or "").replace("_", "-").split("-")[0].lower()
    return start if start in LANGUAGES else None


def _read_catalogue(
    file: Path, sentences: dict[str, str], plurals: dict[str, tuple[str, ...]]
) -> None:
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        for message in read_po(stream):
            if not message.id:
                continue
            forms = (message.string,) if isinstance(message.string, str) else message.string or ()
            key = message.id if isinstance(message.id, str) else message.id[0]
            if key in sentences or key in plurals:
                raise ValueError(f"{file} has {key} a second time.")
            if isinstance(message.id, str):
                sentences[key] = forms[0]
            else:
                plurals[key] = tuple(forms)
