"""Reports of every shape, made by rule so that a test can compute what they must say."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from domain.money import Money
from domain.reports.table import (
    Chart,
    ChartKind,
    ChartSeries,
    Column,
    ColumnType,
    Entry,
    Fact,
    Facts,
    Report,
    Row,
    Section,
    Table,
)

MADE_AT = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
AGENTS = ("Ana Ionescu", "Mihai Țăran", "Gyöngyi Kőszegi")
STAGES = ("new", "qualified", "test_drive", "offer", "negotiation")
PARAMETERS = (Fact(Column("period"), "1 oct. – 31 dec. 2026"), Fact(Column("agent"), AGENTS[0]))
COLUMNS = (
    Column("customer"),
    Column("source", ColumnType.WORD, words="source"),
    Column("value", ColumnType.MONEY),
    Column("probability", ColumnType.PERCENT),
    Column("close_date", ColumnType.DATE),
    Column("importance", ColumnType.IMPORTANCE),
    Column("count", ColumnType.INT),
)


def deal(number: int) -> Row:
    """The row of a deal; each fourth is in lei, each ninth has no estimated close."""
    return (
        f"Client {number} Ștefănescu" + " și fiii S.R.L." * (number % 7 == 3),
        ("walk_in", "website", "referral")[number % 3],
        Money(1_500_000 + 1_250 * number, "RON" if number % 4 == 0 else "EUR"),
        Decimal(number % 101),
        None if number % 9 == 0 else date(2026, 12, 1) + timedelta(days=number % 60),
        ("high", "normal", "low")[number % 3],
        number % 5,
    )


def totals(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A row a currency with the sum of its values."""
    sums: dict[str, int] = {}
    for row in rows:
        value = row[2]
        if isinstance(value, Money):
            sums[value.currency] = sums.get(value.currency, 0) + value.minor
    return tuple(
        (None, None, Money(minor, currency), None, None, None, None) for currency, minor in sorted(sums.items())
    )


def deals(count: int) -> Report:
    """Deals by agent and stage, with subtotals, totals and a chart."""
    rows = tuple(deal(number) for number in range(count))
    sections = []
    for place, agent in enumerate(AGENTS):
        parts = []
        for step, stage in enumerate(STAGES):
            mine = rows[place * len(STAGES) + step :: len(AGENTS) * len(STAGES)]
            if mine:
                heading = Fact(Column("stage", ColumnType.WORD, words="stage"), stage)
                parts.append(Section(heading, mine, totals=totals(mine)))
        if parts:
            of_agent = tuple(row for part in parts for row in part.rows)
            sections.append(Section(Fact(Column("agent"), agent), sections=tuple(parts), totals=totals(of_agent)))
    table = Table(COLUMNS, tuple(sections), totals(rows), code="opportunities")
    return Report("sales_plan", MADE_AT, "Elena Stan", PARAMETERS, (by_stage(), table))


def by_stage(kind: ChartKind = ChartKind.GROUPED) -> Chart:
    """Weighted against won, by stage."""
    return Chart(
        "by_stage",
        kind,
        ColumnType.MONEY,
        Column("stage", ColumnType.WORD, words="stage"),
        STAGES,
        tuple(
            ChartSeries(
                Fact(Column(code), words), tuple(Money(step * 5_000_00 * factor, "EUR") for step in range(1, 6))
            )
            for code, words, factor in (("weighted", "Ponderat", 3), ("won", "Câștigat", 2))
        ),
    )


def wide(columns: int, rows: int = 12) -> Report:
    """A table with so many columns."""
    heads = (Column("customer"), *(Column(f"c{n}", ColumnType.INT, title=f"Săptămâna {n}") for n in range(1, columns)))
    table = Table(heads, (Section(rows=tuple((f"Client {r}", *range(r, r + columns - 1)) for r in range(rows))),))
    return Report("opportunity_stage", MADE_AT, "Elena Stan", PARAMETERS, (table,))


def week() -> Report:
    """An agenda: hours down, days across, entries coloured by importance."""
    days = tuple(
        Column(f"d{n}", ColumnType.ENTRIES, title=f"{name} {n + 23} nov.")
        for n, name in enumerate(("luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică"))
    )
    rows = tuple(
        (
            f"{hour:02}:00",
            *(
                tuple(
                    Entry(
                        f"{hour:02}:{15 * k:02} Test drive, Maria Ionescu-Brătianu",
                        ("high", "normal", "low", "")[(hour + n + k) % 4],
                    )
                    for k in range((hour * (n + 2)) % 3)
                )
                for n in range(7)
            ),
        )
        for hour in range(8, 20)
    )
    return Report(
        "agenda", MADE_AT, AGENTS[0], (PARAMETERS[0],), (Table((Column("hour"), *days), (Section(rows=rows),)),)
    )


def empty(name: str = "inactive_clients") -> Report:
    """A report that found nothing."""
    return Report(name, MADE_AT, "Elena Stan", PARAMETERS, (Table(COLUMNS, ()),))


def sheet() -> Report:
    """All about one customer: facts and several tables, one of them empty."""
    facts = Facts(
        (
            Fact(Column("customer"), "Ștefan Kőrösi-Weiß"),
            Fact(Column("phone"), "+40 744 000 111"),
            Fact(Column("value", ColumnType.MONEY), Money(2_200_000, "EUR")),
        ),
        code="contacts",
    )
    rows = tuple(deal(number) for number in range(4))
    return Report(
        "client_sheet",
        MADE_AT,
        "Elena Stan",
        PARAMETERS[1:],
        (
            facts,
            Table(COLUMNS, (Section(rows=rows),), totals(rows), code="opportunities"),
            Table(COLUMNS[:2], (), code="contacts"),
        ),
    )
