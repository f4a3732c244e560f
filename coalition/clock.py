"""The one clock that the application is built with. In the sandbox it can be moved forward."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the instant; `offset` is how far it was moved ahead of the world's time."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC) + self.offset

    def move(self, by: timedelta) -> None:
        """Move the clock ahead; ValueError for a move into the past, which would undo what is
        stored."""
        if by < timedelta():
            raise ValueError("The clock only moves ahead.")
        self.offset += by
