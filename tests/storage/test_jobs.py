"""Jobs and due facts: each once, whoever is killed."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import pytest
import sqlalchemy as sa

from actions.ports import Desk, JobUnit
from actions.runner import Handler, Runner, TwoPart
from domain.messages import Due, EntryKind, Job
from storage.database import Database
from storage.tables import history
from storage.tables import queues as q
from tests.factories import keep_agent, make_customer, make_received
from tests.fakes import FakeClock

T = TypeVar("T")


def _add(database: Database, *keys: str, kind: str = "report") -> None:
    with database.command_unit("ask") as unit:
        for key in keys:
            unit.add_job(kind=kind, key=key, payload={"key": key})


def _claim(database: Database, *kinds: str, lease_seconds: int = 60) -> Job | None:
    return database.jobs.claim(set(kinds or ("report",)), lease_seconds=lease_seconds)


def _run(database: Database, job: Job) -> bool:
    with database.jobs.run(job) as unit:
        return unit is not None


def test_job_of_a_turn_runs_once_and_answers(database: Database) -> None:
    """A job asked for in a turn is claimed once, and its result waits in the inbox of who asked."""
    agent = keep_agent(database)
    database.turns.receive([make_received(1)])
    with database.turns.turn(database.turns.waiting(skip=(), limit=1)[0].id) as turn:
        assert turn is not None
        turn.actor_id = agent.id
        turn.add_job(kind="report", key="report:1", payload={"days": 7})
        turn.add_job(kind="report", key="report:1", payload={"days": 8})
    job = _claim(database)
    assert job is not None
    assert (job.payload, job.attempts, job.person, job.actor_id) == ({"days": 7}, 1, 7, agent.id)
    assert _claim(database) is None
    with database.jobs.run(job) as unit:
        assert unit is not None
        unit.result({"rows": 3})
    assert not _run(database, job)
    (entry,) = database.turns.waiting(skip=(), limit=10)
    assert (entry.kind, entry.person, entry.payload) == (EntryKind.RESULT, 7, {"rows": 3})


def test_job_without_result_says_nothing(database: Database) -> None:
    """A job that gives no result is done and leaves nothing waiting."""
    _add(database, "a")
    job = _claim(database)
    assert job is not None
    assert _run(database, job)
    assert database.turns.waiting(skip=(), limit=10) == []
    assert _claim(database) is None


def test_only_kinds_that_the_server_knows(database: Database) -> None:
    """A server claims its own kinds of job, the oldest first."""
    _add(database, "import:1", kind="import")
    _add(database, "report:1", "report:2")
    claimed = [_claim(database, "report"), _claim(database, "report", "import")]
    assert [job and job.payload["key"] for job in claimed] == ["report:1", "import:1"]
    assert _claim(database, "other") is None


def test_lease_that_ended_is_claimed_by_another(database: Database, clock: FakeClock) -> None:
    """A killed server's job is claimed again after its lease, and the first one can no longer complete it."""
    _add(database, "a")
    lost = _claim(database, lease_seconds=60)
    assert lost is not None
    clock.advance(seconds=59)
    assert _claim(database) is None
    clock.advance(seconds=1)
    taken = _claim(database, lease_seconds=60)
    assert taken is not None
    assert (taken.id, taken.attempts) == (lost.id, 2)
    assert not _run(database, lost)
    assert _run(database, taken)


def test_postponed_job_waits(database: Database, clock: FakeClock) -> None:
    """A job whose run failed is claimed again when its time has come."""
    _add(database, "a")
    job = _claim(database)
    assert job is not None
    database.jobs.postpone(job.id, seconds=30, error="TimeoutError")
    assert _claim(database) is None
    clock.advance(seconds=30)
    again = _claim(database)
    assert again is not None
    assert again.attempts == 2


def test_job_given_up_tells_the_chat_once(database: Database) -> None:
    """A job without a further try tells its person, and is never claimed again."""
    _add(database, "a")
    job = _claim(database)
    assert job is not None
    for _ in range(2):
        database.jobs.give_up(job.id, error="BadRequest", result={"failed": True})
    assert [entry.payload for entry in database.turns.waiting(skip=(), limit=10)] == [{"failed": True}]
    assert _claim(database) is None
    assert not _run(database, job)


def test_a_file_that_nobody_will_read_is_not_kept(database: Database) -> None:
    """With the job that was to read it, the file is given up too: photos and codes may stand in it."""
    with database.command_unit("ask") as unit:
        file_id = unit.add_file(name="a.vcf", media_type="text/vcard", data=b"BEGIN:VCARD")
        unit.add_job(kind="report", key="a", payload={"file_id": file_id})
    job = _claim(database)
    assert job is not None
    database.jobs.give_up(job.id, error="ValueError", result={"failed": True})
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(q.files)) == 0


def test_a_job_that_ends_its_server_each_time_is_given_up(database: Database, clock: FakeClock) -> None:
    """A job whose servers were all killed is told as failed in the end, and not run for ever."""
    _add(database, "a")
    ran: list[int] = []
    for _ in range(9):  # claimed, and killed
        job = _claim(database)
        assert job is not None
        clock.advance(seconds=61)
    job = _claim(database)
    assert job is not None
    _serve(database, job, lambda _unit, job: ran.append(job.id))
    assert ran == []
    assert [entry.payload["failed"] for entry in database.turns.waiting(skip=(), limit=10)] == [True]


def _serve(database: Database, job: Job, handler: Handler | TwoPart) -> None:
    """Let an action server run the job."""
    runner = Runner(
        database.jobs,
        {"report": handler},
        done=list,
        run_blocking=_at_once,
        compute=lambda function, *args: function(*args),
    )
    asyncio.run(runner._one(job))


def test_a_slow_part_holds_no_transaction(database: Database) -> None:
    """It runs before the job's transaction, where others write meanwhile, and its outcome is handed on."""
    with database.command_unit("ask") as unit:
        file_id = unit.add_file(name="a.csv", media_type="text/csv", data=b"Name")
        unit.add_job(kind="report", key="a", payload={"file_id": file_id})
    job = _claim(database)
    assert job is not None

    def prepare(desk: Desk, job: Job) -> bytes:
        keep_agent(database)
        return desk.compute(bytes.upper, desk.file(job.payload["file_id"])[1])

    def handle(unit: JobUnit, job: Job, prepared: bytes) -> None:
        unit.result({"kind": job.kind, "said": prepared.decode()})

    _serve(database, job, TwoPart(prepare, handle))
    assert [entry.payload["said"] for entry in database.turns.waiting(skip=(), limit=10)] == ["NAME"]


def test_a_slow_part_that_fails_is_tried_again(database: Database, clock: FakeClock) -> None:
    """The job waits, and goes on at the next claim."""
    _add(database, "a")
    job = _claim(database)
    assert job is not None
    _serve(database, job, TwoPart(lambda _desk, _job: 1 / 0, lambda _unit, _job, _prepared: None))
    assert _claim(database) is None
    clock.advance(seconds=10)
    assert _claim(database) == replace(job, attempts=2)


def test_a_job_of_many_steps_lets_others_in_between(database: Database) -> None:
    """Who was claimed least is first, so that nobody waits for the end of a long import."""
    _add(database, "long")
    long = _claim(database)
    assert long is not None
    with database.jobs.run(long) as unit:
        assert unit is not None
        unit.again({"key": "long"})
    _add(database, "short")
    assert [job.payload["key"] for job in (_claim(database), _claim(database)) if job] == ["short", "long"]


async def _at_once(function: Callable[[], T]) -> T:
    return function()


def test_failed_run_leaves_nothing(database: Database) -> None:
    """A job whose code raises has changed nothing, and can run again under the same claim."""
    _add(database, "a")
    job = _claim(database)
    assert job is not None
    with pytest.raises(ZeroDivisionError), database.jobs.run(job) as unit:  # noqa: PT012  it must come from within
        assert unit is not None
        unit.customers.add(make_customer())
        unit.result({})
        raise ZeroDivisionError
    assert database.turns.waiting(skip=(), limit=10) == []
    assert _run(database, job)


def test_changes_of_a_job_and_of_its_result_are_one_turn(database: Database) -> None:
    """What a job changes is kept under the result's entry, and the turn that tells of it goes on counting."""
    agent = keep_agent(database)
    database.turns.receive([make_received(1)])
    with database.turns.turn(database.turns.waiting(skip=(), limit=1)[0].id) as turn:
        assert turn is not None
        turn.actor_id = agent.id
        turn.add_job(kind="report", key="import:1", payload={})
    job = _claim(database)
    assert job is not None
    with database.jobs.run(job) as unit:
        assert unit is not None
        unit.customers.add(make_customer())
        unit.result({})
    (entry,) = database.turns.waiting(skip=(), limit=10)
    with database.turns.turn(entry.id) as turn:
        assert turn is not None
        turn.actor_id = agent.id
        turn.customers.add(make_customer())
    with database.engine.connect() as connection:
        mine = sa.select(history.audit.c.step, history.audit.c.agent_id).where(history.audit.c.turn_id == entry.id)
        assert connection.execute(mine.order_by(history.audit.c.step)).all() == [(1, agent.id), (2, agent.id)]


def test_job_reads_and_keeps_files(database: Database) -> None:
    """A job gets a kept file by its id, and an unknown id is a LookupError."""
    with database.command_unit("ask") as asking:
        file_id = asking.add_file(name="list.vcf", media_type="text/vcard", data=b"BEGIN:VCARD")
        asking.add_job(kind="report", key="a", payload={"file": file_id})
    job = _claim(database)
    assert job is not None
    with database.jobs.run(job) as unit:
        assert unit is not None
        assert unit.file(file_id) == ("list.vcf", b"BEGIN:VCARD")
        assert unit.add_file(name="x.pdf", media_type="application/pdf", data=b"%PDF") > file_id
        with pytest.raises(LookupError):
            unit.file(999)


def test_servers_at_once_never_share_a_job(database: Database) -> None:
    """Eight servers that claim at once take eight different jobs, or none."""
    _add(database, *"abcde")
    barrier = threading.Barrier(8)

    def claim(_: int) -> Job | None:
        barrier.wait()
        return _claim(database)

    with ThreadPoolExecutor(8) as pool:
        claimed = [job.id for job in pool.map(claim, range(8)) if job]
    rest = []
    while job := _claim(database):
        rest.append(job.id)
    assert sorted(claimed + rest) == [1, 2, 3, 4, 5]


def _due(agent_id: int, **values: str) -> Due:
    usual = {"local_date": "2026-02-11", "kind": "agenda", "subject": ""}
    return Due(agent_id=agent_id, person=7, payload={"items": 3}, **usual | values)


def test_due_fact_is_told_once(database: Database) -> None:
    """A fact becomes one inbox entry, however often and in how many threads the scheduler ticks."""
    agent = keep_agent(database)

    def tick(_: int) -> bool:
        with database.due.tick() as unit:
            return unit.add_due(_due(agent.id))

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(tick, range(10))) == [False] * 9 + [True]
    (entry,) = database.turns.waiting(skip=(), limit=10)
    assert (entry.kind, entry.person) == (EntryKind.DUE, 7)
    assert entry.payload == {
        "agent_id": agent.id,
        "local_date": "2026-02-11",
        "kind": "agenda",
        "subject": "",
        "items": 3,
    }


def test_facts_differ_by_day_kind_and_subject(database: Database) -> None:
    """Another day, kind, subject or agent is another fact."""
    ana, mihai = keep_agent(database), keep_agent(database, telegram_user_id=8)
    facts = [_due(ana.id), _due(ana.id, local_date="2026-02-12"), _due(ana.id, kind="reminder"), _due(mihai.id)]
    facts.append(_due(ana.id, subject="activity:1"))
    with database.due.tick() as unit:
        assert [unit.add_due(fact) for fact in (*facts, *facts)] == [True] * 5 + [False] * 5


def test_tick_that_fails_leaves_no_fact(database: Database) -> None:
    """A tick is all or nothing, so a fact is not lost between its row and its entry."""
    agent = keep_agent(database)
    with pytest.raises(ZeroDivisionError), database.due.tick() as unit:  # noqa: PT012  it must come from within
        unit.add_due(_due(agent.id))
        raise ZeroDivisionError
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(q.pushes)) == 0
    with database.due.tick() as unit:
        assert unit.add_due(_due(agent.id))


def test_tick_changes_no_business(database: Database) -> None:
    """Business rows belong to a turn: a tick that writes one is refused."""
    with pytest.raises(RuntimeError, match="turn"), database.due.tick() as unit:
        unit.customers.add(make_customer())
