"""All parts of one running sandbox, put together."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sandbox.chats import Chats
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.hub import Hub
from sandbox.people import Person
from sandbox.sales_demo import launched_elsewhere
from sandbox.sales_orders import Orders
from sandbox.sales_reservations import Reservations
from sandbox.showroom import Showroom
from sandbox.store import Store
from sandbox.updates import Updates


@dataclass(frozen=True, slots=True)
class World:
    """The state that every address of the sandbox works on."""

    store: Store
    clock: Clock
    hub: Hub
    updates: Updates
    files: Files
    faults: Faults
    chats: Chats
    showroom: Showroom
    reservations: Reservations
    orders: Orders

    @classmethod
    def open(cls, data_dir: Path, people: list[Person]) -> "World":
        """Open what a data directory holds; people that it does not know yet are added."""
        store = Store(data_dir)
        for person in people:
            if person.id not in store.people:
                store.save_person(person)
        clock = Clock(timedelta(seconds=store.get("clock_offset", 0)))
        hub, updates, files = Hub(), Updates(store), Files(store)
        chats = Chats(store=store, clock=clock, hub=hub, updates=updates, files=files)
        showroom = Showroom(store, clock)
        reservations = Reservations(store=store, clock=clock, showroom=showroom)
        orders = Orders(store=store, clock=clock, showroom=showroom, reservations=reservations)
        launched_elsewhere(orders, showroom)
        return cls(store, clock, hub, updates, files, Faults(), chats, showroom, reservations, orders)

    def end_waiting(self) -> None:
        """Answer open polls and end event streams, so that the server can stop at once."""
        self.hub.close()
        self.updates.close()
