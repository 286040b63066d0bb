"""Sums, bounds, shares, counts, phones and other numbers in messages, in English and Romanian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import quantities
from bot.understanding.quantities import (
    find_amount_bounds,
    find_amounts,
    find_emails,
    find_mileages,
    find_order_numbers,
    find_percents,
    find_personal_codes,
    find_phones,
    find_quantities,
    find_vat,
    find_years,
)


def amounts(text: str) -> list[str]:
    """Give the sums of a text as "22000.00 EUR"."""
    return [f"{span.value.as_json()['value']} {span.value.currency}" for span in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("22k", "22000.00 EUR"), ("22K", "22000.00 EUR"), ("22.000", "22000.00 EUR"), ("22 000", "22000.00 EUR"), ("22,000", "22000.00 EUR"),
        ("22000", "22000.00 EUR"), ("22.500,50", "22500.50 EUR"), ("22,500.50", "22500.50 EUR"), ("22 500,00 EUR", "22500.00 EUR"),
        ("22 de mii", "22000.00 EUR"), ("22 mii euro", "22000.00 EUR"), ("22,5 mii euro", "22500.00 EUR"), ("22.5k", "22500.00 EUR"),
        ("22 mii jumate", "22500.00 EUR"), ("22 mii 500", "22500.00 EUR"), ("douăzeci de mii", "20000.00 EUR"),
        ("douăzeci și două de mii cinci sute de lei", "22500.00 RON"), ("o sută de mii de lei", "100000.00 RON"), ("o mie de euro", "1000.00 EUR"),
        ("două mii cinci sute", "2500.00 EUR"), ("twenty two thousand", "22000.00 EUR"), ("twenty-two thousand five hundred euros", "22500.00 EUR"),
        ("twenty-two and a half thousand", "22500.00 EUR"), ("one hundred thousand lei", "100000.00 RON"), ("a thousand euros", "1000.00 EUR"),
        ("€22k", "22000.00 EUR"), ("€ 22.000", "22000.00 EUR"), ("22000€", "22000.00 EUR"), ("22k eur", "22000.00 EUR"), ("EUR 22000", "22000.00 EUR"),
        ("22000euro", "22000.00 EUR"), ("5000 lei", "5000.00 RON"), ("5000 RON", "5000.00 RON"), ("15000 $", "15000.00 USD"), ("$15k", "15000.00 USD"),
        ("1,2 milioane lei", "1200000.00 RON"), ("1.234.567 lei", "1234567.00 RON"), ("800 euro", "800.00 EUR"), ("50 lei", "50.00 RON"),
        ("Duster at 19990", "19990.00 EUR"), ("buget 25 mii", "25000.00 EUR"), ("price is 9500", "9500.00 EUR"), ("15 march 22k", "22000.00 EUR"),
        ("Duster 1.3 TCe 150 CP 4x4 22.500", "22500.00 EUR"), ("VW Golf 7 din 2015, 1.6 TDI 105 CP, 180.000 km, cere 6500 euro", "6500.00 EUR"),
        ("Popescu trades in a 2017 Golf, 120k km, wants 8k", "8000.00 EUR"), ("call 0722123456, budget 22000", "22000.00 EUR"),
        ("avans 20%, rest 18.000 in 60 de rate", "18000.00 EUR"), ("order 1042 costs 22.000", "22000.00 EUR"),
    ],
)  # fmt: skip
def test_sum_is_read(text: str, amount: str) -> None:
    """A sum has its value with two decimals and its currency, the dealer's where none is said."""
    assert amounts(text) == [amount]


@pytest.mark.parametrize(
    "text",
    [
        "0722 123 456", "+40722123456", "1800101221144", "2017 Golf", "in 2025", "15.03.2027", "120k km", "120.000 de km", "rulaj: 85.000", "order 1042",
        "comanda nr. 1042", "#1042", "3%", "12 Logans", "Peugeot 3008", "Golf 7", "TCe 130", "130 CP", "at 10:30", "meeting at 1500", "500",
        "VIN UU1HSDACN12345678", "peste 3 zile", "60 de luni", "1200 Logans", "call 021 312 4567", "1,2 mil lei", "22.50.10",
    ],
)  # fmt: skip
def test_other_numbers_are_no_sum(text: str) -> None:
    """Phones, dates, years, mileages, counts and shares are no money; what is doubtful is left out."""
    assert amounts(text) == []


def test_dealers_currency_is_the_default() -> None:
    """The setting decides the currency that nobody typed."""
    assert find_amounts("22k", default_currency="RON")[0].value.currency == "RON"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("under 25000", None, "25000.00"), ("automatic Dusters in stock under 25000", None, "25000.00"), ("max 25k", None, "25000.00"),
        ("pana in 20.000", None, "20000.00"), ("până la 20 de mii", None, "20000.00"), ("sub 20 de mii", None, "20000.00"), ("25k max", None, "25000.00"),
        ("cel mult 22 mii euro", None, "22000.00"), ("over 15k", "15000.00", None), ("peste 15k", "15000.00", None), ("at least 10 mii", "10000.00", None),
        ("minim 10.000", "10000.00", None), ("between 20 and 28 thousand", "20000.00", "28000.00"), ("intre 20.000 si 28.000 euro", "20000.00", "28000.00"),
        ("de la 20 la 28 de mii", "20000.00", "28000.00"), ("20-28k", "20000.00", "28000.00"), ("20k - 28k", "20000.00", "28000.00"),
        ("from 20 to 28k", "20000.00", "28000.00"),
    ],
)  # fmt: skip
def test_bounds_are_read(text: str, least: str | None, most: str | None) -> None:
    """What is said of the least and the most is told apart; "20 and 28 thousand" are both thousands."""
    [span] = find_amount_bounds(text)
    bounds = span.value
    assert (
        bounds.minimum and bounds.minimum.as_json()["value"],
        bounds.maximum and bounds.maximum.as_json()["value"],
    ) == (least, most)


@pytest.mark.parametrize(
    "text",
    ["22k", "peste 3 zile", "under 25", "between 10 and 12", "over 100000 km", "from 10 to 11", "1-15 noiembrie"],
)
def test_other_words_are_no_bounds(text: str) -> None:
    """Plain sums, days, hours and kilometres bound no price."""
    assert find_amount_bounds(text) == []


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("3%", "3"),
        ("3,5 la sută", "3.5"),
        ("2.5 %", "2.5"),
        ("cinci la suta", "5"),
        ("5 procente", "5"),
        ("3 percent", "3"),
        ("0.5%", "0.5"),
        ("80%", "80"),
    ],
)
def test_share_is_read(text: str, percent: str) -> None:
    """A share has no needless zeros."""
    assert [span.value for span in find_percents(text)] == [percent]


@pytest.mark.parametrize("text", ["150%", "5 la 10", "5", "3 persoane"])
def test_other_numbers_are_no_share(text: str) -> None:
    """More than all, or no mark, is no share."""
    assert find_percents(text) == []


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("0722 123 456", ["+40722123456"]), ("0722.123.456", ["+40722123456"]), ("0722-123-456", ["+40722123456"]), ("(0722) 123-456", ["+40722123456"]),
        ("0722/123456", ["+40722123456"]), ("+40 722 123 456", ["+40722123456"]), ("0040722123456", ["+40722123456"]), ("722123456", ["+40722123456"]),
        ("call 021 312 4567 tomorrow", ["+40213124567"]), ("0722123456 / 0733999888", ["+40722123456", "+40733999888"]),
        ("+49 170 1234567 at 10:30", ["+491701234567"]), ("+33 6 12 34 56 78", ["+33612345678"]), ("sun la 0722123456 mâine la 10", ["+40722123456"]),
        ("0722 123 456 10:30", ["+40722123456"]), ("1800101221144", []), ("order 1042", []), ("22.000 22.500", []), ("15.03.2027 10:30", []),
        ("120 000 000 lei", []), ("VIN UU1HSDACN12345678", []), ("0722 123", []),
    ],
)  # fmt: skip
def test_phone_is_read(text: str, phones: list[str]) -> None:
    """A phone becomes E.164; other long numbers are none."""
    assert [span.value for span in find_phones(text)] == phones


def test_phone_without_prefix_belongs_to_the_region() -> None:
    """The region is a setting."""
    assert [span.value for span in find_phones("030 123456", region="DE")] == ["+4930123456"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1800101221144", ["1800101221144"]),
        ("CNP 180 0101 221144", ["1800101221144"]),
        ("1800101221145", ["1800101221145"]),
        ("CNP 180 0101 221145", []),
        ("1801301221144", []),
        ("18001012211441", []),
    ],
)
def test_personal_code_is_known_by_its_figures(text: str, codes: list[str]) -> None:
    """Thirteen figures with a date are a personal code; written with gaps the control figure must be right too."""
    assert [span.value for span in find_personal_codes(text)] == codes


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("Ion@Popescu.RO", ["ion@popescu.ro"]), ("scrie la ion.pop+x@a-b.co.uk.", ["ion.pop+x@a-b.co.uk"]), ("a@b", []), ("@ion", []), ("ion@popescu", []),
        ("ana@x.ro, dan@y.ro", ["ana@x.ro", "dan@y.ro"]),
    ],
)  # fmt: skip
def test_email_is_read(text: str, emails: list[str]) -> None:
    """An address is given in lower case."""
    assert [span.value for span in find_emails(text)] == emails


def test_the_end_of_an_address_that_is_too_long_is_none() -> None:
    """What stands before the sign is 64 characters at most; cut to that, it would be somebody else's address."""
    assert [span.value for span in find_emails("a" * 64 + "@x.ro")] == ["a" * 64 + "@x.ro"]
    assert find_emails("a" * 65 + "@x.ro") == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("order 12 Logans for Acme", [12]), ("order 10 Logans and 2 Dusters", [10, 2]), ("comandă 12 Loganuri", [12]), ("două Dustere pentru Acme", [2]),
        ("2x Duster", [2]), ("x3 Duster", [3]), ("3 bucati Logan", [3]), ("20 de Dustere albe", [20]), ("twelve Logans", [12]), ("order 1042", []),
        ("meeting at 10 with 3 people", []), ("3%", []), ("friday 10", []), ("Golf 7", []), ("TCe 130", []), ("mașină nouă", []), ("one step back", []),
        ("2 ore", []), ("22k euro", []), ("2017 Golf", []), ("Logan ECO-G 100 white", []), ("pe 5 martie", []), ("0722 123 456 Ion", []),
    ],
)  # fmt: skip
def test_count_is_read(text: str, counts: list[int]) -> None:
    """What is counted are cars, not hours, engines or models."""
    assert [span.value for span in find_quantities(text)] == counts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("order 1042", ["1042"]), ("cancel order 1042", ["1042"]), ("move order #1042 to Ana", ["1042"]), ("#1042", ["1042"]), ("comanda nr. 1042", ["1042"]),
        ("statusul comenzii 1042", ["1042"]), ("orders 1042 and 1043", ["1042", "1043"]), ("order #A-1042", ["A-1042"]), ("treci comanda 998 de la Ana", ["998"]),
        ("order 12 Logans", []), ("comanda 12 Dustere", []), ("order 22k", []), ("my orders", []), ("order 20 de Dustere", []), ("order a Duster", []),
    ],
)  # fmt: skip
def test_order_number_is_read(text: str, numbers: list[str]) -> None:
    """An order's number is given as typed; a count of cars is none."""
    assert [span.value for span in find_order_numbers(text)] == numbers


@pytest.mark.parametrize(
    ("text", "years", "mileages"),
    [
        ("2017 Golf, 120k km", [2017], [120000]), ("Golf din 2015, 98.000 km", [2015], [98000]), ("120 de mii de km", [], [120000]),
        ("rulaj 85000, an 2019", [2019], [85000]), ("mileage: 85.000", [], [85000]), ("120000km", [], [120000]), ("Peugeot 2008 2020", [2020], []),
        ("2000 euro", [], []), ("15 martie 2027", [], []), ("order 2017", [], []), ("22k", [], []), ("1042", [], []), ("2017 km", [], [2017]),
    ],
)  # fmt: skip
def test_year_and_mileage_are_read(text: str, years: list[int], mileages: list[int]) -> None:
    """A car's year and its kilometres are whole numbers, and belong to no date, sum or order."""
    assert [span.value for span in find_years(text)] == years
    assert [span.value for span in find_mileages(text)] == mileages


@pytest.mark.parametrize(
    ("text", "vat"),
    [
        ("plus TVA", ["excluded"]), ("+TVA", ["excluded"]), ("fără TVA", ["excluded"]), ("ex VAT", ["excluded"]), ("22k + VAT", ["excluded"]),
        ("22000 net", ["excluded"]), ("TVA inclus", ["included"]), ("cu TVA", ["included"]), ("cu TVA inclus", ["included"]), ("incl. VAT", ["included"]),
        ("VAT included", ["included"]), ("22000 brut", ["included"]), ("net", []), ("what is the VAT", []), ("internet", []),
    ],
)  # fmt: skip
def test_vat_is_read(text: str, vat: list[str]) -> None:
    """Whether tax is in a sum is read where it is said."""
    assert [span.value for span in find_vat(text)] == vat


@given(st.integers(1000, 99_999_999).filter(lambda value: not 1000 <= value <= 2359 and not 1950 <= value <= 2039))
def test_every_sum_is_read_back(value: int) -> None:
    """A sum is the same with points, commas, spaces, nothing, and in thousands."""
    grouped = f"{value:,}"
    for text in (
        f"{grouped} euro",
        f"{value} euro",
        grouped.replace(",", ".") + " euro",
        grouped.replace(",", " ") + " eur",
        f"€{value}",
    ):
        assert amounts(text) == [f"{value}.00 EUR"], text
    assert amounts(f"{value % 1000 + 1}k lei") == [f"{(value % 1000 + 1) * 1000}.00 RON"]


@given(st.one_of(st.text(max_size=60), st.text(alphabet="0123456789 .,+-/()@#%k€mii", max_size=40)))
def test_no_text_upsets_the_readers(text: str) -> None:
    """Any text is read without an error, and places lie inside it."""
    for name in quantities.__all__:
        if name.startswith("find_"):
            for span in getattr(quantities, name)(text):
                assert 0 <= span.start < span.end <= len(text)
                assert span.text == text[span.start : span.end]
