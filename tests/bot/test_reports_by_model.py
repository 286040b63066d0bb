"""Reports as the trained model understands the sentences that ask for them, in both languages."""

from typing import Any

import pytest

from domain.team import Role
from tests.bot.chat_driver import ChatDriver

pytestmark = pytest.mark.nlu

ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("en", "inactive clients for the last 3 months", {"name": "inactive_clients", "first": "2025-11-11"}),
    ("ro", "clienti inactivi in ultimele 3 luni", {"name": "inactive_clients", "first": "2025-11-11"}),
    ("en", "stage report as excel", {"name": "opportunity_stage"}),
    ("ro", "raportul pe stadii", {"name": "opportunity_stage"}),
    ("en", "sales plan by stage as pdf", {"name": "sales_plan", "group_by": "stage"}),
    ("ro", "motivele de pierdere pe luna trecuta", {"name": "loss_reasons", "first": "2026-01-01"}),
    ("en", "client sheet for Popescu", {"name": "client_sheet"}),
    ("ro", "fisa clientului Popescu", {"name": "client_sheet"}),
    ("en", "activity history of Ana for january", {"name": "activity_history", "first": "2026-01-01"}),
    ("ro", "lista de telefoane in pdf", {"name": "phone_contacts"}),
]


@pytest.mark.parametrize(("language", "text", "asked"), ASKED)
def test_a_sentence_orders_its_report(nlu_driver: ChatDriver, language: str, text: str, asked: dict[str, Any]) -> None:
    """One sentence is enough: the job holds what was said."""
    elena = nlu_driver.person(9).joined(name="Elena Stan", role=Role.DIRECTOR, language=language)
    nlu_driver.person(7).joined(name="Ana Ionescu")
    elena.client("Ion Popescu", "+40722123456")

    elena.say(text)

    requests = [row["payload"]["request"] for row in nlu_driver.rows_of("jobs") if row["kind"] == "report"]
    assert [{name: one.get(name) for name in asked} for one in requests] == [asked]


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "the stage report every Monday at 8", ("opportunity_stage", "monday", "08:00:00")),
        ("ro", "trimite-mi raportul pe stadii in fiecare luni la 8", ("opportunity_stage", "monday", "08:00:00")),
    ],
)
def test_a_sentence_subscribes(nlu_driver: ChatDriver, language: str, text: str, kept: tuple[str, str, str]) -> None:
    """Report, day and hour of one sentence."""
    elena = nlu_driver.person(9).joined(name="Elena Stan", role=Role.DIRECTOR, language=language)

    elena.say(text)

    rows = nlu_driver.rows_of("report_subscriptions")
    assert [(row["request"]["name"], row["recurrence"], str(row["at"])) for row in rows] == [kept]
