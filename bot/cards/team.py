"""The team as the director sees it: everybody's load on one card, one person's with what can be done, days off."""

from collections.abc import Sequence

from bot.cards.pipeline import sums
from bot.dialogue.turn import Button, Rows, Turn
from domain.calendar import Absence, Closure
from domain.staff import Load, absences_of, closures_ahead, team_load
from domain.team import Agent, AgentStatus, Role
from texts.catalog import Html


def team_card(turn: Turn) -> tuple[Html, Rows]:
    """Everybody's load, a button each, and the days on which the house is closed."""
    loads = team_load(turn.unit, turn.agent)
    lines = [turn.n("team.heading", len(loads)), *(Html(f"{_head(turn, one)}\n{_load(turn, one)}") for one in loads)]
    people = [Button(one.agent.name, "team.open", {"agent": one.agent.id}) for one in loads]
    rows = [people[at : at + 2] for at in range(0, len(people), 2)]
    last = [Button(turn.t("btn.invite"), "team.invite"), Button(turn.t("btn.closures"), "closure.list")]
    return Html("\n\n").join(lines), [*rows, last]


def agent_card(turn: Turn, agent_id: int) -> tuple[Html, Rows]:
    """One person's load, and what the director may do."""
    load = next(one for one in team_load(turn.unit, turn.agent) if one.agent.id == agent_id)
    agent, args = load.agent, {"agent": agent_id}
    rows = [
        [
            Button(turn.t("btn.clients_of"), "team.clients", args),
            Button(turn.t("btn.absences"), "absence.list", args),
        ]
    ]
    if agent.status is AgentStatus.SUSPENDED:
        rows.append([Button(turn.t("btn.reactivate"), "team.reactivate", args)])
        if load.customers:
            rows.append([Button(turn.t("btn.hand_over_all"), "team.hand_over", args)])
    else:
        if agent.role is Role.AGENT:
            key = "btn.deputy_end" if agent.deputy else "btn.deputy_make"
            rows.append([Button(turn.t(key), "team.deputy", args | {"deputy": not agent.deputy})])
        rows.append([Button(turn.t("btn.suspend"), "team.suspend", args)])
    rows.append([Button(turn.t("btn.team"), "team.show")])
    return Html(f"{_head(turn, load)}\n{_load(turn, load)}"), rows


def absences_card(turn: Turn, agent: Agent) -> tuple[Html, Rows]:
    """When somebody is away from today on, each to be ended, and a new one."""
    found = absences_of(turn.unit, turn.agent, agent_id=agent.id)
    own = agent.id == turn.agent.id
    head = turn.t("absence.own") if own else turn.t("absence.of", agent=agent.name)
    lines = [head, *(Html.escape(period(turn, one)) for one in found)]
    if not found:
        lines.append(turn.t("absence.none"))
    rows = [
        [Button(turn.t("btn.absence_end", days=period(turn, one)), "absence.end", {"absence": one.id})] for one in found
    ]
    return Html("\n").join(lines), [*rows, [Button(turn.t("btn.absence_add"), "absence.new", {"agent": agent.id})]]


def closures_card(turn: Turn) -> tuple[Html, Rows]:
    """The days to come on which the house is closed, each to be opened, and new ones."""
    found: Sequence[Closure] = closures_ahead(turn.unit, turn.agent)
    days = [turn.formats.day(one.day, turn.today) for one in found]
    lines = [turn.t("closure.heading"), *(Html.escape(day) for day in days)]
    if not found:
        lines.append(turn.t("closure.none"))
    buttons = [
        Button(turn.t("btn.closure_open", day=day), "closure.open", {"closure": one.id})
        for day, one in zip(days, found, strict=True)
    ]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return Html("\n").join(lines), [*rows, [Button(turn.t("btn.closure_add"), "closure.new")]]


def period(turn: Turn, absence: Absence) -> str:
    """The days of an absence, as one day where it is one."""
    if absence.first == absence.last:
        return turn.formats.day(absence.first, turn.today)
    return turn.formats.period(absence.first, absence.last, turn.today)


def _head(turn: Turn, load: Load) -> Html:
    agent = load.agent
    marks = [turn.t(f"role.{agent.role}")]
    if agent.deputy:
        marks.append(turn.t("team.deputy"))
    if agent.status is AgentStatus.SUSPENDED:
        marks.append(turn.t("team.suspended"))
    elif load.away_until:
        marks.append(turn.t("team.away", day=turn.formats.day(load.away_until, turn.today)))
    return turn.t("team.head", name=agent.name, marks=Html(" · ").join(marks))


def _load(turn: Turn, load: Load) -> Html:
    worth = sums(turn, load.sums)
    deals = turn.n("team.deals", load.deals)
    active = load.last_active and turn.formats.moment(turn.agent.local(load.last_active), turn.today)
    parts = [
        turn.n("team.clients", load.customers),
        turn.t("team.deals_worth", deals=deals, sums=worth) if worth else deals,
        turn.n("team.overdue", load.overdue) if load.overdue else Html(""),
        turn.t("team.active", when=active) if active else turn.t("team.never_active"),
    ]
    return Html(" · ").join(part for part in parts if part)
