"""Once a day, in small steps, the texts of old messages are dropped; a second scheduler finds nothing left to do."""

import logging
from datetime import date

from actions.ports import RetentionStore

log = logging.getLogger(__name__)

STEPS = 20  # a tick: some ten thousand rows, in short transactions


class Retention:
    """What the scheduler calls at each of its ticks."""

    def __init__(self, store: RetentionStore) -> None:
        self._store = store
        self._done: date | None = None

    def tick(self) -> int:
        """Drop the next texts, until the day's are done; returns of how many rows."""
        day = self._store.day()
        if self._done == day:
            return 0
        dropped = 0
        try:
            for _ in range(STEPS):
                step = self._store.drop()
                dropped += step
                if not step:
                    self._done = day
                    break
        except Exception as error:  # noqa: BLE001  the next tick tries again; reminders must not wait for it
            log.warning("old texts were not dropped (%s), again at the next tick", type(error).__name__)
        if dropped:
            log.info("the texts of %d old rows were dropped", dropped)
        return dropped
