"""What followed by itself from what the person did: run before the commit, told, and undone with it."""

from bot.dialogue.turn import Button, Turn
from domain.reactions import Effect, StageMoved, StageUnclear, react


def follow_up(turn: Turn) -> None:
    """Answer the events of the turn's use cases, and say what they led to."""
    for effect in react(turn.unit, turn.agent):
        turn.wrote()
        tell(turn, effect)


def tell(turn: Turn, effect: Effect) -> None:
    """One effect in words; where several deals could be meant, one button each."""
    match effect:
        case StageMoved(opportunity, before):
            turn.say(
                "effect.stage_moved",
                model=opportunity.model or turn.t("deal.no_model"),
                before=turn.t(f"stage.{before}"),
                after=turn.t(f"stage.{opportunity.stage}"),
            )
        case StageUnclear(opportunities, stage):
            rows = [
                [
                    Button(
                        turn.t(
                            "effect.move_this",
                            model=deal.model or turn.t("deal.no_model"),
                            stage=turn.t(f"stage.{deal.stage}"),
                        ),
                        "deal.move_to",
                        {"deal": deal.id, "version": deal.version, "stage": stage.value},
                    )
                ]
                for deal in opportunities
            ]
            turn.add(turn.t("effect.stage_unclear", after=turn.t(f"stage.{stage}")), *rows)
