"""What is typed of a car becomes choices in the Catalog, is asked, or is said to be unknown; never guessed."""

import json
from decimal import Decimal

import pytest

from actions.clients.catalog import read_catalog
from domain.catalog import Catalog
from domain.configurator import Configurator
from domain.parts import Fuel, Gearbox, ItemKind
from domain.wishes import Wishes, find_models, read_wishes
from sandbox import catalog_data


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The sandbox's catalogue."""
    document = catalog_data.document(list(catalog_data.models().values()))
    return read_catalog(json.loads(json.dumps(document), parse_float=Decimal))


def test_a_whole_sentence_is_a_whole_car(catalog: Catalog) -> None:
    """Model, trim, engine, gearbox, colour and a pack are all found, and only the upholstery stays open."""
    said = Wishes(model="Dacia Duster Journey", engine="TCe 130", gearbox=Gearbox.AUTOMATIC, colour="green")
    reading = read_wishes(catalog, said)
    assert [model.id for model in reading.models] == ["duster"]
    assert reading.configuration is not None
    assert reading.configuration.of(ItemKind.TRIM).id == "journey"
    assert reading.configuration.of(ItemKind.ENGINE).id == "tce-130"
    assert reading.configuration.of(ItemKind.COLOUR).id == "cedar-green"
    assert reading.unclear == ()


@pytest.mark.parametrize(
    ("typed", "colour"), [("verde", "cedar-green"), ("albă", "glacier-white"), ("neagră", "pearl-black")]
)
def test_colours_in_romanian_with_their_endings(catalog: Catalog, typed: str, colour: str) -> None:
    """A colour agrees with its noun in Romanian and is still the colour."""
    reading = read_wishes(catalog, Wishes(model="Duster", colour=typed))
    assert reading.configuration is not None
    assert reading.configuration.of(ItemKind.COLOUR).id == colour


def test_what_fits_several_is_asked(catalog: Catalog) -> None:
    """A tow bar may be fixed or removable: both are offered and none is chosen."""
    reading = read_wishes(catalog, Wishes(model="Duster", options=("tow bar",)))
    (unclear,) = reading.unclear
    assert unclear.typed == "tow bar"
    assert {item.id for item in unclear.items} == {"tow-bar", "tow-bar-removable"}
    assert reading.configuration is not None
    assert not reading.configuration.ids(ItemKind.OPTION)


def test_what_fits_nothing_is_said(catalog: Catalog) -> None:
    """Pink is no colour of it, and no item comes of it."""
    reading = read_wishes(catalog, Wishes(model="Duster", colour="pink"))
    assert [(one.kind, one.typed, one.items) for one in reading.unclear] == [(ItemKind.COLOUR, "pink", ())]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Sandero Stepway", ["sandero-stepway"]),
        ("Sandero", ["sandero"]),
        ("Dacia Sandero", ["sandero"]),
        ("Škoda Octavia Combi", ["octavia-combi"]),
        ("Enyaq", ["enyaq-coupe-iv", "enyaq-iv"]),
        ("Tesla Model 3", []),
        ("", []),
    ],
)
def test_models(catalog: Catalog, typed: str, found: list[str]) -> None:
    """The longest name wins; a part of a name gives all that bear it."""
    assert [model.id for model in find_models(catalog, typed)] == found


def test_fuel_and_gearbox_choose_where_one_fits(catalog: Catalog) -> None:
    """The Duster's one hybrid has one gearbox: nothing to ask; its petrol engines are several."""
    hybrid = read_wishes(catalog, Wishes(model="Duster", fuel=Fuel.HYBRID, gearbox=Gearbox.AUTOMATIC))
    assert hybrid.unclear == ()
    assert hybrid.configuration is not None
    assert hybrid.configuration.of(ItemKind.ENGINE).id == "hybrid-140"
    petrol = read_wishes(catalog, Wishes(model="Duster", fuel=Fuel.PETROL))
    assert [one.kind for one in petrol.unclear] == [ItemKind.ENGINE]
    assert len(petrol.unclear[0].items) > 1


def test_every_reading_can_be_completed(catalog: Catalog) -> None:
    """Whatever is read of any model's names is a configuration that follows the rules so far."""
    for model in catalog.models:
        for trim in model.trims:
            reading = read_wishes(catalog, Wishes(model=f"{model.make} {model.name} {trim.name}"))
            assert model in reading.models
            if reading.configuration is not None:
                problems = Configurator(model).problems(reading.configuration)
                assert {problem.kind.value for problem in problems} <= {"missing"}
