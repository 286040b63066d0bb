"""What slots unfold to: a language's words.yml, the word lists, and values that are better made than listed."""

import random
from functools import lru_cache
from pathlib import Path
from typing import Callable, Dict, List

import yaml

from generate.grammar import Words, parse
from generate.noise import without_diacritics

NLU = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=None)
def lines(name: str) -> List[str]:
    """Read a word list; what follows "#" is a remark."""
    text = (NLU / "lexicon" / f"{name}.txt").read_text(encoding="utf-8")
    return [line.split("#")[0].strip() for line in text.splitlines() if line.split("#")[0].strip()]


def words_of(language: str) -> Words:
    """Gather all slots of a language."""
    words: Words = {}
    for file in ("given_names", "given_names_f", "surnames", "companies", "word_names"):
        words[file] = _chooser(lines(file))
    for file in ("makes", "models", "trims", "colours", "upholsteries", "options", "engines"):
        words[file] = [parse(line) for line in lines(file)]
    words.update(_made())
    listed = yaml.safe_load((NLU / "data" / language / "words.yml").read_text(encoding="utf-8"))
    for slot, options in listed.items():
        words[slot] = [parse(str(option)) for option in options]
    return words


def _chooser(options: List[str]) -> Callable[[random.Random], str]:
    return lambda chance: chance.choice(options)


def _made() -> Dict[str, Callable[[random.Random], str]]:
    feminine = lines("given_names_f")
    surnames = lines("surnames")
    return {
        "n": lambda c: str(c.randint(1, 31)),
        "hour_n": lambda c: str(c.choice((*range(8, 20), 1, 2, 3, 4, 5, 6, 7))),
        "minute_n": lambda c: c.choice(("00", "15", "30", "45", "10", "20", "40", "05")),
        "few": lambda c: str(c.randint(2, 12)),
        "dozens": lambda c: str(c.choice((3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100))),
        "thousands": lambda c: str(c.randint(5, 60)),
        "money": _money,
        "percent_n": lambda c: c.choice(("1", "1.5", "2", "2.5", "3", "4", "5", "6", "7", "8", "10", "12", "15", "20")),
        "probability": lambda c: str(c.choice(range(5, 100, 5))),
        "year_n": lambda c: str(c.randint(2005, 2026)),
        "coming_year": lambda c: str(c.randint(2026, 2028)),
        "km_n": _mileage,
        "phone": _phone,
        "email": lambda c: _email(c, surnames),
        "order_n": lambda c: c.choice(("", "", "#")) + str(c.randint(1, c.choice((99, 9999, 9999, 99999)))),
        "day_n": lambda c: str(c.randint(1, 31)),
        "month_n": lambda c: str(c.randint(1, 12)),
        "genitive_f": lambda c: genitive(c.choice(feminine)),
        "genitive_surname": lambda c: c.choice(surnames) + "ului",
        "unheard_name": _unheard_name,
        "unheard_company": _unheard_company,
        "gibberish": _gibberish,
        "babble": _babble,
        "plate": lambda c: (
            f"{c.choice(('B', 'CJ', 'IS', 'TM', 'BV'))} {c.randint(10, 999)} {''.join(c.choices('ABCDEFGHJKLMNPRSTUVWXYZ', k=3))}"
        ),
    }


def genitive(name: str) -> str:
    """Give the Romanian genitive of a woman's name: Maria Mariei, Ana Anei, Ilinca Ilincăi, Carmen lui Carmen's own form."""
    if name.endswith(("ca", "ga")):
        return name[:-1] + "ăi"
    if name.endswith("ea"):
        return name[:-1] + "i"
    if name.endswith("a"):
        return name[:-1] + "ei"
    return name


ONSETS = [
    "B",
    "Br",
    "C",
    "Ch",
    "Cr",
    "D",
    "Dr",
    "F",
    "Fl",
    "G",
    "Gh",
    "Gr",
    "H",
    "I",
    "J",
    "L",
    "M",
    "N",
    "P",
    "Pr",
    "R",
    "S",
    "Sc",
    "St",
    "Ș",
    "T",
    "Ț",
    "Tr",
    "V",
    "Vl",
    "Z",
    "A",
    "E",
    "O",
    "U",
]
MIDDLES = (
    "",
    "",
    "a",
    "ara",
    "alu",
    "ane",
    "obo",
    "udu",
    "izi",
    "oto",
    "emi",
    "aga",
    "eli",
    "oro",
    "eva",
    "u",
    "o",
    "e",
)
CLOSINGS = [
    "na",
    "ru",
    "dea",
    "lan",
    "gar",
    "nici",
    "riță",
    "lescu",
    "toiu",
    "rin",
    "buț",
    "rca",
    "mache",
    "pete",
    "dur",
    "vuz",
    "lag",
    "daș",
    "rina",
    "vila",
    "șeanu",
    "mic",
    "niuc",
    "rovan",
    "co",
    "li",
    "me",
    "ghi",
    "zan",
    "rb",
    "sta",
    "lt",
]
HEADS = [
    "Casa",
    "Vila",
    "Valea",
    "Piatra",
    "Poiana",
    "Crama",
    "Brutăria",
    "Ferma",
    "Livada",
    "Cetatea",
    "Agro",
    "Auto",
    "Bio",
    "Eco",
    "Euro",
    "Euro",
    "Flor",
    "Inter",
    "Metal",
    "Nova",
    "Pro",
    "Tehno",
    "Trans",
    "Uni",
    "Vest",
]
TAILS = [
    "Nouă",
    "Veche",
    "Albă",
    "Mare",
    "Verde",
    "Bună",
    "Bunicii",
    "Lungă",
    "Prod",
    "Impex",
    "Invest",
    "Mob",
    "Steel",
    "Market",
    "Clinic",
    "Media",
    "Trading",
    "Tour",
    "Express",
    "Electric",
    "Hotel",
    "Foods",
    "Tex",
    "Lux",
    "Vet",
    "Print",
    "Consult",
    "Expert",
    "Plus",
    "Design",
    "Cargo",
    "Construct",
    "Instal",
    "Bau",
    "Rent",
]


def _unheard_name(c: random.Random) -> str:
    """A name that no list holds: what stands around it must tell that it is one."""
    return c.choice(ONSETS) + c.choice(MIDDLES) + c.choice("aeiou") + c.choice(CLOSINGS)


def _unheard_company(c: random.Random) -> str:
    head = c.choice((c.choice(HEADS), _unheard_name(c)))
    return c.choice((f"{head} {c.choice(TAILS)}", f"{head} {c.choice(TAILS)}", head + c.choice(TAILS).lower()))


def _money(c: random.Random) -> str:
    thousands = c.randint(5, 90)
    forms = (
        f"{thousands}k",
        f"{thousands}.000",
        f"{thousands}000",
        f"{thousands},000",
        f"{thousands}.{c.randint(1, 9)}k",
        f"{thousands}{c.choice(('500', '900', '250'))}",
    )
    return c.choice(forms)


def _mileage(c: random.Random) -> str:
    thousands = c.randint(5, 320)
    return c.choice((f"{thousands}k", f"{thousands}.000", f"{thousands}000", f"{thousands} 000"))


def _phone(c: random.Random) -> str:
    digits = f"7{c.randint(20, 89)}{c.randint(0, 999999):06d}"
    spaced = f"0{digits[:3]} {digits[3:6]} {digits[6:]}"
    return c.choice(
        (
            f"0{digits}",
            f"0{digits}",
            spaced,
            spaced.replace(" ", "-"),
            spaced.replace(" ", "."),
            f"+40{digits}",
            f"+40 {digits[:3]} {digits[3:6]} {digits[6:]}",
            f"0040{digits}",
            f"02{c.randint(10000000, 99999999)}",
        )
    )


def _email(c: random.Random, surnames: List[str]) -> str:
    name = without_diacritics(c.choice(surnames)).lower().replace(" ", "")
    first = c.choice("abcdegimorsv")
    host = c.choice(
        ("gmail.com", "yahoo.com", "yahoo.ro", "outlook.com", "firma.ro", f"{name}.ro", "hotmail.com", "icloud.com")
    )
    return (
        c.choice((f"{first}.{name}", f"{name}{c.randint(1, 99)}", name, f"{first}{name}", "office", "contact"))
        + "@"
        + host
    )


def _babble(c: random.Random) -> str:
    """Words that make no sense together: what a note says must not be what marks it as one."""
    return " ".join(c.choices(lines("plain_words"), k=c.randint(2, 7)))


def _gibberish(c: random.Random) -> str:
    letters = "qwertyuiopasdfghjklzxcvbnm"
    return " ".join("".join(c.choices(letters, k=c.randint(3, 9))) for _ in range(c.randint(1, 3)))
