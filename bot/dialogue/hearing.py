"""A text message as the engine asks of it: acts, a bare answer, a correction, an ellipsis. Resolved against the turn's now."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.understanding.acts import Act
from bot.understanding.moments import PartialMoment, find_partial
from bot.understanding.service import Parsed, Understander


@dataclass(slots=True)
class Heard:
    """One text, parsed before the transaction and read within it."""

    parsed: Parsed
    understander: Understander
    now: datetime
    timezone: str
    _acts: list[Act] | None = field(default=None, init=False)

    @property
    def text(self) -> str:
        """As typed."""
        return self.parsed.text

    @property
    def by_keywords(self) -> bool:
        """Whether the NLU server did not answer and the keyword grammar did."""
        return self.parsed.degraded

    def acts(self) -> list[Act]:
        """What the message asks for; read once, though engine and slots both ask."""
        if self._acts is None:
            self._acts = self.understander.interpret(self.parsed, self.now, timezone=self.timezone).acts
        return self._acts

    def answer(self, question: str) -> Any:
        """The value that the text gives as a bare answer to a question of this type, or None."""
        answer = self.understander.read_answer(question, self.parsed, self.now, timezone=self.timezone)
        return None if answer is None else answer.value

    def partial(self) -> PartialMoment:
        """How much of a moment the text says: its day, its hour, or both."""
        return find_partial(self.text, now=self.now.replace(tzinfo=None))

    def correction(self) -> dict[str, Any] | None:
        """Entities that "no, …" replaces, or None where the text is no correction."""
        return self.understander.read_correction(self.parsed, self.now, timezone=self.timezone)

    def ellipsis(self) -> dict[str, Any] | None:
        """Entities that "and for Maria at 12" puts in the place of the last act's, or None."""
        return self.understander.read_ellipsis(self.parsed, self.now, timezone=self.timezone)
