"""Two people at one deal: what others changed since this person last saw it is told, and never lost silently."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.cards.deal import deal_card
from bot.cards.deals import both_words, changes_told, deal_name, snapshot
from bot.dialogue.turn import Button, Turn
from domain.opportunities import Opportunity
from domain.permissions import opportunity_to_change
from domain.ports import Edit
from texts.catalog import Html

Args = dict[str, Any]
RECENT = timedelta(hours=24)  # of a deal that the person was not shown here


def news(turn: Turn, deal: Opportunity) -> list[Edit]:
    """What others changed since this person last saw or changed the deal, at least within the last day."""
    turn.unit.flush()
    seen = turn.state.seen.get(str(deal.id))
    if seen is not None:
        return _of_others(turn, turn.unit.opportunities.edits(deal.id, version=seen))
    recent = list(turn.unit.opportunities.edits(deal.id, since=turn.unit.now - RECENT))
    own = [place for place, edit in enumerate(recent) if edit.agent_id == turn.agent.id]
    return _of_others(turn, recent[own[-1] + 1 :] if own else recent)


def tell_news(turn: Turn, edits: Sequence[Edit]) -> list[Html]:
    """One line an edit: who, when, from → to."""
    lines = []
    for edit in edits:
        before, after = both_words(turn, edit.name, edit.before, edit.after)
        lines.append(
            turn.t(
                "deal.edited",
                agent=_name(turn, edit),
                when=turn.formats.moment(turn.agent.local(edit.at).replace(tzinfo=None), turn.today),
                field=turn.t(f"deal_field.{edit.name}"),
                before=before,
                after=after,
            )
        )
    return lines


def pressed(turn: Turn, args: Args) -> Opportunity | None:
    """The deal of a pressed button; None, with what changed and the fresh card shown, where others have changed it since."""
    deal = opportunity_to_change(turn.unit, turn.agent, args["deal"])
    version = args.get("version")
    if version is None or version == deal.version:
        return deal
    edits = _of_others(turn, turn.unit.opportunities.edits(deal.id, version=version))
    if not edits:
        return deal  # the own changes since are known to whoever made them
    text, rows = deal_card(turn, deal)
    lines = [turn.t("deal.changed_meanwhile"), *tell_news(turn, edits)]
    turn.add(Html("\n").join(lines))
    turn.add(text, *rows)
    return None


class Change:
    """One change of a deal as it is told: values before, what others did since, and the answer that says both."""

    def __init__(self, turn: Turn, deal: Opportunity) -> None:
        self._turn, self._deal = turn, deal
        self._before = snapshot(deal)
        self._news = news(turn, deal)

    def tell(self, *buttons: Sequence[Button], heading: Html | None = None) -> bool:
        """Say what is another now, under whose deal it is; False where nothing is."""
        turn, deal = self._turn, self._deal
        lines = changes_told(turn, self._before, snapshot(deal))
        if lines:
            turn.wrote()
        told = lines or [turn.t("deal.unchanged")]
        if deal.signed_without_order and deal.stage is not self._before["stage"]:
            told.append(turn.t("deal.signed_note"))
        turn.add(Html("\n").join([heading or deal_name(turn, deal), *told, *tell_news(turn, self._news)]), *buttons)
        turn.unit.flush()
        turn.state.see(deal.id, deal.version)
        return bool(lines)


def _of_others(turn: Turn, edits: Sequence[Edit]) -> list[Edit]:
    """For each value its way as a whole, told under who set it last; own changes, and what ended where it began, are none."""
    whole: dict[str, Edit] = {}
    for edit in edits:
        first = whole.get(edit.name, edit)
        whole[edit.name] = Edit(edit.agent_id, edit.at, edit.name, first.before, edit.after)
    return [edit for edit in whole.values() if edit.agent_id != turn.agent.id and edit.before != edit.after]


def _name(turn: Turn, edit: Edit) -> str:
    agent = turn.unit.team.get(edit.agent_id) if edit.agent_id else None
    return agent.name if agent else turn.t("deal.by_itself").unescape()
