"""The processes in which documents are made: a death or a hang costs its own document alone."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from actions.documents.offer import offer_pdf
from actions.documents.pool import DocumentPool, PoolClosedError, WorkerDiedError, WorkerTimeoutError
from tests.documents.samples import offer


@pytest.fixture
def pool() -> Iterator[DocumentPool]:
    """One worker, ended with the test."""
    pool = DocumentPool()
    yield pool
    pool.close()


def process_of() -> tuple[int, int]:
    """The process that runs this, and how far it stands back."""
    return os.getpid(), os.nice(0)


def die() -> None:
    """End the process as the kernel does when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(reason: str) -> None:
    """Raise."""
    raise ValueError(reason)


def test_a_worker_is_another_process_that_stands_back_and_stays(pool: DocumentPool) -> None:
    """It starts when it is needed, yields to turns, and serves the next call too."""
    (first, niceness), (again, _) = pool.run(process_of), pool.run(process_of)

    assert first == again != os.getpid()
    assert niceness >= 10


def test_a_document_comes_back_whole(pool: DocumentPool) -> None:
    """What a process makes is what a call here makes."""
    assert pool.run(offer_pdf, offer()) == offer_pdf(offer())


def test_an_error_reaches_the_caller(pool: DocumentPool) -> None:
    """What the function raises is raised where it was called, and the worker lives on."""
    before = pool.run(process_of)
    with pytest.raises(ValueError, match="no sum"):
        pool.run(fail, "no sum")

    assert pool.run(process_of) == before


def test_a_death_is_told_and_the_next_call_works(pool: DocumentPool) -> None:
    """A killed worker is a typed error; another takes its place."""
    first, _ = pool.run(process_of)
    with pytest.raises(WorkerDiedError):
        pool.run(die)

    assert pool.run(process_of)[0] != first


def test_a_hang_is_ended() -> None:
    """What takes longer than the pool allows is killed, and told."""
    pool = DocumentPool(seconds=3)
    with pytest.raises(WorkerTimeoutError):
        pool.run(time.sleep, 600)

    assert pool.run(process_of)[0] > 0
    pool.close()


def test_a_closed_pool_says_so(pool: DocumentPool) -> None:
    """After the end no process is started."""
    pool.close()
    with pytest.raises(PoolClosedError):
        pool.run(process_of)


def test_many_callers_share_the_workers() -> None:
    """Calls wait for a free worker; no answer goes to another caller."""
    pool = DocumentPool(2)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: pool.run(abs, -number), range(60)))
    pool.close()

    assert answers == list(range(60))
