"""Another agent's customer is in no answer of the chat: each flow and each button says what it says where there is none.

Two houses are the same but for one thing: in one a colleague has a customer, in the other nobody has. Whatever Ana
writes or presses, forged or old, she must read the same in both. A new flow or button is walked without being listed.
"""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.understanding.acts import INTENTS
from bot.understanding.intents import ALLOWED
from domain.customers import ContactPerson, Vehicle
from domain.ports import Defaults
from domain.reports.subscriptions import Recurrence, Subscription
from domain.requests import ClientRequest
from domain.team import AgentStatus
from storage.database import Database
from storage.tables import business, metadata, queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.conftest import ANA, MIHAI
from tests.bot.scripted import ScriptedUnderstander, act
from tests.factories import NOW, keep, make_activity, make_card, make_customer, make_note, make_opportunity
from tests.fakes import FakeClock, FakeHolidays
from tests.storage.test_no_leak import planted

NAME, PHONE, EMAIL = "Zamfirescu", "+40799345671", "victor.z@example.ro"
SECRETS = ("Victor", "Dana Z", "799 345", "…671", "Secretmodel", "hush")
BY_NUMBER = frozenset({"add_client", "update_client", "edit_client"})  # whose a known number is, is told by design
TOLD_OF_OWNER = frozenset({"client.ask_director", "client.reach", "client.reach_replace", "client.take"})
VALUES: dict[str, Any] = {
    "client": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "agent": "Mihai",
    "from_agent": "Mihai",
    "kind": "call",
    "time": {"value": "2026-02-13T10:00", "grain": "minute"},
    "period": {"from": "2026-02-01", "to": "2026-02-28"},
    "importance": "high",
    "outcome": "reached",
    "note": "likes red",
    "source": "event",
    "model": "Duster",
    "stage": "offer",
    "loss_reason": "price",
    "portfolio": "company",
}
VARIANTS: tuple[frozenset[str], ...] = (
    frozenset({"client"}),
    frozenset({"client", "kind", "time", "outcome", "note", "model", "stage", "loss_reason", "source"}),
    frozenset({"client", "portfolio"}),
    frozenset({"client", "agent", "from_agent"}),
    frozenset({"agent", "from_agent", "period", "kind"}),
    frozenset({"phone"}),
    frozenset({"email"}),
    frozenset({"client", "phone", "email"}),
)
Said = tuple[str, str, tuple[str, ...]]


class House:
    """A dealership with Ana, Mihai and what is Mihai's; `empty` is without it, though its ids were given once."""

    def __init__(self, template: Path, path: Path, runner: asyncio.Runner, *, empty: bool) -> None:
        shutil.copy(template, path)
        url = f"sqlite:///{path}"
        self.database = Database(url, clock=FakeClock(), defaults=Defaults(), holidays=FakeHolidays())
        self.driver = ChatDriver(self.database, ScriptedUnderstander(), runner)
        self.ana = self.driver.person(ANA).joined(name="Ana Ionescu")
        self.mihai = self.driver.person(MIHAI).joined(name="Mihai Radu")
        self.own = self.ana.client("Own One")
        self.ids = self._plant()
        if empty:
            self._remove()
        self._seen = 0
        self._cards = 0
        self.news()

    def _plant(self) -> dict[str, Any]:
        owner = self.mihai.agent.id
        one = make_customer(
            name=f"Victor {NAME}", owner_id=owner, phones=(PHONE,), emails=(EMAIL,), town="hush", interest="Secretmodel"
        )
        one.contacts, one.vehicles = [ContactPerson(f"Dana {NAME}")], [Vehicle("Secretmodel", NOW)]
        keep(self.database, one)
        activity = make_activity(agent_id=owner, customer_id=one.id, title="hush")
        deal = make_opportunity(customer_id=one.id, owner_id=owner, net=77, model="Secretmodel")
        keep(self.database, activity, deal, make_note(customer_id=one.id, author_id=owner, text="hush"))
        with self.database.command_unit("ask") as unit:
            request = ClientRequest(customer_id=one.id, agent_id=owner, created_at=NOW)
            unit.customers.add_request(request)
        with self.database.command_unit("mihai") as unit:  # a turn of Mihai's
            unit.actor_id = owner
            note = make_note(customer_id=self.own.id, author_id=owner, text="a turn that is not Ana's")
            unit.customers.add_note(note)
            turn = unit.turn_id
            subscription = Subscription(owner, {"name": "client_sheet"}, Recurrence.DAILY, time(8), NOW)
            unit.subscriptions.add(subscription)
        ids = {"customers": one.id, "opportunities": deal.id, "agents": owner}
        return {
            "offer": planted(self.database, "offers", ids),
            "order": planted(self.database, "orders", ids),
            "paper": planted(self.database, "configurations", ids),
            "absence": planted(self.database, "absences", ids),
            "closure": planted(self.database, "closures", ids),
            "id": subscription.id,
            "customer": one.id,
            "customer_id": one.id,
            "contact": one.contacts[0].id,
            "vehicle": one.vehicles[0].id,
            "activity": activity.id,
            "deal": deal.id,
            "request": request.id,
            "keep": self.own.id,
            "gone": one.id,
            "turn": turn,
        }

    def _remove(self) -> None:
        with self.database.engine.begin() as connection:
            kept = business.customers.c.id != self.ids["customer"]
            of_it = [table for table in metadata.sorted_tables if "customer_id" in table.c]
            connection.execute(sa.delete(business.stage_changes))
            connection.execute(sa.delete(metadata.tables["report_subscriptions"]))
            for table in reversed(of_it):
                connection.execute(sa.delete(table).where(table.c.customer_id == self.ids["customer"]))
            connection.execute(sa.delete(business.customers).where(~kept))

    def news(self) -> list[Said]:
        """What Ana was told since the last look: kind, text and buttons of each message."""
        rows = self.driver.rows(queues.outbox, queues.outbox.c.id > self._seen)
        self._seen = max([self._seen, *(row["id"] for row in rows)])
        return [_said(row) for row in rows if row["chat_id"] == ANA]

    def say(self, intent: str, entities: dict[str, Any]) -> list[Said]:
        """A message that means this."""
        text = f"{intent} {' '.join(str(entities.get(name, '')) for name in ('client', 'phone', 'email'))}"
        self.ana.say(text, act(intent, text, **entities))
        return self.news()

    def press(self, name: str, args: dict[str, Any]) -> list[Said]:
        """A button of Ana's with whatever arguments."""
        self._cards += 1
        token = f"forged{self._cards}"
        card = make_card(agent_id=self.ana.agent.id, token=token, actions=[{"do": name, "args": args}], chat_id=ANA)
        with self.database.command_unit("forge") as unit:
            unit.add_card(card)
        self.ana.press_data(f"{token}:1:0")
        return [*self.news(), ("toast", str(self.ana.toast), ())]

    def press_newest(self) -> list[Said]:
        """The first buttons of what stands last in the chat."""
        told: list[Said] = []
        shown = self.ana.shown[-1] if self.ana.shown else None
        buttons = [one for row in shown.keyboard for one in row if "callback_data" in one] if shown else []
        for button in buttons[:4]:
            self.ana.press_data(button["callback_data"], shown.message_id if shown else 1)
            told += self.news()
        return told

    def reset(self) -> None:
        """Nothing is open any more."""
        self.ana.say("cancel", act("cancel"))
        self.ana.say("cancel", act("cancel"))
        self.news()


def _said(row: dict[str, Any]) -> Said:
    keyboard = row["payload"].get("reply_markup", {}).get("inline_keyboard", [])
    labels = tuple(button["text"] for line in keyboard for button in line)
    return str(row["kind"]), str(row["payload"].get("text", "")), labels


@pytest.fixture
def houses(sqlite_template: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[tuple[House, House]]:
    """With Mihai's customer, and without."""
    pair = (
        House(sqlite_template, tmp_path / "with.db", runner, empty=False),
        House(sqlite_template, tmp_path / "without.db", runner, empty=True),
    )
    yield pair
    for house in pair:
        house.database.close()


def flows() -> list[str]:
    """Every intent that a message can have; what only buttons open is walked with the buttons."""
    return sorted(INTENTS & _register().flows.keys())


def presses() -> list[str]:
    """Every button that there is."""
    return sorted(_register().presses)


def _register() -> Any:
    from bot.flows.register import build_chat  # noqa: PLC0415

    return build_chat(ScriptedUnderstander())._register


def no_secret(said: list[Said], *typed: str) -> None:
    """Nothing that Ana has not typed herself."""
    secrets = [secret for secret in SECRETS if not any(secret.replace(" ", "") in one for one in typed)]
    assert [secret for secret in secrets if secret in str(said)] == []


@pytest.mark.parametrize("intent", flows())
def test_flows(houses: tuple[House, House], intent: str) -> None:
    """A message that names the customer, the number or the colleague, and the presses that follow."""
    allowed = ALLOWED.get(intent, frozenset({"client", "kind", "time"}))
    for variant in VARIANTS:
        entities = {name: VALUES[name] for name in variant & allowed}
        here, nowhere = (house.say(intent, entities) for house in houses)
        typed = [str(value) for value in entities.values()]
        no_secret(here, *typed)
        if not (intent in BY_NUMBER and {"phone", "email"} & entities.keys()):
            assert here == nowhere
            here, nowhere = (house.press_newest() for house in houses)
            no_secret(here, *typed)
            assert here == nowhere
        for house in houses:
            house.reset()


@pytest.mark.parametrize("name", presses())
def test_forged_buttons(houses: tuple[House, House], name: str) -> None:
    """Any button with the ids of what is Mihai's, as an old card of a customer that was handed over has them."""
    here, nowhere = (house.press(name, forged(house.ids, name)) for house in houses)
    no_secret(here)
    if name not in TOLD_OF_OWNER:
        assert here == nowhere
    business_here = houses[0].driver.rows(business.customers)
    assert [row["owner_id"] for row in business_here if row["id"] == houses[0].ids["customer"]] == [
        houses[0].mihai.agent.id
    ]
    assert "a turn that is not Ana's" in {row["text"] for row in houses[0].driver.notes}


def forged(ids: dict[str, Any], name: str) -> dict[str, Any]:
    """Arguments for any button; a key that no button has had so far must be added here."""
    own_words = {
        "preference.set": {"language": "en"},
        "activity.importance_set": {**ids, "to": "high"},
        "activity.move_to": {**ids, "at": "2026-02-13"},
        "order.fleet": {**ids, "papers": [ids["paper"]]},
        "order.pay": {**ids, "payment": "cash"},
        "stock.order": {**ids, "vin": "VF1XXXXXXXX000001"},
        "client.kind": {**ids, "kind": "company"},
        "client.reach_first": {**ids, "field": "phone", "value": PHONE},
        "report.other": {"request": {"name": "client_sheet", "customer_ids": [ids["customer"]]}, "format": "pdf"},
        "client.reach_remove": {**ids, "field": "phone", "value": PHONE},
    }
    usual = {
        "agent": 1,
        "answered": False,
        "approved": True,
        "at": 0,
        "client": NAME,
        "deputy": True,
        "field": "town",
        "files": [987_654],
        "filter": {},
        "first": "2026-02-01",
        "flow": "add_note",
        "form": 1,
        "from": 2,
        "given": True,
        "kind": "call",
        "language": "en",
        "last": "2026-02-28",
        "model": "Duster",
        "name": NAME,
        "offset": 0,
        "page": 0,
        "paused": True,
        "portfolio": "personal",
        "purpose": "contact",
        "reason": "price",
        "relationship": "active",
        "slot": "customer_id",
        "step": "model",
        "source": "event",
        "stage": "offer",
        "text": "x",
        "to": 1,
        "trade_in": True,
        "value": "high",
        "values": {"customer_id": ids["customer"], "note": "x"},
        "version": 1,
        "way": "phone",
    }
    return own_words.get(name, {**usual, **ids})


def test_a_forged_answer_to_an_open_question(houses: tuple[House, House]) -> None:
    """The customer that is put into an open form is looked at anew."""
    told = []
    for house in houses:
        house.say("schedule_activity", {"kind": "call", "time": VALUES["time"]})
        form = house.driver.rows(queues.conversations)[0]["state"]["forms"][-1]
        args = {"form": form["id"], "slot": "customer_id", "values": {"customer_id": house.ids["customer"]}}
        told.append(house.press("form.answer", args))
    no_secret(told[0])
    assert told[0] == told[1]
    assert [row["agent_id"] for row in houses[0].driver.activities] == [houses[0].mihai.agent.id]


def test_anothers_card(houses: tuple[House, House]) -> None:
    """A press on somebody else's card does nothing and tells nothing."""
    house = houses[0]
    house.mihai.say("show", act("show_client", client=NAME))
    before = house.driver.business()
    for row in house.mihai.last.keyboard:
        for button in row:
            if "callback_data" in button:
                assert house.ana.press_data(button["callback_data"]) == ""
                assert house.ana.toast == words("press.unknown")
    assert house.driver.business() == before


def test_an_old_card_of_ones_own(houses: tuple[House, House]) -> None:
    """Handed over meanwhile: every button of the card says that there is nothing."""
    house = houses[0]
    house.ana.say("own", act("show_client", client="Own One"))
    old = house.ana.last
    with house.database.command_unit("hand over") as unit:
        customer = unit.customers.get(house.own.id)
        assert customer
        customer.owner_id = house.mihai.agent.id
    before = house.driver.business()
    for button in [one for row in old.keyboard for one in row if "callback_data" in one]:
        assert "Own One" not in house.ana.press_data(button["callback_data"], old.message_id)
        house.reset()
    assert house.driver.business() == before


@pytest.mark.parametrize("suspended", [True, False])
def test_who_is_not_let_in(houses: tuple[House, House], *, suspended: bool) -> None:
    """A suspended agent and a stranger read one line, whatever they write or press."""
    house = houses[0]
    person: Person = house.ana if suspended else house.driver.person(99)
    if suspended:
        with house.database.command_unit("suspend") as unit:
            agent = unit.team.get(house.ana.agent.id)
            assert agent
            agent.status = AgentStatus.SUSPENDED
    house.mihai.say("show", act("show_client", client=NAME))
    data, _ = house.mihai.button("History")
    line = words("stranger.suspended" if suspended else "stranger.line")
    for intent in flows():
        assert person.say(f"{intent} {NAME}", act(intent, client=NAME)) == line
    assert person.press_data(data) == line
