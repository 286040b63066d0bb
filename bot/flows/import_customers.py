"""A file of customers: what it would become, and after a press what it came to, row by row."""

from typing import Any

from bot.dialogue.flow import Register
from bot.dialogue.turn import Button, Turn
from bot.ports import Card, Message, SendKind
from domain.importing import ImportOwners
from domain.team import Role
from texts.catalog import Html
from texts.importing import preview_lines, reason

ROWS_SHOWN = 20
IMPORT_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".vcf", ".vcard")  # the last Excels are told apart

Facts = dict[str, Any]


def import_preview(turn: Turn, fact: Facts) -> None:
    """Counts, columns, the first rows; nothing is taken before the press."""
    lines = preview_lines(turn.texts, fact)
    lines[1:1] = _owners(turn, fact["owners"])
    if fact["codes"]:
        lines.insert(1, turn.t("import.preview.codes"))
        if "message_id" in fact:
            turn.delete_message(fact["message_id"])
    args = {"files": fact["files"], "name": fact["name"], "heading_row": fact["heading_row"]}
    row = [Button(turn.t("btn.cancel"), "import.cancel", args)]
    if fact["first"]:
        good = fact["rows"] - sum(fact["refused"].values())
        row.insert(0, Button(turn.n("btn.import_rows", good), "import.take", args))
    turn.add(Html("\n").join(lines), row)


def import_result(turn: Turn, fact: Facts) -> None:
    """Taken, merged and refused, the reason of each that was not simply taken, and the file with all of them."""
    if fact.get("failed"):
        turn.add(
            turn.t(f"import.failed.{fact['reason']}", **fact["values"]) if "reason" in fact else turn.t("import.failed")
        )
        return
    lines = [turn.t("import.done", taken=fact["taken"], merged=fact["merged"], refused=fact["refused"])]
    told = [row for row in fact["rows"] if row["status"] != "taken" or row["warnings"]]
    lines += [
        turn.t("import.row", row=row["row"], name=row["name"] or "—", reason=reason(turn.texts, row))
        for row in told[:ROWS_SHOWN]
    ]
    if fact["telling"] > ROWS_SHOWN:
        lines.append(turn.n("import.more", fact["telling"] - ROWS_SHOWN))
    if fact["taken"] or fact["merged"]:
        turn.wrote()
    turn.add(Html("\n".join(lines)))
    if turn.agent.chat_id is not None:
        payload = {"caption": str(turn.t("import.file_caption"))}
        turn.unit.send(
            Message(chat_id=turn.agent.chat_id, kind=SendKind.DOCUMENT, payload=payload, file_id=fact["file_id"])
        )


def register_import_buttons(register: Register) -> None:
    """Import and Cancel, each once."""

    def take(turn: Turn, card: Card, args: Facts) -> None:
        turn.edit(card, None)
        payload = {**args, "stage": "take", "language": turn.agent.language}
        _ask(turn, args, payload)
        turn.say("import.taking", name=args["name"])

    def cancel(turn: Turn, card: Card, args: Facts) -> None:
        turn.edit(card, None)
        _ask(turn, args, {"stage": "drop", "files": args["files"]})
        turn.say("import.cancelled", name=args["name"])

    register.press("import.take", take)
    register.press("import.cancel", cancel)


def _ask(turn: Turn, args: Facts, payload: Facts) -> None:
    """One job for one preview, however often it is pressed."""
    turn.unit.add_job(kind="import_customers", key=f"import:table:{args['files'][0]}", payload=payload)


def _owners(turn: Turn, named: list[tuple[str, int]]) -> list[Html]:
    """Whose the rows become, where the file names owners."""
    if not named:
        return []
    if turn.agent.role is not Role.DIRECTOR:
        return [turn.t("import.preview.owners_ignored")]
    owners = ImportOwners(turn.unit, turn.agent)
    known = [one for one in named if not owners.of(one[0])[1]]
    unknown = [one for one in named if one not in known]
    lines = []
    for key, found in (("import.preview.owners", known), ("import.preview.owners_unknown", unknown)):
        if found:
            told = [turn.t("import.preview.owner", owner=owner, count=count) for owner, count in found]
            lines.append(turn.t(key, owners=Html(", ").join(told)))
    return lines
