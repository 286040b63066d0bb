"""Tables of deals made by rule, as another program would export them, with their sums."""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

HEADINGS = (
    "opportunity_id",
    "sales_agent",
    "manager",
    "product",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
)
STAGES = ("Won", "Won", "Won", "Lost", "Lost", "Engaging", "Prospecting")
FIRST = date(2024, 10, 1)


@dataclass
class DealTable:
    """Rows as the file has them: dictionaries by heading."""

    rows: list[dict[str, str]] = field(default_factory=list)

    def csv(self, *, delimiter: str = ",", headings: dict[str, str] | None = None) -> bytes:
        """The file."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow([(headings or {}).get(name, name) for name in HEADINGS])
        writer.writerows([row[name] for name in HEADINGS] for row in self.rows)
        return out.getvalue().encode()

    def of(self, *stages: str) -> list[dict[str, str]]:
        """Rows in these stages."""
        return [row for row in self.rows if row["deal_stage"] in stages]


def value_of(rows: list[dict[str, str]]) -> Decimal:
    """The sum of what they are worth."""
    return sum((Decimal(row["close_value"] or 0) for row in rows), Decimal(0))


def deal_table(count: int, *, seed: int = 3) -> DealTable:
    """So many deals of thirty agents with some hundred clients, over 500 days."""
    chance = random.Random(seed)  # noqa: S311  no secret
    made = DealTable()
    for number in range(count):
        stage = chance.choice(STAGES)
        opened = FIRST + timedelta(days=chance.randrange(400))
        closed = opened + timedelta(days=chance.randrange(1, 90))
        is_closed = stage in {"Won", "Lost"}
        made.rows.append(
            {
                "opportunity_id": f"{number:08X}",
                "sales_agent": f"Agent {chance.randrange(30):02} Popa",
                "manager": f"Manager {chance.randrange(6)}",
                "product": chance.choice(("Duster", "Logan", "Clio", "Jogger")),
                "account": f"Account {chance.randrange(max(2, count // 60))} SRL",
                "deal_stage": stage,
                "engage_date": opened.isoformat(),
                "close_date": closed.isoformat() if is_closed else "",
                "close_value": f"{chance.randrange(9_000, 60_000)}.{chance.randrange(100):02}"
                if stage != "Lost"
                else "0",
            }
        )
    return made
