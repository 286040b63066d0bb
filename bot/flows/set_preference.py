"""What an agent chooses for the own phone: the hour of the agenda, the language."""

from datetime import time

from bot.dialogue.flow import Flow
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from domain.errors import InvalidValueError
from domain.team import LANGUAGES, set_preference
from texts.catalog import Html, Texts
from texts.formats import Formats

HOURS_OFFERED = ("07:00", "07:30", "08:00", "08:30", "09:00")


class SetPreference(Flow):
    """`set_preference`."""

    intent = "set_preference"

    def complete(self, turn: Turn, form: Form) -> None:
        """Change what the message names; show the choices where it names nothing."""
        hour, language = form.values.get("time_of_day"), form.values.get("language")
        if hour is None and language is None:
            text, rows = preferences_card(turn)
            turn.add(text, *rows)
            return
        change(turn, hour=hour, language=language)


def change(turn: Turn, *, hour: str | None = None, language: str | None = None) -> None:
    """Change and say so, in the new language already."""
    if isinstance(language, list) or isinstance(hour, list):
        raise InvalidValueError("language_unknown", language="")
    set_preference(turn.unit, turn.agent, agenda_time=time.fromisoformat(hour) if hour else None, language=language)
    turn.wrote()
    if language:
        turn.texts, turn.formats = Texts(language), Formats(language)
        turn.say("preference.language")
    if hour:
        turn.say("preference.agenda_time", hour=turn.formats.clock(turn.agent.agenda_time))


def preferences_card(turn: Turn) -> tuple[Html, list[list[Button]]]:
    """What is set, and the usual choices."""
    hours = [Button(hour, "preference.set", {"hour": hour}) for hour in HOURS_OFFERED]
    languages = [Button(turn.t(f"language.{code}"), "preference.set", {"language": code}) for code in LANGUAGES]
    text = turn.t(
        "preference.card",
        hour=turn.formats.clock(turn.agent.agenda_time),
        language=turn.t(f"language.{turn.agent.language}"),
    )
    absences = [Button(turn.t("btn.absences"), "absence.list", {"agent": turn.agent.id})]
    return text, [hours, languages, absences]
