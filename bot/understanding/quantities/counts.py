"""Counts and shares, and the figures of cars: "12 Logans", "5%", "2017", "120k km"."""

from bot.understanding.moments.readings import Kind
from bot.understanding.moments.scan import scan
from bot.understanding.moments.tokens import Line, Phrases, read
from bot.understanding.moments.wordlist import wordset
from bot.understanding.quantities.currencies import CURRENCIES
from bot.understanding.quantities.money import find_amounts
from bot.understanding.quantities.numbers import Number, number_at
from bot.understanding.quantities.orders import find_order_numbers
from bot.understanding.quantities.phones import digit_stretches
from bot.understanding.spans import Span

_PERCENT = Phrases(
    dict.fromkeys(
        (
            "%",
            "percent",
            "per cent",
            "pct",
            "procente",
            "la suta",
            "de procente",
            "procent",
            "percents",
            "perc",
            "proc",
            "la %",
        ),
        True,
    )
)
_KILOMETRES = Phrases(
    dict.fromkeys(
        (
            "km",
            "kms",
            "kilometri",
            "kilometers",
            "kilometres",
            "de km",
            "de kilometri",
            "km.",
            "on the clock",
            "on the odometer",
            "la bord",
            "in bord",
            "pe bord",
            "rulati",
            "miles",
            "kilometrii",
            "mii km",
            "de mii km",
        ),
        True,
    )
)
_MILEAGE_BEFORE = wordset("rulaj mileage odometer kilometraj rulajul bord kilometrajul")
_NOT_COUNTED = wordset(
    "mil kids copii children fete baieti pers pax",
    "am pm h o'clock % percent procente km k mii mie thousand million milioane st nd rd th hp cp cai kw cc l",
    "litri tdi tsi dci tce hdi puretech eur euro euros lei ron usd day days zi zile week weeks saptamani month",
    "months luni year years ani hour hours ora ore minute minutes min quarter jumate jumatate fara past to in at",
    "on la cu pe pentru and or si sau is the with for from of than by into as if are was has clients clienti",
    "clientii customers people persoane oameni offers oferte orders comenzi agents agenti usi doors locuri seats",
    "times ori luna call calls calluri apeluri meetings intalniri thing things lucru lucruri o un no nu not yes",
    "da more mai",
)
_MODELS_WITH_NUMBERS = wordset(
    "g eco tech blue hybrid golf seria series clasa class renault peugeot mazda audi id ds bmw model citroen tce dci tdi cp hp # nr no",
    "number ora at la pe on version euro citroën q c a s e i ev",
)


def _span(line: Line, first: int, last: int, value: str) -> Span[str]:
    start, end = line.place(first, last)
    return Span(start, end, value, line.text[start:end])


def _whole(line: Line, first: int, last: int, value: int) -> Span[int]:
    start, end = line.place(first, last)
    return Span(start, end, value, line.text[start:end])


def _numbers(line: Line) -> list[Number]:
    numbers = []
    i = 0
    while i < len(line):
        number = number_at(line, i)
        if number is None:
            i += 1
            continue
        numbers.append(number)
        i = number.last
    return numbers


def find_percents(text: str) -> list[Span[str]]:
    """Give the shares between 0 and 100, without needless zeros: "5", "2.5"."""
    line = read(text)
    spans = []
    for number in _numbers(line):
        mark = _PERCENT.at(line, number.last)
        if mark is None or not 0 <= number.value <= 100 or number.scaled or number.grouped:
            continue
        plain = format(number.value.normalize(), "f")
        spans.append(_span(line, number.first, mark[0], plain))
    return spans


def find_mileages(text: str) -> list[Span[int]]:
    """Give the kilometres that a car has run: "120k km", "120 de mii de km", "rulaj 120000"."""
    line = read(text)
    spans = []
    for number in _numbers(line):
        told = line.word(number.first - 1) in _MILEAGE_BEFORE or (
            line.word(number.first - 1) in {"de", ":", "of"} and line.word(number.first - 2) in _MILEAGE_BEFORE
        )
        unit = _KILOMETRES.at(line, number.last)
        if unit is None and not (told and (number.value >= 1000) and CURRENCIES.at(line, number.last) is None):
            continue
        if not 0 < number.value <= 2_000_000 or number.value != number.value.to_integral():
            continue
        spans.append(_whole(line, number.first, unit[0] if unit else number.last, int(number.value)))
    return spans


def find_years(text: str) -> list[Span[int]]:
    """Give the years of cars: four figures from 1950 on that belong to no date, price, order or model."""
    line, readings = scan(text)
    dates = [(r.first, r.last) for r in readings if r.kind in {Kind.DAY, Kind.CLOCK}]
    spans = []
    for number in _numbers(line):
        i = number.first
        if number.last != i + 1 or len(line.word(i)) != 4 or not 1950 <= number.value <= 2035 or number.scaled:
            continue
        if any(first <= i < last for first, last in dates) or CURRENCIES.at(line, i + 1) or _KILOMETRES.at(line, i + 1):
            continue
        if (
            line.word(i - 1) in {"#", "nr", "order", "orders", "comanda", "comenzii", "€", "$", "peugeot", "-", "/"}
            and i
        ):
            continue
        if (line.glued(i + 1) and line.word(i + 1)[:1].isalnum()) or (
            line.word(i + 1) in {"-", "/", "."} and line.glued(i + 1) and line.glued(i + 2)
        ):
            continue
        spans.append(_whole(line, i, i + 1, int(number.value)))
    return spans


def find_quantities(text: str) -> list[Span[int]]:
    """Give the counts of cars: "12 Logans", "2x Duster", "două Dustere", "3 bucăți"."""
    line, readings = scan(text)
    taken = [line.place(r.first, r.last) for r in readings if r.kind is not Kind.OTHER and not r.weak]
    taken += [
        line.place(r.first, r.last) for r in readings if r.kind is Kind.OTHER and line.word(r.last - 1) not in _PIECES
    ]
    taken += digit_stretches(text)
    taken += [(span.start, span.end) for span in find_amounts(text)]
    taken += [(span.start, span.end) for span in find_order_numbers(text)]
    taken += [(span.start, span.end) for span in [*find_years(text), *find_mileages(text)]]
    taken += [(span.start, span.end) for span in find_percents(text)]
    spans = []
    for number in _numbers(line):
        start, end = line.place(number.first, number.last)
        if number.scaled or number.grouped or number.decimals or not 1 <= number.value <= 999:
            continue
        if any(a < end and start < b for a, b in taken) or line.word(number.first - 1) in _MODELS_WITH_NUMBERS:
            continue
        last = _counted(line, number)
        if last:
            spans.append(_whole(line, number.first, last, int(number.value)))
    return spans


_PIECES = wordset("buc bucati bucata pieces pcs units unitati cars masini vehicles vehicule autoturisme exemplare")


def _counted(line: Line, number: Number) -> int | None:
    """Give the place after a number that counts things, with its own unit ("x", "buc")."""
    j = number.last
    if line.word(number.first - 1) == "x" and line.glued(number.first) and not line.glued(number.first - 1):
        return j
    if line.word(j) == "x":
        return j + 1
    k = j + 1 if line.word(j) == "de" else j
    if line.word(k) in _PIECES:
        return k + 1
    word = line.word(k)
    if not word or not word[0].isalpha() or word in _NOT_COUNTED or line.glued(k):
        return None
    if number.worded and line.word(number.first) in {"one", "una", "unu", "un", "o", "noua"}:
        # "One step", "oportunitate nouă": hardly ever a count.
        return None
    return j
