"""The sandbox's catalogue, put together from `sandbox/data/` as the contract of the Catalog module has it."""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_DATA = Path(__file__).parent / "data"
_PRICE_LIST = {"id": "pl-2026-11", "valid_from": "2026-11-01"}
_PUBLISHED = "2026-11-01T06:00:00Z"
# Of the dataset: trims, which are ours here, and what the engine's name says anyway.
_NO_LABELS = frozenset({"Base", "40 kWh", "60 kWh", "110 kW", "Essential", "Comfort", "Extreme"})
_HORSES_PER_KW = 1.35962  # metric horsepower


class DataError(ValueError):
    """A mistake in our own data, told when it is read."""


@cache
def models() -> dict[str, Json]:
    """All models by id; every call gives the same objects, which nobody changes."""
    ranges = tomllib.loads((_DATA / "range.toml").read_text(encoding="utf-8"))
    equipment = tomllib.loads((_DATA / "equipment.toml").read_text(encoding="utf-8"))
    electric = json.loads((_DATA / "electric.json").read_text(encoding="utf-8"))["models"]
    built = [_combustion(model, ranges) for model in ranges["model"]]
    built += [_electric(model, ranges) for model in electric]
    return {model["id"]: _equipped(model, equipment, ranges["vat_basis_points"]) for model in built}


def document(found: list[Json]) -> Json:
    """The snapshot of the models, with a version that its content gives."""
    version = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:24]
    return {"version": version, "published_at": _PUBLISHED, "price_list": _PRICE_LIST, "models": found}


def price(euros: float, vat: int = 2100) -> Json:
    """A gross price of whole euros."""
    return {"minor": round(euros) * 100, "currency": "EUR", "basis": "gross", "vat_basis_points": vat}


def _combustion(model: Json, ranges: Json) -> Json:
    variants = [
        (trim_id, engine_id, gearbox, model["base"] + trim[1] + engine["add"] + more, engine["technical"])
        for trim_id, trim in model["trims"].items()
        for engine_id, engine in model["engines"].items()
        if trim_id not in engine.get("not_in", ())
        for gearbox, more in engine["gearboxes"].items()
    ]
    engines = [
        {"id": engine_id, **{key: engine[key] for key in ("name", "fuel", "drive", "power_kw")}}
        for engine_id, engine in model["engines"].items()
    ]
    head = {**model, "year": ranges["year"], "doors": model.get("doors", 5), "demonstration": True}
    return _model({**head, "source": "written for demonstration"}, engines, variants, ranges)


def _electric(model: Json, ranges: Json) -> Json:
    terms, trims = ranges["electric"], ranges["electric"]["trims"][model["make"]]
    engines: list[Json] = []
    variants: list[tuple[Any, ...]] = []
    for powertrain in model["powertrains"]:
        battery, power = powertrain["technical"]["battery_net_kwh"], powertrain["power_kw"]
        label = "" if powertrain["label"] in _NO_LABELS else f"{powertrain['label']} "
        name = f"{label}{power} kW {battery:g} kWh"
        engine_id = _slug(name)
        if any(engine["id"] == engine_id for engine in engines):
            continue
        engines.append(
            {"id": engine_id, "name": name, "fuel": "electric", "drive": powertrain["drive"], "power_kw": power}
        )
        made_up = terms["base"] + terms["per_kw"] * power + terms["per_kwh"] * battery
        base = powertrain.get("price_eur", round(made_up, -2))
        variants += [
            (trim_id, engine_id, "single-speed", base + trim[1], powertrain["technical"])
            for trim_id, trim in trims.items()
        ]
    model_id = model["slug"] if model["slug"][0].isalpha() else f"{_slug(model['make'])}-{model['slug']}"
    head = {**model, "id": model_id, "trims": trims, "demonstration": False}
    return _model(head, engines, variants, ranges)


def _model(head: Json, engines: list[Json], variants: list[tuple[Any, ...]], ranges: Json) -> Json:
    """A model without its extras."""
    used = dict.fromkeys(gearbox for _, _, gearbox, _, _ in variants)
    return {
        **{
            key: head[key]
            for key in ("id", "make", "name", "year", "body", "seats", "doors", "demonstration", "source")
        },
        "technical": head["technical"],
        "trims": [{"id": trim_id, "name": trim[0]} for trim_id, trim in head["trims"].items()],
        "engines": engines,
        "transmissions": [_gearbox(gearbox, ranges["gearboxes"][gearbox]) for gearbox in used],
        "variants": [
            {
                "trim_id": trim_id,
                "engine_id": engine_id,
                "transmission_id": gearbox,
                "price": price(euros, ranges["vat_basis_points"]),
                "technical": {**technical, "power_hp": _horses(engines, engine_id)},
            }
            for trim_id, engine_id, gearbox, euros, technical in variants
        ],
    }


def _gearbox(gearbox_id: str, gearbox: Json) -> Json:
    gears = {"gears": gearbox["gears"]} if "gears" in gearbox else {}
    name = {"en": gearbox["en"], "ro": gearbox["ro"]}
    return {"id": gearbox_id, "name": name, "kind": gearbox["kind"], **gears}


def _horses(engines: list[Json], engine_id: str) -> int:
    power: int = next(engine["power_kw"] for engine in engines if engine["id"] == engine_id)
    return round(power * _HORSES_PER_KW)


def _equipped(model: Json, equipment: Json, vat: int) -> Json:
    """The model with what there is for one of its tags, and the rules between what it has."""
    power = "electric" if all(engine["fuel"] == "electric" for engine in model["engines"]) else "combustion"
    tags = {model["make"], model["id"], model["body"], power}
    places = {"colour": "colours", "upholstery": "upholsteries", "option": "options", "pack": "packs"}
    full = dict(model)
    for kind, place in places.items():
        full[place] = [
            {
                "id": extra["id"],
                "name": {"en": extra["en"], "ro": extra["ro"]},
                "price": price(extra["price"], vat),
                "group": extra["group"],
            }
            for extra in equipment[kind]
            if (not extra.get("for") or tags & set(extra["for"])) and not tags & set(extra.get("not_for", ()))
        ]
    places |= {"trim": "trims", "engine": "engines", "transmission": "transmissions"}
    known = {f"{kind}:{entry['id']}" for kind, place in places.items() for entry in full[place]}
    full["rules"] = [_rule(*found) for found in _rules(equipment["rule"], known)]
    return full


def _rules(rules: list[Json], known: set[str]) -> list[tuple[str, str, str, list[str]]]:
    found = []
    for number, rule in enumerate(rules):
        objects = [item for item in rule["objects"] if item in known]
        for subject in rule["subject"]:
            if subject not in known:
                continue
            if rule["kind"] == "needs" and not objects:
                raise DataError(f"{subject} needs what its model does not have")
            if objects:
                found.append((f"r{number}-{subject.partition(':')[2]}", rule["kind"], subject, objects))
    return found


def _rule(rule_id: str, kind: str, subject: str, objects: list[str]) -> Json:
    return {"id": rule_id, "kind": kind, "subject": _item(subject), "objects": [_item(item) for item in objects]}


def _item(text: str) -> Json:
    kind, _, item_id = text.partition(":")
    return {"kind": kind, "id": item_id}


def _slug(text: str) -> str:
    plain = text.lower().replace("š", "s")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
