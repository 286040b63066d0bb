"""Whether a configuration can be ordered, and what it costs: the sandbox's own reading of the contract's rules."""

from typing import Any

Json = dict[str, Any]

_STEPS = ("trim", "engine", "transmission", "colour", "upholstery")
_PLACES = {"colour": "colours", "upholstery": "upholsteries", "option": "options", "pack": "packs"}


def chosen(configuration: Json) -> set[tuple[str, str]]:
    """The items of a configuration as (kind, id)."""
    items = {(kind, configuration[f"{kind}_id"]) for kind in _STEPS}
    items |= {("option", item_id) for item_id in configuration["option_ids"]}
    return items | {("pack", item_id) for item_id in configuration["pack_ids"]}


def equipment(model: Json, configuration: Json) -> set[tuple[str, str]]:
    """What the car has, with the options and packs that come by themselves."""
    there = chosen(configuration)
    while True:
        more = {
            _item(rule["subject"])
            for rule in model["rules"]
            if rule["kind"] == "included_in" and rule["subject"]["kind"] in {"option", "pack"} and _any(rule, there)
        }
        if more <= there:
            return there
        there |= more


def is_orderable(model: Json, configuration: Json) -> bool:
    """Whether the model has all of it, the variant is built and every rule is kept."""
    if variant(model, configuration) is None:
        return False
    for kind, item_id in chosen(configuration):
        if kind in _PLACES and all(extra["id"] != item_id for extra in model[_PLACES[kind]]):
            return False
    there = equipment(model, configuration)
    for rule in model["rules"]:
        if _item(rule["subject"]) not in there:
            continue
        if rule["kind"] == "needs" and not _any(rule, there):
            return False
        if rule["kind"] == "excludes" and _any(rule, there):
            return False
    return True


def variant(model: Json, configuration: Json) -> Json | None:
    """The car as it is built, None where it is not."""
    keys = ("trim_id", "engine_id", "transmission_id")
    wanted = [configuration[key] for key in keys]
    return next((one for one in model["variants"] if [one[key] for key in keys] == wanted), None)


def list_price(model: Json, configuration: Json) -> Json:
    """The variant and each extra chosen that nothing includes, summed."""
    built = variant(model, configuration)
    if built is None:
        raise ValueError("no such variant is built")
    there = equipment(model, configuration)
    free = {_item(rule["subject"]) for rule in model["rules"] if rule["kind"] == "included_in" and _any(rule, there)}
    extras = {(kind, extra["id"]): extra["price"]["minor"] for kind, place in _PLACES.items() for extra in model[place]}
    total = sum(extras[item] for item in chosen(configuration) if item in extras and item not in free)
    return {**built["price"], "minor": built["price"]["minor"] + total}


def _item(item: Json) -> tuple[str, str]:
    return item["kind"], item["id"]


def _any(rule: Json, there: set[tuple[str, str]]) -> bool:
    return any(_item(item) in there for item in rule["objects"])
