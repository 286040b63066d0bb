"""A picture of an identity paper is taken out of the chat and kept nowhere, as far as its words tell; no picture is fetched."""

from typing import Any

import pytest

from domain.team import AgentStatus
from storage.tables import queues
from tests.bot.chat_driver import ChatDriver, Person, words

FILE = {"file_id": "f-secret", "file_unique_id": "u1"}
PHOTO = [{**FILE, "width": 90, "height": 90}]
PAPERS: tuple[dict[str, Any], ...] = (
    {"photo": PHOTO, "caption": "CI Popescu"},
    {"photo": PHOTO, "caption": "permisul lui Popescu"},
    {"document": {**FILE, "file_name": "passport.pdf"}},
    {"document": {**FILE, "file_name": "scan.jpg", "mime_type": "image/jpeg"}, "caption": "driving licence"},
    {"video": {**FILE, "width": 9, "height": 9, "duration": 3}, "caption": "buletin"},
)


@pytest.mark.parametrize("content", PAPERS)
def test_it_is_deleted_and_told(driver: ChatDriver, ana: Person, mihai: Person, content: dict[str, Any]) -> None:
    """In the sender's language; nothing is written, and nothing of the message is kept."""
    before = driver.business()
    for person, language in ((ana, "en"), (mihai, "ro")):
        assert person.message(**content) == words("refused.identity_paper", language)
    assert driver.business() == before
    assert len(driver.telegram.deleted) == 2
    assert "f-secret" not in str(driver.rows(queues.inbox))


def test_forwarded_ones_too(driver: ChatDriver, ana: Person) -> None:
    """It does not matter who took the picture."""
    origin = {"type": "hidden_user", "sender_user_name": "Ion", "date": 1}
    assert ana.message(photo=PHOTO, caption="buletin", forward_origin=origin) == words("refused.identity_paper")


def test_any_other_photo_is_not_kept_either(driver: ChatDriver, ana: Person) -> None:
    """It stays in the chat, with a clear answer; its address at Telegram is not kept."""
    assert ana.message(photo=PHOTO, caption="the red Duster") == words("received.photo")
    assert driver.telegram.deleted == []
    assert "f-secret" not in str(driver.rows(queues.inbox))


def test_a_paper_of_somebody_who_is_not_let_in(driver: ChatDriver, ana: Person, stranger: Person) -> None:
    """A stranger's and a suspended agent's are not kept."""
    stranger.message(photo=PHOTO, caption="CI")
    with driver.database.command_unit("suspend") as unit:
        agent = unit.team.get(ana.agent.id)
        assert agent
        agent.status = AgentStatus.SUSPENDED
    ana.message(photo=PHOTO, caption="CI")
    assert "f-secret" not in str(driver.rows(queues.inbox))
