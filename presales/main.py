"""The command line. Every refusal is one clear line and a non-zero status: 2 for settings, ports and databases."""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from presales import logs
from presales.settings import Settings, SettingsError, load

app = typer.Typer(
    help="The pre-sales module of a car dealership as a chat assistant.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(help="Take data from files.", no_args_is_help=True)
app.add_typer(imports, name="import")

WRONG = 2
_DAY = "%Y-%m-%d"
Now = Annotated[str | None, typer.Option("--now", metavar="ISO", help="Take this as the present moment.")]


def main() -> None:
    """Run the command line; what the person who installs can mend becomes one line without a trace."""
    try:
        app()
    except (SettingsError, _expected()) as error:
        sys.stderr.write(f"presales: {error}\n")
        sys.exit(WRONG)


def _expected() -> type[Exception]:
    from storage.errors import StorageError  # noqa: PLC0415  the database's libraries load only where they are used

    return StorageError


@app.command()
def run(
    *,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="With a simulated Telegram and a phone in the browser.")
    ] = False,
) -> None:
    """Run everything on this machine: bot, action server, scheduler and NLU."""
    from presales.run import run_all  # noqa: PLC0415

    settings = _settings()
    _serve(lambda: run_all(settings, sandbox=sandbox))


@app.command()
def bot() -> None:
    """Run receiver, turn workers and sender alone."""
    from presales.run import run_bot  # noqa: PLC0415

    settings = _settings()
    _serve(lambda: run_bot(settings))


@app.command()
def actions() -> None:
    """Run an action server alone; any number may run."""
    from presales.run import run_actions  # noqa: PLC0415

    settings = _settings()
    _serve(lambda: run_actions(settings))


@app.command()
def scheduler() -> None:
    """Run the scheduler alone."""
    from presales.run import run_scheduler  # noqa: PLC0415

    settings = _settings()
    _serve(lambda: run_scheduler(settings))


@app.command()
def nlu(port: Annotated[int, typer.Option(help="The port on loopback.")] = 5005) -> None:
    """Run the NLU server alone."""
    from presales.run import run_nlu  # noqa: PLC0415

    _settings()
    _serve(lambda: run_nlu(port))


@app.command()
def sandbox() -> None:
    """Run the simulated outside alone: Telegram with phones, Catalog, Sales."""
    from presales.run import run_sandbox  # noqa: PLC0415

    settings = _settings()
    _serve(lambda: run_sandbox(settings))


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from presales.clocks import SystemClock  # noqa: PLC0415
    from presales.wiring import database  # noqa: PLC0415

    database(_settings(), SystemClock()).migrate()
    typer.echo("The database is up to date.")


@app.command()
def doctor() -> None:
    """Check settings, database, NLU and Telegram, a line each."""
    from presales.doctor import examine  # noqa: PLC0415

    raise typer.Exit(asyncio.run(examine(_settings())))


@app.command()
def invite(
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[Literal["agent", "director"], typer.Option(help="What the person may do.")] = "agent",
    now: Now = None,
) -> None:
    """Print a one-use code, and the link that joins with it."""
    from presales.invite import run_invite  # noqa: PLC0415

    raise typer.Exit(asyncio.run(run_invite(_settings(), name=name, role=role, now=_moment(now))))


@imports.command("customers")
def import_customers(
    file: Annotated[Path, typer.Argument(help="A table (.csv, .xlsx) or contact cards (.vcf).")],
    agent: Annotated[str, typer.Option(help="Whose portfolio they join, by name; a director's file may name owners.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be read, and take nothing.")] = False,
    result: Annotated[
        Path | None,
        typer.Option(help="Where to write the table with what became of each row; beside FILE if not given."),
    ] = None,
    now: Now = None,
) -> None:
    """Take customers from a file; each row is reported as taken, merged or refused."""
    from presales.clocks import clock_at  # noqa: PLC0415
    from presales.import_customers import run_import_customers  # noqa: PLC0415
    from presales.wiring import database  # noqa: PLC0415

    opened = database(_settings(), clock_at(_moment(now)))
    opened.migrate()
    raise typer.Exit(run_import_customers(opened, file, agent, dry_run=dry_run, result=result))


@imports.command("opportunities")
def import_opportunities(
    file: Annotated[Path, typer.Argument(help="A table of deals (.csv, .xlsx).")],
    *,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=HEADING", help="Which heading holds a field, such as agent=Seller."),
    ] = None,
    known_agents: Annotated[
        bool, typer.Option("--known-agents", help="Refuse rows of agents who are not in the team, and add none.")
    ] = False,
    unnamed: Annotated[str, typer.Option(help="The client that gets the rows which name none.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print how the columns are read, and take nothing.")
    ] = False,
    result: Annotated[
        Path | None,
        typer.Option(help="Where to write the table with what became of each row; beside FILE if not given."),
    ] = None,
    now: Now = None,
) -> None:
    """Take deals from a file; each row is reported as taken, known already or refused."""
    from domain.importing.deals import DealImport  # noqa: PLC0415
    from presales.clocks import clock_at  # noqa: PLC0415
    from presales.import_opportunities import run_import_opportunities  # noqa: PLC0415
    from presales.wiring import database  # noqa: PLC0415

    opened = database(_settings(), clock_at(_moment(now)))
    opened.migrate()
    wanted = DealImport(known_agents=known_agents, unnamed=unnamed)
    raise typer.Exit(
        run_import_opportunities(opened, file, mapped=mapped or (), wanted=wanted, dry_run=dry_run, result=result)
    )


@app.command()
def report(
    name: Annotated[str, typer.Argument(help="Which: sales_plan, opportunity_stage, …; a wrong name lists them.")],
    *,
    agent: Annotated[str | None, typer.Option(help="Whose alone, by name; everybody's if not given.")] = None,
    first: Annotated[datetime | None, typer.Option("--from", metavar="D", formats=[_DAY], help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", metavar="D", formats=[_DAY], help="Last day.")] = None,
    form: Annotated[Literal["pdf", "xlsx", "json", "text"], typer.Option("--format", help="Which form.")] = "text",
    client: Annotated[str | None, typer.Option(help="About which client, by name.")] = None,
    group_by: Annotated[Literal["client", "stage"] | None, typer.Option(help="Lines of a sales plan.")] = None,
    source: Annotated[str | None, typer.Option(help="From this source alone, such as website.")] = None,
    stage: Annotated[str | None, typer.Option(help="In this stage alone, such as offer.")] = None,
    company: Annotated[bool, typer.Option("--company", help="Of the company portfolio.")] = False,
    field: Annotated[list[str] | None, typer.Option(help="Of phone contacts these fields alone.")] = None,
    language: Annotated[Literal["en", "ro"] | None, typer.Option(help="Of text and documents.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write it; standard output if not given.")] = None,
    now: Now = None,
) -> None:
    """Print a report, or write it as PDF or workbook."""
    from presales.clocks import clock_at  # noqa: PLC0415
    from presales.report import ReportArguments, run_report  # noqa: PLC0415
    from presales.wiring import database  # noqa: PLC0415

    settings = _settings()
    asked = ReportArguments(
        name=name,
        form=form,
        agent=agent,
        first=first.date() if first else None,
        last=last.date() if last else None,
        client=client,
        group_by=group_by,
        source=source,
        stage=stage,
        company=company,
        fields=field or (),
        language=language or settings.language,
        out=out,
    )
    opened = database(settings, clock_at(_moment(now)))
    opened.migrate()
    raise typer.Exit(run_report(opened, settings, asked))


@app.command()
def export(
    customer: Annotated[str, typer.Argument(help="Number (#12), phone, e-mail or name.")],
    agent: Annotated[str | None, typer.Option(help="With whom the customer is, by name.")] = None,
    now: Now = None,
) -> None:
    """Print everything kept of one customer, as JSON."""
    from presales.clocks import clock_at  # noqa: PLC0415
    from presales.export_customer import run_export  # noqa: PLC0415
    from presales.wiring import database  # noqa: PLC0415

    opened = database(_settings(), clock_at(_moment(now)))
    opened.migrate()
    raise typer.Exit(run_export(opened, customer, agent=agent))


@app.command()
def erase(
    customer: Annotated[str, typer.Argument(help="Number (#12), phone, e-mail or name.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    agent: Annotated[str | None, typer.Option(help="With whom the customer is, by name.")] = None,
    now: Now = None,
) -> None:
    """Erase one customer for good; deals and activities stay for the sums, without a name."""
    from presales.clocks import clock_at  # noqa: PLC0415
    from presales.erase_customer import run_erase  # noqa: PLC0415
    from presales.wiring import database  # noqa: PLC0415

    opened = database(_settings(), clock_at(_moment(now)))
    opened.migrate()
    raise typer.Exit(run_erase(opened, customer, agent=agent, yes=yes))


@app.command()
def understand(
    text: Annotated[str | None, typer.Argument(help="What an agent types.")] = None,
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read JSON objects from standard input, a line each.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show where each value came from.")] = False,
    timezone: Annotated[str | None, typer.Option(help="The agent's IANA time zone.")] = None,
    now: Now = None,
) -> None:
    """Print what a message means, as JSON."""
    from presales.understand import run_understand  # noqa: PLC0415

    settings = _settings()
    zone = _zone(timezone or settings.timezone)
    moment = _moment(now, zone)
    raise typer.Exit(
        run_understand(
            text,
            jsonl=jsonl,
            now=moment,
            timezone=zone,
            nlu_url=",".join(settings.nlu_url) or None,
            explain=explain,
            currency=settings.currency,
            region=settings.region,
        )
    )


def _settings() -> Settings:
    settings = load()
    logs.configure(settings.log_format)
    return settings


def _serve(start: Callable[[], object]) -> None:
    """Run until stopped; a part that cannot start says why in one line."""
    from presales.run import CannotStartError  # noqa: PLC0415

    try:
        start()
    except CannotStartError as error:
        sys.stderr.write(f"presales: {error}\n")
        raise typer.Exit(WRONG) from None


def _moment(text: str | None, zone: str = "") -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no ISO moment such as 2026-11-23T09:30") from None
    return moment.replace(tzinfo=ZoneInfo(zone or load().timezone)) if moment.tzinfo is None else moment


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise typer.BadParameter(f"{name!r} is no IANA time zone such as Europe/Bucharest") from None
    return name


if __name__ == "__main__":
    main()
