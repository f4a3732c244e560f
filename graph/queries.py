"""Query options and Prefer headers for the SDK's requests, one form for every builder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NAMES = {
    "expand": "%24expand",
    "filter": "%24filter",
    "select": "%24select",
    "top": "%24top",
    "start": "startDateTime",
    "end": "endDateTime",
}


@dataclass
class Query:
    """The options that we use; the generated class of each builder differs in name only."""

    expand: list[str] | None = None
    filter: str | None = None
    select: list[str] | None = None
    top: int | None = None
    start: str | None = None
    end: str | None = None

    def get_query_parameter(self, original_name: str) -> str:
        """The name that the SDK's URL template has for an option."""
        return NAMES[original_name]


def asked(
    query: Query | None = None, prefer: Sequence[str] = (), if_match: str | None = None
) -> Any:
    """A request's configuration with a query, Prefer values and the eTag that it holds for."""
    from kiota_abstractions.base_request_configuration import RequestConfiguration

    configuration: Any = RequestConfiguration(query_parameters=query)
    for value in prefer:
        configuration.headers.add("Prefer", value)
    if if_match:
        configuration.headers.add("If-Match", if_match)
    return configuration
