"""Where one act of a message ends and the next begins, so that an hour is not given to another act's day."""

from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset

_HARD = frozenset((";", "!", "?"))
_SOFT = wordset(", and then si apoi dar but iar plus - & also")
_BETWEEN = wordset(
    "then apoi also i eu please te rog must should trebuie sa have to we am i'll will the a o vreau want need"
)
_ACTS = wordset(
    "call called calling meet met meeting email emailed mail message text texted whatsapp remind reminder",
    "schedule book plan set follow followup visit send sent prepare move cancel reschedule offer order note",
    "appointment task event test spoke talked visited sun suna sunat apel intalnire intalnit programeaza",
    "programez pune trimite trimit trimis aminteste amintesti muta mut anuleaza reprogrameaza revin revenire",
    "urmarire vizita viziteaza oferta comanda nota sarcina vorbit discutat contactat vorbesc intalnesc stabilit",
    "stabileste fixeaza noteaza contactez contacteaza pregatesc pregateste sunam vedem confirm confirma",
)


def clauses(line: Line) -> list[int]:
    """Give each token the number of its clause."""
    numbers = []
    number = 0
    for i, token in enumerate(line.tokens):
        if i and "\n" in line.text[line.tokens[i - 1].end : token.start]:
            number += 1
        numbers.append(number)
        if (
            token.word in _HARD
            or (token.word == "." and not line.glued(i + 1))
            or (token.word in _SOFT and _act_follows(line, i + 1))
        ):
            number += 1
    return numbers


def _act_follows(line: Line, i: int) -> bool:
    for j in range(i, i + 4):
        word = line.word(j)
        if word in _ACTS:
            return True
        if word not in _BETWEEN and word not in _SOFT:
            return False
    return False
