"""What a sentence says of a client beyond the values that understanding gives; what is unclear is left out."""

import pytest

from bot.flows.client_edit_words import contact_said, is_visit, town_said


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("new client Dan Rus 0745 111 222 from Cluj, wants the Duster", "Cluj-Napoca"),
        ("client nou Ion Pop din cluj napoca", "Cluj-Napoca"),
        ("client nou Vlad Roman in iasi", "Iași"),
        ("Popescu s-a mutat în Săliștea de Sus", "Săliștea de Sus"),
        ("Popescu moved to ion@x.ro", None),
        ("new client Ion Popescu from the website", None),
        ("client din Facebook", None),
        ("Ion Popescu from Roman Auto", None),
    ],
)
def test_a_town_is_known_or_announced(text: str, town: str | None) -> None:
    """After "from" only a known town is one; a website, a firm or an address is none."""
    assert town_said(text) == town


@pytest.mark.parametrize(
    ("text", "client", "name"),
    [
        ("Acme: new contact Dan Rus, fleet manager, 0745111222", "Acme", "Dan Rus"),
        ("contact la Acme: Dan Rus 0745 111 222", "Acme", "Dan Rus"),
        ("Acme's contact is Dan Rus", "Acme", "Dan Rus"),
        ("new client Acme SRL 0212 000 100", "Acme SRL", None),
    ],
)
def test_a_contact_person_is_announced(text: str, client: str, name: str | None) -> None:
    """Nobody is a contact person without being called one."""
    found = contact_said(text, client=client)
    assert (found and found["name"]) == name


@pytest.mark.parametrize(
    ("text", "visit"),
    [
        ("a walk-in looked at the Duster", True),
        ("client din stradă, n-a lăsat date", True),
        ("new client, walk-in", False),
    ],
)
def test_a_visit_is_told_from_a_client(text: str, visit: bool) -> None:
    """Who says "client" wants one kept, unless no name was left."""
    assert is_visit(text) is visit
