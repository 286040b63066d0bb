"""Makes `sandbox/data/electric.json` from a checkout of the open EV dataset: real cars with real figures, and nothing else.

Run by `python -m sandbox.make_electric CHECKOUT`; what it reads and under which licence stands in `sandbox/data/SOURCE.md`.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "data" / "electric.json"
MAKES = ("dacia", "renault", "skoda", "volkswagen", "hyundai", "polestar")
YEAR = 2025
_BODIES = {"crossover": "suv", "suv_coupe": "suv", "sedan": "saloon", "fastback": "hatchback"}
# Our figure, and where the record has it.
_OF_MODEL = {
    "length_mm": ("dimensions", "length_mm"),
    "width_mm": ("dimensions", "width_mm"),
    "height_mm": ("dimensions", "height_mm"),
    "wheelbase_mm": ("dimensions", "wheelbase_mm"),
    "cargo_l": ("capacity", "cargo_l"),
}
_OF_POWERTRAIN = {
    "torque_nm": ("powertrain", "system_torque_nm"),
    "battery_gross_kwh": ("battery", "pack_capacity_kwh_gross"),
    "battery_net_kwh": ("battery", "pack_capacity_kwh_net"),
    "charging_ac_kw": ("charging", "ac", "max_power_kw"),
    "charging_dc_kw": ("charging", "dc", "max_power_kw"),
    "acceleration_0_100_s": ("performance", "acceleration_0_100_kmh_s"),
    "top_speed_kmh": ("performance", "top_speed_kmh"),
    "curb_weight_kg": ("weights", "curb_weight_kg"),
}


def main() -> int:
    """Write the file; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.make_electric")
    parser.add_argument("checkout", type=Path, help="a directory with the dataset's src/")
    source = parser.parse_args().checkout / "src"
    if not source.is_dir():
        sys.stderr.write(f"sandbox.make_electric: {source} is no directory\n")
        return 2
    models = [model for make in MAKES for folder in sorted((source / make).iterdir()) for model in _model(folder)]
    TARGET.write_text(json.dumps({"models": models}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _model(folder: Path) -> Iterator[dict[str, Any]]:
    """One model of the year with its different powertrains; a body of its own (a cargo van) is another car, and left out."""
    files = sorted((folder / str(YEAR)).glob("*.json"), key=lambda path: len(path.name))
    if not files:
        return
    records = [_record(folder, path) for path in files]
    first = records[0]
    powertrains: dict[tuple[Any, ...], dict[str, Any]] = {}
    for record in records:
        if record["body"] == first["body"]:
            powertrain = _powertrain(record)
            powertrains.setdefault(tuple(powertrain[key] for key in ("label", "power_kw", "drive")), powertrain)
    style = first["body"]["style"]
    yield {
        "make": first["make"]["name"],
        "name": first["model"]["name"],
        "slug": folder.name.replace("_", "-"),
        "year": YEAR,
        "body": _BODIES.get(style, style),
        "seats": first["body"]["seats"],
        "doors": first["body"]["doors"],
        "technical": _figures(first, _OF_MODEL),
        "powertrains": list(powertrains.values()),
        "source": f"open-ev-data {files[0].relative_to(folder.parent.parent).as_posix()}",
    }


def _record(folder: Path, path: Path) -> dict[str, Any]:
    """A full record by the dataset's rules: the model's base, the year's file, the variant's file."""
    layers = [folder / "base.json", path.parent / f"{folder.name}.json", path]
    record: dict[str, Any] = {}
    for layer in dict.fromkeys(layers):
        if layer.is_file():
            record = _merged(record, json.loads(layer.read_text(encoding="utf-8")))
    return record


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _powertrain(record: dict[str, Any]) -> dict[str, Any]:
    ranges = [rated["range_km"] for rated in record.get("range", {}).get("rated", ()) if rated["cycle"] == "wltp"]
    prices = [price["amount"] for price in record.get("pricing", {}).get("msrp", ()) if price["currency"] == "EUR"]
    label = record.get("variant", {}).get("name") or record["trim"]["name"]
    return {
        "label": label,
        "power_kw": round(record["powertrain"]["system_power_kw"]),
        "drive": record["powertrain"]["drivetrain"],
        "technical": _figures(record, _OF_POWERTRAIN) | ({"range_wltp_km": max(ranges)} if ranges else {}),
        **({"price_eur": prices[0]} if prices else {}),
    }


def _figures(record: dict[str, Any], places: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    found = {}
    for name, path in places.items():
        value: Any = record
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            found[name] = value
    return found


if __name__ == "__main__":
    sys.exit(main())
