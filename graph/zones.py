"""Zone names as Exchange takes them, from the IANA names that we keep.

From Unicode CLDR's windowsZones table, the zones of the Americas and those of the agencies' seats.
A name that is not here is sent as it is: Exchange knows many IANA names, and the caller looks at
the instant that comes back.
"""

from __future__ import annotations

WINDOWS: dict[str, tuple[str, ...]] = {
    "UTC": ("Etc/UTC", "UTC", "Etc/GMT"),
    "Pacific Standard Time (Mexico)": ("America/Tijuana", "America/Santa_Isabel"),
    "Pacific Standard Time": ("America/Los_Angeles", "America/Vancouver"),
    "US Mountain Standard Time": ("America/Phoenix", "America/Hermosillo"),
    "Mountain Standard Time (Mexico)": ("America/Mazatlan",),
    "Mountain Standard Time": ("America/Denver", "America/Edmonton", "America/Ciudad_Juarez"),
    "Central America Standard Time": (
        "America/Guatemala",
        "America/Belize",
        "America/Costa_Rica",
        "America/El_Salvador",
        "America/Managua",
        "America/Tegucigalpa",
        "Pacific/Galapagos",
    ),
    "Central Standard Time": (
        "America/Chicago",
        "America/Winnipeg",
        "America/Matamoros",
        "America/Ojinaga",
    ),
    "Easter Island Standard Time": ("Pacific/Easter",),
    "Central Standard Time (Mexico)": (
        "America/Mexico_City",
        "America/Monterrey",
        "America/Merida",
        "America/Bahia_Banderas",
        "America/Chihuahua",
    ),
    "SA Pacific Standard Time": (
        "America/Bogota",
        "America/Cayman",
        "America/Eirunepe",
        "America/Guayaquil",
        "America/Jamaica",
        "America/Lima",
        "America/Panama",
        "America/Rio_Branco",
    ),
    "Eastern Standard Time (Mexico)": ("America/Cancun",),
    "Eastern Standard Time": ("America/New_York", "America/Nassau", "America/Toronto"),
    "Haiti Standard Time": ("America/Port-au-Prince",),
    "Cuba Standard Time": ("America/Havana",),
    "Turks And Caicos Standard Time": ("America/Grand_Turk",),
    "Paraguay Standard Time": ("America/Asuncion",),
    "Atlantic Standard Time": ("America/Halifax", "Atlantic/Bermuda"),
    "Venezuela Standard Time": ("America/Caracas",),
    "Central Brazilian Standard Time": ("America/Cuiaba", "America/Campo_Grande"),
    "SA Western Standard Time": (
        "America/La_Paz",
        "America/Anguilla",
        "America/Antigua",
        "America/Aruba",
        "America/Barbados",
        "America/Boa_Vista",
        "America/Curacao",
        "America/Dominica",
        "America/Grenada",
        "America/Guadeloupe",
        "America/Guyana",
        "America/Manaus",
        "America/Martinique",
        "America/Montserrat",
        "America/Port_of_Spain",
        "America/Porto_Velho",
        "America/Puerto_Rico",
        "America/Santo_Domingo",
        "America/St_Kitts",
        "America/St_Lucia",
        "America/St_Vincent",
        "America/Tortola",
    ),
    "Pacific SA Standard Time": ("America/Santiago",),
    "Tocantins Standard Time": ("America/Araguaina",),
    "E. South America Standard Time": ("America/Sao_Paulo",),
    "SA Eastern Standard Time": (
        "America/Cayenne",
        "America/Belem",
        "America/Fortaleza",
        "America/Maceio",
        "America/Paramaribo",
        "America/Recife",
        "Atlantic/Stanley",
    ),
    "Argentina Standard Time": (
        "America/Argentina/Buenos_Aires",
        "America/Buenos_Aires",
        "America/Argentina/Cordoba",
        "America/Argentina/Mendoza",
        "America/Argentina/Salta",
        "America/Argentina/Ushuaia",
    ),
    "Montevideo Standard Time": ("America/Montevideo",),
    "Magallanes Standard Time": ("America/Punta_Arenas",),
    "Bahia Standard Time": ("America/Bahia",),
    "GMT Standard Time": ("Europe/London", "Europe/Dublin", "Europe/Lisbon"),
    "W. Europe Standard Time": ("Europe/Berlin", "Europe/Rome", "Europe/Vienna", "Europe/Zurich"),
    "Romance Standard Time": ("Europe/Paris", "Europe/Brussels", "Europe/Madrid"),
    "E. Africa Standard Time": ("Africa/Nairobi",),
}
BY_IANA = {iana: windows for windows, zones in WINDOWS.items() for iana in zones}


def exchange_name(iana: str) -> str:
    """The name to send to Exchange for an IANA zone."""
    return BY_IANA.get(iana, iana)


def iana_name(exchange: str) -> str:
    """An IANA zone for a name that Exchange uses: the first of its territory's list."""
    return WINDOWS[exchange][0] if exchange in WINDOWS else exchange
