"""What a capability is to the engine, and the one register of them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from bot.dialogue.slots import Slot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.ports import Card
from bot.understanding.acts import Act

Values = dict[str, Any]
PressHandler = Callable[[Turn, Card, Values], None]


class Flow(ABC):
    """A capability: what it needs (`slots`) and what it does once all is known (`complete`)."""

    intent: ClassVar[str]
    slots: ClassVar[Sequence[Slot]] = ()
    writes: ClassVar[bool] = True  # it changes something that a correction must take back first
    repeatable: ClassVar[bool] = True  # "no, friday" and "and for Maria" can mean it
    # which slot is asked for again when a use case refuses its value with this code
    retry: ClassVar[Mapping[str, str]] = {}

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002  a few look at the turn
        """The form's first values; several where one act means several runs ("call Ana and Maria")."""
        return [dict(act.entities)]

    @abstractmethod
    def complete(self, turn: Turn, form: Form) -> None:
        """Do it, and say so."""

    def slot(self, name: str | None) -> Slot | None:
        """The slot of this name."""
        return next((slot for slot in self.slots if slot.name == name), None)


class Register:
    """Flows by intent and press handlers by name, filled in `bot.flows`."""

    def __init__(self) -> None:
        self.flows: dict[str, Flow] = {}
        self.presses: dict[str, PressHandler] = {}

    def add(self, *flows: Flow) -> None:
        """Register flows; a second one for an intent is an error of ours."""
        for flow in flows:
            if flow.intent in self.flows:
                raise ValueError(flow.intent)
            self.flows[flow.intent] = flow

    def press(self, name: str, handler: PressHandler) -> None:
        """Register what a button does."""
        if name in self.presses:
            raise ValueError(name)
        self.presses[name] = handler


def per_client(entities: Mapping[str, Any]) -> list[Values]:
    """One set of values for each client named."""
    clients = entities.get("client")
    if isinstance(clients, list):
        return [{**entities, "client": client} for client in clients]
    return [dict(entities)]
