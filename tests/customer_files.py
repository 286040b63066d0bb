"""Made-up files of customers of any length, of which a known share cannot be taken."""

import csv
import io
from collections.abc import Iterator

from openpyxl import Workbook

HEADINGS = ("Nume", "Prenume", "Telefon", "Email", "Localitate", "Sursa", "Acord marketing", "Observații")
NAMES = ("Popescu", "Ionescu", "Dumitrescu", "Stan", "Țuțuianu", "Marin", "Șerban", "Albu", "Munteanu", "Pârvu")
FIRST_NAMES = ("Ion", "Maria", "Andrei", "Ștefania", "Mihai", "Ioana", "Radu", "Ana", "Vlad", "Irina")
TOWNS = ("Brașov", "Cluj-Napoca", "Iași", "Sibiu", "Arad")
FAULTY_EVERY = 25  # of this many rows two are faulty: 8%
REFUSED = ("name_and_phone_missing", "shifted")


def rows(count: int, *, first: int = 0) -> Iterator[list[str]]:
    """Rows of people who share nothing; of every 25 the 7th has neither name nor phone, the 19th too many cells.

    With another `first` (a multiple of 25) it is other people.
    """
    for number in range(first, first + count):
        given, last = FIRST_NAMES[number % 10], NAMES[number // 10 % 10]
        row = [
            f"{last} {word(number)}",
            given,
            f"07{22 + number // 1_000_000} {number // 1000 % 1000:03} {number % 1000:03}",
            f"{given}.{number}@example.com".lower(),
            TOWNS[number % 5],
            "Recomandare",
            "da" if number % 3 else "",
            f"client {number}" if number % 4 == 0 else "",
        ]
        if number % FAULTY_EVERY == 6:
            row[:3] = ["", "", ""]
        elif number % FAULTY_EVERY == 18:
            row.append("one cell too many")
        yield row


def faulty(count: int) -> dict[int, str]:
    """The row numbers in the file (its headings are row 1) that cannot be taken, and why."""
    wrong = {6: REFUSED[0], 18: REFUSED[1]}
    return {n + 2: wrong[n % FAULTY_EVERY] for n in range(count) if n % FAULTY_EVERY in wrong}


def csv_file(count: int, *, encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADINGS)
    writer.writerows(rows(count))
    return out.getvalue().encode(encoding)


def xlsx_file(count: int, *, first: int = 0) -> bytes:
    """The rows as a workbook, phones as numbers; a cell too many is no fault there."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Clienți")
    sheet.append(list(HEADINGS))
    for row in rows(count, first=first):
        sheet.append([*row[:2], int(row[2].replace(" ", "")) if row[2] else None, *row[3:8]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(number: int) -> str:
    """A word of its own for each number, so that nobody is anybody's namesake."""
    letters = ""
    while True:
        number, rest = divmod(number, 26)
        letters += chr(ord("a") + rest)
        if not number:
            return letters.capitalize().ljust(3, "x")
