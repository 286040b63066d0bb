"""The Catalog's client against the sandbox, both held to the contract at every request."""

from datetime import timedelta

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.clients.catalog import CatalogClient, read_catalog
from actions.clients.reading import configuration_json
from domain.catalog import Catalog
from domain.configuration import ChoiceError, Configuration
from domain.configurator import Configurator
from domain.money import Basis
from domain.outside import MissingError
from domain.parts import STEPS, Fuel, Gearbox, StockStatus
from sandbox import catalog_data, catalog_rules
from tests.contracts.held import HeldTransport


@pytest.fixture(scope="module")
def snapshot() -> Catalog:
    """The sandbox's catalogue as the client reads it."""
    return read_catalog(catalog_data.document(list(catalog_data.models().values())))


async def test_the_catalogue_is_read_once(catalog: CatalogClient, catalog_wire: HeldTransport) -> None:
    """The first reading brings the snapshot; with its tag, nothing comes until something changes."""
    fresh = await catalog.catalog()

    assert fresh is not None
    assert fresh.value.version in fresh.etag
    assert await catalog.catalog(etag=fresh.etag) is None
    assert await catalog.catalog(etag='"older"') == fresh
    assert [status for _, _, status in catalog_wire.seen] == [200, 304, 200]


async def test_a_changed_price_changes_the_tag(catalog: CatalogClient, controls: httpx.AsyncClient) -> None:
    """After a rise the old tag does not hold, the model costs more, and the others what they did."""
    before = await catalog.catalog()
    assert before is not None
    await controls.post("/catalog/control/prices", json={"model_id": "duster", "percent": 10})

    after = await catalog.catalog(etag=before.etag)
    assert after is not None
    old, new = before.value.model("duster"), after.value.model("duster")
    assert old is not None
    assert new is not None
    assert [variant.price.minor for variant in new.variants] == [
        variant.price.minor * 110 // 10_000 * 100 for variant in old.variants
    ]
    assert before.value.model("logan") == after.value.model("logan")
    alone = await catalog.model("duster")
    assert alone is not None
    assert alone.value == new
    assert await catalog.model("duster", etag=alone.etag) is None


async def test_stock_is_read_whole_and_once(catalog: CatalogClient, controls: httpx.AsyncClient) -> None:
    """Three hundred cars with their places and ages; a sold one falls out, and can still be read by its VIN."""
    fresh = await catalog.stock()
    assert fresh is not None
    cars = fresh.value
    assert len({car.vin for car in cars}) == 300
    assert await catalog.stock(etag=fresh.etag) is None
    newest = max(car.in_stock_since for car in cars)
    assert len({car.age(newest) // 30 for car in cars}) > 5
    assert newest - min(car.in_stock_since for car in cars) > timedelta(days=120)

    await controls.post("/catalog/control/stock", json={"vin": cars[3].vin, "status": "sold"})
    later = await catalog.stock(etag=fresh.etag)
    assert later is not None
    assert {car.vin for car in cars} - {car.vin for car in later.value} == {cars[3].vin}
    assert (await catalog.car(cars[3].vin)).status is StockStatus.SOLD


async def test_pages_of_one_state(
    catalog: CatalogClient, controls: httpx.AsyncClient, catalog_wire: HeldTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the stock changes between two pages, it is read anew: no car is missing, and none stands twice."""
    monkeypatch.setattr("actions.clients.catalog.PAGE", 100)
    first = await catalog.stock()
    assert first is not None
    sold = first.value[0].vin
    passed_on = catalog_wire.handle_async_request
    pages = 0

    async def selling_meanwhile(request: httpx.Request) -> httpx.Response:
        nonlocal pages
        pages += 1
        if pages == 2:
            await controls.post("/catalog/control/stock", json={"vin": sold, "status": "sold"})
        return await passed_on(request)

    monkeypatch.setattr(catalog_wire, "handle_async_request", selling_meanwhile)
    second = await catalog.stock()

    assert second is not None
    assert [car.vin for car in second.value] == [car.vin for car in first.value[1:]]
    assert pages == 2 + 3


@pytest.mark.parametrize("wrong", ["../sales/v1/orders", "", "UU1", "nope", "a" * 65, "duster?x=1", "%2e%2e"])
async def test_ids_that_are_none(catalog: CatalogClient, catalog_wire: HeldTransport, wrong: str) -> None:
    """What cannot be an id becomes no part of an address, and what names nothing is missing."""
    with pytest.raises(MissingError):
        await catalog.model(wrong)
    with pytest.raises(MissingError):
        await catalog.car(wrong)
    assert [path for _, path, _ in catalog_wire.seen] == (["/v1/models/nope"] if wrong == "nope" else [])


def test_the_range_is_believable(snapshot: Catalog) -> None:
    """Real electric cars beside made-up others that say so, with several engines, both gearboxes, gross euros."""
    electric = [model for model in snapshot.models if not model.demonstration]
    others = [model for model in snapshot.models if model.demonstration]

    assert {"duster", "logan", "sandero", "jogger", "clio", "captur", "octavia", "fabia"} <= {
        model.id for model in others
    }
    assert len(electric) >= 20
    assert all(engine.fuel is Fuel.ELECTRIC for model in electric for engine in model.engines)
    assert {engine.fuel for model in others for engine in model.engines} >= {
        Fuel.PETROL,
        Fuel.LPG,
        Fuel.HYBRID,
        Fuel.DIESEL,
    }
    for name in ("duster", "clio", "octavia"):
        model = snapshot.model(name)
        assert model is not None
        assert len(model.trims) >= 3
        assert len(model.engines) >= 3
        assert {gearbox.kind for gearbox in model.transmissions} == {Gearbox.MANUAL, Gearbox.AUTOMATIC}
    assert all((price.basis, price.currency) == (Basis.GROSS, "EUR") for price in (m.terms for m in snapshot.models))
    assert all(dict(model.variants[0].technical)["power_hp"] > 0 for model in snapshot.models)


def test_every_name_stands_in_both_languages(snapshot: Catalog) -> None:
    """Each option, colour and gearbox has an English and a Romanian name with comma letters, not cedillas."""
    names = [name for model in snapshot.models for name in model.names.values()]

    assert all(name.en.strip() and name.ro.strip() for name in names)
    assert not [name.ro for name in names if set(name.ro) & set("şţŞŢ")]
    assert sum(name.en != name.ro for name in names) > len(names) // 2


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_client_and_catalogue_agree_on_rules_and_price(snapshot: Catalog, data: st.DataObject) -> None:
    """Whatever is configured, our configurator and the sandbox's own reading of the rules say the same of it."""
    model = data.draw(st.sampled_from(snapshot.models))
    configurator = Configurator(model)
    configuration = configurator.start()
    for item in data.draw(st.lists(st.sampled_from(model.items), max_size=8)):
        try:
            configuration = configurator.choose(configuration, item).configuration
        except ChoiceError:
            continue
    for step in STEPS:
        if configuration.of(step) is None:
            choice = data.draw(st.sampled_from(configurator.choices(configuration, step)))
            configuration = choice.change.configuration
    raw = catalog_data.models()[model.id]

    configurator.check(configuration)
    assert catalog_rules.is_orderable(raw, configuration_json(configuration))
    quoted = catalog_rules.list_price(raw, configuration_json(configuration))
    assert quoted["minor"] == configurator.quote(configuration).total.minor

    # And of one that was spoilt by another item of the same step.
    spoilt = data.draw(st.sampled_from([item for item in model.items if item.kind in STEPS]))
    others = frozenset(item for item in configuration.chosen if item.kind is not spoilt.kind)
    changed = Configuration(model.id, others | {spoilt})
    is_valid = all(problem.kind == "redundant" for problem in configurator.problems(changed))
    assert catalog_rules.is_orderable(raw, configuration_json(changed)) == is_valid
