"""Two customers that are one: chosen from the card of one of them, shown side by side, merged by a press, undone by another."""

from typing import Any

from bot.cards.activities import who
from bot.cards.portfolio import conflict_note, merge_card, tell
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register
from bot.dialogue.slots import ClientSlot, customer_label
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.ports import Card
from domain.merging import merge, merge_candidates
from domain.permissions import customer_to_change

Args = dict[str, Any]


class MergeClient(Flow):
    """Asks by name for the other one; `keep` is the customer whose card it was opened from."""

    intent = "merge_client"
    slots = (ClientSlot(addable=False),)
    writes = False
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Show both."""
        show_both(turn, form.values["keep"], form.values["customer_id"])


def show_both(turn: Turn, keep_id: int, gone_id: int) -> None:
    """The card that asks; raises NotFoundError where either may not be known of."""
    keep = customer_to_change(turn.unit, turn.agent, keep_id)
    gone = customer_to_change(turn.unit, turn.agent, gone_id)
    if keep.id == gone.id:
        turn.say("error.merge_itself")
        return
    text, rows = merge_card(turn, keep, gone)
    turn.add(text, *rows)


def register_merge_buttons(register: Register, engine: Engine) -> None:
    """Merge, with whom, by name, do it, leave it."""

    def start(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        found = merge_candidates(turn.unit, turn.agent, customer_id=args["customer"])
        if not found:
            engine.open_form(turn, MergeClient.intent, {"keep": args["customer"]})
            return
        rows = [
            [Button(customer_label(turn, one), "client.merge_with", {"keep": args["customer"], "gone": one.id})]
            for one in found
        ]
        rows.append([Button(turn.t("btn.merge_other"), "client.merge_name", args)])
        customer = customer_to_change(turn.unit, turn.agent, args["customer"])
        turn.add(turn.t("merge.which", who=who(turn, customer)), *rows)

    def by_name(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        customer_to_change(turn.unit, turn.agent, args["customer"])
        engine.open_form(turn, MergeClient.intent, {"keep": args["customer"]})

    def chosen(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        show_both(turn, args["keep"], args["gone"])

    def both(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card has more buttons
        show_both(turn, args["keep"], args["gone"])

    def do(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        done = merge(
            turn.unit,
            turn.agent,
            keep_id=args["keep"],
            gone_id=args["gone"],
            wording=lambda conflicts: conflict_note(turn, conflicts),
        )
        turn.state.focus = done.kept.id
        turn.wrote()
        turn.say("merge.done", name=done.name, who=who(turn, done.kept))
        if done.former_owner_id != done.kept.owner_id and done.former_owner_id is not None:
            former = turn.unit.team.get(done.former_owner_id)
            tell(turn, former, {"kind": "client_taken", "customers": [done.kept.id], "to": done.kept.owner_id})

    def leave(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        turn.edit(card, None)
        turn.say("portfolio.left")

    register.press("client.merge", start)
    register.press("client.merge_name", by_name)
    register.press("client.merge_with", chosen)
    register.press("client.merge_both", both)
    register.press("client.merge_do", do)
    register.press("client.leave", leave)
