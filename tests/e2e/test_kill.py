"""Nothing acknowledged is lost and nothing is done twice, though the bot is killed again and again."""

import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.tables import business, queues
from tests.e2e.bot_process import BotProcess, Phones, arrange, numbers, open_database
from tests.e2e.sandbox_process import SandboxProcess

pytestmark = pytest.mark.e2e

UPDATES, KILLS = 300, 20
PEOPLE = {2000 + number: f"Agent {number}" for number in range(20)}
WORKING = 1.6  # seconds of work in the longest life; the shortest end while the bot is starting
PATIENCE = 90.0


def test_three_hundred_updates_through_twenty_kills(tmp_path: Path, sandbox_server: SandboxProcess) -> None:
    """Every update is answered, and each note and client that was asked for exists exactly once."""
    data_dir = tmp_path / "data"
    arrange(data_dir, PEOPLE)
    phones = Phones(sandbox_server.url)
    for person, name in PEOPLE.items():
        phones.add(person, name)
    chance = random.Random(20)  # noqa: S311  the same moments at every run
    bot = BotProcess(data_dir, sandbox_server.url)
    database = open_database(data_dir)
    struck = 0  # kills that met unfinished work
    try:
        starting = seconds_to_start(bot, phones)
        lives = (starting / 3, starting + WORKING)
        feeding = threading.Thread(target=feed, args=(Phones(sandbox_server.url), KILLS * sum(lives) / 2))
        feeding.start()
        for number in range(KILLS):
            bot.start()
            time.sleep(chance.uniform(*lives))
            if number % 2:
                wait_for_work(database.engine)
            bot.kill()
            struck += unfinished(database.engine) > 0
        feeding.join()
        assert struck >= KILLS / 4
        bot.start()
        wait_until_done(database.engine)
        with database.engine.connect() as connection:
            notes = Counter(connection.scalars(sa.select(business.notes.c.text)))
            names = Counter(connection.scalars(sa.select(business.customers.c.name)))
        assert notes == Counter(f"fact {number}" for number in range(0, UPDATES, 2))
        del names["Ion Popescu"]
        assert names == Counter(f"Client{number} Kill" for number in range(1, UPDATES, 2))
        heard = [text for person in PEOPLE for text in phones.heard(person)]
        answered = numbers(heard, r"(?:fact |Client)(\d+)")
        assert set(answered) == set(range(UPDATES))
    finally:
        bot.stop()
        phones.close()
        database.close()


def seconds_to_start(bot: BotProcess, phones: Phones) -> float:
    """How long this machine needs from the start to the first answer; the bot is killed after it."""
    person = next(iter(PEOPLE))
    phones.say(person, "/agenda")
    begun = time.monotonic()
    bot.start()
    while not phones.heard(person):
        assert time.monotonic() - begun < PATIENCE, bot.log()
        time.sleep(0.05)
    bot.kill()
    return time.monotonic() - begun


def feed(phones: Phones, seconds: float) -> None:
    """Write three hundred messages from twenty people while the bot comes and goes."""
    people = list(PEOPLE)
    for number in range(UPDATES):
        text = f"new client Client{number} Kill" if number % 2 else f"note on Popescu: fact {number}"
        phones.say(people[number % len(people)], text)
        time.sleep(seconds / UPDATES)
    phones.close()


def unfinished(engine: sa.Engine) -> int:
    """How many turns wait, and how many messages are not known to be out."""
    turns = sa.select(sa.func.count()).where(queues.inbox.c.state == "pending")
    messages = sa.select(sa.func.count()).where(queues.outbox.c.state.in_(["pending", "sending"]))
    with engine.connect() as connection:
        return (connection.scalar(turns) or 0) + (connection.scalar(messages) or 0)


def wait_for_work(engine: sa.Engine) -> None:
    """Until something is unfinished, or a while has gone by: a quick bot has little to be struck at by chance alone."""
    deadline = time.monotonic() + WORKING
    while not unfinished(engine) and time.monotonic() < deadline:
        time.sleep(0.002)


def wait_until_done(engine: sa.Engine) -> None:
    """Until all updates are in and done, and all that was to be sent is."""
    updates = sa.select(sa.func.count()).where(queues.inbox.c.kind == "update", queues.inbox.c.state == "done")
    unsent = sa.select(sa.func.count()).where(queues.outbox.c.state != "sent")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.scalar(updates) == 1 + UPDATES and connection.scalar(unsent) == 0:
                return
        time.sleep(0.1)
    with engine.connect() as connection:
        raise AssertionError(f"{connection.scalar(updates)} done, {connection.scalar(unsent)} unsent")
