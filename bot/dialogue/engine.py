"""The dialogue: which flow a message belongs to, what is still to be asked, and what a correction changes.

A message may steer (cancel, back, undo), correct something, answer the open question, or ask for something else in
the middle. That order is tried here, and nowhere else.
"""

from bot.dialogue.corrections import corrected
from bot.dialogue.forms import Forms
from bot.dialogue.hearing import Heard
from bot.dialogue.menu import menu_rows
from bot.dialogue.state import Done, Form
from bot.dialogue.turn import Button, Turn
from bot.dialogue.words import refusal
from bot.understanding.acts import OUT_OF_SCOPE, Act
from domain.errors import ConflictError

NO_REQUEST = frozenset({"inform", "affirm", "deny", "thanks", OUT_OF_SCOPE})


class Engine(Forms):
    """What a message means in the conversation as it stands."""

    def hear(self, turn: Turn, heard: Heard) -> None:
        """Handle a text message."""
        if turn.state.drop_old(turn.unit.now):
            turn.say("dialogue.lapsed")
        acts = heard.acts()
        if not self._steer(turn, acts):
            form = turn.state.open
            if form is None:
                self._without_form(turn, acts, heard)
            else:
                self._with_form(turn, form, acts, heard)
        self.settle(turn)

    def cancel(self, turn: Turn, form: Form) -> None:
        """Drop a form and what waited behind it."""
        turn.state.forms.remove(form)
        turn.say("dialogue.cancelled")

    @staticmethod
    def nothing_open(turn: Turn) -> None:
        """Whoever cancels with no question open may mean what was done last: offered, never guessed."""
        last = turn.unit.last_undoable(turn.agent.id)
        if last is not None and turn.state.last and turn.state.last.turn == last:
            turn.add(turn.t("dialogue.undo_instead"), [Button(turn.t("btn.undo"), "undo", {"turn": last})])
        else:
            turn.say("dialogue.nothing_open")

    def undo(self, turn: Turn, turn_id: int | None = None) -> None:
        """Undo a turn, by default the latest one that can be."""
        found = turn_id or turn.unit.last_undoable(turn.agent.id)
        if turn_id is None and turn.state.final and turn.state.final >= (found or 0):
            turn.say("undo.final")
            return
        if found is None:
            turn.say("undo.nothing")
            return
        try:
            turn.unit.undo(found)
        except ConflictError as conflict:
            turn.add(refusal(turn, conflict))
            return
        if turn.state.last and turn.state.last.turn == found:
            turn.state.last = None
        turn.state.forms = [form for form in turn.state.forms if not form.soft and form.entry != found]
        said = turn.state.told.pop(str(found), "")
        if said and turn_id is None:  # a press stands under what it takes back; a word does not
            turn.say("undo.done_of", what=said)
        else:
            turn.say("undo.done")

    def _steer(self, turn: Turn, acts: list[Act]) -> bool:
        """Cancel, back and undo mean the conversation itself, whatever is open."""
        intent = acts[0].intent if len(acts) == 1 else ""
        form = turn.state.open
        if intent == "undo":
            self.undo(turn)
        elif intent == "cancel" and form and not form.soft:
            self.cancel(turn, form)
        elif intent == "cancel":
            turn.state.forms = [other for other in turn.state.forms if not other.soft]
            self.nothing_open(turn)
        elif intent == "back":
            if form is None:
                self.nothing_open(turn)
            elif not self._back(turn, form):
                turn.say("dialogue.no_way_back")
        else:
            return False
        return True

    def _without_form(self, turn: Turn, acts: list[Act], heard: Heard) -> None:
        if self._correct_last(turn, heard):
            return
        if heard.by_keywords and all(act.intent == OUT_OF_SCOPE for act in acts):
            turn.add(turn.t("nlu.down"), *menu_rows(turn))
            return
        self._run(turn, acts)

    def _with_form(self, turn: Turn, form: Form, acts: list[Act], heard: Heard) -> None:
        done = turn.state.last
        if done and done.entry > form.entry and self._correct_last(turn, heard):
            return  # something was done since the form was opened, so a correction means that
        if self._correct_form(turn, form, heard) or self._take_answer(turn, form, acts, heard):
            return
        if all(act.intent == "thanks" for act in acts):
            turn.asked_form = form.id  # no answer, and no reason to ask again
            self._run(turn, acts)
        elif not all(act.intent in NO_REQUEST for act in acts):
            if form.soft:
                turn.state.forms.remove(form)
            self._run(turn, acts)
        elif form.soft:
            turn.state.forms.remove(form)
            self._without_form(turn, acts, heard)
        else:
            self._misunderstood(turn, form)

    def _correct_form(self, turn: Turn, form: Form, heard: Heard) -> bool:
        """A correction while a question is open changes what the form already knows: "no, make it 11"."""
        replaced = heard.correction()
        values = corrected(form.flow, form.values, replaced) if replaced else None
        if values is None:
            return False
        form.values = values
        self._advance(turn, form)
        return True

    def _correct_last(self, turn: Turn, heard: Heard) -> bool:
        """After the fact: "no, make it 11" does the last turn again with the value replaced, "and for Maria at 12" once more."""
        done = turn.state.correctable(turn.unit.now)
        if done is None:
            return False
        replaced = heard.correction()
        changed = replaced or heard.ellipsis()
        if not changed:
            return False
        for at in range(len(done.forms) - 1, -1, -1):
            item = done.forms[at]
            values = corrected(item["flow"], item["values"], changed)
            if values is None:
                continue
            again = {**item, "values": values}
            if not replaced:
                self._run_queue(turn, [again])
            elif self._take_back(turn, done):
                self._run_queue(turn, [*done.forms[:at], again, *done.forms[at + 1 :]])
            return True
        return False

    @staticmethod
    def _take_back(turn: Turn, done: Done) -> bool:
        """Undo what the corrected turn wrote; False, having said why, where that is refused."""
        turn.state.last = None
        if done.turn is None:
            return True
        try:
            turn.unit.undo(done.turn, correction=True)
        except ConflictError as conflict:
            turn.add(refusal(turn, conflict))
            return False
        turn.head("dialogue.corrected")
        return True
