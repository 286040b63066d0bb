"""Every sort of message that a person may send gets a sensible answer, and none that never acts writes anything."""

from typing import Any

import pytest

from storage.tables import queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act

FILE = {"file_id": "f1", "file_unique_id": "u1"}
PHOTO = [{**FILE, "width": 90, "height": 90}]
VIDEO = {**FILE, "width": 90, "height": 90, "duration": 3}
STICKER = {**FILE, "width": 90, "height": 90, "type": "regular", "is_animated": False, "is_video": False}
POLL = {
    "id": "1",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "voice": ({"voice": {**FILE, "duration": 3}}, words("received.voice")),
    "audio": ({"audio": {**FILE, "duration": 3}}, words("received.voice")),
    "photo": ({"photo": PHOTO}, words("received.photo")),
    "photo with words": ({"photo": PHOTO, "caption": "new client Ion 0722123456"}, words("received.photo")),
    "video": ({"video": VIDEO}, words("received.video")),
    "video note": ({"video_note": {**FILE, "length": 90, "duration": 3}}, words("received.video")),
    "animation": ({"animation": VIDEO, "document": FILE}, "I"),
    "sticker": ({"sticker": STICKER}, words("received.sticker")),
    "dice": ({"dice": {"emoji": "🎲", "value": 3}}, words("received.sticker")),
    "location": ({"location": {"latitude": 44.4, "longitude": 26.1}}, words("received.location")),
    "poll": ({"poll": POLL}, words("received.poll")),
    "pdf": ({"document": {**FILE, "file_name": "offer.pdf"}}, words("received.document")),
    "nameless file": ({"document": FILE}, words("received.document")),
    "a game": ({"game": {"title": "t", "description": "d", "photo": PHOTO}}, words("received.other")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_answer(driver: ChatDriver, ana: Person, kind: str) -> None:
    """A clear line a kind, and nothing written."""
    content, answer = KINDS[kind]
    before = driver.business()
    assert ana.message(**content).startswith(answer)
    assert driver.business() == before


def test_in_romanian(mihai: Person) -> None:
    """The lines are there in the other language, too."""
    assert "vocale" in mihai.message(voice={**FILE, "duration": 3})


def test_a_voice_message_in_the_middle_keeps_the_form(driver: ChatDriver, ana: Person) -> None:
    """What cannot be read does not lose the open question."""
    ana.client("Ion Popescu")
    ana.say("call popescu", act("schedule_activity", client="Popescu", kind="call"))
    ana.message(voice={**FILE, "duration": 3})
    ana.say("friday at 10")
    assert len(driver.activities) == 1


def test_an_edited_message_writes_nothing(driver: ChatDriver, ana: Person) -> None:
    """What was written first counts; the person is told so."""
    before = driver.business()
    assert ana.edit("new client Ion Popescu").startswith(words("received.edited"))
    assert driver.business() == before


def test_a_group_gets_one_line_and_no_data(driver: ChatDriver, ana: Person) -> None:
    """In a group nothing is done, for whomever."""
    ana.client("Ion Popescu", "+40722123456")
    before = driver.business()
    assert words("received.group") in ana.in_group("find Popescu")
    assert words("received.group") in ana.in_group("new client Dan")
    assert driver.business() == before
    assert ana.shown == []


def forwarded(name: str | None = None, hidden: str | None = None) -> dict[str, Any]:
    """Where a message was forwarded from."""
    if hidden:
        return {"type": "hidden_user", "date": 1, "sender_user_name": hidden}
    return {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": name or "Ion"}}


@pytest.mark.parametrize("origin", [forwarded("Ion Popescu"), forwarded(hidden="Ion Popescu")])
def test_a_forwarded_message_never_acts(driver: ChatDriver, ana: Person, origin: dict[str, Any]) -> None:
    """A request in a forwarded message is kept as a note by press, on the client who sent it."""
    ana.client("Ion Popescu")
    before = driver.business()
    answer = ana.message(text="new client Dan 0733555012, call me <tomorrow>", forward_origin=origin)
    assert answer.startswith(words("received.forwarded"))
    assert driver.business() == before
    ana.press("Keep as note")
    assert [one["text"] for one in driver.notes] == ["new client Dan 0733555012, call me <tomorrow>"]


def test_a_forwarded_message_begins_a_client(driver: ChatDriver, ana: Person) -> None:
    """One press makes its sender a client, with the words as a note; one undo takes both back."""
    ana.message(text="I want a Duster", forward_origin=forwarded("Dan Rus"))
    ana.press("New client")
    assert [one["name"] for one in driver.customers] == ["Dan Rus"]
    assert [one["text"] for one in driver.notes] == ["I want a Duster"]
    ana.press("Undo")
    assert (driver.customers, driver.notes) == ([], [])


def test_a_forwarded_sticker_holds_nothing_to_keep(ana: Person) -> None:
    """Without words there is nothing to keep."""
    assert words("received.forwarded_empty") in ana.message(sticker=STICKER, forward_origin=forwarded())


def test_a_forwarded_payload_sets_nothing(driver: ChatDriver, ana: Person) -> None:
    """A command in a forwarded message is words, too."""
    before = driver.business()
    assert ana.message(text="/undo", forward_origin=forwarded()).startswith(words("received.forwarded"))
    assert driver.business() == before


@pytest.mark.parametrize(
    "text",
    [
        "[23.11.26, 10:15:00] Ion Popescu: new client Dan 0733555012",
        "Ion Popescu, [23.11.2026 10:15]\nnew client Dan",
        "11/23/26, 10:15 - Ion: new client Dan",
    ],
)
def test_a_pasted_chat_never_acts(driver: ChatDriver, ana: Person, text: str) -> None:
    """Text with a messenger's copy header is kept by press alone."""
    ana.client("Maria Rus")
    before = driver.business()
    assert ana.say(text).startswith(words("received.forwarded"))
    assert driver.business() == before
    ana.press("Keep as note")
    ana.say("Maria")
    assert [one["text"] for one in driver.notes] == [text]


def test_a_contact_file_becomes_a_job(driver: ChatDriver, ana: Person) -> None:
    """A .vcf is fetched before the turn, kept, and read by an action server."""
    driver.telegram.files["f1"] = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ion\r\nEND:VCARD\r\n"
    answer = ana.message(document={**FILE, "file_name": "Ion <b>.VCF", "file_size": 60})
    assert answer == "Reading Ion <b>.VCF. I'll tell you when it is done."
    [job] = driver.rows(queues.jobs)
    [file] = driver.rows(queues.files)
    assert (job["kind"], job["payload"]["file_id"]) == ("import_customers", file["id"])
    assert file["data"] == driver.telegram.files["f1"]


@pytest.mark.parametrize("where", ["text", "caption", "forwarded", "edited"])
def test_a_personal_code_is_kept_nowhere(driver: ChatDriver, ana: Person, where: str) -> None:
    """A CNP in whatever message: it is deleted from the chat, told, and stands in no table."""
    code = "1960529460012"
    if where == "text":
        answer = ana.say(f"note on Popescu: {code}")
    elif where == "caption":
        answer = ana.message(photo=PHOTO, caption=f"id {code}")
    elif where == "forwarded":
        answer = ana.message(text=f"my code is {code}", forward_origin=forwarded())
    else:
        answer = ana.edit(f"id {code}")
    assert answer.startswith(words("refused.personal_code"))
    assert len(driver.telegram.deleted) == 1
    for table in (queues.inbox, queues.outbox, queues.cards, queues.conversations):
        assert code not in str(driver.rows(table))


def test_silence_where_nobody_expects_an_answer(driver: ChatDriver, ana: Person) -> None:
    """A block and its end, a pinned message: no answer, and nothing waits."""
    member = {"user": {"id": 42, "is_bot": True, "first_name": "bot"}, "status": "kicked", "until_date": 0}
    left = {"user": member["user"], "status": "member"}
    chat = {"id": ana.id, "type": "private"}
    user = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    change = {"chat": chat, "from": user, "date": 1, "old_chat_member": left, "new_chat_member": member}
    assert ana.update(my_chat_member=change) == ""
    pinned = {"message_id": 1, "date": 1, "chat": chat, "text": "x"}
    assert ana.message(pinned_message=pinned) == ""
    assert all(row["state"] == "done" for row in driver.rows(queues.inbox) if row["kind"] == "update")
