"""The dealership as it signs: what stands at the head and the foot of its documents."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Dealer:
    """What is empty is left out of every document; `logo` is a PNG or JPEG file."""

    name: str
    address: str = ""
    cui: str = ""
    registration: str = ""  # in the trade register, such as J40/1234/2010
    iban: str = ""
    bank: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    logo: Path | None = None
