"""Reports by chat: asked by a sentence or by buttons, told in a few lines, sent as documents."""

from typing import Any

import pytest

from domain.opportunities import LossReason, Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.report_jobs import make_reports
from tests.bot.scripted import act
from tests.factories import NOW, keep, make_opportunity


def deal(person: Person, name: str, net: int, **values: Any) -> None:
    """An open deal of this agent's with a client of that name."""
    customer = person.client(name)
    keep(person.driver.database, make_opportunity(customer_id=customer.id, owner_id=person.agent.id, net=net, **values))


def files(driver: ChatDriver) -> list[str]:
    """The names of all kept files, oldest first."""
    return [row["name"] for row in driver.rows_of("files")]


def test_a_sentence_gets_figures_picture_and_document(driver: ChatDriver, ana: Person) -> None:
    """The answer says what was asked with its defaults and the sum; chart and PDF are files of the same report."""
    deal(ana, "Ion Popescu", 20_000)
    deal(ana, "Maria Ionescu", 10_000, stage=Stage.OFFER)

    said = ana.say("deals report", act("request_report", report="agent_opportunities"))
    assert words("report_chat.making", title=words("report.agent_opportunities")) in said
    make_reports(driver)

    assert "30,000.00" in ana.last.text
    assert "1 Feb 2026" in ana.last.text
    assert files(driver) == ["opportunities-by-agent-2026-02-11.pdf", "agent_opportunities-1.png"]


def test_the_same_as_excel_by_a_press(driver: ChatDriver, ana: Person) -> None:
    """One press under the report gives the workbook."""
    deal(ana, "Ion Popescu", 20_000)
    ana.say("deals report", act("request_report", report="agent_opportunities"))
    make_reports(driver)

    ana.press(words("btn.report_xlsx"))
    make_reports(driver)

    assert "opportunities-by-agent-2026-02-11.xlsx" in files(driver)


def test_an_agent_sees_the_own_alone(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """A colleague's deal is in no sum of an agent's report."""
    deal(ana, "Ion Popescu", 20_000)
    deal(mihai, "Maria Ionescu", 70_000)

    ana.say("deals report", act("request_report", report="agent_opportunities"))
    make_reports(driver)

    assert "20,000.00" in ana.last.text
    assert "70,000.00" not in ana.last.text


def test_the_director_sees_all_or_one(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Without a name it is of everybody, by agent; with one it is that agent's."""
    deal(ana, "Ion Popescu", 20_000)
    deal(mihai, "Maria Ionescu", 70_000)

    elena.say("stage report", act("request_report", report="opportunity_stage"))
    make_reports(driver)
    assert "90,000.00" in elena.last.text

    elena.say("stage report of Ana", act("request_report", report="opportunity_stage", agent="Ana"))
    make_reports(driver)
    assert "20,000.00" in elena.last.text
    assert "90,000.00" not in elena.last.text


@pytest.mark.parametrize("report", ["opportunity_stage", "client_acquisition", "client_status"])
def test_the_directors_reports_are_refused_to_an_agent(driver: ChatDriver, ana: Person, report: str) -> None:
    """Nothing is made, and the agent is told at once."""
    said = ana.say("stage report", act("request_report", report=report))

    assert words("error.not_allowed") in said
    assert make_reports(driver) == 0


def test_a_colleagues_report_is_refused_to_an_agent(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """An agent cannot ask for another agent's portfolio."""
    said = ana.say("Mihai's deals report", act("request_report", report="agent_opportunities", agent="Mihai"))

    assert words("agent.own_only", name=mihai.agent.name) in said
    assert make_reports(driver) == 0


def test_the_menu_asks_report_period_and_agent(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """By buttons alone a director comes to one agent's report over a chosen time."""
    deal(ana, "Ion Popescu", 20_000)

    elena.say("/reports")
    elena.press(words("report.loss_reasons"))
    assert elena.asked == words("question.period").splitlines()[-1]
    elena.press("2026")
    elena.press("Ana")
    make_reports(driver)

    assert words("document.report.empty") in elena.last.text


def test_an_agent_is_offered_the_own_reports(driver: ChatDriver, ana: Person) -> None:
    """The menu of an agent has no report that would be refused."""
    ana.say("/reports")

    assert words("report.sales_plan") in ana.last.labels
    assert words("report.client_status") not in ana.last.labels


def test_a_client_sheet_asks_for_its_client(driver: ChatDriver, ana: Person) -> None:
    """Without a name the client is asked; the sheet then tells about that one."""
    ana.client("Ion Popescu", "+40722123456")

    ana.say("client sheet", act("request_report", report="client_sheet"))
    assert ana.asked == words("question.client")
    ana.say("Ion Popescu", act("inform", client="Ion Popescu"))
    make_reports(driver)

    assert "+40722123456" in ana.last.text


def test_a_word_for_no_report_offers_them_all(driver: ChatDriver, ana: Person) -> None:
    """A sentence that names no report gets the buttons."""
    ana.say("make me a report", act("request_report"))

    assert ana.asked == words("question.report")


def test_many_contacts_are_told_to_the_director(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """More than twenty clients' numbers in one document: noted, protected, and the director hears."""
    for number in range(21):
        ana.client(f"Client {number}", f"+4072200{number:04}")

    ana.say("phone list", act("request_report", report="phone_contacts"))
    make_reports(driver)

    noted = [(row["agent_id"], row["report"], row["customers"]) for row in driver.rows_of("disclosures")]
    assert noted == [(ana.agent.id, "phone_contacts", 21)]
    assert words("report.phone_contacts") in elena.last.text
    assert "21" in elena.last.text
    sent = [row["payload"] for row in driver.rows_of("outbox") if row["kind"] == "document"]
    assert [payload.get("protect_content") for payload in sent] == [True]


def test_few_contacts_are_nobodys_business(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """Twenty are told to nobody."""
    for number in range(20):
        ana.client(f"Client {number}", f"+4072200{number:04}")

    ana.say("phone list", act("request_report", report="phone_contacts"))
    make_reports(driver)

    assert driver.rows_of("disclosures") == []
    assert elena.shown == []


def test_an_empty_report_says_so(driver: ChatDriver, mihai: Person) -> None:
    """Nothing found is an answer and a page, in the person's language."""
    mihai.say("motive de pierdere", act("request_report", report="loss_reasons"))
    make_reports(driver)

    assert words("document.report.empty", "ro") in mihai.last.text
    assert len(files(driver)) == 1


def test_contacts_of_those_who_were_named(driver: ChatDriver, ana: Person) -> None:
    """Several clients of one sentence; one whom nobody knows is told, and nothing is made."""
    for number, name in enumerate(("Ion Popescu", "Maria Ionescu", "Dan Rus")):
        ana.client(name, f"+4072200000{number}")

    said = ana.say("phones", act("request_report", report="phone_contacts", client=["Popescu", "Zorro"]))
    assert words("report_chat.clients_unknown", names="Zorro") in said
    ana.say("phones again", act("request_report", report="phone_contacts", client=["Popescu", "Rus"]))
    make_reports(driver)

    requests = [row["payload"]["request"] for row in driver.rows_of("jobs")]
    assert [one["customer_ids"] for one in requests] == [[1, 3]]


def test_the_menu_asks_for_fields(driver: ChatDriver, ana: Person) -> None:
    """A contact list by buttons holds what was chosen."""
    ana.say("/reports")
    ana.press(words("report.phone_contacts"))
    assert ana.asked == words("question.contact_fields")
    ana.press(words("contact_fields.phone"))

    assert [row["payload"]["request"]["fields"] for row in driver.rows_of("jobs")] == [["phone"]]


def test_a_period_that_was_said_is_heeded(driver: ChatDriver, ana: Person) -> None:
    """Losses of January alone."""
    lost = {"stage": Stage.LOST, "loss_reason": LossReason.PRICE}
    deal(ana, "Ion Popescu", 20_000, closed_at=NOW.replace(month=1), **lost)
    deal(ana, "Maria Ionescu", 70_000, closed_at=NOW, **lost)

    january = {"from": "2026-01-01", "to": "2026-01-31"}
    ana.say("losses in january", act("request_report", report="loss_reasons", period=january))
    make_reports(driver)

    assert "20,000.00" in ana.last.text
    assert "70,000.00" not in ana.last.text


def test_a_report_that_cannot_be_made_is_told(driver: ChatDriver, ana: Person) -> None:
    """After the last try the person hears that it failed."""
    ana.say("deals report", act("request_report", report="agent_opportunities"))
    job = driver.database.jobs.claim(("report",), lease_seconds=60)
    assert job is not None
    driver.database.jobs.give_up(job.id, error="x", result={"kind": "report", "failed": True})
    driver.settle()

    assert ana.last.text == words("report_chat.failed")
