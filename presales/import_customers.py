"""`presales import customers FILE --agent NAME`: the file's customers into that agent's portfolio, told row by row.

Taking goes in steps, each a transaction of its own, with a breath between them: a bot that runs on the same SQLite file
answers meanwhile. A command that was killed is started again: what is there is known by its number, address or name.
"""

import logging
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

import typer

from actions.importing import ImportFile, ImportFileError, read_file
from actions.importing.annotated import annotated, annotated_name
from actions.importing.preview import preview
from actions.importing.report import Fate, fate_of, summary
from domain.errors import NotAllowedError
from domain.importing import SETTLED_LATER, CandidateCustomer, ImportOwners, import_customers
from domain.names import words
from domain.ports import UnitOfWork
from domain.team import Agent, AgentStatus, Role
from storage.database import Database
from texts.catalog import Html, Texts
from texts.importing import preview_lines, reason

log = logging.getLogger(__name__)

REFUSED_FILE = 1  # what was found is no import file
WRONG_ARGUMENT = 2  # no such file, no such agent, no place for the result
STEP = 50  # rows a transaction
BREATH_SECONDS = 0.03  # SQLite's waiting writers look ten to forty times a second

_TEXTS = Texts("en")


class _WrongArgumentError(Exception):
    """The line that tells it."""


def run_import_customers(
    database: Database, path: Path, agent_name: str, *, dry_run: bool = False, result: Path | None = None
) -> int:
    """Import, print what became of each row and write the annotated file; returns the exit status."""
    try:
        file = read_file(path.name, _content(path))
        agent_id = _agent(database, agent_name)
        if dry_run:
            _print_preview(database, path, file, agent_id)
            return 0
        target = _writable(result or _beside(path, file))
        fates = _take(database, agent_id, file.candidates)
        _print(fates)
        _write(target, annotated(file.table, fates, heading_row=file.heading_row, texts=_TEXTS))
    except ImportFileError as refusal:
        why = _plain(_TEXTS.t(f"import.failed.{refusal.code}", **refusal.values))
        return _refused(f"{path.name}: {why}", REFUSED_FILE)
    except _WrongArgumentError as error:
        return _refused(str(error), WRONG_ARGUMENT)
    typer.echo(f"{target}: the rows with what became of each")
    log.info("imported %d rows", len(fates))
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _WrongArgumentError(f"{path} cannot be read: {error.strerror or type(error).__name__}") from None


def _refused(line: str, status: int) -> int:
    typer.echo(f"presales: {line}", err=True)
    return status


def _take(database: Database, agent_id: int, candidates: Sequence[CandidateCustomer]) -> list[Fate]:
    """In steps; those that stood against somebody else's once more, as long as that settles any."""
    fates: dict[int, Fate] = {}
    todo = list(candidates)
    while todo:
        settled = False
        for at in range(0, len(todo), STEP):
            rows = _step(database, agent_id, todo[at : at + STEP])
            settled |= any(row["reason"] not in SETTLED_LATER for row in rows)
            fates |= {row["row"]: row for row in rows}
            time.sleep(BREATH_SECONDS)
        todo = [one for one in todo if fates[one.row]["reason"] in SETTLED_LATER] if settled else []
    return [fates[row] for row in sorted(fates)]


def _step(database: Database, agent_id: int, candidates: Sequence[CandidateCustomer]) -> list[Fate]:
    with database.command_unit("import customers") as unit:
        agent = unit.team.get(agent_id)
        if agent is None:
            raise _WrongArgumentError("the agent is gone")
        unit.actor_id = agent_id
        try:
            return [fate_of(row) for row in import_customers(unit, agent, candidates).rows]
        except NotAllowedError:
            raise _WrongArgumentError(f"{agent.name} is suspended") from None


def _agent(database: Database, name: str) -> int:
    with database.command_unit("import customers") as unit:
        agents = _named(unit, name)
        if len(agents) != 1:
            whom = ", ".join(agent.name for agent in agents or unit.team.all())
            problem = "is the name of several agents" if agents else "is no agent's name"
            raise _WrongArgumentError(f"{name!r} {problem}: {whom or 'nobody has joined yet'}")
        if agents[0].status is not AgentStatus.ACTIVE:
            raise _WrongArgumentError(f"{agents[0].name} is suspended")
        return agents[0].id


def _named(unit: UnitOfWork, name: str) -> list[Agent]:
    """Whoever bears that whole name, else whoever bears its words."""
    everybody = unit.team.all()
    wanted = words(name)
    whole = [agent for agent in everybody if wanted and words(agent.name) == wanted]
    return whole or [agent for agent in everybody if wanted and set(wanted) <= set(words(agent.name))]


def _beside(path: Path, file: ImportFile) -> Path:
    """A name beside the file that nothing has yet: an earlier result may be somebody's to-do list."""
    name, _ = annotated_name(path.name, file.table.form, _TEXTS)
    wanted = path.with_name(name)
    tries = (wanted.with_stem(f"{wanted.stem}-{number}") for number in range(2, 1000))
    return wanted if not wanted.exists() else next(one for one in tries if not one.exists())


def _writable(path: Path) -> Path:
    """The path, if it seems, before anything is taken, that the result can be written there."""
    if not os.access(path if path.exists() else path.parent, os.W_OK) or path.is_dir():
        raise _WrongArgumentError(f"{path} cannot be written; name another place with --result")
    return path


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _WrongArgumentError(f"{path} cannot be written: {error.strerror or type(error).__name__}") from None


def _print_preview(database: Database, path: Path, file: ImportFile, agent_id: int) -> None:
    with database.command_unit("import customers") as unit:
        shown = preview(path.name, file, unit.defaults.region)
        agent = unit.team.get(agent_id)
        lines = preview_lines(_TEXTS, shown)
        if agent is not None and shown["owners"]:
            lines.append(_owners(unit, agent, shown["owners"]))
    for line in lines:
        typer.echo(_plain(line))


def _owners(unit: UnitOfWork, agent: Agent, named: Sequence[tuple[str, int]]) -> Html:
    if agent.role is not Role.DIRECTOR:
        return _TEXTS.t("import.preview.owners_not_agents", agent=agent.name)
    owners = ImportOwners(unit, agent)
    told = [
        _TEXTS.t("import.preview.owner", owner=f"{name} → {owners.of(name)[0].name}", count=count)
        for name, count in named
    ]
    return _TEXTS.t("import.preview.owners", owners=Html(", ").join(told))


def _print(fates: Sequence[Fate]) -> None:
    for fate in fates:
        name = fate["name"] or "—"
        typer.echo(_plain(_TEXTS.t("import.row", row=fate["row"], name=name, reason=reason(_TEXTS, fate))))
    counts = {name: count for name, count in summary(fates).items() if name in {"taken", "merged", "refused"}}
    typer.echo(_plain(_TEXTS.t("import.done", **counts)))


def _plain(text: Html) -> str:
    return str(Html(re.sub(r"</?b>", "", text)).unescape())
