"""Words and figures that look like a time and are none: prices, phones, engines, "instead of friday"."""

from bot.understanding.moments.dates import is_measure, month_at
from bot.understanding.moments.offsets import any_day
from bot.understanding.moments.readings import OTHER, Found
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.wordlist import wordset

_ENGINES = wordset("tce dci tdi tsi tfsi hdi cdti crdi gdi puretech bluehdi sce dig tgdi hp cp cai kw v l litri eco")
_MODELS = wordset(
    "golf polo seria series serie clasa class renault peugeot mazda audi id ds bmw citroen kia hyundai skoda",
    "volvo vw passat model euro version versiunea v windows apartament ap nr numarul number etaj bloc bl",
    "strada offer oferta ofertei",
)


def figures(line: Line, i: int) -> Found:
    """Swallow a sum, a share, a measure, an engine or a model with its number."""
    number = line.number(i)
    if number is None:
        return _named_number(line, i)
    if line.word(i - 1) in {".", ",", ":"} and line.glued(i) and line.glued(i - 1):
        return None
    j = i + 1
    while line.word(j) in {".", ","} and line.glued(j) and line.glued(j + 1) and line.number(j + 1) is not None:
        j += 2
    grouped = j
    while (
        line.number(grouped) is not None
        and len(line.word(grouped)) == 3
        and line.tokens[grouped].start - line.tokens[grouped - 1].end == 1
    ):
        grouped += 1
    j = grouped if grouped > j and len(line.word(i)) <= 3 else j
    if line.word(j) in _ENGINES or (is_measure(line, j) and line.word(j) not in {"h", "a"}):
        if line.word(j) in _TIME_UNITS or (line.word(j) == "de" and line.word(j + 1) in _TIME_UNITS):
            return None
        return j + 1, OTHER
    if line.word(i - 1) in {"€", "$", "£", "#"}:
        return j, OTHER
    return _phone(line, i)


_TIME_UNITS = wordset(
    "times months month luni weeks week saptamani saptamana days day zile hours hour ore ani years year minutes",
    "minute min l v",
)


def _phone(line: Line, i: int) -> Found:
    """Swallow runs of figures as long as a phone or a personal code."""
    start = i
    digits = len(line.word(i))
    opened = line.word(i - 1) == "+" or (digits >= 3 and line.word(i)[0] == "0")
    j = i + 1
    while opened:
        k = j + 1 if line.word(j) in {".", "-", "/", "("} and line.word(j) else j
        if line.number(k) is None or line.tokens[k].start - line.tokens[k - 1].end > 1 or len(line.word(k)) < 2:
            break
        digits += len(line.word(k))
        j = k + 1
        if digits >= 12:
            break
    return (j, OTHER) if digits >= 9 and (opened or j == start + 1) else None


def _named_number(line: Line, i: int) -> Found:
    """Swallow "Golf 7", "TCe 130", "Seria 3", "nr. 5", "#12"."""
    word = line.word(i)
    if word == "+" and line.number(i + 1) is not None:
        return _phone(line, i + 1)
    if word not in _MODELS and word not in _ENGINES and word != "#":
        return None
    j = line.skip(i + 1, (".", "-", "#"))
    if line.number(j) is None:
        return None
    after = line.word(j + 1)
    if after in {".", ":", "/", "-"} and line.glued(j + 1) and line.glued(j + 2) and line.number(j + 2) is not None:
        return None
    return None if month_at(line, j + 1) and word not in {"seria", "golf"} else (j + 1, OTHER)


_DEADLINES = Phrases(
    dict.fromkeys(
        (
            "cel tarziu", "cel mai tarziu", "at the latest", "at latest", "nu mai tarziu de", "no later than", "not later than", "the latest",
            "mai tarziu de", "or later", "or earlier", "sau mai tarziu",
        ),
        OTHER,
    )
)  # fmt: skip
_STREETS = wordset("strada str piata bd bulevardul bulevard calea soseaua sos statia cartierul scoala liceul")


def deadline(line: Line, i: int) -> Found:
    """Swallow "cel târziu" and "no later than": the day after them is meant as it stands."""
    return _DEADLINES.at(line, i)


def street(line: Line, i: int) -> Found:
    """Swallow the dates that streets are named after: "strada 1 Decembrie 1918"."""
    if line.word(i) not in _STREETS:
        return None
    j = line.skip(i + 1, (".",))
    if line.number(j) is None or month_at(line, j + 1) is None:
        return None
    return (j + 3 if line.number(j + 2) is not None and len(line.word(j + 2)) == 4 else j + 2), OTHER


def company(line: Line, i: int) -> Found:
    """Swallow "1 Mai SRL": a firm named after a date."""
    if line.number(i) is None or month_at(line, i + 1) is None or line.word(i + 2) not in {"srl", "sa", "sc", "s"}:
        return None
    return i + 3, OTHER


def refused(line: Line, i: int) -> Found:
    """Swallow a day that is said not to be meant: "not friday", "instead of monday", "nu vineri, ci luni"."""
    for words in (
        ("instead", "of"),
        ("not", "on"),
        ("not",),
        ("in", "loc", "de"),
        ("rather", "than"),
        ("nu", "pe"),
        ("nu",),
    ):
        j = line.match(i, *words)
        if j is None:
            continue
        day = any_day(line, line.skip(j, ("the",)))
        if day is None or day[1].weak:
            continue
        corrected = line.word(day[0]) == "ci" or (line.word(day[0]) == "," and line.word(day[0] + 1) == "ci")
        if words[0] == "nu" and not corrected:
            return None
        return day[0], OTHER
    return None
