"""Words that ask for what goes by a button alone show the button, and do nothing by themselves."""

import pytest

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act


@pytest.mark.parametrize("text", ["delete client Popescu", "șterge clientul Popescu", "erase the customer Ion Popescu"])
def test_the_director_gets_the_button(driver: ChatDriver, elena: Person, text: str) -> None:
    """The client's own erase button stands under the answer, and nothing is erased."""
    elena.client("Ion Popescu", "+40722000111")
    before = driver.business()
    answer = elena.say(text, act("out_of_scope", text))
    assert words("by_button.press") in answer
    assert elena.last.labels[0] == "Erase: Ion Popescu"
    assert driver.business() == before


def test_an_agent_is_told_whose_it_is(driver: ChatDriver, ana: Person) -> None:
    """Erasing and exporting are the director's; merging one's own is not."""
    ana.client("Ion Popescu", "+40722000111")
    for text in ("delete client Popescu", "export client Popescu"):
        assert ana.say(text, act("out_of_scope", text)) == words("by_button.director")
    ana.say("merge Popescu with Ionescu", act("out_of_scope", "merge Popescu with Ionescu"))
    assert ana.last.labels[0] == "Merge: Ion Popescu"


def test_other_words_stay_what_they_were(ana: Person) -> None:
    """Nobody of that name, or another thing to delete: the usual answer."""
    for text in ("delete client Xyz", "remove the wallpaper"):
        assert words("by_button.press") not in ana.say(text, act("out_of_scope", text))


def test_another_agents_client_is_not_told_of(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """The answer is the same as for a name that nobody bears."""
    ana.client("Ion Popescu", "+40722000111")
    known = mihai.say("delete client Popescu", act("out_of_scope", "delete client Popescu"))
    unknown = mihai.say("delete client Xyz", act("out_of_scope", "delete client Xyz"))
    assert known == unknown


def test_words_that_merge_two_lead_to_both(driver: ChatDriver, ana: Person) -> None:
    """Where each of two names means one client alone, the button is of both: neither is asked for again."""
    ana.client("Dan Unu", "+40733888001")
    ana.client("Dan Doi", "+40733888002")
    text = "merge Dan Unu with Dan Doi"
    ana.say(text, act("out_of_scope", text))
    assert "Merge: Dan Unu + Dan Doi" in ana.last.labels
    ana.press("Merge: Dan Unu + Dan Doi")
    assert "Dan Unu" in ana.last.text
    assert "Dan Doi" in ana.last.text
    assert len(driver.customers) == 2
