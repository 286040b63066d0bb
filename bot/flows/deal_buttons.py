"""Buttons of a deal's card and of what is said of deals. Each carries the version that it was drawn from."""

from collections.abc import Callable
from typing import Any

from bot.cards.agenda import draw
from bot.cards.deal import Rows, deal_card, fleet_rows, history_card, reason_rows, stage_rows
from bot.cards.deals import deal_name
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.flows.create_opportunity import NEW
from bot.flows.deal_changes import opened_by
from bot.flows.deal_edits import Change, pressed
from bot.flows.deal_values import CARD, FIELD
from bot.ports import Card
from domain.agenda import Kind, When, schedule
from domain.calendar import next_working_day
from domain.opportunities import (
    Changes,
    LossReason,
    Opportunity,
    Stage,
    lose,
    move_stage,
    reopen,
    touch,
    update_opportunity,
    win,
)
from domain.permissions import opportunity_to_change, opportunity_to_see

Args = dict[str, Any]
Act = Callable[[Turn, Opportunity, Args], None]
Press = Callable[[Turn, Card, Args], None]


def register_deal_buttons(register: Register, engine: Engine) -> None:
    """Open, show again, stage, values, won, lost, reopen, history, fleet, a new deal, and what a neglected one needs."""

    def ask(turn: Turn, card: Card, args: Args) -> None:
        deal = pressed(turn, args)
        if deal is None:
            turn.edit(card, None)
            return
        values = {"customer_id": deal.customer_id, "deal_id": deal.id, FIELD: args["field"], CARD: card.token}
        engine.open_form(turn, "update_opportunity", values)

    def create(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        engine.open_form(turn, "create_opportunity", args["values"] | {"same_deal": NEW})

    register.press("deal.ask", ask)
    register.press("deal.create", create)
    for name, handler in (("open", _open), ("show", _show), ("history", _history), ("plan", _plan), ("still_on", _on)):
        register.press(f"deal.{name}", handler)
    for name, rows in (("stages", stage_rows), ("reasons", reason_rows), ("fleet", fleet_rows)):
        register.press(f"deal.{name}", _offering(rows))
    for name, act in (("move_to", _move), ("win", _win), ("lose", _lose), ("reopen", _reopen), ("model", _model)):
        register.press(f"deal.{name}", _changing(act))


def _changing(act: Act) -> Press:
    """A press that changes the deal: refused where others have changed it since, told, and drawn anew."""

    def handler(turn: Turn, card: Card, args: Args) -> None:
        deal = pressed(turn, args)
        if deal is None:
            turn.edit(card, None)  # its buttons are of an earlier version
            return
        change = Change(turn, deal)
        act(turn, deal, args)
        _redraw(turn, card, args, deal)
        change.tell(*([] if args.get("card") else [[opened_by(turn, deal)]]))

    return handler


def _offering(rows: Callable[[Turn, Opportunity], Rows]) -> Press:
    """A press that offers more buttons under the same card; a list keeps its own, and the choice stands below."""

    def handler(turn: Turn, card: Card, args: Args) -> None:
        deal = pressed(turn, args)
        if deal is None:
            turn.edit(card, None)
            return
        text, _ = deal_card(turn, deal)
        if args.get("view"):
            turn.add(text, *rows(turn, deal))
        else:
            turn.edit(card, text, *rows(turn, deal))

    return handler


def _open(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  what stands above stays
    deal = opportunity_to_see(turn.unit, turn.agent, args["deal"])
    turn.state.focus = deal.customer_id
    text, rows = deal_card(turn, deal)
    turn.add(text, *rows)


def _show(turn: Turn, card: Card, args: Args) -> None:
    text, rows = deal_card(turn, opportunity_to_see(turn.unit, turn.agent, args["deal"]))
    turn.edit(card, text, *rows)


def _history(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
    turn.add(history_card(turn, opportunity_to_see(turn.unit, turn.agent, args["deal"])))


def _plan(turn: Turn, card: Card, args: Args) -> None:
    """A call on the next working day."""
    deal = opportunity_to_change(turn.unit, turn.agent, args["deal"])
    day = next_working_day(turn.unit, turn.agent, turn.today)
    schedule(turn.unit, turn.agent, kind=Kind.CALL, when=When(day), customer_id=deal.customer_id)
    _redraw(turn, card, args, deal)
    turn.wrote()
    turn.say("deal.call_planned", deal=deal_name(turn, deal), day=turn.formats.day(day, turn.today))


def _on(turn: Turn, card: Card, args: Args) -> None:
    """Looked after, though nothing changed."""
    deal = touch(turn.unit, turn.agent, opportunity_id=args["deal"])
    _redraw(turn, card, args, deal)
    turn.wrote()
    turn.say("deal.still_on", deal=deal_name(turn, deal))


def _redraw(turn: Turn, card: Card, args: Args, deal: Opportunity) -> None:
    """The card, or the list that the button stands on, as things are now; a question that is answered loses its buttons."""
    if args.get("view"):
        text, rows = draw(turn, args["view"])
        turn.edit(card, text, *rows)
    elif args.get("card"):
        text, rows = deal_card(turn, deal)
        turn.edit(card, text, *rows)
    else:
        turn.edit(card, None)


def _move(turn: Turn, deal: Opportunity, args: Args) -> None:
    move_stage(turn.unit, turn.agent, opportunity_id=deal.id, stage=Stage(args["stage"]))


def _win(turn: Turn, deal: Opportunity, args: Args) -> None:  # noqa: ARG001
    win(turn.unit, turn.agent, opportunity_id=deal.id)


def _lose(turn: Turn, deal: Opportunity, args: Args) -> None:
    lose(turn.unit, turn.agent, opportunity_id=deal.id, reason=LossReason(args["reason"]))


def _reopen(turn: Turn, deal: Opportunity, args: Args) -> None:  # noqa: ARG001
    reopen(turn.unit, turn.agent, opportunity_id=deal.id)


def _model(turn: Turn, deal: Opportunity, args: Args) -> None:
    update_opportunity(turn.unit, turn.agent, opportunity_id=deal.id, changes=Changes(model=args["model"]))
