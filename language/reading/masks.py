"""What looks like a date and is none: document symbols, phones, money, percentages, counts,
numbered things.
"""

from __future__ import annotations

import re

from language.reading.tokens import Token

_NONE = re.compile(
    r"(?<![\d/])24/7(?![\d/])"
    # numbers of a list
    r"|(?m:^\s*\d{1,2}(?:\)|\.(?=\s\D)))"
    # addresses
    r"|https?://\S{1,200}|www\.\S{1,200}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"
    # names of files: acta_mar20_v2.docx
    r"|(?<!\w)[\w\-]{1,100}(?:\.[\w\-]{1,40}){0,4}\.(?:docx?|pdf|xlsx?|pptx?|csv|zip|png|jpe?g|txt|eml|msg|ics|mp4)\b"
    # fractions: 1/2 day
    r"|(?<![\d/])[1-3]/[2-4]\s(?=(?:de\s)?(?:day|hour|hora|dia|jornada|year|ano)s?\b)"
    # addresses of machines
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    # document symbols: A/RES/73/195
    r"|(?<!\w)[a-z]{1,10}(?:/[a-z0-9.()\-]{1,20}){1,6}/\d[\w./()\-]{0,20}"
    # telephones: +507 6612-3456, 6612-3456
    r"|(?<![\w+])\+\d[\d ()\-.]{6,20}\d"
    r"|(?<![\w/.\-])\(?\d{3}\)?[ \-]\d{3}[ \-]\d{4}(?!\w)"
    r"|(?<![\w/.\-])(?!(?:[01]\d|2[0-3])[0-5]\d-(?:[01]\d|2[0-3])[0-5]\d(?!\d))\d{3,4}-\d{4}(?![\w\-])(?<!(?:19|20)\d\d-(?:19|20)\d\d)"
    # money and percentages
    r"|(?<!\w)(?:us\$|r\$|s/\.?|q(?![1-4](?!\d))|bs\.?|\$|€|£|usd|eur|brl|pen|mxn|cop)"
    r"\s?\d[\d.,]{0,15}(?:\s?(?:k|m|mm|mil|mill?on(?:es)?|million))?"
    r"|(?<!\w)\d[\d.,]{0,15}\s?"
    r"(?:%|por ciento|por cento|pour cent|percent|per cent|usd|us\$|€|eur\b|k\b)"
    # plans over years: 2026-2027
    r"|(?<!\w)(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)\d\d|[-/]\d\d)"
    r"(?![\w/\-])(?<!\d{4}[-/]0[1-9])(?<!\d{4}[-/]1[0-2])"
    # numbered texts: #12, resolution 73/195
    r"|(?<!\w)#\s?\d{1,9}"
    r"|(?<!\w)(?:res|resolucion|resolution|resolucao|decreto|ley|law|lei|loi)\.?\s*"
    r"(?:n[o°º.]*\s*)?\d{1,6}(?!\d|\s?de\s[a-z])(?:/\d{1,6}){0,2}"
    # numbered papers of a year: acta 5/2027
    r"|(?<!\w)(?:acta|ata|oficio|circular|nota|memo|memorando|memorandum|expediente|contrato"
    r"|processo|portaria|resolucion|resolucao|resolution|decision|decreto|minutes)\s"
    r"(?:n[o°º.]*\s*)?\d{1,4}(?:\s?[/\-]\s?|\sde\s)(?:19|20)\d\d(?![\d/\-])"
    # sections: 3.2.1
    r"|(?<!\w)(?:sec\w{0,6}|cap\w{0,7}|chap\w{0,4}|ver[sz]\w{0,4}|v|par\w{0,7}|art\w{0,5}|item|n)"
    r"\.?\s*\d{1,2}(?:\.\d{1,2}){1,3}(?![\w.])"
    # thousands: 1.500
    r"|(?<!\w)\d{1,3}(?:[.,]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\w)"
)
_ANNOUNCED = re.compile(r"^(?:de |from |between |entre |in |en |em )?\d{4}\s?-\s?\d{4}$")


def blanked(text: str) -> str:
    """The text with such passages as blanks of the same length."""
    if _ANNOUNCED.match(text.strip()):
        return text
    return _NONE.sub(lambda found: " " * len(found[0]), text)


def without_counts(tokens: list[Token]) -> list[Token]:
    """The tokens with numbered things ("sala 12") and counted ones ("20 participantes") made plain
    words.
    """
    done = list(tokens)
    for i, token in enumerate(tokens):
        if _is_nth_thing(tokens, i):
            done[i] = _plain(token)
        if (
            "num" not in token.kinds
            and "yyyy" not in token.kinds
            and "slab" not in token.kinds
            and "qlab" not in token.kinds
        ):
            continue
        if _is_numbered(tokens, i) or _is_counted(tokens, i):
            done[i] = _plain(token)
            _spread(done, i, -1)
            _spread(done, i, 1)
    return done


def _plain(token: Token) -> Token:
    return Token(token.start, token.end, {"other": token.text}, token.text)


def _is_numbered(tokens: list[Token], i: int) -> bool:
    if i and "noun" in tokens[i - 1].kinds:
        return not (tokens[i - 1].kinds.keys() & {"dayword", "wd"}) and not _is_dated(tokens, i)
    return (
        "yyyy" in tokens[i].kinds
        and "noun" in _kinds(tokens, i + 1)
        and not (i and "of" in tokens[i - 1].kinds)
    )


def _is_nth_thing(tokens: list[Token], i: int) -> bool:
    """ "a segunda reunião", "quarta versão": an ordinal that is also a weekday before what it
    counts; with a time somewhere it may be the weekday after all.
    """
    if not {"wd", "ord"} <= tokens[i].kinds.keys() or "noun" not in _kinds(tokens, i + 1):
        return False
    before = _kinds(tokens, i - 1) if i else {"the"}
    if not before & {"the", "of", "one", "comma"} or "num" in _kinds(tokens, i + 2):
        return False
    return not any(_is_time(tokens, later) for later in range(i + 2, len(tokens)))


def _is_time(tokens: list[Token], i: int) -> bool:
    kinds = _kinds(tokens, i)
    return bool(kinds & {"clock", "hclock"}) or ("at" in kinds and "hh" in _kinds(tokens, i + 1))


def _is_dated(tokens: list[Token], i: int) -> bool:
    """Whether a month follows ("reunión 4 de febrero")."""
    after = _kinds(tokens, i + 1)
    return "mon" in after or ("of" in after and "mon" in _kinds(tokens, i + 2))


def _is_counted(tokens: list[Token], i: int) -> bool:
    """A number before a counted noun, known or by its plural form; never right after "at" or a
    month.
    """
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return False
    if "counted" in after.kinds:
        return True
    before = _kinds(tokens, i - 1) if i else set()
    if before & {"at", "mon", "wd", "dayart", "dayword"}:
        return False
    return (
        "other" in after.kinds
        and len(after.text) > 3
        and after.text.endswith("s")
        and after.text.isalpha()
    )


def _spread(done: list[Token], i: int, step: int) -> None:
    """ "3 to 5 participants", "pages 3-5": the other number is none of a date either."""
    other = i + 2 * step
    joint = _kinds(done, i + step) & {"to", "or", "dash", "and"}
    if joint and "num" in _kinds(done, other) and not _is_dated(done, other):
        done[other] = _plain(done[other])


def _kinds(tokens: list[Token], i: int) -> set[str]:
    return set(tokens[i].kinds) if 0 <= i < len(tokens) else set()
