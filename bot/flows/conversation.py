"""What is said around the work: greetings, thanks, help, a yes to nothing, and what nobody can answer."""

from bot.dialogue.flow import Flow, Values
from bot.dialogue.menu import menu_rows
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.by_button import offer_button
from bot.flows.deal_reopen import offer_reopening
from bot.flows.show_agenda import ShowAgenda
from bot.flows.show_client import ShowClient, VisibleClientSlot, whose
from bot.understanding.acts import Act


class Said(Flow):
    """An answer in words, with or without the menu."""

    writes = False
    repeatable = False
    menu = False

    def complete(self, turn: Turn, form: Form) -> None:  # noqa: ARG002  it needs nothing
        """Say it."""
        rows = menu_rows(turn) if self.menu else []
        turn.add(turn.t(f"said.{self.intent}", name=turn.agent.name.split()[0]), *rows)


class OutOfScope(Said):
    """What nobody can answer; where it goes by button alone, the button."""

    intent = "out_of_scope"
    menu = True

    def complete(self, turn: Turn, form: Form) -> None:
        """The button that was meant, else the menu."""
        if not (offer_reopening(turn, form.text) or offer_button(turn, form.text)):
            super().complete(turn, form)


def _said(name: str, *, menu: bool = False) -> Flow:
    flow: Flow = type(name.title(), (Said,), {"intent": name, "menu": menu})()
    return flow


def _names_somebody(_turn: Turn, form: Form) -> bool:
    return bool(form.values.get("client") or form.values.get("customer_id"))


class Inform(Flow):
    """A bare value that answers nothing: a name opens its card, a day its agenda."""

    intent = "inform"
    slots = (VisibleClientSlot(_names_somebody, addable=False),)
    writes = False
    repeatable = False

    def __init__(self, show_client: ShowClient, show_agenda: ShowAgenda) -> None:
        self._client, self._agenda = show_client, show_agenda

    def start(self, turn: Turn, act: Act) -> list[Values]:
        """As `show_client` where a client is named."""
        return self._client.start(turn, act)

    def complete(self, turn: Turn, form: Form) -> None:
        """Show what the value names."""
        if form.values.get("customer_id"):
            self._client.complete(turn, form)
        elif form.values.get("time") or form.values.get("period"):
            self._agenda.complete(turn, form)
        elif not whose(turn, form.values):
            turn.add(turn.t("said.inform"), *menu_rows(turn))


CONVERSATION: tuple[Flow, ...] = (
    _said("greet", menu=True),
    _said("goodbye"),
    _said("thanks"),
    _said("affirm"),
    _said("deny"),
    _said("help", menu=True),
    OutOfScope(),
)
