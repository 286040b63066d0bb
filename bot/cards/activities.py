"""How one activity reads: in an answer, and as a line of an agenda with its buttons."""

from bot.dialogue.turn import Button, Turn
from domain.agenda import EVENT_KINDS, Activity, Kind, Status
from domain.customers import Customer
from domain.team import Agent
from texts.catalog import Html


def customer_of(turn: Turn, activity: Activity) -> Customer | None:
    """Whom the activity is with."""
    return turn.unit.customers.get(activity.customer_id) if activity.customer_id else None


def who(turn: Turn, customer: Customer) -> Html:
    """A customer in an answer: the full name and the phone's last three digits."""
    tail = turn.formats.phone_tail(customer.phones[0].e164) if customer.phones else ""
    return turn.t("customer.who_tail" if tail else "customer.who", name=customer.name, tail=tail)


def what(turn: Turn, activity: Activity) -> Html:
    """Kind and customer, or the title: "Call with Ion Popescu …456"."""
    customer = customer_of(turn, activity)
    kind = turn.t(f"kind.{activity.kind}")
    title = activity.title or str(activity.note or "")
    if customer is None and title and activity.kind is Kind.TASK:
        return turn.t("activity.plain", kind=title)
    if customer is None:
        return turn.t("activity.titled", kind=kind, title=title) if title else turn.t("activity.plain", kind=kind)
    if activity.title and activity.kind is Kind.TASK:
        return turn.t("activity.to_do_with", who=who(turn, customer), title=activity.title)
    if activity.title:
        return turn.t("activity.with_titled", kind=kind, who=who(turn, customer), title=activity.title)
    return turn.t("activity.with", kind=kind, who=who(turn, customer))


def outcome_words(turn: Turn, activity: Activity) -> Html:
    """Its outcome: nobody is "reached" by a meeting, it took place."""
    if activity.outcome is None:
        return Html("")
    if activity.kind in EVENT_KINDS:
        return turn.t(f"event_outcome.{activity.outcome}")
    return turn.t(f"outcome.{activity.outcome}")


def when(turn: Turn, activity: Activity, agent: Agent | None = None) -> Html:
    """Its day, and its hour where it has one."""
    if activity.starts_at:
        local = (agent or turn.agent).local(activity.starts_at)
        return Html(turn.formats.moment(local.replace(tzinfo=None), turn.today))
    return Html(turn.formats.day(activity.day, turn.today))


def line(turn: Turn, activity: Activity, *, dated: bool = False) -> Html:
    """One line of an agenda: sign, hour, what, and the number as text that can be tapped."""
    customer = customer_of(turn, activity)
    hour = turn.formats.clock(turn.agent.local(activity.starts_at).time()) if activity.starts_at else ""
    at = when(turn, activity) if dated else Html(hour)
    phone = turn.formats.phone(customer.phones[0].e164) if customer and customer.phones else ""
    name = customer.name if customer else ""
    return turn.t(
        "agenda.line" if name else "agenda.line_own",
        sign=turn.t(f"sign.{activity.importance}"),
        at=at or turn.t("agenda.all_day"),
        kind=turn.t(f"kind.{activity.kind}"),
        name=name,
        title=f" · {activity.title}" if activity.title and name else activity.title or (activity.note or ""),
        phone=f"\n      {phone}" if phone else "",
    )


def line_buttons(turn: Turn, activity: Activity, *, number: int, view: dict[str, str]) -> list[Button]:
    """Done and Move of one line; `view` says which list the press is to draw again."""
    if activity.status is not Status.PLANNED:
        return []
    customer = customer_of(turn, activity)
    short = customer.name if customer else activity.title or turn.t(f"kind.{activity.kind}")
    args = {"activity": activity.id, "view": view}
    return [
        Button(turn.t("btn.done_line", number=number, name=short), "activity.done", args),
        Button(turn.t("btn.move_line", number=number), "activity.move", args),
    ]
