"""Where one act of a message ends and the next begins, so that an hour is not given to another act's day."""

from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset

_HARD = frozenset((";", "!", "?"))
_SOFT = wordset(", and then si apoi dar but iar plus - & also")
_BETWEEN = wordset(
    "then apoi also i eu please te rog must should trebuie sa have to we am i'll will the a o vreau want need ii il le l-am si un an",
)
# Verbs and nouns of the acts that agents tell of or ask for.
_ACTS = wordset(
    "call called calling meet met meeting email emailed mail message text texted whatsapp remind reminder schedule book plan set follow",
    "followup visit send sent prepare move cancel reschedule offer order note appointment task event test spoke talked visited",
    "sun suna sunat apel intalnire intalnit programeaza programez pune trimite trimit trimis aminteste amintesti muta mut anuleaza",
    "reprogrameaza revin revenire urmarire vizita viziteaza oferta comanda nota sarcina vorbit discutat contactat vorbesc intalnesc",
    "stabilit stabileste fixeaza noteaza contactez contacteaza pregatesc pregateste sunam vedem confirm confirma ring rang phone",
    "phoned demo show presentation prezentare predare handover deliver delivery livrare",
)
# What happened, told before the act that follows from it.
_TOLD = wordset(
    "said signed told asked replied answered saw showed tried left lost bought paid got had was came didn't wants wanted likes liked",
    "declined accepted promised agreed returned picked venit zis spus semnat raspuns intrebat cumparat platit plecat vrea vroia vazut",
    "refuzat acceptat promis pierdut primit avut fost ramas placut dorit cerut trecut incercat lasat",
)


def clauses(line: Line) -> list[int]:
    """Give each token the number of its clause."""
    numbers = []
    number = 0
    acted = False
    for i, token in enumerate(line.tokens):
        if i and "\n" in line.text[line.tokens[i - 1].end : token.start]:
            number, acted = number + 1, False
        numbers.append(number)
        acted = acted or token.word in _ACTS or token.word in _TOLD
        ended = token.word in _HARD or (token.word == "." and not line.glued(i + 1))
        # "Tomorrow, call Maria at 10" has no act before its comma: the day is the call's.
        if ended or (acted and _parts(line, i) and _act_follows(line, i + 1)):
            number, acted = number + 1, False
    return numbers


def _parts(line: Line, i: int) -> bool:
    """Tell whether the word at `i` may part two acts; a hyphen inside a word does not ("pune-i")."""
    return line.word(i) in _SOFT and not (line.word(i) == "-" and line.glued(i))


def _act_follows(line: Line, i: int) -> bool:
    for j in range(i, i + 4):
        word = line.word(j)
        if word in _ACTS:
            return True
        if word not in _BETWEEN and word not in _SOFT:
            return False
    return False
