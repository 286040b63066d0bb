"""A running sandbox, and the contracts as documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.server import running

CONTRACTS = Path(__file__).parents[2] / "actions" / "contracts"


@pytest.fixture
def sandbox_url(tmp_path: Path) -> Iterator[str]:
    """Serve a fresh sandbox."""
    with running(tmp_path) as url:
        yield url
