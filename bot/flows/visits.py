"""A walk-in who leaves neither name nor phone is counted; who turns out to be somebody is added by a press."""

from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.understanding.vehicles import find_models
from domain.privacy import without_personal_codes
from domain.visits import record_visit


def count_visit(turn: Turn, form: Form) -> None:
    """Keep the visit with the words it was told in."""
    model = form.values.get("model") or next((car.value for car in find_models(form.text, about_cars=True)), None)
    visit = record_visit(
        turn.unit,
        turn.agent,
        interest=model if isinstance(model, str) else None,
        note=without_personal_codes(form.text),
    )
    turn.wrote()
    named = Button(turn.t("btn.with_name"), "visit.named")
    key = "visit.counted_for" if visit.interest else "visit.counted"
    turn.add(turn.t(key, model=visit.interest), [named])
