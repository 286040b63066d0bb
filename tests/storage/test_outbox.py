"""The outbox: in order per chat, replies first, nothing lost and nothing sent twice unknowingly."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from domain.messages import Message, Outgoing, Priority, SendKind
from storage.database import Database
from storage.tables import queues as q
from tests.factories import keep_agent, make_card, make_message, make_received
from tests.fakes import FakeClock


def _send(database: Database, *messages: Message) -> None:
    with database.command_unit("send") as unit:
        for message in messages:
            unit.send(message)


def _claim(database: Database, *, skip: tuple[int, ...] = (), limit: int = 10) -> list[Outgoing]:
    return list(database.outbox.claim(skip_chats=skip, limit=limit))


def _texts(claimed: list[Outgoing]) -> list[str]:
    return [outgoing.payload["text"] for outgoing in claimed]


def _states(database: Database) -> list[tuple[str, str | None]]:
    with database.engine.connect() as connection:
        rows = connection.execute(sa.select(q.outbox.c.state, q.outbox.c.error).order_by(q.outbox.c.id))
        return [(row.state.value, row.error) for row in rows]


def test_one_message_of_each_chat_at_a_time(database: Database) -> None:
    """A chat's next message is given out only when the one before is sent, in the order of the turn."""
    _send(database, make_message("a1"), make_message("a2"), make_message("b1", chat_id=8))
    first = _claim(database)
    assert _texts(first) == ["a1", "b1"]
    assert _claim(database) == []
    database.outbox.sent(first[0].id, message_id=100)
    assert _texts(_claim(database)) == ["a2"]


def test_replies_go_before_bulk(database: Database) -> None:
    """A reply overtakes what was not asked for, in the same chat and between chats."""
    _send(
        database,
        make_message("push", priority=Priority.BULK),
        make_message("push 9", chat_id=9, priority=Priority.BULK),
    )
    _send(database, make_message("reply"), make_message("reply 8", chat_id=8))
    assert _texts(_claim(database)) == ["reply", "reply 8", "push 9"]


def test_limit_and_skipped_chats(database: Database) -> None:
    """No more than the limit is given out, and nothing of the chats that the caller cannot serve now."""
    _send(database, *(make_message(str(chat), chat_id=chat) for chat in (1, 2, 3, 4)))
    assert _texts(_claim(database, skip=(1, 3), limit=1)) == ["2"]
    assert _texts(_claim(database, skip=(1, 3))) == ["4"]


def test_message_that_waits_holds_its_chat_back(database: Database, clock: FakeClock) -> None:
    """After a 429 no later message of that chat overtakes the one that waits."""
    _send(database, make_message("a1"), make_message("a2"))
    (claimed,) = _claim(database)
    database.outbox.retry(claimed.id, seconds=20, uncertain=False)
    assert _claim(database) == []
    clock.advance(seconds=20)
    (again,) = _claim(database)
    assert (again.id, again.attempts, again.uncertain) == (claimed.id, 1, False)


def test_uncertain_stays_uncertain(database: Database) -> None:
    """A message that may have arrived once is told as uncertain at every later try."""
    _send(database, make_message())
    for uncertain in (True, False):
        (claimed,) = _claim(database)
        database.outbox.retry(claimed.id, seconds=0, uncertain=uncertain)
    (claimed,) = _claim(database)
    assert claimed.uncertain


def test_failed_message_lets_the_next_go(database: Database) -> None:
    """A message that is given up does not hold its chat back."""
    _send(database, make_message("a1"), make_message("a2"))
    database.outbox.fail(_claim(database)[0].id, error="BadRequest")
    assert _texts(_claim(database)) == ["a2"]
    assert _states(database)[0] == ("failed", "BadRequest")


def test_replacement_goes_first_in_its_chat(database: Database) -> None:
    """What replaces a failed message is sent before what waited behind it, and the failure is kept."""
    _send(database, make_message("a1"), make_message("a2"))
    database.outbox.replace(_claim(database)[0].id, make_message("a1 plain"), error="BadRequest")
    (claimed,) = _claim(database)
    assert (claimed.payload["text"], claimed.attempts, claimed.uncertain) == ("a1 plain", 0, False)
    database.outbox.sent(claimed.id, message_id=1)
    assert _texts(_claim(database)) == ["a2"]
    assert ("failed", "BadRequest") in _states(database)


def test_what_a_killed_sender_left_is_due_again(database: Database) -> None:
    """After a crash the messages marked as being sent are due again, as uncertain ones."""
    _send(database, make_message("a1"), make_message("b1", chat_id=8))
    _claim(database)
    assert database.outbox.recover() == 2
    claimed = _claim(database)
    assert [(outgoing.payload["text"], outgoing.uncertain) for outgoing in claimed] == [("a1", True), ("b1", True)]
    assert database.outbox.recover() == 2


def test_gone_chat_gets_nothing_until_its_person_writes(database: Database) -> None:
    """Who blocked the bot has nothing waiting, old or new; with the person's next update it begins again."""
    _send(database, make_message("old"), make_message("other", chat_id=8))
    database.outbox.chat_gone(7)
    database.outbox.chat_gone(7)
    _send(database, make_message("new"))
    assert _texts(_claim(database)) == ["other"]
    assert [state for state in _states(database) if state[1] == "chat_gone"] == [("failed", "chat_gone")] * 2
    database.turns.receive([make_received(1, person=7)])
    _send(database, make_message("welcome back"))
    assert _texts(_claim(database)) == ["welcome back"]


def test_sent_card_is_known_to_later_edits(database: Database) -> None:
    """The message id of a sent card is filled in where the card is edited later."""
    agent = keep_agent(database)
    card = make_card(agent_id=agent.id)
    with database.command_unit("send") as unit:
        unit.add_card(card)
        unit.send(make_message("card", card_id=card.id))
        unit.send(Message(chat_id=7, kind=SendKind.EDIT, payload={"text": "edited"}, card_id=card.id))
    (claimed,) = _claim(database)
    database.outbox.sent(claimed.id, message_id=321)
    (edit,) = _claim(database)
    assert (edit.kind, edit.card_id, edit.message_id) == (SendKind.EDIT, card.id, 321)
    with database.command_unit("press") as unit:
        kept = unit.card("token")
        assert kept is not None
        assert (kept.chat_id, kept.message_id, kept.actions) == (7, 321, [{"do": "x"}])
        kept.version, kept.used, kept.message_id = 2, True, None
        unit.save_card(kept)
    with database.command_unit("press") as unit:
        kept = unit.card("token")
        assert kept is not None
        assert (kept.version, kept.used, kept.message_id) == (2, True, 321)
        assert unit.card("unknown") is None


def test_edit_does_not_overtake_its_card(database: Database) -> None:
    """An edit of a pushed card that is not yet sent waits behind it, though replies go before pushes."""
    agent = keep_agent(database)
    card = make_card(agent_id=agent.id)
    with database.command_unit("send") as unit:
        unit.add_card(card)
        unit.send(make_message("card", card_id=card.id, priority=Priority.BULK))
    _send(database, Message(chat_id=7, kind=SendKind.EDIT, payload={"text": "edited"}, card_id=card.id))
    assert _texts(_claim(database)) == ["card"]


def test_document_comes_with_its_file(database: Database) -> None:
    """A claimed document brings name, type and every byte of its file."""
    content = bytes(range(256)) * 100
    with database.command_unit("send") as unit:
        file_id = unit.add_file(name="Ofertă.pdf", media_type="application/pdf", data=content)
        unit.send(Message(chat_id=7, kind=SendKind.DOCUMENT, payload={"caption": "Offer"}, file_id=file_id))
    (claimed,) = _claim(database)
    assert claimed.file is not None
    assert (claimed.file.name, claimed.file.media_type, claimed.file.data) == ("Ofertă.pdf", "application/pdf", content)


def test_senders_at_once_share_and_keep_order(database: Database) -> None:
    """Several claims at once never give out one message twice, nor two messages of one chat."""
    _send(database, *(make_message(f"{chat}-{n}", chat_id=chat) for n in range(3) for chat in range(20)))
    with ThreadPoolExecutor(6) as pool:
        batches = list(pool.map(lambda _: _claim(database, limit=5), range(6)))
    claimed = [outgoing for batch in batches for outgoing in batch]
    assert sorted(_texts(claimed)) == sorted(f"{chat}-0" for chat in range(20))
