"""A report by a sentence or from the menu: asked for at once, made by an action server, told when it is there."""

import html
from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register, Values
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.colleagues import asked_of, colleagues
from bot.flows.list_opportunities import OWN
from bot.flows.report_slots import FIELDS, ReportAgentSlot, ReportPeriodSlot, ReportSlot, fields_slot, needs_client
from bot.flows.said_days import said_days
from bot.flows.show_client import VisibleClientSlot
from bot.ports import Card, Json, Message, Priority, SendKind
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.customers import Source, find_by_name
from domain.errors import DomainError
from domain.opportunities import Stage
from domain.permissions import visible_owners
from domain.portfolio import directors
from domain.reports.make import checked
from domain.reports.request import ReportRequest
from domain.team import Role
from texts.catalog import Html

FORMATS = ("pdf", "xlsx")
OTHERS = {"pdf": "btn.report_pdf", "xlsx": "btn.report_xlsx"}


class RequestReport(Flow):
    """`request_report`."""

    intent = "request_report"
    slots = (
        ReportSlot(),
        VisibleClientSlot(needs_client, addable=False),
        ReportPeriodSlot(),
        ReportAgentSlot(),
        fields_slot(),
    )
    writes = False
    repeatable = False

    def start(self, turn: Turn, act: Act) -> list[Values]:
        """A director who says "my" means the own ones; a name that is a colleague's and no client's is no client."""
        values = dict(act.entities)
        name = values.get("client")
        if isinstance(name, str) and "agent" not in values and colleagues(turn, name):
            known = find_by_name(turn.unit, turn.agent, name, owners=visible_owners(turn.agent))
            if not known.exact:
                values["agent"] = values.pop("client")
        if turn.agent.role is Role.DIRECTOR and OWN.search(fold(act.text)) and "agent" not in values:
            values["own"] = True
        return [values]

    def complete(self, turn: Turn, form: Form) -> None:
        """Say that it is being made; a refusal is told at once."""
        request = request_of(turn, form.values)
        if request is None:
            return
        checked(turn.unit, turn.agent, request)
        form_ = form.values.get("format")
        order_report(turn, request, form_ if form_ in FORMATS else "pdf")
        turn.say("report_chat.making", title=turn.t(f"report.{request.name}"))


def request_of(turn: Turn, values: Values) -> ReportRequest | None:
    """What the form's values ask for; None, having said why, where a colleague is unclear or not the person's to see."""
    agent_id = None
    if values.get("agent"):
        agent = asked_of(turn, values)
        if agent is None:
            return None
        agent_id = agent.id
    elif values.get("own"):
        agent_id = turn.agent.id
    first, last = said_days(values)
    customer_ids = _clients(turn, values)
    if customer_ids is None:
        return None
    return ReportRequest(
        name=values["report"],
        agent_id=agent_id,
        customer_ids=customer_ids,
        first=first,
        last=last,
        group_by=_one(values.get("group_by")),
        source=Source(source) if (source := _one(values.get("source"))) else None,
        stage=Stage(stage) if (stage := _one(values.get("stage"))) else None,
        company=values.get("portfolio") == "company",
        fields=FIELDS[values.get("fields", "all")],
    )


def order_report(turn: Turn, request: ReportRequest, form: str, *, unasked: bool = False, key: str = "") -> None:
    """Let an action server make it, as of this moment."""
    payload: Json = {
        "request": request.as_json(),
        "format": form,
        "language": turn.agent.language,
        "now": turn.unit.now.isoformat(),
        "unasked": unasked,
    }
    name = key or f"{turn.unit.entry.id}:{request.name}:{form}"
    turn.unit.add_job(kind="report", key=f"report:{name}", payload=payload)


def report_result(turn: Turn, fact: Json) -> None:
    """The figures in a few lines, the chart where there is one, and the document."""
    if fact.get("failed"):
        turn.say("report_chat.failed")
        return
    if "refused" in fact:
        key = f"error.{fact['refused']}"
        turn.add(turn.t(key, **fact["values"]))
        return
    turn.priority = Priority.BULK if fact["unasked"] else Priority.REPLY
    _send_files(turn, fact)  # they come first: the figures and the button stand lowest, next to where one writes
    lines = [Html.escape(line) for line in fact["lines"]]
    other = "xlsx" if fact["format"] == "pdf" else "pdf"
    button = Button(turn.t(OTHERS[other]), "report.other", {"request": fact["request"], "format": other})
    turn.add(Html("\n").join([turn.t("report_chat.heading", title=fact["title"]), *lines]), [button])
    if fact["contacts"]:
        tell_directors(turn, fact)


def _send_files(turn: Turn, fact: Json) -> None:
    if turn.agent.chat_id is None:
        return
    protected = {"protect_content": True} if fact["contacts"] else {}
    files = [(SendKind.PHOTO, picture) for picture in fact["pictures"]]
    for kind, file_id in [*files, (SendKind.DOCUMENT, fact["file"])]:
        payload = {"caption": html.escape(fact["title"]) if kind is SendKind.DOCUMENT else fact["title"], **protected}
        turn.unit.send(
            Message(chat_id=turn.agent.chat_id, kind=kind, payload=payload, priority=turn.priority, file_id=file_id)
        )


def tell_directors(turn: Turn, fact: Json) -> None:
    """Whoever decides hears that the contacts of many customers were handed over; not of the own doing."""
    told = {
        "kind": "contacts_told",
        "agent": turn.agent.id,
        "report": fact["request"]["name"],
        "count": fact["contacts"],
    }
    for director in directors(turn.unit):
        if director.id != turn.agent.id and director.telegram_user_id is not None:
            turn.unit.notify(person=director.telegram_user_id, payload=told)


def contacts_told(turn: Turn, fact: Json) -> None:
    """To the director: who was handed how many customers' contacts."""
    agent = turn.unit.team.get(fact["agent"]) if fact["agent"] else None
    turn.add(
        turn.n(
            "report_chat.contacts_told",
            fact["count"],
            agent=agent.name if agent else turn.t("report_chat.command_line"),
            title=turn.t(f"report.{fact['report']}"),
        )
    )


def register_report_buttons(register: Register, engine: Engine) -> None:
    """The menu of reports, and the same report in the other form."""

    def menu(turn: Turn, card: Card, args: dict[str, Any]) -> None:  # noqa: ARG001  what stands above stays
        engine.open_form(turn, "request_report", {"by_menu": True})

    def other(turn: Turn, card: Card, args: dict[str, Any]) -> None:
        turn.edit(card, None)
        request = ReportRequest.of_json(args["request"])
        try:
            checked(turn.unit, turn.agent, request)
        except DomainError as error:
            turn.add(turn.t(f"error.{error.code}", **error.values))
            return
        order_report(turn, request, args["format"])
        turn.say("report_chat.making", title=turn.t(f"report.{request.name}"))

    register.press("menu.reports", menu)
    register.press("report.other", other)


def _clients(turn: Turn, values: Values) -> tuple[int, ...] | None:
    """The client who was settled on; of several named in one sentence each must be known, else None, having said which is not."""
    named = values.get("client")
    if not isinstance(named, list):
        chosen = values.get("customer_id")
        return (chosen,) if chosen else ()
    found = {name: find_by_name(turn.unit, turn.agent, name, owners=visible_owners(turn.agent)).only for name in named}
    if unknown := [name for name, customer in found.items() if customer is None]:
        turn.say("report_chat.clients_unknown", names=turn.formats.list_of(unknown))
        return None
    return tuple(customer.id for customer in found.values() if customer)


def _one(value: object) -> str | None:
    return value if isinstance(value, str) else None
