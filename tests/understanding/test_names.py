"""Names as typed, without what the language adds."""

import pytest

from bot.understanding.names import clean_name, never_names, titles


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lui Popescu", "Popescu"),
        ("domnului Ene", "Ene"),
        ("dna. Mariei Ionescu", "Maria Ionescu"),
        ("d-nei Stan", "Stan"),
        ("Mr. Smith", "Smith"),
        ("clientul Dan Ene", "Dan Ene"),
        ("Anei", "Ana"),
        ("ANEI", "ANA"),
        ("anei", "ana"),
        ("Andreei", "Andreea"),
        ("Ilincăi", "Ilinca"),
        ("Ralucai", "Raluca"),
        ("Ilenei", "Ileana"),
        ("Andrei", "Andrei"),
        ("Matei", "Matei"),
        ("Sergei", "Sergei"),
        ("Alexei", "Alexei"),
        ("Ilieș", "Ilieș"),
        ("Popescu's", "Popescu"),
        ("Popescu’s", "Popescu"),
        ("Stans'", "Stans"),
        ("Lucas", "Lucas"),
        ("Marias", "Maria"),
        ("Acme-ului", "Acme"),
        ("Bravo Trans", "Bravo Trans"),
        ("SC Acme SRL", "SC Acme SRL"),
        ("Acme S.R.L.", "Acme S.R.L."),
        ("  Popescu, ", "Popescu"),
        ('"Popescu"', "Popescu"),
        ("Anca-Maria", "Anca-Maria"),
        ("domnul", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_name_loses_title_article_and_ending_alone(typed: str, name: str) -> None:
    """The name itself stays as typed; names that only look inflected are left alone."""
    assert clean_name(typed) == name


def test_no_title_is_a_first_name() -> None:
    """A word cannot be both taken off and kept."""
    assert not titles() & {"ana", "dan", "maria", "ion"}
    assert not never_names() & {"ana", "dan", "ion", "popescu"}
