"""`presales import customers FILE --agent NAME`: the file's contacts into that agent's portfolio, told row by row."""

import logging
from pathlib import Path

import typer

from actions.importing import ImportFileError, read_candidates
from domain.errors import NotAllowedError
from domain.importing import ImportReport, ImportRow, RowResult, import_customers
from domain.names import words
from domain.ports import UnitOfWork
from domain.team import Agent
from storage.database import Database
from texts.catalog import Texts

log = logging.getLogger(__name__)

REFUSED_FILE = 1  # what was found is no import file
WRONG_ARGUMENT = 2  # no such file, no such agent

_TEXTS = Texts("en")


def run_import_customers(database: Database, path: Path, agent_name: str) -> int:
    """Import and print what became of each card; returns the exit status."""
    try:
        candidates = read_candidates(path.name, path.read_bytes())
    except OSError as error:
        typer.echo(f"presales: {path} cannot be read: {error.strerror or type(error).__name__}", err=True)
        return WRONG_ARGUMENT
    except ImportFileError as refusal:
        why = _TEXTS.t(f"import.failed.{refusal.code}", **refusal.values).unescape()
        typer.echo(f"presales: {path.name}: {why}", err=True)
        return REFUSED_FILE
    with database.command_unit("import customers") as unit:
        agents = _named(unit, agent_name)
        if len(agents) != 1:
            whom = ", ".join(agent.name for agent in agents or unit.team.all())
            problem = "is the name of several agents" if agents else "is no agent's name"
            typer.echo(f"presales: {agent_name!r} {problem}: {whom or 'nobody has joined yet'}", err=True)
            return WRONG_ARGUMENT
        unit.actor_id = agents[0].id
        try:
            report = import_customers(unit, agents[0], candidates)
        except NotAllowedError:
            typer.echo(f"presales: {agents[0].name} is suspended", err=True)
            return WRONG_ARGUMENT
    _print(report)
    log.info("imported %d cards", len(report.rows))
    return 0


def _named(unit: UnitOfWork, name: str) -> list[Agent]:
    """Whoever bears that whole name, else whoever bears its words."""
    everybody = unit.team.all()
    wanted = words(name)
    whole = [agent for agent in everybody if wanted and words(agent.name) == wanted]
    return whole or [agent for agent in everybody if wanted and set(wanted) <= set(words(agent.name))]


def _print(report: ImportReport) -> None:
    for row in report.rows:
        typer.echo(_TEXTS.t("import.row", row=row.row, name=row.name or "—", reason=_reason(row)).unescape())
    counts = {result.value: report.count(result) for result in RowResult}
    typer.echo(_TEXTS.t("import.done", **counts).unescape())


def _reason(row: ImportRow) -> str:
    values = {"owner": row.owner} if row.owner else {}
    parts = [_TEXTS.t(f"import.reason.{row.reason}", **values)]
    parts += [_TEXTS.t(f"import.warning.{code}") for code in row.warnings]
    return "; ".join(part.unescape() for part in parts)
