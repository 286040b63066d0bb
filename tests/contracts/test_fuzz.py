"""schemathesis against the sandbox: whatever the contracts allow or forbid, it answers as they say."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from sandbox.server import running
from tests.contracts.held import CONTRACTS

TOKEN = {"Authorization": "Bearer sandbox"}
EXAMPLES = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
# 422 is for a key that another request had already, which random keys bring about.
ACCEPTED = ["2xx", "304", "401", "404", "409", "422"]
CONFIG = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}})
CATALOG = schemathesis.openapi.from_path(CONTRACTS / "catalog.yaml", config=CONFIG)
SALES = schemathesis.openapi.from_path(CONTRACTS / "sales.yaml", config=CONFIG)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One sandbox for all requests: what one leaves behind is there for the next."""
    with running(tmp_path_factory.mktemp("sandbox")) as url:
        yield url


@CATALOG.parametrize()
@EXAMPLES
def test_catalog(case: schemathesis.Case, served: str) -> None:
    """Every answer of the Catalog, to good requests and bad ones, is one that its contract knows."""
    case.call_and_validate(base_url=f"{served}/catalog", headers=TOKEN)


@SALES.parametrize()
@EXAMPLES
def test_sales(case: schemathesis.Case, served: str) -> None:
    """Every answer of Sales, to good requests and bad ones, is one that its contract knows."""
    case.call_and_validate(base_url=f"{served}/sales", headers=TOKEN)
