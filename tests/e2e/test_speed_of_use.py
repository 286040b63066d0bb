"""What each everyday task costs in messages and presses, on the whole stack, as `docs/speed.md` promises it."""

import re
import time as clock
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import httpx
import pytest

from domain.agenda import Kind
from domain.customers import find_by_name
from domain.opportunities import LossReason, Stage
from domain.ports import Defaults
from presales.clocks import SystemClock
from presales.nlu_process import NluProcess
from presales.wiring import LegalHolidays
from storage.database import Database
from storage.turns import Turn
from tests.e2e.stack_process import ROOT, StackProcess

pytestmark = [pytest.mark.e2e, pytest.mark.nlu]

ANA = 1001
PATIENCE = 15.0
TUESDAY = date(2026, 12, 8)
NAME = "Vasilescu"


class CountedPhone:
    """Ana's phone by the JSON API of the sandbox's page; counts what she types and presses."""

    def __init__(self, client: httpx.Client) -> None:
        self._http = client
        self.typed: list[str] = []
        self.pressed: list[str] = []

    def say(self, text: str, *, holding: str = "") -> str:
        """Type a message and give the answer that holds these words."""
        seen = self._seen()
        self._http.post("/text", json={"text": text}).raise_for_status()
        self.typed.append(text)
        return self._answer(seen, holding)

    def press(self, label: str, *, holding: str) -> str:
        """Press the newest button with this label and give the answer that holds these words."""
        seen = self._seen()
        for message in reversed(self._messages()):
            for row, buttons in enumerate(message.get("reply_markup", {}).get("inline_keyboard", [])):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        where = {"message_id": message["message_id"], "row": row, "column": column}
                        self._http.post("/press", json=where).raise_for_status()
                        self.pressed.append(label)
                        return self._answer(seen, holding)
        raise AssertionError(label)

    def wait_for(self, words: str) -> None:
        """Until a message with these words stands in the chat."""
        self._answer(0, words)

    def _messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._http.get("/messages", params={"after": 0}).json()["messages"]
        return found

    def _seen(self) -> int:
        return max((message["seq"] for message in self._messages()), default=0)

    def _answer(self, seen: int, holding: str) -> str:
        until = clock.monotonic() + PATIENCE
        while clock.monotonic() < until:
            for message in self._messages():
                if message["seq"] > seen and message["from"] == "bot" and holding in message["text"]:
                    return str(message["text"])
            clock.sleep(0.05)
        raise AssertionError("no answer came")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackProcess]:
    """Everything that `presales run --sandbox` runs, with its demo data, on a working day."""
    if missing := NluProcess().missing():
        pytest.skip(f"understood by the trained model: {missing}")
    running = StackProcess(tmp_path_factory.mktemp("speed"))
    running.start()
    running.at(TUESDAY, time(10, 0))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def phone(stack: StackProcess) -> Iterator[CountedPhone]:
    """One phone for the whole story: each task goes on from the one before."""
    with httpx.Client(base_url=f"{stack.url}/phone/api/people/{ANA}", timeout=PATIENCE) as client:
        counted = CountedPhone(client)
        counted.wait_for("Good morning")  # the morning's push, which must not be taken for an answer
        yield counted


def promised() -> dict[str, tuple[int, int, str]]:
    """The table of `docs/speed.md`: messages, presses and the example of each task."""
    rows = re.findall(
        r"^\| (.+?) \| (\d) \| (\d) \| (.+?) \|$",
        (ROOT / "docs" / "speed.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return {what: (int(messages), int(presses), example) for what, messages, presses, example in rows}


def look(stack: StackProcess, found: Callable[[Turn], object]) -> object:
    """What the database holds."""
    database = Database(stack.database_url, clock=SystemClock(), defaults=Defaults(), holidays=LegalHolidays("RO"))
    try:
        with database.command_unit("look") as unit:
            return found(unit)
    finally:
        database.close()


def customer_id(unit: Turn) -> int:
    """The one whom the story is about."""
    (agent,) = [agent for agent in unit.team.all() if agent.telegram_user_id == ANA]
    only = find_by_name(unit, agent, NAME).only
    assert only is not None
    return only.id


def deal(unit: Turn) -> Any:
    """Their deal."""
    (only,) = unit.opportunities.of_customer(customer_id(unit))
    return only


# In the order of the story: what is done, and what the database must hold afterwards.
STORY: list[tuple[str, Callable[[Turn], object], object]] = [
    ("add a customer", lambda unit: unit.customers.get(customer_id(unit)).phones[0].e164, "+40744555123"),  # type: ignore[union-attr]
    (
        "log a call with its result and a follow-up",
        lambda unit: sorted(one.status.value for one in unit.activities.of_customer(customer_id(unit), limit=9)),
        ["done", "planned"],
    ),
    ("open a deal", lambda unit: (deal(unit).stage, deal(unit).value.minor), (Stage.NEW, 2_200_000)),
    ("correct a slip by saying it", lambda unit: deal(unit).value.minor, 2_300_000),
    ("change its stage", lambda unit: deal(unit).stage, Stage.NEGOTIATION),
    (
        "lose it, with the reason",
        lambda unit: (deal(unit).stage, deal(unit).loss_reason),
        (Stage.LOST, LossReason.PRICE),
    ),
    ("correct a slip by undo", lambda unit: deal(unit).stage, Stage.NEGOTIATION),
]


@pytest.mark.parametrize(("task", "found", "expected"), STORY, ids=[task for task, _, _ in STORY])
def test_a_task_costs_what_is_promised(
    stack: StackProcess, phone: CountedPhone, task: str, found: Callable[[Turn], object], expected: object
) -> None:
    """The example of the table alone, by as many messages and presses, leaves the database as it should be."""
    messages, presses, example = promised()[task]
    phone.typed, phone.pressed = [], []
    if presses:
        phone.press(example, holding="Undone")
    else:
        phone.say(example)
    assert look(stack, found) == expected
    assert (len(phone.typed), len(phone.pressed)) == (messages, presses)


def test_a_phone_number_is_found_by_one_message(phone: CountedPhone) -> None:
    """The number stands in the answer, as text that can be tapped."""
    messages, presses, example = promised()["find a phone number"]
    phone.typed, phone.pressed = [], []
    assert phone.say(example, holding="+40 744 555 123")
    assert (len(phone.typed), len(phone.pressed)) == (messages, presses)


def test_every_promise_is_proven() -> None:
    """A line of the table without a test is a claim."""
    assert set(promised()) == {task for task, _, _ in STORY} | {"find a phone number"}


def test_the_follow_up_stands_in_the_agenda(stack: StackProcess) -> None:
    """What one message planned is a call on Friday at ten, which is eight in UTC."""
    planned = look(
        stack,
        lambda unit: [
            (one.kind, one.starts_at and one.starts_at.hour, one.day.isoweekday())
            for one in unit.activities.of_customer(customer_id(unit), limit=9)
            if one.status.value == "planned"
        ],
    )
    assert planned == [(Kind.CALL, 8, 5)]
