"""Enquiries: what the process keeps in memory about questions."""

from bot.practices import Practices
from bot.recall import Recall
from bot.tally import Tally
from storage.database import Database


class Enquiries:
    """Follow-ups, the secretariat's practice, and what is still to be counted."""

    def __init__(self, database: Database) -> None:
        self.recall = Recall()
        self.practices = Practices(database)
        self.tally = Tally(database, self.practices.reload)

    async def close(self) -> None:
        """Write what was asked before the program ends."""
        await self.tally.close()
