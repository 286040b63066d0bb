"""`presales erase CUSTOMER`: the same erasure as by the director's press, told on the terminal."""

import typer

from domain.erasure import Outlook, Progress, erase_step, erasure_outlook
from domain.messages import Message, Priority, SendKind
from domain.names import words
from presales.find_customer import one_customer, operator
from storage.database import Database
from texts.catalog import Texts


def run_erase(database: Database, typed: str, *, agent: str | None, yes: bool) -> int:
    """Show what goes, ask unless `yes`, and do it; returns the exit status."""
    with database.command_unit("erase") as unit:
        customer = one_customer(unit, typed, agent=agent)
        outlook = erasure_outlook(unit, operator(unit), customer_id=customer.id)
        nameless = str(Texts(unit.defaults.language).t("erase.nameless"))
        _show(outlook)
    if not yes and not _is_confirmed(outlook):
        typer.echo("Nothing was erased.")
        return 1
    progress: Progress = {"customer": outlook.customer.id}
    while True:
        with database.command_unit("erase") as unit:
            following = erase_step(unit, operator(unit), progress=progress, name=nameless)
            if following is None:
                for chat_id, message_id in progress["deletions"]:
                    payload = {"message_id": message_id}
                    unit.send(Message(chat_id=chat_id, kind=SendKind.DELETE, payload=payload, priority=Priority.BULK))
                people = {one.chat_id: one.name for one in unit.team.all()}
                break
        progress = following
    _tell(progress, people)
    if not database.compact():
        typer.echo("The file is in use and was not written anew; what was erased is overwritten in it all the same.")
    return 0


def _show(outlook: Outlook) -> None:
    typer.echo(f"#{outlook.customer.id} {outlook.customer.name}")
    typer.echo(f"  goes: name, {outlook.contacts} contacts, {outlook.notes} notes, messages and files that name them")
    typer.echo(f"  stays without a name: {outlook.deals} deals, {outlook.activities} activities")
    typer.echo("  cannot be called back: files on phones; Telegram messages older than 48 hours")


def _is_confirmed(outlook: Outlook) -> bool:
    typed = typer.prompt("This cannot be undone. Type the customer's name to erase it", default="", show_default=False)
    return bool(words(typed)) and words(typed) == words(outlook.customer.name)


def _tell(progress: Progress, people: dict[int | None, str]) -> None:
    typer.echo(f"Erased. Messages that the running bot deletes from chats: {len(progress['deletions'])}.")
    if progress["older"]:
        typer.echo(f"Older than 48 hours, to be deleted by hand: {progress['older']}.")
    for chat_id, at in progress["files"]:
        typer.echo(f"A file was sent to {people.get(chat_id, 'somebody')} on {at[:10]}, and may be kept there.")
