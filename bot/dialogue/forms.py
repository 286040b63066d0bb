"""Open forms: what is asked, what an answer fills, and what is done once nothing is missing."""

from typing import Any

from bot.dialogue.effects import follow_up
from bot.dialogue.flow import Register
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import customer_label, when_words
from bot.dialogue.state import Done, Form
from bot.dialogue.turn import Turn
from bot.dialogue.words import refusal
from bot.understanding.acts import Act
from domain.errors import DomainError, StaleError
from domain.permissions import may_see
from texts.catalog import Html

Values = dict[str, Any]

ASKED_AGAIN = 2  # a question put again more often after other things would only be in the way
EXPLAIN_AFTER = 2
OFFER_WAY_OUT_AFTER = 3
TOLD = frozenset({"kind", "client", "customer_id", "title", "time", "outcome"})


class Forms:
    """Runs flows as forms over a conversation; holds no state of its own."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def settle(self, turn: Turn) -> None:
        """After anything else: put the open question again, once, where this turn has not put it yet."""
        form = turn.state.open
        if form is None or form.soft or not form.asked or turn.asked_form == form.id:
            return
        form.asked_again += 1
        if form.asked_again > ASKED_AGAIN:
            turn.state.forms.remove(form)
            turn.say("dialogue.dropped", what=self._about(turn, form))
        else:
            self._ask(turn, form, key="dialogue.back_to")

    def answer(self, turn: Turn, form: Form, slot_name: str, values: Values) -> None:
        """Take an answer to the form's question, pressed or typed."""
        form.values.update(values)
        form.failures = 0
        form.at = turn.unit.now.isoformat()
        form.answered.append(slot_name)
        self._advance(turn, form)

    def open_form(self, turn: Turn, flow: str, values: Values, *, soft: bool = False) -> None:
        """Start a form, from a button or as a follow-up question."""
        form = self._push(turn, {"flow": flow, "values": values, "text": ""})
        form.soft = soft
        self._advance(turn, form)

    def _run(self, turn: Turn, acts: list[Act]) -> None:
        queue = []
        for act in acts:
            flow = self._register.flows[act.intent]
            queue += [{"flow": act.intent, "values": values, "text": act.text} for values in flow.start(turn, act)]
        self._run_queue(turn, queue)

    def _run_queue(self, turn: Turn, queue: list[dict[str, Any]]) -> None:
        """Do the first; the rest waits behind it, in case it asks something."""
        if queue:
            form = self._push(turn, queue[0])
            form.waiting = queue[1:]
            self._advance(turn, form)

    def _push(self, turn: Turn, item: dict[str, Any]) -> Form:
        form = Form(
            id=turn.state.next_form,
            flow=item["flow"],
            values=dict(item["values"]),
            text=item["text"],
            at=turn.unit.now.isoformat(),
            entry=turn.unit.entry.id,
        )
        turn.state.next_form += 1
        turn.state.push(form)
        return form

    def _advance(self, turn: Turn, form: Form) -> None:
        """Ask for what is missing; else do it, and go on with what waited."""
        flow = self._register.flows[form.flow]
        try:
            for slot in flow.slots:
                if slot.needed(turn, form) and not slot.fill(turn, form):
                    form.asked = slot.name
                    self._ask(turn, form)
                    return
            with turn.unit.savepoint():
                flow.complete(turn, form)
                follow_up(turn)
        except StaleError:
            raise  # the whole turn runs again, on top of what the other one wrote
        except DomainError as error:
            turn.add(refusal(turn, error))
            if self._ask_again(turn, form, error):
                return
        else:
            self._remember(turn, form)
        turn.state.forms = [other for other in turn.state.forms if other is not form]
        for item in form.waiting:
            _carry(form, item["values"])
        self._run_queue(turn, form.waiting)

    def _ask_again(self, turn: Turn, form: Form, error: DomainError) -> bool:
        """A refused value is asked for again, where the flow says which; any other refusal ends the form."""
        flow = self._register.flows[form.flow]
        slot = flow.slot(flow.retry.get(error.code))
        if slot is None:
            return False
        slot.forget(form)
        form.asked = slot.name
        self._ask(turn, form)
        return True

    def _remember(self, turn: Turn, form: Form) -> None:
        if form.values.get("customer_id"):
            turn.state.focus = form.values["customer_id"]
        flow = self._register.flows[form.flow]
        if not flow.repeatable:
            return
        entry = turn.unit.entry.id
        done = turn.state.last
        if done is None or done.entry != entry:
            done = turn.state.last = Done(entry=entry, at=turn.unit.now.isoformat())
        if flow.writes and turn.unit.wrote():  # a refused duplicate writes nothing that could be taken back
            done.turn = entry
        done.forms.append({"flow": form.flow, "values": form.values, "text": form.text})

    def _take_answer(self, turn: Turn, form: Form, acts: list[Act], heard: Heard) -> bool:
        slot = self._register.flows[form.flow].slot(form.asked)
        value = slot.read(turn, form, heard) if slot else None
        if slot is None or value is None:
            return False
        slot.accept(form, value)
        for act in acts:  # "Popescu, tomorrow at 10": what the answer says beyond the question is taken too
            if act.intent == "inform":
                for name, more in act.entities.items():
                    form.values.setdefault(name, more)
        self.answer(turn, form, slot.name, {})
        return True

    def _misunderstood(self, turn: Turn, form: Form) -> None:
        """The second failure at a question explains it, the third offers a way out."""
        form.failures += 1
        slot = self._register.flows[form.flow].slot(form.asked)
        if form.failures >= OFFER_WAY_OUT_AFTER:
            turn.say("dialogue.way_out")
        elif form.failures >= EXPLAIN_AFTER and slot:
            turn.say(f"explain.{slot.question}")
        else:
            turn.say("dialogue.not_an_answer")
        self._ask(turn, form)

    def _back(self, turn: Turn, form: Form) -> bool:
        """Ask the question before once more; False where there is none."""
        flow = self._register.flows[form.flow]
        slot = flow.slot(form.answered.pop()) if form.answered else None
        if slot is None:
            return False
        slot.forget(form)
        self._advance(turn, form)
        return True

    def _ask(self, turn: Turn, form: Form, key: str = "dialogue.about") -> None:
        """Put the question under what is understood so far, so that a wrong value is seen before it is saved."""
        slot = self._register.flows[form.flow].slot(form.asked)
        if slot:
            turn.asked_form = form.id
            known = {name for name in form.values if name not in slot.shown}
            about = turn.t(key, what=self._about(turn, form)) if not form.soft and known & TOLD else None
            slot.ask(turn, form, about)

    @staticmethod
    def _about(turn: Turn, form: Form) -> Html:
        """What an open form is about, as far as it is known: "a call or meeting · Popescu · Fri 27 Nov, 10:00"."""
        values = form.values
        customer = turn.unit.customers.get(values["customer_id"]) if values.get("customer_id") else None
        if customer and not may_see(turn.agent, customer):  # handed over since the button was made
            customer = None
        kind, time = values.get("kind"), values.get("time")
        first = turn.t(f"kind.{kind}") if isinstance(kind, str) else turn.t(f"intent.{form.flow}")
        known = [
            Html(first[:1].upper() + first[1:]),
            customer_label(turn, customer) if customer else values.get("client"),
            values.get("title"),
            when_words(turn, time) if time else values.get("hour"),
            turn.t(f"outcome.{values['outcome']}") if isinstance(values.get("outcome"), str) else None,
        ]
        return Html(" · ").join(part for part in known if isinstance(part, str) and part)


def _carry(form: Form, values: Values) -> None:
    """Whom a name meant in one act, it means in the next of the same message."""
    if form.values.get("customer_id") and values.get("client") == form.values.get("client"):
        values.setdefault("customer_id", form.values["customer_id"])
