"""Facts from the scheduler and from action servers become messages here, in the person's language and in order."""

from collections.abc import Callable
from typing import Any

from bot.dialogue.turn import Turn

FactHandler = Callable[[Turn, dict[str, Any]], None]
