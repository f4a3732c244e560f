"""What repeats: "todos los martes", "every other Thursday", "el primer lunes de cada mes", "toda
sexta".
"""

from __future__ import annotations

from language.reading.rules import Found, Rule, Speaker
from language.reading.values import CODES, Day, Repeat, Vague
from language.reading.words import Kinds

#: Frequency and interval of one of each unit.
_UNITS = {
    "minute": ("MINUTELY", 1),
    "hour": ("HOURLY", 1),
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "fortnight": ("WEEKLY", 2),
    "twoweek": ("WEEKLY", 2),
    "month": ("MONTHLY", 1),
    "bimester": ("MONTHLY", 2),
    "quarter": ("MONTHLY", 3),
    "quadrimester": ("MONTHLY", 4),
    "semester": ("MONTHLY", 6),
    "year": ("YEARLY", 1),
}
#: What makes an adjective such as "mensual" part of a date.
_TIMED = ("wd", "each_wd", "clock", "dd", "part", "day", "starting", "numdate")
_WORKWEEK = (0, 1, 2, 3, 4)


def _every_unit(found: Found, speaker: Speaker) -> Kinds | None:
    unit = found["u"]["unit"]
    count = int(found["n"]["num"]) if found.has("n") else 2 if found.has("alt") else 1
    if unit == "bday":
        return {"repeat": Repeat("WEEKLY", weekdays=_WORKWEEK)} if count == 1 else None
    if unit == "weekend":
        return {"repeat": Repeat("WEEKLY", weekdays=(5, 6))}
    if unit == "day" and count in (14, 15):
        return {"repeat": Repeat("WEEKLY", 2)}
    if unit == "day" and count in (7, 8):
        return {"repeat": Repeat("WEEKLY")}
    plain = _UNITS.get(unit)
    return {"repeat": Repeat(plain[0], plain[1] * count)} if plain else None


def _weekdays(found: Found) -> tuple[int, ...]:
    """All weekdays of the match; "lunes a viernes" names those between as well."""
    said = _said(found)
    if found.has("to") and len(said) == 2:
        return tuple((said[0] + step) % 7 for step in range((said[1] - said[0]) % 7 + 1))
    return tuple(dict.fromkeys(said))


def _said(found: Found) -> list[int]:
    kinds = [token.kinds for token in found.whole]
    return [
        kind["wd"] if "wd" in kind else kind["each_wd"]
        for kind in kinds
        if {"wd", "each_wd"} & kind.keys()
    ]


def _every_weekday(found: Found, speaker: Speaker) -> Kinds:
    interval = 2 if found.has("alt") else int(found["n"]["num"]) if found.has("n") else 1
    return {"repeat": Repeat("WEEKLY", interval, _weekdays(found))}


def _is_description(found: Found) -> bool:
    """ "the quarterly meeting on 6 April" is one meeting; with a start or an end it is a rule."""
    near = {kind for token in (found.before, found.after) if token for kind in token.kinds}
    is_yearly = "YEARLY" in found["f"]["freq"] and "weak" not in found["f"].kinds
    is_apart = found.has_any("mon", "numdate", "rel", "qlab") or (
        "DAILY" not in found["f"]["freq"]
        and "WEEKLY" not in found["f"]["freq"]
        and found.has_any("wd")
        and not found.has_any("ord", "final")
    )
    is_dated = is_apart and not found.has_any("starting", "dayto", "by")
    return bool(near & {"noun", "other"}) and is_dated and not is_yearly


def _often(found: Found, speaker: Speaker) -> Kinds | None:
    """ "monthly"; an adjective such as "anual" only where a day or a time goes with it."""
    if found.before and "ord" in found.before.kinds and found.has_any("other", "noun"):
        return None  # "the first quarterly report"
    if _is_description(found):
        return None
    if "weak" in found["f"].kinds and found.has_any("other", "noun") and not found.has_any(*_TIMED):
        return None
    parts = dict(part.split("=") for part in found["f"]["freq"].split(";"))
    weekdays = tuple(CODES.index(code) for code in parts.get("BYDAY", "").split(",") if code)
    return {"repeat": Repeat(parts["FREQ"], int(parts.get("INTERVAL", 1)), weekdays)}


def _on_weekdays(found: Found, speaker: Speaker) -> Kinds | None:
    repeat: Repeat = found["r"]["repeat"]
    if repeat.frequency not in ("WEEKLY", "DAILY") or repeat.weekdays:
        return None
    return {"repeat": Repeat("WEEKLY", repeat.interval, _weekdays(found))}


def _nth_weekday(found: Found, speaker: Speaker) -> Kinds | None:
    repeat: Repeat | None = found["r"]["repeat"] if found.has("r") else Repeat("MONTHLY")
    if repeat is None or repeat.frequency != "MONTHLY":
        return None
    nth = -1 if "final" in found["n"].kinds else found["n"]["ord"]
    return {"repeat": Repeat("MONTHLY", repeat.interval, (found["w"]["wd"],), nth=nth)}


def _on_number(found: Found, speaker: Speaker) -> Kinds | None:
    repeat: Repeat = found["r"]["repeat"] if found.has("r") else Repeat("MONTHLY")
    if repeat.frequency != "MONTHLY" or repeat.month_day or repeat.nth:
        return None
    if found.follows("of", "mon") or found.follows("mon") or found.follows("the", "mon"):
        return None
    whole = [token.get("unit") for token in found.whole]
    if "bday" in whole or "week" in whole or (found.before and "and" in found.before.kinds):
        return {
            "vague": Vague()
        }  # "the 1st and 15th", "the last working day": more than one rule says
    token = found["d"]
    number = (
        -1
        if "ending" in token.kinds or "final" in token.kinds
        else token["ord"]
        if "ord" in token.kinds
        else token["dd"]
    )
    return {"repeat": Repeat("MONTHLY", repeat.interval, month_day=number)}


def _on_number_of_month(found: Found, speaker: Speaker) -> Kinds | None:
    """ "cada 15 de mes"."""
    return _on_number(found, speaker) if found["u"]["unit"] == "month" else None


def _yearly(found: Found, speaker: Speaker) -> Kinds | None:
    day: Day = found["d"]["day"]
    if day.month is None or day.number is None or day.year:
        return None
    if found.has("r") and found["r"]["repeat"].frequency != "YEARLY":
        return None
    return {"repeat": Repeat("YEARLY", month=day.month, month_day=day.number)}


def _plural(found: Found, speaker: Speaker) -> Kinds:
    """ "los martes y jueves": plural weekdays repeat."""
    return {"repeat": Repeat("WEEKLY", weekdays=tuple(dict.fromkeys(_said(found))))}


def _nth_of_every(found: Found, speaker: Speaker) -> Kinds | None:
    unit = next(token["unit"] for token in found.whole if "unit" in token.kinds)
    if unit not in ("month", "bimester", "quarter"):
        return None
    if unit != "month":
        return {"vague": Vague()}  # "the first Tuesday of each quarter": of which month?
    nth = -1 if "final" in found["n"].kinds else found["n"]["ord"]
    interval = (_UNITS[unit] or ("", 1))[1] * (2 if found.has("alt") else 1)
    return {"repeat": Repeat("MONTHLY", interval, (found["w"]["wd"],), nth=nth)}


def _month_end(found: Found, speaker: Speaker) -> Kinds | None:
    """ "cada fin de mes"."""
    is_month = found.whole[-1]["unit"] == "month"
    return {"repeat": Repeat("MONTHLY", month_day=-1)} if is_month else {"vague": Vague()}


def _every_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "día por medio"."""
    return _every_unit(found, speaker) if found["u"]["unit"] == "day" else None


def _daily_part(found: Found, speaker: Speaker) -> Kinds:
    return {"repeat": Repeat("DAILY"), "repeatpart": found["p"]["part"]}


_WDS = "wd|each_wd ((comma|and|on|the|every)* wd|each_wd)*"
_G = "(!starting !to !dayto on|the|of|comma|in|dayart|ofpart|at)*"
_EVERY = "(on|the|of|in|ofpart|dayart)* every (the)?"


def _to_ask(found: Found, speaker: Speaker) -> Kinds:
    """ "twice a week", "todos los 15 y 30": more than one rule says."""
    return {"vague": Vague()}


EARLY = (
    Rule("(twice|count) per+ unit", _to_ask),
    Rule(f"{_EVERY} (dayword)? dd|ord (and|comma|the|dayword)+ dd|ord !mon !of !unit", _to_ask),
    Rule(
        "ord|final (and|comma|or)+ (the)? ord|final wd", lambda found, speaker: {"vague": Vague()}
    ),
    Rule("every (the)? d:ending|late (of|the)* unit", _month_end),
    Rule("w:wd|each_wd alt:alternate", _every_weekday),
    Rule("<!every <!the u:unit alt:alternate", _every_day),
    Rule(f"{_EVERY} dayword d:dd|ord !unit !oclock !mon", _on_number),
    Rule(f"{_EVERY} d:dd of (the)? u:unit", _on_number_of_month),
    Rule(f"{_G} n:ord|final w:wd {_EVERY} (alt:alternate)? unit", _nth_of_every),
    Rule(f"{_EVERY} n:ord|final w:wd (of (the)? unit)", _nth_weekday),
    Rule(f"{_EVERY} alt:alternate u:unit", _every_unit),
    Rule(f"{_EVERY} n:num u:unit", _every_unit),
    Rule(f"{_EVERY} u:unit alt:alternate", _every_unit),
    Rule(f"{_EVERY} u:unit", _every_unit),
    Rule(f"{_EVERY} alt:alternate {_WDS}", _every_weekday),
    Rule(f"{_EVERY} n:num {_WDS}", _every_weekday),
    Rule(f"{_EVERY} {_WDS} alt:alternate", _every_weekday),
    Rule(f"{_EVERY} n:ord|final w:wd !d", _nth_weekday),
    Rule(f"{_EVERY} (from)? wd to:to|dash|dayto (the)? wd", _every_weekday),
    Rule(f"{_EVERY} {_WDS}", _every_weekday),
    Rule(f"{_EVERY} p:part", _daily_part),
    Rule(f"{_EVERY} morrow", lambda f, s: {"repeat": Repeat("DAILY"), "repeatpart": "morning"}),
    Rule("f:freq", _often),
    Rule(f"r:repeat {_G} (from)? wd to:to|dash|dayto (the)? wd", _on_weekdays),
    Rule(f"(from)? wd to:to|dash|dayto (the)? wd {_G} r:repeat", _on_weekdays),
    Rule(f"r:repeat {_G} n:ord|final w:wd", _nth_weekday),
    Rule(f"{_G} n:ord|final w:wd {_G} r:repeat", _nth_weekday),
    Rule(f"r:repeat {_G} {_WDS}", _on_weekdays),
    Rule(f"{_G} {_WDS} (comma|the|of|on)* r:repeat", _on_weekdays),
    Rule("each_wd !hence ((comma|and|on|the)* each_wd|wd)*", _plural),
    Rule("r:repeat (on|the|dayart|comma|of)* d:final dayword", _on_number),
    Rule(
        "r:repeat (on|the|dayart|comma|of)* (dayword)? d:dd|ord !mon !unit !oclock !ampm !part",
        _on_number,
    ),
    Rule(
        f"{_G} (dayword)? d:dd|ord|ending|final {_G} (dayword|unit)? (of|the)* r:repeat", _on_number
    ),
    Rule(f"{_EVERY} d:dord", _on_number),
)

LATE = (
    Rule("every (the)? span", lambda found, speaker: {"vague": Vague()}),
    Rule(f"r:repeat {_G} (dayword)? d:day", _yearly),
    Rule(f"d:day {_G} r:repeat", _yearly),
    Rule(f"{_EVERY} d:day", _yearly),
)
