"""Settles who a sentence speaks of: the model's spans first, then what capitals and prepositions leave no doubt about."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.client import NluParse
from bot.understanding.folding import fold
from bot.understanding.mentions import Mention, Sheet
from bot.understanding.names import (
    clean_name,
    everyday_words,
    first_names,
    legal_forms,
    looks_like_surname,
    never_names,
    titles,
)
from bot.understanding.roles import HANDING_OVER, ROLES, Person, settle_role
from bot.understanding.telegraphic import find_telegraphic

LEAST_CONFIDENCE: Final = 0.35
_JOINED: Final = re.compile(r"\s*(?:,|,?\s*(?:and|si|&|\+|plus|or|sau))\s*(?:(?<=\s)(?:cu|pe|la|lui|with|to|for)\s+)?$")
_OWNED: Final = re.compile(
    r"\s(?:last |new |latest )?(?:offer|quote|call|meeting|number|phone|email|e-mail|mail|deal|order|test drive|agenda|clients|client sheet|trade-?in|car|appointment|contract)(?!\w)"
)
_OPENS_SENTENCE: Final = re.compile(
    r"(?:\s[\w'-]+)?\s(?:is|are|was|has|had|e|este|era|a|au|are|wants?|vrea|signed|semnat|nu|not|n-a|didn't|did|said|says|thinks|told|zice|spune|trades|da|takes|ia|called|needs|bought|no|won't|doesn't)(?!\w)"
)
_LEADS_TO_NAME: Final = re.compile(
    r"(?:^|\s)(?:called|phoned|rang|register|add|enter|adauga|inregistreaza|met|emailed|texted|messaged|visited|saw|call|phone|ring|email|text|message|meet|visit|with|w/|w|for|to|the|of|from|on|about|lost|find|"
    r"client|customer|lead|named|cu|pe|lui|pentru|pt|la|catre|despre|clientul|clienta|clientului|clientei|nume|sunat|sunat-o|sunat-l|suna|drive|meeting|"
    r"mr|mrs|ms|dl|dna|d-na|domnul|doamna|doamnei|domnului|offer|quote|pierdut|castigat|won|oferta|trece|treci|transfera|afacere|deal|nou|noua|intalnire|intalnirea|show|open|give|assign|gaseste|cauta|ofera|comanda|nota|note|arata-mi|cauta-l|cauta-o)\W{1,3}$"
)
_CLITIC: Final = re.compile(r"[a-z]+(?:-(?:mi|i|l|o|le|ne|va))+")
_OPENING_VERBS: Final = frozenset({"mark", "will", "may", "grant", "bill", "rob"})
_NOT_PART: Final = frozenset(
    {
        "and",
        "si",
        "sau",
        "or",
        "with",
        "cu",
        "for",
        "pentru",
        "to",
        "la",
        "from",
        "de",
        "at",
        "on",
        "in",
        "is",
        "e",
        "has",
        "are",
    }
)


def read_people(sheet: Sheet, parse: NluParse | None, intent: str, allowed: frozenset[str]) -> None:
    """Put clients and agents on the sheet as far as the intent may carry them."""
    if not allowed & set(ROLES):
        return
    found = _from_model(sheet, parse)
    if not found or intent in HANDING_OVER:
        known = [(person.start, person.end) for person in found]
        found += [p for p in _from_form(sheet) if not any(a < p.end and p.start < b for a, b in known)]
        found.sort(key=lambda person: person.start)
    if (
        not found
        and "client" in allowed
        and intent not in HANDING_OVER
        and (place := find_telegraphic(sheet.text, sheet.left))
    ):
        found = [Person("client", *place, 0.5, "form")]
    for person in found:
        person.role = settle_role(sheet, person, intent, allowed)
    if intent == "add_client" and found and all(person.role != "client" for person in found):
        found[0].role = "client"  # whoever is added alone is the client, no agent
    for role in ROLES:
        if role in allowed:
            named = [person for person in found if person.role == role]
            _take_role(sheet, named, role, first_counts=intent == "add_client")


def _from_model(sheet: Sheet, parse: NluParse | None) -> list[Person]:
    people = []
    for entity in sorted(parse.entities if parse else (), key=lambda e: e.start):
        if entity.entity not in ROLES or entity.confidence < LEAST_CONFIDENCE:
            continue
        for start, end in _unread(sheet, entity.start, entity.end):
            said = sheet.text[start:end]
            if (
                is_name(said)
                and not _is_everyday(said)
                and not (fold(said) in _OPENING_VERBS and (start == 0 or said.islower()))
            ):
                people.append(Person(entity.entity, start, end, entity.confidence, "model"))
    return people


def _unread(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """The longest stretch of a span that no other reader took, cut at list words."""
    stretches = [
        (start + match.start(), start + match.end()) for match in re.finditer(r"\S+(?:[ ]\S+)*", sheet.left[start:end])
    ]
    if not stretches:
        return []
    first, last = max(stretches, key=lambda place: place[1] - place[0])
    parts = []
    begin = first
    for joint in re.finditer(r"\s*,\s*|\s+(?:and|si|&|\+)\s+", sheet.folded[first:last]):
        if joint.group().strip() == "&":
            continue
        parts.append((begin, first + joint.start()))
        begin = first + joint.end()
    parts.append((begin, last))
    return [_whole_name(sheet, *_without_stray_words(sheet, a, b)) for a, b in parts if a < b]


def _whole_name(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """A name with the capitalised word behind it: "Moara Nouă", "Ruxandra Pană"; an adjective by itself is none."""
    more = re.match(r" ([^\W\d_][^\W\d_]+)(?![\w'-])", sheet.left[end:])
    inside = sheet.text[start].isupper() and not sheet.text[start:end].isupper() and " " not in sheet.text[start:end]
    return (
        (start, end + more.end())
        if inside and more and more.group(1)[0].isupper() and more.group(1)[1:].islower()
        else (start, end)
    )


def _without_stray_words(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """A span without the everyday words that the model let in at its ends."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", sheet.text[start:end])]
    while len(words) > 1 and _is_stray(sheet.text[slice(*words[-1])]):
        words.pop()
    while len(words) > 1 and _is_stray(sheet.text[slice(*words[0])]):
        words.pop(0)
    return (words[0][0], words[-1][1]) if words else (start, end)


def _is_everyday(said: str) -> bool:
    """Whether a span is one everyday word in lower case, which only the model takes for a name: "order brochures"."""
    return said.islower() and fold(said) in everyday_words() and fold(said) not in first_names()


def _is_stray(word: str) -> bool:
    return word[:1].islower() and fold(word).strip(".,;:!?") in never_names()


def _from_form(sheet: Sheet) -> list[Person]:
    """Names told by their capital, a surname's ending or a known first name, after a word that leads to a name."""
    found: list[Person] = []
    folded = fold(sheet.text)
    for match in re.finditer(r"[^\W\d_][\w'’-]*", sheet.left):
        if found and match.start() < found[-1].end:
            continue
        start, word = match.start(), match.group()
        led = _LEADS_TO_NAME.search(folded[:start]) is not None or (
            bool(found) and _JOINED.fullmatch(folded[found[-1].end : start]) is not None
        )
        opens = start == 0 and not _OPENS_SENTENCE.match(folded, match.end())
        if not _may_be_name(word, led=led or (start == 0 and not opens), opens=opens):
            continue
        end = _end_of_name(sheet.left, match.end())
        found.append(Person("client", start, end, 0.5, "form"))
    return found


def _may_be_name(word: str, *, led: bool, opens: bool) -> bool:
    folded = fold(word)
    bare = re.sub(r"'s$", "", folded)
    if bare in never_names() or bare in titles() or len(bare) < 3 or (opens and bare in _OPENING_VERBS):
        return False
    known = bare in first_names() or fold(clean_name(word)) in first_names() or looks_like_surname(bare)
    if known:
        return True
    return led and not opens and word[:1].isupper()


def _end_of_name(text: str, end: int) -> int:
    while match := re.match(r"\s+([^\W\d_][\w'’.&-]*)", text[end:]):
        word = match.group(1)
        folded = fold(word).rstrip(".")
        is_more = word[:1].isupper() or folded in first_names() or looks_like_surname(folded) or folded in legal_forms()
        if not is_more or folded in never_names() or folded in _NOT_PART:
            break
        end += match.end()
    return end


def _own_name(text: str, person: Person) -> str:
    """The name without an "s" that owns the noun after it: "Neagus offer"."""
    typed = text[person.start : person.end]
    last = fold(typed.split()[-1])
    owns = _OWNED.match(fold(text[person.end :])) and last.endswith("s") and len(last) > 4 and last not in first_names()
    owns = owns and (len(typed.split()) == 1 or fold(typed.split()[0]) in first_names())
    return clean_name(typed[:-1] if owns and not last.endswith("ss") else typed)


def is_name(typed: str) -> bool:
    """Whether a span holds a name at all, and no pronoun or everyday word alone."""
    name = clean_name(typed)
    if _CLITIC.fullmatch(fold(typed)):
        return False
    words = [re.sub(r"'s$", "", word) for word in fold(name).split()]
    return bool(name) and any(char.isalpha() for char in name) and not all(word in never_names() for word in words)


def _take_role(sheet: Sheet, people: list[Person], role: str, *, first_counts: bool) -> None:
    """Keep one name, or a list where the names are joined; of names that stand apart only the surest."""
    if not people:
        return
    chain = [people[0]]
    for person in people[1:]:
        if _JOINED.fullmatch(sheet.folded[chain[-1].end : person.start]):
            chain.append(person)
    if len(chain) == 1 and len(people) > 1 and not first_counts:
        chain = [max(people, key=lambda person: (person.confidence, -person.start))]
    names = list(dict.fromkeys(_own_name(sheet.text, person) for person in chain))
    value = names[0] if len(names) == 1 else names
    sheet.take(
        Mention(role, value, chain[0].start, chain[-1].end, chain[0].by),
        [(person.start, person.end) for person in chain],
    )
