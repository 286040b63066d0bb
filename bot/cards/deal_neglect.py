"""Deals that nobody looks after, in the morning's message: a few, each with answers of one press."""

from bot.cards.deals import line
from bot.dialogue.turn import Button, Turn
from domain.calendar import next_working_day
from domain.pipeline import DealFilter, neglected, pipeline, untouched_since
from domain.ports import Owners

MORNING = 5


def neglected_lines(turn: Turn, view: dict[str, str], *, start: int) -> tuple[list[str], list[list[Button]]]:
    """Lines and buttons of the longest neglected ones, numbered from `start`; the rest is a press away."""
    found = neglected(turn.unit, turn.agent, limit=MORNING + 1)
    if not found:
        return [], []
    day = turn.formats.weekday(next_working_day(turn.unit, turn.agent, turn.today))
    total = len(found)
    if total > MORNING:
        wanted = DealFilter(Owners(turn.agent.id), untouched_since=untouched_since(turn.unit))
        total = pipeline(turn.unit, turn.agent, wanted).count
    lines: list[str] = ["", turn.n("neglected.heading", total)]
    rows: list[list[Button]] = []
    for number, one in enumerate(found[:MORNING], start=start):
        deal = one.opportunity
        lines.append(line(turn, deal, number, one))
        args = {"deal": deal.id, "version": deal.version, "view": view}
        rows.append(
            [
                Button(turn.t("btn.neglected_call", number=number, day=day), "deal.plan", args),
                Button(turn.t("btn.neglected_on", number=number), "deal.still_on", args),
                Button(turn.t("btn.neglected_lost", number=number), "deal.reasons", args),
            ]
        )
    if total > MORNING:
        more = total - MORNING
        rows.append([Button(turn.n("btn.neglected_more", more), "deals.show", {"filter": {"idle": True}})])
    return lines, rows
