"""`presales import opportunities FILE`: another program's deals, each row taken whole or refused with its reason.

Taking goes in steps, each a transaction of its own, with a breath between them. A command that was killed is started
again: a deal that is there already is known by client, vehicle, day and value.
"""

import logging
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from actions.importing.annotated import annotated, annotated_name
from actions.importing.deals import DealFile, read_deals
from actions.importing.errors import ImportFileError
from actions.importing.report import Fate, fate_of
from domain.importing import RowResult
from domain.importing.deals import CandidateDeal, DealBook, DealImport, import_deals
from domain.team import Agent, Role
from storage.database import Database
from texts.catalog import Html, Texts
from texts.importing import reason

log = logging.getLogger(__name__)

REFUSED_FILE = 1  # what was found is no table of deals
WRONG_ARGUMENT = 2  # no such file, a mapping that cannot be, no place for the result
STEP = 200  # rows a transaction
BREATH_SECONDS = 0.03  # SQLite's waiting writers look ten to forty times a second
SHOWN = 100  # rows told on the terminal; the file given back tells all

_TEXTS = Texts("en")


class _WrongArgumentError(Exception):
    """The line that tells it."""


def run_import_opportunities(
    database: Database,
    path: Path,
    *,
    mapped: Sequence[str] = (),
    wanted: DealImport = DealImport(),  # noqa: B008  frozen
    dry_run: bool = False,
    result: Path | None = None,
) -> int:
    """Import, tell what became of the rows, and write the annotated file; returns the exit status."""
    try:
        file = read_deals(path.name, _content(path), _mapping(mapped))
        _print_columns(file)
        if dry_run:
            return 0
        target = _writable(result or _beside(path, file))
    except ImportFileError as refusal:
        why = _plain(_TEXTS.t(f"import.failed.{refusal.code}", **refusal.values))
        return _refused(f"{path.name}: {why}", REFUSED_FILE)
    except _WrongArgumentError as error:
        return _refused(str(error), WRONG_ARGUMENT)
    book = DealBook(wanted)
    fates = _take(database, book, file.candidates)
    target.write_bytes(annotated(file.table, fates, heading_row=file.heading_row, texts=_TEXTS))
    _print(fates, book)
    typer.echo(f"{target}: the rows with what became of each")
    log.info("imported %d deals", len(fates))
    return 0


def _take(database: Database, book: DealBook, candidates: Sequence[CandidateDeal]) -> list[Fate]:
    fates: list[Fate] = []
    for at in range(0, len(candidates), STEP):
        with database.command_unit("import opportunities") as unit:
            importer = Agent(name="import", role=Role.DIRECTOR, timezone=unit.defaults.timezone)
            report = import_deals(unit, importer, book, candidates[at : at + STEP])
        fates += [fate_of(row) for row in report.rows]
        time.sleep(BREATH_SECONDS)
    return fates


def _mapping(said: Sequence[str]) -> Mapping[str, str]:
    """Fields and headings of arguments such as agent=Seller."""
    pairs = [pair.partition("=") for pair in said]
    if wrong := [pair for pair in said if not all(part.strip() for part in pair.partition("="))]:
        raise _WrongArgumentError(f"--map {wrong[0]!r} is not FIELD=HEADING, such as --map agent='Sales agent'")
    return {name.strip(): heading.strip() for name, _, heading in pairs}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _WrongArgumentError(f"{path} cannot be read: {error.strerror or type(error).__name__}") from None


def _beside(path: Path, file: DealFile) -> Path:
    """A name beside the file that nothing has yet: an earlier result may be somebody's to-do list."""
    name, _ = annotated_name(path.name, file.table.form, _TEXTS)
    target = path.with_name(name)
    tries = (target.with_stem(f"{target.stem}-{number}") for number in range(2, 1000))
    return target if not target.exists() else next(one for one in tries if not one.exists())


def _writable(path: Path) -> Path:
    """The path, once it is certain, before anything is taken, that the result can be written there."""
    try:
        path.touch()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _WrongArgumentError(f"{path} cannot be written: {why}; name another place with --result") from None
    return path


def _print_columns(file: DealFile) -> None:
    typer.echo(f"{len(file.candidates)} rows; columns: " + ", ".join(f"{f} = {h!r}" for f, h in file.columns.items()))


def _print(fates: Sequence[Fate], book: DealBook) -> None:
    telling = [fate for fate in fates if fate["status"] != RowResult.TAKEN]
    for fate in telling[:SHOWN]:
        name = fate["name"] or "—"
        typer.echo(_plain(_TEXTS.t("import.row", row=fate["row"], name=name, reason=reason(_TEXTS, fate))))
    if len(telling) > SHOWN:
        typer.echo(f"… {len(telling) - SHOWN} more in the file given back")
    if book.added_agents:
        typer.echo(f"added to the team, without a phone yet: {', '.join(book.added_agents)}")
    counts = {one.value: sum(fate["status"] == one for fate in fates) for one in RowResult}
    typer.echo(_plain(_TEXTS.t("import.deals_done", **counts)))


def _refused(line: str, status: int) -> int:
    typer.echo(f"presales: {line}", err=True)
    return status


def _plain(text: Html) -> str:
    return str(Html(re.sub(r"</?b>", "", text)).unescape())
