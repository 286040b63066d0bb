"""A file of customers sent in the chat: shown, taken after a press, given back; or refused in a sentence."""

from typing import Any

import pytest

from domain.customers import Purpose
from domain.team import AgentStatus
from storage.tables import business, queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.import_jobs import step

FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 500}
CLIENTS = """Nume;Telefon;Oraș;Cod;Agent;Acord marketing
Ion <b>Popescu</b>;0722 123 456;Iași;K7;Mihai Radu;da
Maria Rus;0744 123 456;Cluj;;Vasile Nimeni;
;;;;;
Dan Pop;0733 123 456;Arad;;;
;;Arad;x;;
"""


def send(person: Person, text: str | bytes = CLIENTS, name: str = "clienți.csv", **values: Any) -> str:
    """Send a file, and let the action server work; returns what comes of it."""
    driver = person.driver
    driver.telegram.files["f1"] = text.encode() if isinstance(text, str) else text
    before = len(person.shown)
    person.message(document={**FILE, "file_name": name, **values})
    serve(driver)
    return "\n\n".join(one.text for one in person.shown[before:])


def serve(driver: ChatDriver) -> None:
    """Do every job that waits, and answer."""
    while step(driver.database):
        pass
    driver.settle()


def press(person: Person, label: str) -> str:
    """Press, and let the action server work; returns what comes of it."""
    before = len(person.shown)
    person.press(label)
    serve(person.driver)
    return "\n\n".join(one.text for one in person.shown[before:])


def names(driver: ChatDriver) -> list[str]:
    """Of all customers."""
    return [one["name"] for one in driver.customers]


def test_a_file_is_shown_before_anything_is_taken(driver: ChatDriver, ana: Person) -> None:
    """Counts, what each column is taken for, what is kept as a note, the first rows, and two buttons."""
    started, shown = send(ana).split("\n\n")

    assert started == words("import.started", name="clienți.csv")
    lines = shown.splitlines()
    assert lines[0] == "clienți.csv: 4 rows. Nothing is taken yet."
    assert "Read as UTF-8, cells parted by: semicolon." in lines
    assert any(line.startswith("Recognised: Nume → name, Telefon → phone, Oraș → town") for line in lines)
    assert "Not recognised, each kept as a line of the note: Cod." in lines
    assert words("import.preview.owners_ignored") in lines
    assert "1 × refused: neither a name nor a phone" in lines
    assert "2. Ion <b>Popescu</b> · 0722 123 456 · Iași · Cod: K7" in lines
    assert ana.last.labels == ["Import 3 rows", "Cancel"]
    assert names(driver) == []


def test_a_press_takes_it(driver: ChatDriver, ana: Person) -> None:
    """Every good row is a customer of the agent's, the others are told, the file comes back, one undo takes it all back."""
    send(ana)
    taking, told = press(ana, "Import 3").split("\n\n")

    assert taking == words("import.taking", name="clienți.csv")
    assert told.splitlines() == [
        "Contacts read. Added: 3, already known: 0, refused: 1.",
        "6. —: refused: neither a name nor a phone",
    ]
    assert names(driver) == ["Ion <b>Popescu</b>", "Maria Rus", "Dan Pop"]
    assert {one["owner_id"] for one in driver.customers} == {ana.agent.id}
    assert [one["town"] for one in driver.customers] == ["Iași", "Cluj", "Arad"]
    assert [one["text"] for one in driver.notes] == ["Cod: K7"]
    (consent,) = driver.rows(business.consents)
    assert (consent["purpose"], consent["given"], consent["wording"]) == (
        Purpose.MARKETING,
        True,
        "Acord marketing: da",
    )
    ((name, content),) = driver.telegram.documents[ana.id]
    assert name == "clienți-result.csv"
    assert (
        content.decode("utf-8-sig").splitlines()[1]
        == "Ion <b>Popescu</b>;0722 123 456;Iași;K7;Mihai Radu;da;added;added"
    )
    press(ana, "Undo")
    assert names(driver) == []


def test_a_press_counts_once(driver: ChatDriver, ana: Person) -> None:
    """The buttons are gone with the first press, and an old one does nothing."""
    send(ana)
    shown = ana.last
    take, _ = ana.button("Import 3", on=shown)
    cancel, _ = ana.button("Cancel", on=shown)
    press(ana, "Import 3")
    for data in (take, cancel):
        ana.press_data(data, shown.message_id)
        serve(driver)

    assert len(names(driver)) == 3
    assert shown.labels == []
    assert len(driver.telegram.documents[ana.id]) == 1


def test_cancel_takes_nothing_and_keeps_nothing(driver: ChatDriver, ana: Person) -> None:
    """What was read is gone."""
    send(ana)

    assert press(ana, "Cancel") == words("import.cancelled", name="clienți.csv")
    assert (names(driver), driver.rows(queues.files)) == ([], [])


def test_nobody_else_presses(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Another agent's press, however it was come by, imports nothing."""
    send(ana)
    data, shown = ana.button("Import 3")
    mihai.press_data(data, shown.message_id)
    serve(driver)

    assert names(driver) == []
    assert mihai.toast == words("press.unknown", "ro")


def test_a_directors_file_goes_to_owners(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Who is named gets the rows; a name that nobody bears is told before and after, and the director keeps those."""
    shown = send(elena)

    assert "Owners: Mihai Radu: 1." in shown.splitlines()
    assert "No agent of ours, their rows become yours: Vasile Nimeni: 1." in shown.splitlines()
    told = press(elena, "Import 3")
    assert "3. Maria Rus: added; " + words("import.warning.owner_unknown") in told.splitlines()
    assert [one["owner_id"] for one in driver.customers] == [mihai.agent.id, elena.agent.id, elena.agent.id]
    words_of = {one["word"]: one["owner_id"] for one in driver.rows(business.customer_words)}
    assert (words_of["popescu"], words_of["rus"]) == (mihai.agent.id, elena.agent.id)


def test_an_owner_is_not_changed_by_a_file(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """A customer whom the director's file gives to another stays, and that is told; details are added."""
    ana.client("Ion Popescu", "+40722123456")
    send(elena)
    told = press(elena, "Import 3")

    assert words("import.warning.owner_kept") in told
    assert driver.customers[0]["owner_id"] == ana.agent.id
    assert driver.customers[0]["town"] == "Iași"


def test_personal_codes_leave_the_chat(driver: ChatDriver, ana: Person) -> None:
    """A file with a CNP is deleted from the chat, and the code stands in no table, not in the file given back either."""
    code = "1960529460012"
    shown = send(ana, f"Nume;Telefon;CNP;Obs\nIon;0722123456;{code};CNP {code}\n")

    assert words("import.preview.codes") in shown.splitlines()
    assert len(driver.telegram.deleted) == 1
    press(ana, "Import 1")
    assert code.encode() not in driver.telegram.documents[ana.id][0][1]
    for table in ("inbox", "files", "outbox", "jobs", "notes", "customers", "audit"):
        assert code not in str(driver.rows_of(table))
        assert code.encode() not in b"".join(row.get("data", b"") for row in driver.rows_of(table))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("clients.csv", "red;7\nblue;8", "no_headings"),
        ("clients.xlsx", "x", "not_a_table"),
        ("clients.vcf", "x", "no_cards"),
        ("clients.csv", "", "empty"),
    ],
)
def test_a_file_that_cannot_be_read(ana: Person, name: str, content: str, reason: str) -> None:
    """A sentence that says what to do, in place of a preview."""
    assert send(ana, content, name).endswith(words(f"import.failed.{reason}"))


def test_a_file_that_is_too_big_is_not_fetched(driver: ChatDriver, ana: Person) -> None:
    """Over the limit nothing is taken, and no job is made."""
    answer = send(ana, file_size=21 * 1024 * 1024)

    assert answer == words("received.document_too_big", limit=20)
    assert driver.rows(queues.jobs) == []


def test_another_kind_of_file(ana: Person) -> None:
    """What is taken is named."""
    assert send(ana, "x", "offer.pdf") == words("received.document")


def test_a_file_without_a_row_to_take(ana: Person) -> None:
    """There is nothing to press but Cancel."""
    shown = send(ana, "Nume;Telefon;Oraș\n;;Arad\n")

    assert words("import.preview.nothing") in shown.splitlines()
    assert ana.last.labels == ["Cancel"]


def test_cards_in_romanian(driver: ChatDriver, mihai: Person) -> None:
    """Cards have no columns to show; everything is in the person's language."""
    shown = send(mihai, "BEGIN:VCARD\nFN:Ion Pop\nTEL:0722123456\nEND:VCARD\n", "agenda.vcf")

    assert shown.splitlines()[-3:] == [
        "agenda.vcf: 1 rând. Încă nu am preluat nimic.",
        words("import.preview.first", "ro"),
        "1. Ion Pop · 0722123456",
    ]
    press(mihai, "Importă")
    assert names(driver) == ["Ion Pop"]
    assert driver.telegram.documents[mihai.id][0][0] == "agenda-rezultat.csv"


def test_suspended_meanwhile(driver: ChatDriver, ana: Person) -> None:
    """Who is suspended between the press and the work takes nothing, and nothing stays behind."""
    send(ana)
    ana.press("Import 3")
    with driver.database.command_unit("suspend") as unit:
        agent = unit.team.get(ana.agent.id)
        assert agent is not None
        agent.status = AgentStatus.SUSPENDED
    serve(driver)

    assert (names(driver), driver.rows(queues.files)) == ([], [])
