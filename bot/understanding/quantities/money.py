"""Sums of money and their bounds: "22k", "€22.000", "between 20 and 28 thousand", "până în 20.000"."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.understanding.moments.dates import month_at
from bot.understanding.moments.readings import Kind
from bot.understanding.moments.scan import scan
from bot.understanding.moments.tokens import Line, Phrases, read
from bot.understanding.moments.wordlist import wordset
from bot.understanding.quantities.currencies import CURRENCIES
from bot.understanding.quantities.numbers import Number, number_at
from bot.understanding.quantities.orders import find_order_numbers
from bot.understanding.quantities.phones import digit_stretches
from bot.understanding.quantities.values import Amount, AmountBounds
from bot.understanding.spans import Span

# What follows a number that is no money.
_NOT_MONEY = wordset(
    "km kms kilometri kilometers kilometres kilometre mile miles % percent procente la hp cp cai kw kg cc l litri",
    "days day zile months month luni weeks saptamani years ani year hours hour ore minutes minute min am pm h tdi",
    "tsi dci tce o'clock st nd rd th x buc bucati bucata pieces units cars masini people persoane oameni clients",
    "clienti customers rpm",
)
_NO_MONEY_BEFORE = wordset(
    "order orders comanda comenzi comenzii comenzile # no nr number numarul numar peugeot mazda ora orele year",
    "anul din vin serie seria cod cnp code cui tel telefon phone mobile mobil model tce dci tdi rulaj mileage",
    "odometer bord",
)
_LARGEST = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number that is or may be money; `sure` by its currency or scale."""

    number: Number
    first: int
    last: int
    currency: str | None
    sure: bool


def _currency_before(line: Line, i: int) -> tuple[int, str] | None:
    found = CURRENCIES.at(line, i - 1)
    if found and found[0] == i and line.word(i - 1) in {"€", "$", "£", "eur", "usd", "ron", "gbp", "euro", "chf"}:
        return i - 1, found[1]
    return None


def _taken(text: str) -> list[tuple[int, int]]:
    """Give the characters that a date, an hour or a phone claims."""
    line, readings = scan(text)
    taken = [line.place(r.first, r.last) for r in readings if r.kind not in {Kind.OTHER, Kind.INSTANT} and not r.weak]
    taken += [(span.start, span.end) for span in find_order_numbers(text)]
    return taken + digit_stretches(text)


def _covered(line: Line, number: Number, taken: list[tuple[int, int]]) -> bool:
    start, end = line.place(number.first, number.last)
    return any(a < end and start < b for a, b in taken)


@lru_cache(maxsize=64)
def _sums(text: str) -> tuple[Line, tuple[_Sum, ...]]:
    line = read(text)
    taken: list[tuple[int, int]] | None = None
    sums: list[_Sum] = []
    i = 0
    while i < len(line):
        number = number_at(line, i)
        if number is None:
            i += 1
            continue
        i = number.last
        before = _currency_before(line, number.first)
        after = CURRENCIES.at(line, number.last)
        first = before[0] if before else number.first
        last = after[0] if after else number.last
        currency = after[1] if after else before[1] if before else None
        if number.value > _LARGEST or number.value <= 0 or _other_measure(line, number, last if after else number.last):
            continue
        if currency is None:
            taken = _taken(text) if taken is None else taken
            if _covered(line, number, taken) or _announced_otherwise(line, number) or _letters_glued(line, number):
                continue
        sums.append(_Sum(number, first, last, currency, sure=currency is not None or _looks_like_money(line, number)))
        i = max(i, last)
    return line, tuple(sums)


def _announced_otherwise(line: Line, number: Number) -> bool:
    """Tell whether the words before say that the number is a mileage, an order, an hour ("at 1500")."""
    i = number.first - 1
    while line.word(i) in {":", "de", "e", "este", "is", "of", "."} and i > number.first - 3:
        i -= 1
    plain = line.word(number.first) if number.last == number.first + 1 else ""
    military = len(plain) == 4 and plain[:2] < "24" and plain[2:] in {"00", "15", "30", "45"}
    return line.word(i) in _NO_MONEY_BEFORE or (military and line.word(number.first - 1) in {"at", "la"})


def _letters_glued(line: Line, number: Number) -> bool:
    k = number.last
    return line.glued(k) and line.word(k)[:1].isalnum() and CURRENCIES.at(line, k) is None


def _other_measure(line: Line, number: Number, j: int) -> bool:
    if j != number.last:
        return False
    word = line.word(j)
    if word == "de":
        word = line.word(j + 1)
    elif word == "la":
        return line.word(j + 1) == "suta"
    return word in _NOT_MONEY or month_at(line, j) is not None


def _looks_like_money(line: Line, number: Number) -> bool:
    """Tell whether a number without a currency is a price: scaled, grouped, or at least four figures that are no year."""
    if number.value < 1000:
        return number.scaled and number.value >= 100
    if number.worded:
        return number.scaled
    if number.scaled or number.grouped:
        return number.value == number.value.to_integral() or number.decimals
    plain = len(line.word(number.first))
    year = plain == 4 and 1950 <= number.value <= 2039
    # One more word would make it a count: "1200 Logans".
    counted = line.capital(number.last) and plain == 4
    return 4 <= plain <= 7 and not year and not counted and line.word(number.first)[0] != "0"


def _span(line: Line, first: int, last: int, value: Amount) -> Span[Amount]:
    start, end = line.place(first, last)
    return Span(start, end, value, line.text[start:end])


def _amount(value: Decimal, currency: str) -> Amount:
    return Amount(value.quantize(Decimal("0.01")), currency)


def find_amounts(text: str, *, default_currency: str = "EUR") -> list[Span[Amount]]:
    """Give the sums of money of a message; those that a bound holds ("under 25000") are among them."""
    line, sums = _sums(text)
    return [
        _span(line, s.first, s.last, _amount(s.number.value, s.currency or default_currency)) for s in sums if s.sure
    ]


_UNDER = Phrases(
    dict.fromkeys(
        ("under", "below", "max", "maximum", "up to", "at most", "less than", "no more than", "not more than", "within", "cheaper than", "sub",
         "pana in", "pana la", "maxim", "cel mult", "mai putin de", "mai ieftin de", "mai ieftine de", "nu mai mult de", "maximum de", "maxim de",
         "not over", "until", "<", "<=", "sub suma de", "plafon", "a maximum of", "limita", "dedesubt de", "mai ieftina de"),
        True,
    )
)  # fmt: skip
_OVER = Phrases(
    dict.fromkeys(
        ("over", "above", "more than", "at least", "min", "minimum", "peste", "mai mult de", "cel putin", "minim", "starting at", "starting from",
         "de la", "from", "incepand de la", "incepand cu", "mai scump de", "mai scumpe de", ">", ">=", "minimum de", "minim de", "no less than",
         "not under", "nu mai putin de", "a minimum of", "de peste"),
        True,
    )
)  # fmt: skip
_BETWEEN = frozenset(("between", "intre", "from", "de"))


def find_amount_bounds(text: str, *, default_currency: str = "EUR") -> list[Span[AmountBounds]]:
    """Give what a message says of the least and the most: "under 25000", "between 20 and 28 thousand", "20-28k"."""
    line, sums = _sums(text)
    spans: list[Span[AmountBounds]] = []
    place = 0
    while place < len(sums):
        pair = _pair(line, sums, place, default_currency)
        if pair:
            spans.append(pair)
            place += 2
            continue
        single = _single(line, sums[place], default_currency)
        if single:
            spans.append(single)
        place += 1
    return spans


def _pair(line: Line, sums: tuple[_Sum, ...], place: int, default: str) -> Span[AmountBounds] | None:
    if place + 1 >= len(sums):
        return None
    low, high = sums[place], sums[place + 1]
    gap = [line.word(i) for i in range(low.last, high.first)]
    opener = line.word(low.first - 1)
    opened = opener in {"between", "intre", "from"} or (opener == "la" and line.word(low.first - 2) == "de")
    joined = gap in (
        [["-"]]
        if not opened
        else [["-"], ["and"], ["si"], ["to"], ["la"], ["pana", "la"], ["pana", "in"], ["up", "to"], ["si", "de"]]
    )
    if not joined and not (gap == ["to"] and high.sure):
        return None
    if not high.sure:
        return None
    least = low.number.value
    if not low.sure and not low.number.scaled and high.number.scaled and least < 1000:
        # "Between 20 and 28 thousand" counts both in thousands.
        least *= 1000
    elif not low.sure:
        return None
    if least >= high.number.value:
        return None
    currency = high.currency or low.currency or default
    first = low.first - (2 if opener == "la" else 1) if opened else low.first
    start, end = line.place(first, high.last)
    bounds = AmountBounds(_amount(least, low.currency or currency), _amount(high.number.value, currency))
    return Span(start, end, bounds, line.text[start:end])


def _single(line: Line, one: _Sum, default: str) -> Span[AmountBounds] | None:
    if not one.sure:
        return None
    amount = _amount(one.number.value, one.currency or default)
    for table, bounds in ((_UNDER, AmountBounds(maximum=amount)), (_OVER, AmountBounds(minimum=amount))):
        for width in (4, 3, 2, 1):
            i = one.first - width
            found = table.at(line, i) if i >= 0 else None
            if found and found[0] == one.first:
                start, end = line.place(i, one.last)
                return Span(start, end, bounds, line.text[start:end])
    after = line.word(one.last)
    if after in {"max", "maxim", "maximum", "tops"}:
        start, end = line.place(one.first, one.last + 1)
        return Span(start, end, AmountBounds(maximum=amount), line.text[start:end])
    return None
