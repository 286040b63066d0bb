"""Buttons of open forms and the Undo button."""

from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.slots import capitalised
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.ports import Card
from domain.customers import add_customer

Args = dict[str, Any]


def register_form_buttons(register: Register, engine: Engine) -> None:
    """Answer, cancel, add the typed name, undo."""

    def answer(turn: Turn, card: Card, args: Args) -> None:
        form = _open(turn, card, args)
        if form and form.asked == args["slot"]:
            turn.edit(card, None)
            engine.answer(turn, form, args["slot"], args["values"])
            engine.settle(turn)
        elif form:
            turn.pop_up("press.changed")

    def cancel(turn: Turn, card: Card, args: Args) -> None:
        form = _open(turn, card, args)
        if form:
            turn.edit(card, None)
            engine.cancel(turn, form)
            engine.settle(turn)

    def new_client(turn: Turn, card: Card, args: Args) -> None:
        form = _open(turn, card, args)
        if form is None:
            return
        name = form.values.get("client")
        if form.asked != "customer_id" or not name or args.get("name", name) != name:
            turn.pop_up("press.changed")  # the question was answered otherwise, or is about another name by now
            return
        turn.edit(card, None)
        customer = add_customer(turn.unit, turn.agent, name=capitalised(name))
        turn.wrote()
        turn.say("client.added", name=customer.name)
        engine.answer(turn, form, "customer_id", {"customer_id": customer.id})
        engine.settle(turn)

    def undo(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        engine.undo(turn, args["turn"])

    register.press("form.answer", answer)
    register.press("form.cancel", cancel)
    register.press("form.new_client", new_client)
    register.press("undo", undo)


def _open(turn: Turn, card: Card, args: Args) -> Form | None:
    """The form that the button belongs to; a toast and no keyboard where it is no longer open."""
    for form in turn.state.forms:
        if form.id == args["form"]:
            return form
    turn.pop_up("press.expired")
    turn.edit(card, None)
    return None
