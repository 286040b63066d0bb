"""The file given back: the same table, two columns more, and nothing in it that a spreadsheet would run."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from actions.import_customers import write_back
from actions.importing import read_file
from actions.importing.keeping import pack, pack_table
from actions.importing.report import summary

Fate = dict[str, Any]


def fate(row: int, status: str = "taken", reason: str = "taken", **values: Any) -> Fate:
    """What became of a row."""
    return {"row": row, "name": "x", "status": status, "reason": reason, "values": {}, "warnings": []} | values


def given_back(name: str, data: bytes, *fates: Fate, language: str = "en") -> tuple[str, bytes]:
    """Name and content of the annotated file."""
    file = read_file(name, data)
    packed = [pack([one]) for one in fates]
    back, _, content, _ = write_back(pack_table(file.table), packed, name, file.heading_row, language)
    return back, content


def cells_of(content: bytes, delimiter: str = ";") -> list[list[str]]:
    """The cells of a CSV file as a spreadsheet shows them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def workbook(*rows: list[Any]) -> bytes:
    """A workbook whose texts are texts, though they begin with "="."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for cell in (cell for line in book.active.iter_rows() for cell in line):
        if isinstance(cell.value, str):
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_csv_file_comes_back_with_two_columns() -> None:
    """Row for row, with its title, its delimiter, its empty rows, and what became of each row beside it."""
    data = 'Clienți\r\n\r\nNume;Telefon;Obs\r\nȚuțu;1;"a;b\r\nc"\r\n\r\n;;x\r\n'.encode("cp1250", errors="replace")
    name, content = given_back(
        "clienți.csv", data, fate(4, warnings=["namesake"]), fate(6, "refused", "name_and_phone_missing")
    )

    assert (name, content[:3]) == ("clienți-result.csv", b"\xef\xbb\xbf")
    assert cells_of(content) == [
        ["Clien?i"],
        [],
        ["Nume", "Telefon", "Obs", "Import: result", "Import: reason"],
        ["?u?u", "1", "a;b\r\nc", "added", "added; there is another client of this name"],
        [],
        ["", "", "x", "refused", "refused: neither a name nor a phone"],
    ]


def test_the_words_are_the_persons() -> None:
    """Result and reason are in the language of whoever sent the file."""
    _, content = given_back("c.csv", b"Nume;Telefon\nIon;1\n", fate(2, "refused", "shifted"), language="ro")

    assert cells_of(content)[0][2:] == ["Import: rezultat", "Import: motiv"]
    assert cells_of(content)[1][2] == "refuzat"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_a_csv_file_is_a_formula(sign: str) -> None:
    """A text that a spreadsheet would calculate is written as text, and read again as what it was."""
    text = f"{sign}cmd|' /C calc'!A0"
    _, content = given_back("c.csv", f'Name;Phone;Obs\n"{text}";{sign}40722123456;x\n'.encode(), fate(2))

    assert cells_of(content)[1][:2] == [f"'{text}", f"'{sign}40722123456"]
    again = read_file("c.csv", content).candidates[0]
    assert (again.name, again.phones) == (text, (f"{sign}40722123456",))
    _, twice = given_back("c.csv", content, fate(2))
    assert cells_of(twice)[1][0] == f"'{text}"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_a_workbook_is_a_formula(sign: str) -> None:
    """It is kept as a string with the format of texts, so that editing it does not run it either."""
    text = f"{sign}1+1"
    name, content = given_back("c.xlsx", workbook(["Name", "Phone"], [text, "1"]), fate(2))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None

    assert name == "c-result.xlsx"
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].number_format) == (text, "s", "@")
    assert (sheet["C1"].value, sheet["C2"].value) == ("Import: result", "added")


def test_a_workbook_keeps_numbers_and_days() -> None:
    """What Excel calculates with stays what it was."""
    day = datetime(2025, 5, 2)  # noqa: DTZ001  a cell knows no zone
    data = workbook(["Name", "Phone", "Since", "Paid"], ["Ion", 722123456, day, True])
    sheet = load_workbook(io.BytesIO(given_back("c.xlsx", data, fate(2))[1])).active
    assert sheet is not None

    assert [cell.value for cell in sheet[2]] == ["Ion", 722123456, day, True, "added", "added"]
    assert sheet.title == "Sheet"


def test_cards_come_back_as_a_table() -> None:
    """A card has no columns: who was in it, and what became of it."""
    data = b"BEGIN:VCARD\nFN:Ion\nTEL:+40722123456\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nORG:Acme\nEND:VCARD\n"
    name, content = given_back("cards.vcf", data, fate(1), fate(2, "merged", "nothing_new"))

    assert name == "cards-result.csv"
    assert cells_of(content, ",") == [
        ["name", "company", "phone", "e-mail", "Import: result", "Import: reason"],
        ["Ion", "", "'+40722123456; 1", "", "added", "added"],
        ["", "Acme", "", "", "known", "already known, nothing new"],
    ]


def test_the_rows_that_say_most_are_told_first() -> None:
    """Refused ones, then those with something to say, then plain ones; all are counted."""
    fates = [fate(1), fate(2, "merged", "added"), fate(3, warnings=["namesake"]), fate(4, "refused", "shifted")]
    told = summary(fates)

    assert [row["row"] for row in told["rows"]] == [4, 2, 3, 1]
    assert (told["taken"], told["merged"], told["refused"], told["telling"]) == (2, 1, 1, 3)
