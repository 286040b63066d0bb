"""A company's tax number is taken with or without RO, and refused where its last digit is wrong."""

import pytest

from domain.errors import InvalidValueError
from domain.tax_ids import normal_tax_id


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("RO14399840", "14399840"),
        ("14399840", "14399840"),
        ("ro 1590082", "1590082"),
        ("RO 159 0082", "1590082"),
        ("18547290", "18547290"),
        ("RO-361757", "361757"),
    ],
)
def test_numbers_of_real_companies_are_taken(typed: str, kept: str) -> None:
    """Public tax numbers in the ways people write them give their digits."""
    assert normal_tax_id(typed) == kept


@pytest.mark.parametrize(
    "typed", ["14399841", "RO1439984", "1", "", "RO", "0014399840", "12345678901", "DE14399840", "1234567890123"]
)
def test_what_is_none_is_refused(typed: str) -> None:
    """A wrong control digit, a digit missing, too many, or another country's is told with what was typed."""
    with pytest.raises(InvalidValueError) as refused:
        normal_tax_id(typed)
    assert refused.value.code == "tax_id_invalid"


def test_every_single_slip_is_noticed() -> None:
    """No other last digit is right for the same number."""
    accepted = []
    for last in range(10):
        try:
            accepted.append(normal_tax_id(f"1439984{last}"))
        except InvalidValueError:
            continue
    assert accepted == ["14399840"]
