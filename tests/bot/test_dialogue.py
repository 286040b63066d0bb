"""The dialogue engine: forms that ask only for what is missing, corrections, ways back and out, and time-outs."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from domain.agenda import Kind, Status
from storage.tables import queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.fakes import FakeClock

CALL = act("schedule_activity", client="Popescu", kind="call", time="2026-02-13T10:00")
ELEVEN, TEN = datetime(2026, 2, 13, 9, 0, tzinfo=UTC), datetime(2026, 2, 13, 8, 0, tzinfo=UTC)


def test_a_correction_while_a_question_is_open(driver: ChatDriver, ana: Person) -> None:
    """Writing "no, make it 11" changes what the form knows already, and the question stands again."""
    ana.client("Ion Popescu")
    ana.say("call friday at 10", act("schedule_activity", kind="call", time="2026-02-13T10:00"))
    assert "11:00" in ana.say("no, make it 11")
    assert ana.asked == words("question.client")
    ana.say("Popescu")
    assert [one["starts_at"] for one in driver.activities] == [ELEVEN]


@pytest.mark.parametrize(
    ("typed", "starts_at"),
    [
        ("no, make it 11", ELEVEN),
        ("no, at 11:00", ELEVEN),
        ("nu, la 11", ELEVEN),
        ("no, thursday", datetime(2026, 2, 12, 8, 0, tzinfo=UTC)),
        ("actually monday at 9", datetime(2026, 2, 16, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_correction_after_the_fact(driver: ChatDriver, ana: Person, typed: str, starts_at: datetime) -> None:
    """The last act is done again with the value replaced, and is not there twice."""
    ana.client("Ion Popescu")
    ana.say("call", CALL)
    assert ana.say(typed).startswith(words("dialogue.corrected"))
    assert [one["starts_at"] for one in driver.activities] == [starts_at]


def test_a_typed_undo_of_a_correction_names_what_was_done(driver: ChatDriver, ana: Person) -> None:
    """What is taken back is told by what it was, and not by the word that stands over every correction."""
    ana.client("Ion Popescu")
    ana.say("call", CALL)
    done = ana.say("no, make it 11").removeprefix(words("dialogue.corrected")).strip().split("\n")[0]
    assert ana.say("undo") == words("undo.done_of", what=done)


def test_a_correction_of_the_client(driver: ChatDriver, ana: Person) -> None:
    """The other client gets the entry, the first one loses it."""
    ana.client("Ion Popescu")
    maria = ana.client("Maria Rus")
    ana.say("call", CALL)
    ana.say("no, Maria")
    assert [(one["customer_id"], one["starts_at"]) for one in driver.activities] == [(maria.id, TEN)]


def test_corrected_twice(driver: ChatDriver, ana: Person) -> None:
    """A second correction leaves one entry: what was said wrong at first does not come back on the way."""
    ana.client("Ion Popescu")
    maria = ana.client("Maria Rus")
    ana.say("call", CALL)
    ana.say("no, make it 11")
    ana.say("no, Maria")
    assert [(one["customer_id"], one["starts_at"]) for one in driver.activities] == [
        (maria.id, TEN + timedelta(hours=1))
    ]


def test_a_corrected_turn_can_be_undone(driver: ChatDriver, ana: Person) -> None:
    """Undo after a correction brings back what was there before it, and a second one takes that off, too."""
    ana.client("Ion Popescu")
    ana.say("call", CALL)
    ana.say("no, make it 11")
    ana.press("Undo")
    assert [one["starts_at"] for one in driver.activities] == [TEN]
    ana.say("undo")
    assert driver.activities == []


def test_one_act_of_several_is_corrected(driver: ChatDriver, ana: Person) -> None:
    """Of a log with its follow-up, the hour corrects the follow-up, and the log stays once."""
    ana.client("Ion Popescu")
    ana.say("called popescu, follow up", act("log_activity", client="Popescu", kind="call"), CALL)
    ana.say("no, make it 11")
    assert sorted((one["status"], one["starts_at"]) for one in driver.activities if one["status"] == "planned") == [
        (Status.PLANNED, ELEVEN)
    ]
    assert len(driver.activities) == 2


def test_the_same_for_another(driver: ChatDriver, ana: Person) -> None:
    """Writing "and for Maria at 12" does it once more with her name."""
    ion, maria = ana.client("Ion Popescu"), ana.client("Maria Rus")
    ana.say("call", CALL)
    ana.say("and for Maria at 12")
    assert [(one["customer_id"], one["starts_at"]) for one in driver.activities] == [
        (ion.id, TEN),
        (maria.id, datetime(2026, 2, 13, 10, 0, tzinfo=UTC)),
    ]


def test_a_correction_comes_too_late(driver: ChatDriver, ana: Person, clock: FakeClock) -> None:
    """After a quarter of an hour "no, make it 11" means nothing any more, and nothing is changed."""
    ana.client("Ion Popescu")
    ana.say("call", CALL)
    clock.advance(minutes=16)
    ana.say("no, make it 11")
    assert [one["starts_at"] for one in driver.activities] == [TEN]


def test_what_another_changed_is_not_corrected(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """Where the entry was moved since, a correction says so and changes nothing."""
    ion = ana.client("Ion Popescu")
    ana.say("call", CALL)
    with driver.database.command_unit("move") as unit:
        found = unit.activities.get(1)
        assert found is not None
        found.minutes = 20
    answer = ana.say("no, make it 11")
    assert words("error.undo_changed", what=words("row.activities")) in answer
    assert [one["starts_at"] for one in driver.activities] == [TEN]
    assert ion.id


def test_something_else_in_the_middle_and_back(driver: ChatDriver, ana: Person) -> None:
    """A question about the agenda is answered, and the form's own question put again."""
    ana.client("Ion Popescu")
    ana.say("call popescu", act("schedule_activity", client="Popescu", kind="call"))
    ana.say("what do I have today", act("show_agenda"))
    assert words("agenda.empty") in ana.shown[1].text
    assert ana.asked == "When?"
    ana.say("friday at 10")
    assert [one["starts_at"] for one in driver.activities] == [TEN]


@pytest.mark.parametrize("press", ["/agenda", "/overdue"])
def test_a_command_in_the_middle_and_back(driver: ChatDriver, ana: Person, press: str) -> None:
    """Commands do not lose the open question."""
    ana.client("Ion Popescu")
    ana.say("call popescu", act("schedule_activity", client="Popescu", kind="call"))
    ana.say(press)
    ana.say("friday at 10")
    assert [one["starts_at"] for one in driver.activities] == [TEN]


def test_a_menu_press_in_the_middle_keeps_the_form(driver: ChatDriver, ana: Person) -> None:
    """Buttons do not lose the open question either."""
    ana.client("Ion Popescu")
    ana.say("/menu")
    ana.say("call popescu", act("schedule_activity", client="Popescu", kind="call"))
    ana.press("Today")
    ana.say("friday at 10")
    assert [one["starts_at"] for one in driver.activities] == [TEN]


def test_a_second_request_in_the_middle_is_done_first(driver: ChatDriver, ana: Person) -> None:
    """A whole request while a question is open is done, and the question stays."""
    ana.client("Ion Popescu")
    ana.say("call popescu", act("schedule_activity", client="Popescu", kind="call"))
    ana.say("note", act("add_note", client="Popescu", note="likes red"))
    assert len(driver.notes) == 1
    ana.say("friday at 10")
    assert len(driver.activities) == 1


def test_back_asks_the_question_before(driver: ChatDriver, ana: Person) -> None:
    """A wrong answer is given anew."""
    ana.client("Ion Popescu")
    maria = ana.client("Maria Rus")
    ana.say("call", act("schedule_activity", kind="call"))
    ana.say("Popescu")
    ana.say("back")
    assert ana.asked == words("question.client")
    ana.say("Maria")
    ana.say("friday at 10")
    assert [one["customer_id"] for one in driver.activities] == [maria.id]


def test_back_from_the_first_question(ana: Person) -> None:
    """There is none before it, and it is not lost."""
    ana.say("call", act("schedule_activity", kind="call"))
    answer = ana.say("back")
    assert words("dialogue.no_way_back") in answer
    assert words("question.client") in answer


@pytest.mark.parametrize("word", ["cancel", "/cancel", "renunță"])
def test_cancel_leaves_the_form(driver: ChatDriver, ana: Person, word: str) -> None:
    """Nothing is saved, and the next message stands on its own."""
    ana.say("call", act("schedule_activity", kind="call"))
    assert ana.say(word) == words("dialogue.cancelled")
    assert ana.say(word) == words("dialogue.nothing_open")
    assert driver.activities == []


def test_undo_by_word_and_command(driver: ChatDriver, ana: Person) -> None:
    """The latest change that still stands is taken back, then the one before it, and what it was is said."""
    ana.client("Ion Popescu")
    ana.say("note", act("add_note", client="Popescu", note="one"))
    ana.say("note", act("add_note", client="Popescu", note="one"))
    assert ana.say("undo") == "Undone: Noted on Ion Popescu: one"
    assert len(driver.notes) == 1
    assert ana.say("/undo") == "Undone: Noted on Ion Popescu: one"
    assert driver.notes == []


def test_nothing_to_undo(driver: ChatDriver, ana: Person) -> None:
    """Without a change there is nothing to take back."""
    assert ana.say("undo") == words("undo.nothing")
    assert driver.notes == []


def test_undo_of_what_was_changed_since_is_refused(driver: ChatDriver, ana: Person) -> None:
    """Undo of a plan that was moved since says so, and changes nothing."""
    ana.client("Ion Popescu")
    ana.say("call", CALL)
    planned = ana.last
    ana.say("move", act("reschedule_activity", client="Popescu", time="2026-02-16T10:00"))
    assert words("error.undo_changed", what=words("row.activities")) in ana.press("Undo", on=planned)
    assert len(driver.activities) == 1


def test_a_form_lapses(driver: ChatDriver, ana: Person, clock: FakeClock) -> None:
    """After half an hour the question is dropped, told, and the message is read on its own."""
    ana.say("call", act("schedule_activity", kind="call"))
    clock.advance(minutes=31)
    answer = ana.say("thanks", act("thanks"))
    assert answer.startswith(words("dialogue.lapsed"))
    assert words("said.thanks") in answer


def test_a_form_that_is_answered_in_time_lives_on(driver: ChatDriver, ana: Person, clock: FakeClock) -> None:
    """Each answer gives the next question its own half hour."""
    ana.client("Ion Popescu")
    ana.say("/menu")
    ana.press("Schedule")
    clock.advance(minutes=20)
    ana.press("call")
    clock.advance(minutes=20)
    ana.say("Popescu")
    ana.say("friday at 10")
    assert len(driver.activities) == 1


def test_the_second_failure_explains_and_the_third_offers_a_way_out(ana: Person) -> None:
    """A question that is not understood does not nag without help."""
    ana.client("Ion Popescu")
    ana.say("call popescu", act("schedule_activity", client="Popescu", kind="call"))
    babble = act("out_of_scope")
    assert ana.say("blue", babble).startswith(words("dialogue.not_an_answer"))
    assert ana.say("very blue", babble).startswith(words("explain.time"))
    assert ana.say("deep blue", babble).startswith(words("dialogue.way_out"))
    assert "Cancel" in ana.last.labels


def test_three_forms_deep_and_out_again(driver: ChatDriver, ana: Person) -> None:
    """A form within a form is finished first, then the outer one's question stands again."""
    ana.client("Ion Popescu")
    ana.say("call", act("schedule_activity", kind="call", time="2026-02-13T10:00"))
    ana.say("note", act("add_note", client="Popescu"))
    assert ana.asked == words("question.note")
    ana.say("likes red")
    assert ana.asked == words("question.client")
    ana.say("Popescu")
    assert (len(driver.notes), len(driver.activities)) == (1, 1)


def test_unknown_name_adds_by_one_press_and_goes_on(driver: ChatDriver, ana: Person) -> None:
    """The typed name becomes a client, and the plan is made; one undo takes both."""
    ana.say("call zamfir", act("schedule_activity", client="Zamfir", kind="call", time="2026-02-13T10:00"))
    assert "I don't know “Zamfir” yet" in ana.last.text
    ana.press("New client: Zamfir")
    assert [one["name"] for one in driver.customers] == ["Zamfir"]
    assert [one["kind"] for one in driver.activities] == [Kind.CALL]
    ana.press("Undo")
    assert (driver.customers, driver.activities) == ([], [])


def test_two_conversations_do_not_meet(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Each person's question is answered by that person alone."""
    ana.client("Ion Popescu")
    mihai.client("Maria Rus")
    ana.say("call", act("schedule_activity", kind="call", time="2026-02-13T10:00"))
    mihai.say("sun", act("schedule_activity", kind="meeting", time="2026-02-13T10:00"))
    mihai.say("Maria")
    ana.say("Popescu")
    assert [one["agent_id"] for one in driver.activities] == [mihai.agent.id, ana.agent.id]


def test_a_refused_act_does_not_stop_the_next(driver: ChatDriver, ana: Person) -> None:
    """Where the first act of a message cannot be done, the second is, and both are told."""
    ana.client("Ion Popescu")
    answer = ana.say("both", act("cancel_activity", client="Popescu"), CALL)
    assert words("error.nothing_planned") in answer
    assert "In the agenda" in answer
    assert len(driver.activities) == 1


def test_a_conversation_of_another_version_begins_anew(driver: ChatDriver, ana: Person) -> None:
    """What an older program left of a conversation does not lock the person out."""
    ana.say("call", act("schedule_activity", kind="call"))
    with driver.database.engine.begin() as connection:
        connection.execute(sa.update(queues.conversations).values(state={"forms": [{"no": "such field"}]}))
    assert ana.say("/overdue") == words("overdue.none")


def test_a_correction_leaves_the_moment_of_what_was_logged(driver: ChatDriver, ana: Person, clock: FakeClock) -> None:
    """Correcting the follow-up of a message does not move the call that the same message logged."""
    ana.client("Ion Popescu")
    ana.say(
        "called Popescu, meet friday 10",
        act("log_activity", client="Popescu", kind="call"),
        act("schedule_activity", client="Popescu", kind="meeting", time="2026-02-13T10:00"),
    )
    logged = driver.activities[0]["starts_at"]
    clock.advance(minutes=10)
    ana.say("no, make it 11")
    assert {one["starts_at"] for one in driver.activities if one["kind"] is Kind.CALL} == {logged}


def test_no_to_the_only_near_name_asks_who(driver: ChatDriver, ana: Person) -> None:
    """Whoever is not the one offered is asked for anew, and nobody is taken instead."""
    ana.client("Ion Popescu")
    ana.say("call popesku tomorrow", act("schedule_activity", client="popesku", kind="call", time="2026-02-12"))
    assert words("question.client") in ana.say("no", act("deny"))
    assert driver.activities == []


def test_a_command_is_no_name(driver: ChatDriver, ana: Person) -> None:
    """While a name is asked for, words that name somebody and ask for something are done, and the question comes back."""
    ana.client("Ion Popescu")
    maria = ana.client("Maria Rusu")
    ana.say("call", act("schedule_activity", kind="call"))
    answer = ana.say("note on Rusu: likes red", act("add_note", client="Rusu", note="likes red"))
    assert [one["customer_id"] for one in driver.notes] == [maria.id]
    assert words("question.client") in answer
    ana.say("Popescu", act("inform", client="Popescu"))
    assert words("question.when") in ana.last.text
