"""An offer on paper: complete, legible in both languages, right to the cent, and the same each time."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from actions.documents.offer import offer_pdf, preview_png
from actions.documents.offer_data import (
    Deduction,
    InconsistentOfferError,
    OfferAgent,
    OfferCustomer,
    OfferDocument,
    OfferLine,
    Pair,
)
from actions.documents.wording import Wording
from domain.money import Basis
from tests.documents.reading import fonts, opened, outside, overlapping, pages, size, squeezed, text
from tests.documents.samples import DEALER, bare, car, eur, offer, prices

HOSTILE = (
    '<b>bold</b><img src="/etc/passwd"/><a href="file:///etc/passwd">x</a>',
    "<para><font size=900>big</font>&amp;&#x41;<br/>",
    "../../../../etc/passwd",
    "{dealer.name} %s %(x)s \\ ( ) ) (",
    "x" * 5_000,
    "two words " * 500,
    "\x00\x1b[31m\u202egnp.exe\u200b\ufeff",
    "Ana 😀 李 \U0001f1f7\U0001f1f4",
)


def expected(document: OfferDocument) -> list[str]:
    """All that the offer must say, as its values read in its language."""
    formats = Wording(document.language).formats
    amounts = document.prices
    said = [
        document.number,
        formats.date_full(document.valid_until),
        document.customer.name,
        *document.customer.lines,
        document.agent.name,
        document.agent.phone,
        document.agent.email,
        document.dealer.name,
        document.dealer.address,
        document.dealer.iban,
        *(
            formats.amount(money)
            for money in (amounts.listed, amounts.net, amounts.vat, amounts.gross, amounts.payable)
        ),
        document.monthly_rate,
    ]
    for one in document.cars:
        said += [one.title, *(line.text for line in one.lines), *(line.code for line in one.lines)]
        said += [formats.figure(line.amount) for line in one.lines if line.amount]
        said += [value for pair in (*one.facts, *one.technical) for value in (pair.label, pair.value)]
    for deduction in amounts.deductions:
        said += [deduction.text, f"-{formats.amount(deduction.amount)}"]
    if document.in_lei:
        said += [formats.amount(document.in_lei.amount), formats.rate(document.in_lei.rate)]
    return said


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("options", [0, 6, 60])
def test_it_says_all_of_the_offer(language: str, options: int) -> None:
    """Text extracted from the PDF holds each value, with the comma letters and the accents of three languages."""
    document = offer(car(options=options), language=language)
    said = squeezed(text(offer_pdf(document)))

    assert [value for value in expected(document) if squeezed(value) not in said] == []
    assert "Țăndărei" in said
    assert set("ŞŢşţ").isdisjoint(said)


def test_each_language_has_its_own_words_and_formats() -> None:
    """English and Romanian differ in words, dates and how a number is written."""
    english, romanian = text(offer_pdf(offer(language="en"))), text(offer_pdf(offer(language="ro")))

    assert "Offer 2026-000123, version 2" in english
    assert "Valid until 8 December 2026" in english
    assert "22,704.00" in english
    assert "Oferta 2026-000123, versiunea 2" in romanian
    assert "Valabilă până la 8 decembrie 2026" in romanian
    assert "22.704,00" in romanian


def test_allowances_stand_after_vat() -> None:
    """Trade-in and voucher come below the total with VAT and are no discount."""
    said = text(offer_pdf(offer(language="en")))
    order = [
        "List price",
        "Discount (3%)",
        "Price without VAT",
        "VAT 21%",
        "Total with VAT",
        "Preluare",
        "Voucher",
        "To pay",
    ]
    places = [said.index(word, said.index("List price")) for word in order]

    assert places == sorted(places)


@pytest.mark.parametrize(
    ("basis", "words"), [(Basis.NET, "List price without VAT"), (Basis.GROSS, "List price with VAT")]
)
def test_prices_say_whether_vat_is_in_them(basis: Basis, words: str) -> None:
    """A company's offer lists net prices, a person's gross ones, and says so."""
    assert words in text(offer_pdf(offer(language="en", basis=basis)))


def test_what_is_not_given_is_left_out() -> None:
    """No empty label, no code to scan where there is nothing to save, no terms about what the offer does not have."""
    said = text(offer_pdf(bare()))

    for absent in ("IBAN", "CUI", "Scan", "lei", "monthly", "Technical", "Code", "Discount", "To pay"):
        assert absent not in said
    assert "Page 1 of 1" in said


def test_own_terms_replace_the_usual_ones() -> None:
    """A dealer's own terms are printed, numbered, in place of ours."""
    said = text(offer_pdf(replace(bare(), terms=("Avans 20%.", "Livrare în 30 de zile."))))

    assert "1.Avans20%.2.Livrareîn30dezile." in squeezed(said)
    assert "VAT is computed" not in said


@pytest.mark.parametrize(
    "document",
    [bare(), offer(), offer(car(options=60)), offer(*[car(options=4 + n, quantity=n + 1) for n in range(12)])],
    ids=["one line", "usual", "60 options", "fleet of 12 configurations"],
)
def test_pages_are_whole(document: OfferDocument) -> None:
    """Nothing is cut or written over another, all fonts are embedded, and each page says which of how many it is."""
    pdf = offer_pdf(document)
    said = pages(pdf)

    assert outside(pdf) == []
    assert overlapping(pdf) == []
    assert fonts(pdf) == ({"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"} & fonts(pdf)[0], True)
    for number, page in enumerate(said, start=1):
        of = f"Pagina {number} din {len(said)}" if document.language == "ro" else f"Page {number} of {len(said)}"
        assert of in page
    with opened(pdf) as opened_pdf:
        assert {tuple(round(side) for side in page.get_size()) for page in opened_pdf} == {(595, 842)}


@pytest.mark.parametrize("options", range(15, 75))
def test_totals_are_never_orphaned(options: int) -> None:
    """Whatever the number of options, the page of the price list's sum holds the last rows of the table and its heading."""
    said = pages(offer_pdf(offer(car(options=options), language="en")))
    (page,) = [page for page in said if "List price with VAT" in page]

    assert f"OPT{options - 1:03}" in page
    assert f"OPT{options - 2:03}" in page
    assert page.index("Price with VAT, EUR") < page.index(f"OPT{options - 2:03}")
    assert "Total with VAT" in page
    assert "To pay" in page


def test_the_same_offer_has_the_same_bytes() -> None:
    """A PDF kept as sent can be compared with one made anew; its date is the offer's own."""
    first, again = offer_pdf(offer()), offer_pdf(offer())
    later = offer_pdf(replace(offer(), issued_at=datetime(2026, 11, 25, 8, 0, tzinfo=UTC)))

    assert first == again
    assert first != later


def test_it_knows_its_title() -> None:
    """Title, author, language and time stand in the metadata."""
    pdf = offer_pdf(offer())
    with opened(pdf) as document:
        about = document.get_metadata_dict()

    assert about["Title"] == "Oferta 2026-000123, versiunea 2 – Ștefan Kőrösi-Weiß"
    assert about["Author"] == DEALER.name
    assert about["CreationDate"] == "D:20261124093000+00'00"
    assert b"/Lang (ro)" in pdf


def test_a_logo_stands_on_the_first_page_and_a_broken_one_is_left_out(tmp_path: Path) -> None:
    """A picture of any shape is fitted; a file that is none does not keep an offer from being made."""
    logo, broken = tmp_path / "logo.png", tmp_path / "broken.png"
    Image.new("RGBA", (900, 60), (200, 30, 30, 128)).save(logo)
    broken.write_bytes(b"\x89PNG\r\n but no picture")
    with_logo = offer_pdf(replace(offer(), dealer=replace(DEALER, logo=logo)))

    assert b"/Subtype /Image" in with_logo
    assert outside(with_logo) == []
    assert text(offer_pdf(replace(offer(), dealer=replace(DEALER, logo=broken)))) == text(offer_pdf(offer()))


def test_the_preview_is_the_first_page() -> None:
    """A picture of A4 at two pixels a point."""
    assert size(preview_png(offer_pdf(offer(car(options=60))))) == (1191, 1684)


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_is_only_text(value: str) -> None:
    """In every field: printed as typed where it can be, no picture, link or file opened, nothing outside the page."""
    one = replace(
        car(options=1),
        title=value,
        lines=(OfferLine(value, eur(100), value[:40]),),
        facts=(Pair(value, value),),
        technical=(Pair(value, value),),
    )
    document = replace(
        offer(),
        number=value[:60],
        cars=(one,),
        prices=prices((one,), percent=0, deductions=(Deduction(value, eur(1)),)),
        customer=OfferCustomer(value, (value,)),
        agent=OfferAgent(value, value, value),
        dealer=replace(DEALER, name=value, address=value, web=value, cui=value),
        monthly_rate=value,
        notes=(value,),
        terms=(value,),
        in_lei=None,
    )
    pdf = offer_pdf(document)

    assert outside(pdf) == []
    assert overlapping(pdf) == []
    assert not re.search(rb"/Subtype /(Image|Link)|/URI|/Launch|/JavaScript", pdf)
    assert "root:" not in text(pdf)
    assert offer_pdf(document) == pdf
    if value.isascii() and value.isprintable():
        assert squeezed(value) in squeezed(text(pdf))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=400)


@settings(max_examples=40, deadline=None)
@given(name=TEXTS, line=TEXTS, title=TEXTS, count=st.integers(1, 40), terms=st.lists(TEXTS, max_size=4))
def test_any_text_fits(name: str, line: str, title: str, count: int, terms: list[str]) -> None:
    """Whatever is written anywhere, every letter lies inside the page and no text covers another."""
    one = replace(car(options=0), title=title, lines=tuple(OfferLine(line, eur(100 + n)) for n in range(count)))
    document = replace(
        offer(),
        cars=(one,),
        prices=prices((one,), percent=0),
        customer=OfferCustomer(name, (line,)),
        terms=tuple(terms),
    )
    pdf = offer_pdf(document)

    assert outside(pdf) == []
    assert overlapping(pdf) == []


@pytest.mark.parametrize("field", ["listed", "net", "vat", "gross", "payable", "discount"])
def test_sums_that_do_not_add_up_are_never_printed(field: str) -> None:
    """A cent too much in any amount is an error that says where, before anything is drawn."""
    whole = offer()
    wrong = replace(whole.prices, **{field: eur(getattr(whole.prices, field).minor + 1)})

    with pytest.raises(InconsistentOfferError, match="2026-000123 version 2"):
        replace(whole, prices=wrong)


def test_an_offer_needs_cars_and_one_currency() -> None:
    """An offer of nothing, or in two currencies, is none."""
    whole = offer()
    with pytest.raises(InconsistentOfferError, match="no car"):
        replace(whole, cars=())
    with pytest.raises(InconsistentOfferError, match="several currencies"):
        replace(whole, prices=replace(whole.prices, vat=replace(whole.prices.vat, currency="RON")))
    with pytest.raises(InconsistentOfferError, match="quantity"):
        replace(whole, cars=(replace(whole.cars[0], quantity=0),))
