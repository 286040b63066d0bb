"""What a report needs to know: which one, of whom, and over which days; each offered as buttons."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.dialogue.hearing import Heard
from bot.dialogue.slots import ChoiceSlot, Slot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.colleagues import colleagues
from domain.reports.kind import ReportKind, month_end, months_before, quarter
from domain.reports.make import KINDS, kinds_for
from domain.team import Role
from texts.catalog import Html

TEAM_SHOWN = 12


def kind_of(form: Form) -> ReportKind | None:
    """The report that the form is about, once it is known."""
    name = form.values.get("report")
    return KINDS.get(name) if isinstance(name, str) else None


def needs_client(_turn: Turn, form: Form) -> bool:
    """Whether it is about one client, or one was named."""
    kind = kind_of(form)
    named = isinstance(form.values.get("client"), str)
    return kind is not None and (kind.needs_client or (named and "client" in kind.takes))


class ReportSlot(Slot):
    """Which report."""

    name = "report"
    question = "report"

    def fill(self, turn: Turn, form: Form) -> bool:  # noqa: ARG002
        """A report of the contract; several named at once are asked for."""
        if kind_of(form) is None:
            form.values.pop(self.name, None)
        return kind_of(form) is not None

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """Which."""
        return turn.t("question.report")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """Those that the person may have, two a row."""
        all_of_them = [
            answer_button(turn.t(f"report.{kind.name}"), form, self.name, {self.name: kind.name})
            for kind in kinds_for(turn.agent)
        ]
        return [all_of_them[at : at + 2] for at in range(0, len(all_of_them), 2)]


def _asks_by_hand(form: Form, parameter: str) -> bool:
    """From a menu all is asked that the report takes; a sentence that leaves it out means the default."""
    kind = kind_of(form)
    return bool(form.values.get("by_menu")) and kind is not None and parameter in kind.takes


class ReportPeriodSlot(Slot):
    """The days, as the contract's `period`; a report's own default is the first button."""

    name = "period"
    question = "period"

    def __init__(self) -> None:
        super().__init__(lambda _turn, form: _asks_by_hand(form, "period") and not form.values.get("time"))

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:  # noqa: ARG002
        """A period, or one day."""
        for act in heard.acts():
            if act.intent in {"inform", "request_report"} and act.entities.get("period"):
                return act.entities["period"]
        when = heard.answer("time")
        return {"from": when["value"][:10], "to": when["value"][:10]} if when else None

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """Over which days."""
        return turn.t("question.period")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """The usual ones."""
        kind, today = kind_of(form), turn.today
        usual = [kind.period(today)] if kind else []
        month = today.replace(day=1)
        offered = [
            *usual,
            (month, month_end(today)),
            (months_before(month, 1), month - timedelta(days=1)),
            quarter(today),
            (months_before(today, 3), today),
            (date(today.year, 1, 1), today),
        ]
        buttons = [
            answer_button(
                turn.formats.period(first, last, today),
                form,
                self.name,
                {self.name: {"from": first.isoformat(), "to": last.isoformat()}},
            )
            for first, last in dict.fromkeys(offered)
        ]
        return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


class ReportAgentSlot(Slot):
    """Whose, where the director asks by the menu: everybody's or one person's."""

    name = "agent"
    question = "agent"

    def __init__(self) -> None:
        super().__init__(_director_asks)

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:  # noqa: ARG002
        """A colleague's name."""
        name = heard.answer("agent")
        return name if isinstance(name, str) and len(colleagues(turn, name)) == 1 else None

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """Whose."""
        return turn.t("question.report_agent")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """All, then each."""
        team = turn.unit.team.all()[:TEAM_SHOWN]
        buttons = [answer_button(turn.t("portfolio.all"), form, self.name, {"agent": "", "everybody": True})]
        buttons += [answer_button(agent.name, form, self.name, {"agent": agent.name}) for agent in team]
        return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


FIELDS = {"all": (), "phone": ("phone",), "phone_email": ("phone", "email")}


def fields_slot() -> ChoiceSlot:
    """Which fields of a contact list, where it is asked for by the menu."""
    return ChoiceSlot(
        "fields",
        "contact_fields",
        key="question.contact_fields",
        prefix="contact_fields",
        values=tuple(FIELDS),
        needed=lambda _turn, form: _asks_by_hand(form, "fields"),
    )


def _director_asks(turn: Turn, form: Form) -> bool:
    return turn.agent.role is Role.DIRECTOR and _asks_by_hand(form, "agent")
