"""What is pushed unasked, one rule a file: a rule looks at the database and gives the facts that are due now."""

from collections.abc import Iterable
from typing import Protocol

from actions.ports import Due, DueUnit
from domain.team import Agent


class Rule(Protocol):
    """One reminder. It may give the same fact at every tick: unique keys keep the first alone."""

    def __call__(self, unit: DueUnit, agent: Agent, person: int) -> Iterable[Due]: ...
