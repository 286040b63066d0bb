"""Three hundred cars in stock, always the same ones, of every sort, place and age."""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from sandbox import catalog_data, catalog_rules

Json = dict[str, Any]

SIZE = 300
LOCATIONS = ("București Pipera", "București Militari", "Ploiești", "Brașov")
_POPULAR = {
    "duster": 9,
    "sandero": 4,
    "sandero-stepway": 5,
    "logan": 6,
    "jogger": 4,
    "bigster": 4,
    "clio": 4,
    "captur": 4,
}
_POPULAR |= {"octavia": 5, "octavia-combi": 3, "fabia": 3, "karoq": 3, "spring": 3}
_VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_MAKERS = {"Dacia": "UU1", "Renault": "VF1", "Škoda": "TMB", "Volkswagen": "WVW", "Hyundai": "KMH", "Polestar": "LPS"}
# From this age in days, that many percent less is asked.
_REDUCTIONS = ((240, 8), (150, 5), (90, 3), (0, 0))


@cache
def cars(day: date) -> dict[str, Json]:
    """The stock by VIN, which nobody changes; ages are counted back from `day`."""
    models = catalog_data.models()
    chance = random.Random(20261101)  # noqa: S311  # not a secret: the same cars each time
    names = list(models)
    weights = [_POPULAR.get(name, 1) for name in names]
    stock: dict[str, Json] = {}
    while len(stock) < SIZE:
        model = models[chance.choices(names, weights)[0]]
        configuration = _configuration(model, chance)
        age = min(420, int(chance.expovariate(1 / 75)))
        full = catalog_rules.list_price(model, configuration)
        less = next(percent for since, percent in _REDUCTIONS if age >= since)
        vin = _vin(model, chance)
        stock[vin] = {
            "vin": vin,
            "configuration": configuration,
            "list_price": full,
            "price": {**full, "minor": full["minor"] * (100 - less) // 10_000 * 100},
            "location": chance.choice(LOCATIONS),
            "status": "available",
            "in_stock_since": (day - timedelta(days=age)).isoformat(),
            "mileage_km": chance.choice((0, 5, 8, 12, 20)),
        }
    return dict(sorted(stock.items()))


def _configuration(model: Json, chance: random.Random) -> Json:
    """A car as a dealer orders it: a variant, a colour, and some options that go with it."""
    variant = chance.choice(model["variants"])
    configuration = {
        "model_id": model["id"],
        **{key: variant[key] for key in ("trim_id", "engine_id", "transmission_id")},
        "colour_id": chance.choice(model["colours"])["id"],
        "upholstery_id": model["upholsteries"][0]["id"],
        "option_ids": [],
        "pack_ids": [],
    }
    if not catalog_rules.is_orderable(model, configuration):
        return _configuration(model, chance)
    for kind, place, most in (("pack_ids", "packs", 2), ("option_ids", "options", 5)):
        for extra in chance.sample(model[place], min(len(model[place]), chance.randint(0, most))):
            richer = {**configuration, kind: sorted([*configuration[kind], extra["id"]])}
            there = catalog_rules.equipment(model, configuration)
            if (kind.removesuffix("_ids"), extra["id"]) not in there and catalog_rules.is_orderable(model, richer):
                configuration = richer
    return configuration


def _vin(model: Json, chance: random.Random) -> str:
    maker = _MAKERS[model["make"]]
    return maker + "".join(chance.choice(_VIN_LETTERS) for _ in range(8)) + f"{chance.randrange(1_000_000):06d}"
