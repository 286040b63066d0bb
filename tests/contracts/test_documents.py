"""The contracts themselves, and the reader that holds client and sandbox to them."""

from copy import deepcopy
from typing import Any

import httpx
import pytest
import yaml
from openapi_core.exceptions import OpenAPIError
from openapi_spec_validator import OpenAPIV31SpecValidator

from sandbox.contract_api import routes
from tests.contracts.held import CONTRACTS, HeldTransport

SERVICES = ("catalog", "sales")


def document(service: str) -> dict[str, Any]:
    """A contract as it stands."""
    read: dict[str, Any] = yaml.safe_load((CONTRACTS / f"{service}.yaml").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("service", SERVICES)
def test_contracts_are_openapi(service: str) -> None:
    """Each file is a valid OpenAPI 3.1 document, and every operation needs the token."""
    contract = document(service)

    OpenAPIV31SpecValidator(contract).validate()
    assert contract["openapi"].startswith("3.1")
    assert contract["security"] == [{"token": []}]


def test_what_both_contracts_speak_of_is_the_same() -> None:
    """A schema that stands in both files under one name says one thing; problems alone differ, in their types."""
    catalog, sales = (document(service)["components"]["schemas"] for service in SERVICES)
    shared = (catalog.keys() & sales.keys()) - {"Problem"}

    assert shared >= {"Price", "Configuration", "Vin"}
    assert {name: catalog[name] for name in shared} == {name: sales[name] for name in shared}


@pytest.mark.parametrize("service", SERVICES)
def test_amounts_are_whole(service: str) -> None:
    """No amount of money is a number with a fraction."""
    schemas = document(service)["components"]["schemas"]

    assert schemas["Price"]["properties"]["minor"]["type"] == "integer"
    assert {"currency", "basis", "vat_basis_points"} <= set(schemas["Price"]["required"])


def test_an_operation_without_a_handler_is_told() -> None:
    """The sandbox cannot forget a part of a contract."""
    with pytest.raises(LookupError, match="getStockCar"):
        routes("catalog", {"getCatalog": lambda _world, _call: None})  # type: ignore[arg-type,return-value]  # never called


async def test_the_reader_refuses_what_the_contract_does_not_allow(sandbox_url: str) -> None:
    """A request without its id, and an unknown parameter's value, are found before they are sent."""
    async with httpx.AsyncClient(transport=HeldTransport("catalog"), base_url=sandbox_url) as client:
        headers = {"Authorization": "Bearer sandbox"}
        with pytest.raises(OpenAPIError):
            await client.get("/catalog/v1/catalog", headers=headers)
        headers["X-Request-ID"] = "a-request"
        with pytest.raises(OpenAPIError):
            await client.get("/catalog/v1/stock", params={"limit": 0}, headers=headers)
        assert (await client.get("/catalog/v1/stock", params={"limit": 1}, headers=headers)).status_code == 200


async def test_the_reader_refuses_an_answer_that_breaks_the_contract(
    sandbox_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A price with a fraction, given by the sandbox, does not pass."""
    from sandbox import catalog_data  # noqa: PLC0415  changed for this test alone

    broken = deepcopy(catalog_data.models())
    broken["duster"]["options"][0]["price"]["minor"] = 12.5
    document_of = catalog_data.document
    monkeypatch.setattr("sandbox.showroom.Showroom.document", lambda _self: document_of(list(broken.values())))
    async with httpx.AsyncClient(transport=HeldTransport("catalog"), base_url=sandbox_url) as client:
        headers = {"Authorization": "Bearer sandbox", "X-Request-ID": "a-request"}
        with pytest.raises(OpenAPIError):
            await client.get("/catalog/v1/catalog", headers=headers)
