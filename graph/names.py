"""Names that SharePoint accepts, made from names that people give.

The rules are Microsoft's ("Restrictions and limitations in OneDrive and SharePoint"): no
" * : < > ? / \\ |, no control characters, no space at either end, no dot at the end, no reserved
names, and no more than 400 characters for the whole decoded path.
"""

from __future__ import annotations

import re
import unicodedata

RESERVED = re.compile(
    r"(\.lock|con|prn|aux|nul|com\d|lpt\d|desktop\.ini|forms)(\.[^.]*)?", re.IGNORECASE
)
# What people would write themselves, in signs that every font and keyboard has.
INSTEAD = str.maketrans(
    {'"': "'", "<": "(", ">": ")", "/": "-", "\\": "-", "|": "-", ":": "-", "*": "", "?": ""}
)
NAME_LONGEST = 200  # characters; leaves room for the site, the library and two folders


def safe_name(name: str) -> str:
    """A name for a file or folder that SharePoint accepts; the same name when it is one already."""
    name = re.sub(r"(?<=\S):\s+", " - ", unicodedata.normalize("NFC", name)).translate(INSTEAD)
    name = re.sub(r"[\x00-\x1f\x7f]+", " ", name).strip().rstrip(". ")
    if name.startswith("~$"):
        name = name.removeprefix("~$").lstrip()
    name = re.sub("_vti_", "-vti-", name, flags=re.IGNORECASE)
    if not name:
        name = "Document"
    if RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name)


def _shortened(name: str) -> str:
    if len(name) <= NAME_LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:NAME_LONGEST].rstrip(". ")
    return f"{stem[: NAME_LONGEST - len(ending) - 1].rstrip('. ')}.{ending}"


def safe_folder(path: str) -> str:
    """A folder's path with each of its names made safe; empty for the root."""
    return "/".join(safe_name(part) for part in path.split("/") if part.strip())


def comparable(name: str) -> str:
    """The form of a name in which names are compared."""
    return unicodedata.normalize("NFC", name).casefold()


def is_renamed(name: str, given: str) -> bool:
    """`name` is the `given` one, or that with a number: "Note 2.pdf", "Note (2).pdf"."""
    stem, dot, ending = given.rpartition(".")
    if not dot:
        stem, ending = given, ""
    pattern = rf"{re.escape(comparable(stem))}( ?\(?\d+\)?)?{re.escape(dot + comparable(ending))}"
    return re.fullmatch(pattern, comparable(name)) is not None
