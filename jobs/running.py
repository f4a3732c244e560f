"""What the worker of this process has in hand at the moment."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Running:
    is_working: bool = False
    jobs: set[int] = field(default_factory=set)
    #: Errors by job; postponements and takeovers do not count.
    errors: Counter[int] = field(default_factory=Counter)
    done: int = 0
    #: In the database's hand of ours a sweep ago, although nobody here works on them.
    suspects: set[int] = field(default_factory=set)
    worker_id: int | None = None
