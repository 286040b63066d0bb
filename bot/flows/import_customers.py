"""What an import of contact cards came to, card by card."""

from typing import Any

from bot.dialogue.turn import Turn
from texts.catalog import Html

ROWS_SHOWN = 20


def import_result(turn: Turn, fact: dict[str, Any]) -> None:
    """Taken, merged and refused, with the reason of each that was not simply taken."""
    if fact.get("failed"):
        turn.add(
            turn.t(f"import.failed.{fact['reason']}", **fact["values"]) if "reason" in fact else turn.t("import.failed")
        )
        return
    lines = [turn.t("import.done", taken=fact["taken"], merged=fact["merged"], refused=fact["refused"])]
    told = [row for row in fact["rows"] if row["status"] != "taken" or row["warnings"]]
    lines += [
        turn.t("import.row", row=row["row"], name=row["name"] or "—", reason=_reason(turn, row))
        for row in told[:ROWS_SHOWN]
    ]
    if fact["telling"] > ROWS_SHOWN:
        lines.append(turn.n("import.more", fact["telling"] - ROWS_SHOWN))
    if fact["taken"] or fact["merged"]:
        turn.wrote()
    turn.add(Html("\n".join(lines)))


def _reason(turn: Turn, row: dict[str, Any]) -> Html:
    """What became of a row, and what of it could not be taken over."""
    reasons = [turn.t(f"import.reason.{row['reason']}", **row["values"])]
    return Html("; ").join([*reasons, *(turn.t(f"import.warning.{code}") for code in row["warnings"])])
