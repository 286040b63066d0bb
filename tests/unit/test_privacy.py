"""Personal codes are found in a text, and nothing else is taken for one."""

import pytest

from domain.privacy import names_identity_paper, without_personal_codes


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("CNP 1800101221144.", "CNP …."),
        ("CNP 1800101221145 mistyped", "CNP … mistyped"),
        ("180-0101-221144", "…"),
        ("1 800101 221144", "…"),
        ("１８００１０１２２１１４４", "…"),
        ("1800101\u200b221144 and 1800101\u00a0 221144", "… and …"),
        ("180-0101-221145", "180-0101-221145"),
        ("1801301221144", "1801301221144"),
        ("0040722123456 and +40722123456", "0040722123456 and +40722123456"),
        ("18001012211440", "18001012211440"),
        ("5 cars, 0722 123 456", "5 cars, 0722 123 456"),
    ],
)
def test_personal_codes_are_taken_out(text: str, clean: str) -> None:
    """Thirteen digits with a date are a code, also a mistyped one; with gaps the control digit decides."""
    assert without_personal_codes(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "CI Popescu",
        "ci_popescu.jpg",
        "IMG_CI_front.png",
        "C.I.",
        "Buletinul lui Ion",
        "buletin-ion.PNG",
        "scan carte de identitate",
        "carte_identitate.pdf",
        "act de identitate",
        "pașaport Maria",
        "pasaportul",
        "passport.jpeg",
        "permis de conducere",
        "permisul lui Popescu, pentru test drive mâine la zece",
        "Popescu's ID card",
        "id-card.jpg",
        "ID front",
        "his driving licence",
        "drivers license",
        "Driver's licence of Maria, for the test drive on friday",
        "identity card",
    ],
)
def test_an_identity_paper_is_known_by_its_name(text: str) -> None:
    """In both languages, in captions and in file names."""
    assert names_identity_paper(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Duster front",
        "offer.pdf",
        "nu vrea Duster, ci un Logan alb cu aer",
        "clients.xlsx",
        "idea for the showroom",
        "certificat CIV",
        "the client's permission",
        "CITROEN C3",
        "NU DUSTER CI LOGAN PENTRU EL",
    ],
)
def test_other_pictures_are_not(text: str) -> None:
    """Cars, offers and the Romanian word "ci" in a sentence."""
    assert not names_identity_paper(text)
