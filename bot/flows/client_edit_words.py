"""What a message says of a customer beyond the values that understanding gives: town, contact person, consent and the like.

Only what is said in so many words is taken; what is unclear stays in the message, and is asked for or left out.
"""

import re
from functools import cache
from importlib import resources
from typing import Any

from bot.understanding.folding import fold
from bot.understanding.quantities import find_emails, find_phones
from domain.customers import CustomerKind, Purpose
from domain.names import fold as folded_name

Values = dict[str, Any]

_CAPITALISED = r"([^\W\d_a-z][\w-]*(?:[ -](?:de |sub |din |la )?[^\W\d_a-z][\w-]*){0,3})"
_MOVED = re.compile(
    r"\b(?:moved to|moving to|lives in|live in|based in|s-a mutat (?:in|la)|locuieste in|sta in|(?:the )?town(?: is|:)?"
    r"|(?:noul )?oras(?:ul)?(?: nou)?(?: este| e|:)?|localitatea(?: este| e|:)?)\s+"
)
_FROM = re.compile(r"\b(?:from|in|din|of)\s+")
_RENAMED = re.compile(
    r"\b(?:(?:rename|redenumeste)\b.{1,80}?\b(?:to|in|ca|as)|is now called|is called|se numeste(?: acum)?"
    r"|(?:new )?name is(?: now)?|noul nume(?: \w+){0,3} (?:este|e)|(?:change|schimba)\b.{0,60}?\b(?:name|numele)\b.{0,60}?\b(?:to|in))\s+"
)
_TAX_ID = re.compile(
    r"\b(?:c\.?u\.?i\.?|c\.?i\.?f\.?|tax (?:id|number|code)|vat (?:id|number|code)|cod(?:ul)? fiscal)"
    r"(?: number)?(?: is| este| e|:| nr\.?)?\s*((?:ro)?\s*\d[\d .]{1,12})"
)
_CONTACT = re.compile(
    r"(?:^|[,;:.\s])(?:(?:new )?contact(?:ul)?(?: person| nou| at)?|(?:the )?person to (?:ask|call)"
    r"|pers(?:oana|oanei|\.)? (?:noua )?de contact|(?:through|prin)(?= \w+ \w+ ?\+?0?7))(?: is| este| e)?\s*:?\s+"
)
_REPLACING = re.compile(r"\b(?:replac\w+|inlocui\w*|instead of|in locul?(?: de| numarului| adresei)?)\b")
_KINDS = {
    CustomerKind.COMPANY: re.compile(r"\b(?:is a company|(?:e|este) (?:o )?(?:firma|companie|persoana juridica))\b"),
    CustomerKind.PERSON: re.compile(r"\b(?:is a (?:private )?person|(?:e|este) (?:o )?persoana fizica)\b"),
}
_PURPOSES = {
    Purpose.MARKETING: re.compile(
        r"\b(?:marketing\w*|newsletter\w*|offers and news|oferte si noutati|reclame?|promo\w*)\b"
    ),
    Purpose.CONTACT: re.compile(
        r"\b(?:be(?:ing)? contacted|be called|contact him|contact her|fie contactat\w*|fie sunat\w*|gdpr"
        r"|personal data|datelor(?: personale)?)\b"
    ),
}
_AGREES = re.compile(
    r"\b(?:agree\w*|consent\w*|accept\w*|allow\w*|permit\w*|ok with|wants|vrea|doreste|de acord|acord\w*|opt(?:ed|s)? in)\b"
)
_REFUSES = re.compile(
    r"\b(?:not|no|never|nu|fara|withdr[ae]w\w*|retra\w*|revok\w*|revoca\w*|refuz\w*|refuse\w*|opt(?:ed|s)? out|stop\w*|unsubscribe\w*"
    r"|dezabon\w*|anymore|any more|no longer)\b|n't\b"
)
_NOBODY = re.compile(
    r"\b(?:no name|no names|without (?:a )?name|left no|didn't leave|anonymous|n-a lasat|nu a lasat|fara nume|fara date)\b"
)
_CLIENT = re.compile(r"\b(?:client\w*|customer\w*)\b")
_LOOSE = " \t\n,;:.-–"


def town_said(text: str, *, client: str = "") -> str | None:
    """The town that a message names: after "moved to" any capitalised name, after "from" a known one."""
    plain = fold(text)
    for match in _MOVED.finditer(plain):
        known = _known_town(text[match.end() :])
        if known:
            return known
        named = re.match(_CAPITALISED, text[match.end() :])
        if named and "@" not in text[match.end() : match.end() + 60].split(" ", maxsplit=1)[0]:
            return named[1].strip(_LOOSE)
    for match in _FROM.finditer(plain):
        known = _known_town(text[match.end() :])
        if known and fold(known) not in fold(client):
            return known
    return None


def canonical_town(typed: str) -> str:
    """A known town as it is written, whatever way it was typed; any other as typed."""
    return _towns().get(_town_key(typed), " ".join(typed.split()))


def name_said(text: str) -> str | None:
    """The new name where a message renames."""
    match = _RENAMED.search(fold(text))
    return text[match.end() :].strip(_LOOSE) or None if match else None


def tax_id_said(text: str) -> str | None:
    """The tax number after its name, as typed."""
    match = _TAX_ID.search(fold(text))
    return text[match.start(1) : match.end(1)].strip(_LOOSE) if match else None


def kind_said(text: str) -> CustomerKind | None:
    """Whether a message says that the customer is a person or a company."""
    plain = fold(text)
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(plain)), None)


def consent_said(text: str) -> tuple[Purpose, bool] | None:
    """The purpose that the customer agreed to, or not."""
    plain = fold(text)
    purpose = next((one for one, pattern in _PURPOSES.items() if pattern.search(plain)), None)
    if purpose is None:
        return None
    if _REFUSES.search(plain):
        return purpose, False
    return (purpose, True) if _AGREES.search(plain) else None


def is_replacing(text: str) -> bool:
    """Whether the old number or address is to go."""
    return _REPLACING.search(fold(text)) is not None


def contact_at(text: str) -> int | None:
    """Where a contact person is announced; what stands before is of the company."""
    match = _CONTACT.search(fold(text))
    return match.start() if match else None


def contact_said(text: str, *, client: str = "") -> Values | None:
    """A contact person with name, phone, e-mail and role as far as they are said; None where nobody is announced."""
    match = _CONTACT.search(fold(text))
    if match is None:
        return None
    rest = text[match.end() :]
    before, colon, after = rest.partition(":")
    at = re.sub(r"^(?:at|la|de la|from|pentru|for)\s+", "", folded_name(before.strip(_LOOSE)))
    if colon and client and at == folded_name(client):  # "contact at Acme: Dan Rus …"
        rest = after
    found = person_of(rest)
    return found if found["name"] and folded_name(found["name"]) != folded_name(client) else None


def person_of(text: str, region: str = "RO") -> Values:
    """Name, phone, e-mail and role of "Dan Rus 0722 123 456, fleet manager"; what is not said is None."""
    spans = [*find_phones(text, region=region), *find_emails(text)]
    phone = next(iter(find_phones(text, region=region)), None)
    email = next(iter(find_emails(text)), None)
    rest = text
    for span in sorted(spans, key=lambda one: one.start, reverse=True):
        rest = f"{rest[: span.start]},{rest[span.end :]}"
    parts = [part.strip(_LOOSE) for part in re.split(r"[,;(\n]", rest.replace(")", ""))]
    named = [re.sub(r"\s+(?:phone|tel\.?|telefon|email|e-mail|mail)$", "", part) for part in parts if part]
    return {
        "name": named[0] if named else None,
        "role": named[1] if len(named) > 1 else None,
        "phone": phone.value if phone else None,
        "email": email.value if email else None,
    }


def is_visit(text: str) -> bool:
    """Whether a walk-in without a name is meant to be counted, not kept as a client."""
    plain = fold(text)
    return _NOBODY.search(plain) is not None or _CLIENT.search(plain) is None


def _known_town(rest: str) -> str | None:
    """The longest known town that the text begins with; "Roman Auto" is none, for all that Roman is one."""
    tokens = rest.split()[:5]
    for count in range(min(len(tokens), 4), 0, -1):
        said = " ".join(tokens[:count])
        found = _towns().get(_town_key(said.strip(_LOOSE)))
        if found:
            goes_on = said[-1].isalnum() and count < len(tokens) and tokens[count][0].isupper()
            return None if goes_on else found
    return None


def _town_key(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").split())


@cache
def _towns() -> dict[str, str]:
    listed = resources.files("bot.flows").joinpath("client_edit_towns.txt").read_text("utf-8").splitlines()
    towns: dict[str, str] = {}
    for line in listed:
        if line and not line.startswith("#"):
            first, *others = line.split("|")
            towns |= {_town_key(name): first for name in (first, *others)}
    return towns
