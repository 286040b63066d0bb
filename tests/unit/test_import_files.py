"""Tables as programs and people write them: what is read of each, and what is refused as a whole."""

import io
import re
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from actions.importing import ImportFileError, cells, headings, read_file
from actions.importing.annotated import annotated
from actions.importing.delimited import DELIMITERS
from actions.importing.files import CARD_ENDINGS, MAX_BYTES, TABLE_ENDINGS
from actions.importing.keeping import pack_candidates, pack_table, unpack_candidates, unpack_table
from actions.importing.table import MAX_COLUMNS, MAX_ROWS
from bot.dialogue.chat import FILE_MB
from bot.flows.import_customers import IMPORT_ENDINGS
from domain.customers import Purpose, Relationship, Source
from domain.importing import CandidateConsent, CandidateCustomer, CandidateVehicle
from domain.needles import Needles
from domain.privacy import personal_codes
from storage.erasure_sweep import names_in_file
from texts.catalog import LANGUAGES, Texts

SAMPLES = Path(__file__).resolve().parents[1] / "fixtures" / "imports"

# Of each program's export: who is in it, with the phone, the town, the source and the owner.
EXPORTS: dict[str, list[tuple[str, str, str, str, str | None, str]]] = {
    "hubspot.csv": [
        ("Andrei Munteanu", "", "0722 123 456", "Cluj-Napoca", "website", "Ana Ionescu"),
        ("Ioana Țăranu", "Taranu Trans SRL", "+40 744 555 666", "Iași", "social_media", "Mihai Radu"),
        ("", "", "", "", "advertising", "Ana Ionescu"),
    ],
    "hubspot_ro.csv": [
        ("Andrei Munteanu", "", "0722 123 456", "Cluj-Napoca", "website", "Ana Ionescu"),
        ("Ioana Țăranu", "Taranu Trans SRL", "+40 744 555 666", "Iași", "social_media", "Mihai Radu"),
    ],
    "pipedrive_persons.csv": [
        ("Radu Enache", "Enache Logistic SRL", "0733 111 222", "", None, "Ana Ionescu"),
        ("Simona Albu", "", "0268 411 222", "", None, "Mihai Radu"),
    ],
    "pipedrive_ro.csv": [("Radu Enache", "Enache Logistic SRL", "0733 111 222", "", None, "Ana Ionescu")],
    "pipedrive_organizations.csv": [("", "Dunărea Agro SA", "0236 460 111", "", None, "Ana Ionescu")],
    "odoo.csv": [
        ("", "Carpat Construct SRL", "0268 411 000", "Brașov", None, "Ana Ionescu"),
        ("Dan Vlaicu", "Carpat Construct SRL", "0722 900 100", "Brașov", None, "Ana Ionescu"),
        ("Elena Stoica", "", "0744 010 203", "Sibiu", None, "Mihai Radu"),
    ],
    "odoo_ro.csv": [
        ("", "Carpat Construct SRL", "0268 411 000", "Brașov", None, "Ana Ionescu"),
        ("Dan Vlaicu", "Carpat Construct SRL", "0722 900 100", "Brașov", None, "Ana Ionescu"),
    ],
    "salesforce_contacts.csv": [
        ("Victor Preda", "Preda & Fiii SRL", "0721 400 500", "Pitești", "referral", "Ana Ionescu"),
        ("Carmen Lupu", "", "0723 400 501", "Pitești", "event", "Mihai Radu"),
    ],
    "salesforce_leads_api.csv": [("Paul Moraru", "Moraru PFA", "0726 100 200", "Arad", "website", "Ana Ionescu")],
    "salesforce_ro.csv": [("Victor Preda", "Preda & Fiii SRL", "0721 400 500", "Pitești", "referral", "Ana Ionescu")],
    "google_contacts.csv": [("Oana Maria Dobre", "", "0727 333 444", "", None, "")],
    "outlook.csv": [("Liviu Barbu", "Barbu Auto SRL", "0728 999 000", "Ploiești", None, "")],
    "workbook.xlsx": [
        ("Nicoleta Dima", "", "722123457", "Buzău", None, ""),
        ("Sorin Neagu", "", "40744123458", "Buzău", None, ""),
        ("=1+1", "", "", "Buzău", None, ""),
    ],
}


def sample(name: str) -> list[CandidateCustomer]:
    """The candidates of a sample."""
    return read_file(name, (SAMPLES / name).read_bytes()).candidates


def table(text: str, encoding: str = "utf-8") -> list[CandidateCustomer]:
    """The candidates of a CSV text."""
    return read_file("clients.csv", text.encode(encoding)).candidates


def one(**columns: str) -> CandidateCustomer:
    """The candidate of one row under these headings ("_" stands for a space)."""
    names = ";".join(name.replace("_", " ") for name in columns)
    (candidate,) = table(f"{names}\n{';'.join(columns.values())}\n")
    return candidate


def workbook(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    """A workbook of these rows, and of more sheets by name."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "First"
    for row in rows:
        book.active.append(row)
    for title, content in sheets.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(name: str, data: bytes) -> str:
    """Why the file is refused; the reason has its words in both languages."""
    with pytest.raises(ImportFileError) as refusal:
        read_file(name, data)
    for language in LANGUAGES:
        assert Texts(language).t(f"import.failed.{refusal.value.code}", **refusal.value.values)
    return refusal.value.code


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_of_usual_programs(name: str) -> None:
    """Names, companies, the mobile phone first, town, source and owner are found under each program's headings."""
    found = [(c.name, c.company, (*c.phones, "")[0], c.town, c.source, c.owner) for c in sample(name)]

    assert found == EXPORTS[name]


def test_every_sample_is_tested() -> None:
    """No sample stands there for nothing."""
    assert {path.name for path in SAMPLES.iterdir()} == {*EXPORTS, "excel_ro_cp1250.csv"}


def test_a_list_as_a_showroom_keeps_it() -> None:
    """Excel's own separator line, a title above, old letters, a line break in a cell, a sum below: rows keep their numbers."""
    first, second, third, fourth = sample("excel_ro_cp1250.csv")

    assert (first.row, first.name, first.town) == (5, "Ţuţuianu Ştefăniţă", "Braşov")
    assert first.vehicle == CandidateVehicle("Dacia Logan", year=2014)
    assert (first.interest, first.note) == ("Duster", "vine sâmbătă;\ncu soţia")
    assert first.consents == (CandidateConsent(Purpose.MARKETING, given=True, wording="Acord marketing: da"),)
    assert second.consents == (CandidateConsent(Purpose.MARKETING, given=False, wording="Acord marketing: nu"),)
    assert (third.problems, third.note) == (("phone_cut_off", "consent_unclear"), "Acord marketing: poate")
    assert (fourth.row, fourth.name, fourth.note) == (9, "", "fără nume")


def test_unknown_columns_become_lines_of_the_note() -> None:
    """Nothing that stands in the file is lost."""
    first, second, _ = sample("hubspot.csv")

    assert first.note == "Lead Status: New\nCreate Date: 2026-01-12 09:30\nLifecycle Stage: Lead"
    assert second.relationship is Relationship.CUSTOMER
    assert second.note == "Create Date: 2026-01-13 11:02\nJob Title: Fleet manager"


def test_a_company_with_its_contact_person() -> None:
    """Whom one talks to belongs to the company; without a company that is the customer."""
    at_company = one(Companie="Acme", Persoana_de_contact="Ion Pop", Funcție="director", CUI="RO 1234567")
    alone = one(Contact_person="Ion Pop", Phone="0722123456")

    assert (at_company.name, at_company.company, at_company.contact, at_company.role) == (
        "",
        "Acme",
        "Ion Pop",
        "director",
    )
    assert at_company.tax_id == "1234567"
    assert (alone.name, alone.contact) == ("Ion Pop", "")


def test_a_persons_work_is_noted() -> None:
    """Role and tax id belong to the company where a person works: they are kept in words."""
    candidate = one(Nume="Ion Pop", Companie="Acme", CUI="1234567", Funcția="director")

    assert (candidate.name, candidate.company, candidate.tax_id) == ("Ion Pop", "Acme", "")
    assert candidate.note == "Funcția: director\nCUI: 1234567"


def test_a_tax_id_makes_a_company() -> None:
    """A name with a CUI and no person is a company; a CUI that is none is kept in words."""
    assert one(Denumire="Căminul", CUI="RO1234567").company == "Căminul"
    assert one(Denumire="Căminul", CUI="x-12").note == "CUI: x-12"


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Nume;Prenume;Telefon", "Pop;Ion;1", "Ion Pop"),
        ("Nume;Telefon", "Ion Pop;1", "Ion Pop"),
        ("First Name;Last Name;Phone", "Ion;Pop;1", "Ion Pop"),
        ("First Name;Name;Phone", "Ion;Pop;1", "Ion Pop"),
        ("Name;First Name;Last Name;Phone", "Pop, Ion;Ion;Pop;1", "Pop, Ion"),
        ("NUME SI PRENUME;TEL.", "Ion Pop;1", "Ion Pop"),
        ("Client;Nr. telefon", "Ion Pop;1", "Ion Pop"),
        ("Lead - Name;Lead - Phone", "Ion Pop;1", "Ion Pop"),
    ],
)
def test_names_in_one_column_or_several(header: str, row: str, name: str) -> None:
    """First and last name are put together; beside a first name "Nume" is the last."""
    (candidate,) = table(f"{header}\n{row}\n")

    assert (candidate.name, candidate.phones) == (name, ("1",))


def test_headings_that_stand_twice() -> None:
    """Two phones are two phones; of two names the second is kept in the note where it says something else."""
    (candidate,) = table("Name;Phone;Phone;Name;Obs;Notes\nIon;1;2;Ionel;a;b\n")

    assert (candidate.name, candidate.phones, candidate.note) == ("Ion", ("1", "2"), "a\nb\nName: Ionel")


def test_columns_without_a_heading() -> None:
    """What stands under none is kept under the column's letter."""
    (candidate,) = read_file("c.xlsx", workbook(["Name", "Phone"], ["Ion", "1", "red"])).candidates

    assert candidate.note == "C: red"


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    """Every usual delimiter, in every encoding that has all letters."""
    text = '"Nume","Telefon","Obs"\r\n"Țuțuianu, Ștefan; ""Fane""","0722 123 456","a|b\tc\r\nd"\r\n'.replace(
        '","', f'"{delimiter}"'
    )
    (candidate,) = table(text, encoding)

    assert (candidate.name, candidate.phones) == ('Țuțuianu, Ștefan; "Fane"', ("0722 123 456",))
    assert candidate.note == "a|b\tc\r\nd"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Ţuţuianu Ştefăniţă – Iaşi"),
        ("iso-8859-2", "Ţuţuianu Ştefăniţă"),
        ("iso-8859-2", "Šimko Ľuboš"),
        ("cp1250", "Szőcs Ödön"),
        ("cp1252", "Åsa Nuñez Genève"),
        ("cp1252", "François Lefèvre"),
        ("cp1252", "Jürgen Müller-Groß"),
        ("iso-8859-16", "Țuțuianu Ștefăniță"),
    ],
)
def test_eight_bit_encodings(encoding: str, name: str) -> None:
    """Central and Western letters are told apart; letters that differ in their tail alone are the same name."""
    (candidate,) = table(f"Name,Phone\n{name},0722123456\n", encoding)

    assert candidate.name.translate(str.maketrans("ŞşŢţ", "ȘșȚț")) == name.translate(str.maketrans("ŞşŢţ", "ȘșȚț"))


def test_a_short_first_row_does_not_decide_the_delimiter() -> None:
    """A title with commas above a table with semicolons."""
    (candidate,) = table("Clienți, toți, 2026\n\nNume;Telefon\nIon, Pop;1\n")

    assert (candidate.row, candidate.name) == (4, "Ion, Pop")


def test_lines_that_are_quoted_as_a_whole() -> None:
    """Excel took each row for one cell, and wrote it so; a column of quoted names is left as it is."""
    (wrapped,) = table('"Nume,Telefon,Obs"\r\n"Ion,0722123456,""a, b"""\r\n')
    (plain,) = table('"Nume"\r\n"Pop, Ion"\r\n')

    assert (wrapped.name, wrapped.phones, wrapped.note) == ("Ion", ("0722123456",), "a, b")
    assert plain.name == "Pop, Ion"


def test_a_row_of_data_is_no_heading() -> None:
    """A cell or two that are words of headings do not outweigh a row of them, however many others stand there."""
    others = ";".join(f"x{number}" for number in range(30))
    (candidate,) = table(f"Name;Phone;Email;{others}\nIon;1;;Lead;Customer\n")

    assert (candidate.row, candidate.name) == (2, "Ion")


def test_rows_that_are_none() -> None:
    """Empty rows, repeated headings and sums are no customers; a firm that is called a sum is one."""
    found = table("Name,Phone\nIon,1\n,\n\nName,Phone\nTotal,17\nTotal Energies SRL,2\nGenerated by CRM\n")

    assert [(one.row, one.name) for one in found] == [(2, "Ion"), (7, "Total Energies SRL")]


def test_a_row_with_too_many_cells() -> None:
    """A separator within a text shifts cells: the row is told, not guessed at; where all rows have more, it is a column."""
    shifted = table("Name,Phone\nIon,1\nPop, Ana,2\nMaria,3\n")
    unheaded = table("Name,Phone\nIon,1,red\nAna,2,blue\n")
    remarks = table("Name,Phone,\nIon,1,\nAna,2,blue\nMaria,3,\n")

    assert [one.problems for one in shifted] == [(), ("shifted",), ()]
    assert [(one.problems, one.note) for one in remarks] == [((), ""), ((), "C: blue"), ((), "")]
    assert [one.note for one in unheaded] == ["C: red", "C: blue"]


@pytest.mark.parametrize(
    ("written", "numbers", "is_lost"),
    [
        ("0722123456", ["0722123456"], False),
        ("722123456.0", ["722123456"], False),
        ("40722123456,00", ["40722123456"], False),
        ("4.0722123456E+10", ["40722123456"], False),
        ("4,072212345E+10", ["40722123450"], False),
        ("4.07E+10", ["4.07E+10"], True),
        ("-4.0722123456E+10", ["-4.0722123456E+10"], True),
        ("0722 123 456\n0744 123 456", ["0722 123 456", "0744 123 456"], False),
        ("0722123456 ::: 0744123456", ["0722123456", "0744123456"], False),
    ],
)
def test_phones_that_went_through_excel(written: str, numbers: list[str], is_lost: bool) -> None:
    """Whole numbers come back; what was rounded is never completed with zeros."""
    assert cells.phones(written) == (numbers, is_lost)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("a@x.ro; b@x.ro", ["a@x.ro", "b@x.ro"]),
        ("a@x.ro,b@x.ro\nc@x.ro", ["a@x.ro", "b@x.ro", "c@x.ro"]),
        ("Ion Pop <ion@x.ro>", ["ion@x.ro"]),
        ("mailto:a@x.ro", ["a@x.ro"]),
        ("none yet", ["none yet"]),
    ],
)
def test_addresses(written: str, found: list[str]) -> None:
    """Several in one cell, with a name around them, or none."""
    assert cells.addresses(written) == found


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-05-02", "2025-05-02"),
        ("02.05.2025", "2025-05-02"),
        ("2/5/25", "2025-05-02"),
        ("05/23/2025", "2025-05-23"),
        ("2025-05-02T10:00:00Z", "2025-05-02"),
        ("45779", "2025-05-02"),
        ("soon", None),
        ("45.13.2025", None),
    ],
)
def test_days(written: str, iso: str | None) -> None:
    """As written in Romania, in ISO, in America where no other reading is left, and as Excel counts them."""
    found = cells.day(written)

    assert (found and found.isoformat()) == iso


def test_consents_are_taken_only_where_said_plainly() -> None:
    """Yes and no with the file's words and day; a refused refusal is no consent; a contradiction is none either."""
    said = one(Nume="Ion", Acord_GDPR="DA", Data_acord="01.02.2025", Dezabonat="nu", Nu_sunați="nu")
    both = one(Name="Ion", Newsletter="yes", Email_opt_out="yes")

    (consent,) = said.consents
    assert (consent.purpose, consent.given, consent.wording) == (Purpose.CONTACT, True, "Acord GDPR: DA")
    assert str(consent.on) == "2025-02-01"
    assert (both.consents, both.problems, both.note) == ((), ("consent_unclear",), "Newsletter: yes")


def test_vehicles() -> None:
    """Make and model together, year and mileage as numbers, signs in the note; a year alone is words."""
    whole = one(Nume="Ion", Marca="Dacia", Model="Logan", An="2014", Km="85.000 km", Nr_înmatriculare="BV 12 ABC")
    odd = one(Nume="Ion", Mașina="Logan", An="nou", Kilometraj="mult")

    assert whole.vehicle == CandidateVehicle("Dacia Logan", year=2014, mileage=85_000, note="BV 12 ABC")
    assert (odd.vehicle, odd.note) == (CandidateVehicle("Logan"), "An: nou\nKilometraj: mult")
    assert one(Nume="Ion", An="2014").note == "An: 2014"


def test_sources() -> None:
    """Known words of both languages; others are kept in the note."""
    assert one(Nume="Ion", Sursa="Recomandare").source is Source.REFERRAL
    assert one(Nume="Ion", Lead_source="Walk-in").source is Source.WALK_IN
    unknown = one(Nume="Ion", Sursa="Zzz")
    assert (unknown.source, unknown.note) == (None, "Sursa: Zzz")


def test_personal_codes_are_gone_when_the_file_is_read() -> None:
    """In a column of their own, within a note, as a number of Excel's: neither candidates nor the table keep one."""
    code = "1960529460012"
    text = read_file("c.csv", f"Nume;CNP;Obs\nIon;{code};vezi {code}\nAna;12345;\n".encode())
    book = read_file("c.xlsx", workbook(["Nume", "Obs"], ["Ion", int(code)]))

    for file in (text, book):
        assert code not in repr(file)
        assert "personal_code_left_out" in file.candidates[0].problems
    assert text.table.rows[2][1] == "…"


def test_the_sheet_with_headings_is_read() -> None:
    """Not the first one, not a hidden one; the others are named."""
    data = workbook(["Report"], Clients=[["Name", "Phone"], ["Ion", "0722123456"]], Notes=[["x"]])
    file = read_file("book.xlsx", data)

    assert (file.table.sheet, file.table.other_sheets) == ("Clients", ("First", "Notes"))
    assert [one.name for one in file.candidates] == ["Ion"]


def test_a_text_under_a_workbooks_name() -> None:
    """Programs call a tab-separated text .xls, and a workbook .csv."""
    assert read_file("export.xls", b"Name\tPhone\nIon\t1\n").candidates[0].name == "Ion"
    assert read_file("export.csv", workbook(["Name"], ["Ion"])).candidates[0].name == "Ion"
    assert read_file("export.csv", b"BEGIN:VCARD\nFN:Ion\nEND:VCARD\n").candidates[0].name == "Ion"


def packed(**members: bytes) -> bytes:
    """A ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, content if member.filename == name else old.read(member.filename))
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SHEET = "xl/worksheets/sheet1.xml"
BOOK = workbook(["Name", "Phone"], ["Ion", "1"])
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("c.csv", b"", "empty"),
        ("c.csv", b" \r\n\r\n", "empty"),
        ("c.csv", b"Name,Phone\n", "empty"),
        ("c.csv", b"red,7\nblue,8\n", "no_headings"),
        ("c.csv", b'Name,Phone\n"Ion,1\n' + b"Ana,2\n" * 10_000, "quote_open"),
        ("c.csv", b'Name,Phone\nIon,1\n"Dan,2\nAna,3\n', "quote_open"),
        ("c.csv", b"<!DOCTYPE html><html><table><tr><td>Name</td></tr></table></html>", "is_a_page"),
        ("c.xls", b"<html><table><tr><td>Name</td></tr></table></html>", "is_a_page"),
        ("c.csv", b"Name;Phone\n" + b"Ion;1\n" * (MAX_ROWS + 1), "too_many"),
        ("c.csv", b"Name" + b";x" * MAX_COLUMNS + b"\nIon\n", "too_many_columns"),
        ("c.csv", b"x" * (MAX_BYTES + 1), "too_big"),
        ("c.pdf", b"%PDF", "format_unknown"),
        ("c.xlsx", b"hello", "not_a_table"),
        ("c.xlsx", BOOK[: len(BOOK) // 2], "damaged"),
        ("c.xlsx", replaced(BOOK, SHEET, b"<worksheet><sheetData><row>"), "damaged"),
        ("c.xlsx", replaced(BOOK, SHEET, LAUGHS), "damaged"),
        ("c.xlsx", replaced(BOOK, "xl/workbook.xml", LAUGHS), "damaged"),
        ("c.xlsx", packed(word__document=b"x"), "not_a_table"),
        ("c.xlsx", packed(**{"[Content_Types].xml": b"x", "xl__workbook.bin": b"x"}), "old_excel"),
        ("c.xls", OLE + b"Workbook", "old_excel"),
        ("c.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("c.xlsx", replaced(BOOK, SHEET, b" " * (101 * 1024 * 1024)), "too_big_unpacked"),
        ("c.xlsx", workbook(), "empty"),
        ("c.xlsx", workbook(["Name"], ["Ion"] + ["x"] * MAX_COLUMNS), "too_many_columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_are_refused(name: str, data: bytes, code: str) -> None:
    """Each with its reason, before anything is taken."""
    assert refused(name, data) == code


def test_as_many_rows_as_are_promised() -> None:
    """Twenty thousand, and a heading row."""
    file = read_file("c.csv", b"Name;Phone\n" + b"".join(b"Ion;%d\n" % n for n in range(MAX_ROWS)))

    assert len(file.candidates) == MAX_ROWS == 20_000


def test_a_wrong_size_hides_no_row() -> None:
    """Some programs write that their sheet is one cell large."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as package:
        sheet = package.read(SHEET)
    wrong = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', sheet)
    assert wrong != sheet

    assert [one.name for one in read_file("c.xlsx", replaced(BOOK, SHEET, wrong)).candidates] == ["Ion"]


def test_what_is_kept_until_the_press_is_what_was_read() -> None:
    """Candidates and cells come back as they were, days and a plain "no" too."""
    for path in sorted(SAMPLES.iterdir()):
        file = read_file(path.name, path.read_bytes())
        kept = unpack_table(pack_table(file.table))
        assert unpack_candidates(pack_candidates(file.candidates)) == file.candidates
        assert (kept.rows, kept.form, kept.delimiter, kept.sheet) == (
            file.table.rows,
            file.table.form,
            file.table.delimiter,
            file.table.sheet,
        )


def test_an_erasure_finds_a_person_in_what_is_kept() -> None:
    """What waits for a press, and the workbook that was given back, can be searched for a name."""
    needles = Needles(names=("Nicoleta Dima",))
    file = read_file("workbook.xlsx", (SAMPLES / "workbook.xlsx").read_bytes())
    back = annotated(file.table, [], heading_row=file.heading_row, texts=Texts("en"))

    for data in (pack_candidates(file.candidates), pack_table(file.table), back):
        assert names_in_file(needles, "import", data)


def test_no_heading_means_two_things() -> None:
    """A phrase stands under one field alone, as it is compared, and each field has a name for people."""
    source = Path(headings.__file__).with_name("headings.toml").read_text(encoding="utf-8")
    lexicon = tomllib.loads(source)
    for section in lexicon.values():
        phrases = [phrase for known in section.values() for phrase in set(known)]
        assert [phrase for phrase, times in Counter(phrases).items() if times > 1] == []
    phrases = [
        phrase
        for section in ("columns", "sources", "relationships")
        for known in lexicon[section].values()
        for phrase in known
    ]
    assert [phrase for phrase in phrases if headings.plain(phrase) != phrase] == []
    fields = lexicon["columns"].keys() - {"left_out", "personal_code"}
    assert all(Texts(language).has(f"import.field.{field}") for language in LANGUAGES for field in fields)
    assert set(lexicon["sources"]) == {source.value for source in Source}
    assert set(lexicon["relationships"]) <= {relationship.value for relationship in Relationship}


def test_chat_and_reader_agree_on_files() -> None:
    """What the chat fetches is read, and no file that it fetches is too big to be read."""
    assert set(IMPORT_ENDINGS) == {*CARD_ENDINGS, *TABLE_ENDINGS} - {".txt"}  # a text may be anything, also a chat
    assert FILE_MB * 1024 * 1024 == MAX_BYTES


def test_a_workbook_of_openpyxl_is_read_as_excel_reads_it() -> None:
    """A formula's value is read where the program has kept it, never the formula."""
    file = read_file("c.xlsx", workbook(["Name", "Phone"], ["Ion", "=1+1"]))

    assert file.candidates[0].phones == ()
    assert load_workbook(io.BytesIO(workbook(["Name"], ["=1+1"]))).active["A2"].value == "=1+1"  # type: ignore[index]


PIECES = st.sampled_from(
    [
        *(
            "Name",
            "Nume",
            "Phone",
            "Email",
            ";",
            ",",
            "\t",
            "\n",
            '"',
            '""',
            "\r\n",
            "Ion",
            "0722123456",
            "4,07E+10",
            "da",
        ),
        *("'=1", "\0", "\ufeff", "sep=;\n", "1960529460012", "Total", "|", "Mașina", "Km", "2014", "Acord", "\ud800"),
    ]
)
NOISE = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=60).map(lambda parts: "".join(parts).encode(errors="surrogatepass")),
)


@settings(max_examples=300, deadline=None)
@given(NOISE, st.sampled_from(["c.csv", "c.xlsx", "c.xls"]))
def test_no_bytes_make_the_reader_fail(data: bytes, name: str) -> None:
    """Whatever a file holds, there are candidates with rising row numbers or the one refusal, and no code is kept."""
    try:
        found = read_file(name, data)
    except ImportFileError:
        return
    numbers = [candidate.row for candidate in found.candidates]
    assert numbers == sorted(set(numbers))
    assert not any(personal_codes(str(cell)) for row in found.table.rows for cell in row)
    assert unpack_candidates(pack_candidates(found.candidates)) == found.candidates


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_refused_or_read(at: int, noise: bytes) -> None:
    """Bytes overwritten anywhere never raise anything but the one refusal."""
    try:
        read_file("c.xlsx", BOOK[:at] + noise + BOOK[at + len(noise) :])
    except ImportFileError:
        return
