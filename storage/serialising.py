"""JSON as it is stored: compact, readable letters, and no NaN, which PostgreSQL refuses."""

import json
from typing import Any


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
