"""The Catalog module in the sandbox: the contract's operations over the showroom, and controls to change prices and stock."""

import hashlib
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import contract_api
from sandbox.contract import Answer, Call
from sandbox.json_body import JsonAnswer, RequestError, json_body, whole, words
from sandbox.problems import not_found
from sandbox.world import World


def routes() -> list[Route]:
    """Give the addresses below /catalog."""
    handlers = {"getCatalog": _catalog, "getModel": _model, "listStock": _stock, "getStockCar": _car}
    return [
        Route("/health", _health),
        Route("/control/prices", _change_prices, methods=["POST"]),
        Route("/control/stock", _change_stock, methods=["POST"]),
        *contract_api.routes("catalog", handlers),
    ]


def _catalog(world: World, call: Call) -> Answer:
    document = world.showroom.document()
    return _tagged(call, document, document["version"])


def _model(world: World, call: Call) -> Answer:
    model = world.showroom.model(call.parameters["model_id"])
    if model is None:
        raise not_found("model")
    return _tagged(call, model)


def _stock(world: World, call: Call) -> Answer:
    asked = call.parameters
    all_cars = world.showroom.cars()
    cars = [
        car
        for car in all_cars
        if car["status"] != "sold"
        and asked.get("model_id") in {None, car["configuration"]["model_id"]}
        and asked.get("location") in {None, car["location"]}
        and car["vin"] > asked.get("cursor", "")
    ]
    page = cars[: asked["limit"]]
    body = {"version": _digest([(car["vin"], car["status"], car["price"]) for car in all_cars]), "cars": page}
    if len(cars) > len(page):
        body["next_cursor"] = page[-1]["vin"]
    return _tagged(call, body)


def _car(world: World, call: Call) -> Answer:
    car = world.showroom.car(call.parameters["vin"])
    if car is None:
        raise not_found("car")
    return _tagged(call, car)


def _tagged(call: Call, body: dict[str, Any], version: str = "") -> Answer:
    """The body with its ETag, or the word that the caller has it already."""
    tag = f'"{version or _digest(body)}"'
    if call.parameters.get("If-None-Match") == tag:
        return Answer(None, 304, {"ETag": tag})
    return Answer(body, headers={"ETag": tag})


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:24]


async def _change_prices(request: Request) -> Response:
    world: World = request.app.state.world
    content = await json_body(request)
    model_id, percent = words(content, "model_id"), whole(content, "percent")
    if world.showroom.model(model_id) is None:
        raise RequestError("There is no such model.", 404)
    if not -50 <= percent <= 100:
        raise RequestError("percent must be from -50 to 100, of the price list.")
    world.showroom.change_prices(model_id, percent)
    return JsonAnswer({"model_id": model_id, "percent": percent})


async def _change_stock(request: Request) -> Response:
    world: World = request.app.state.world
    content = await json_body(request)
    vin, status = words(content, "vin"), words(content, "status")
    if world.showroom.car(vin) is None:
        raise RequestError("There is no such car.", 404)
    if status == "sold":
        world.showroom.sell(vin)
    elif status == "available":
        world.showroom.take_back(vin)
    else:
        raise RequestError("status must be sold or available.")
    return JsonAnswer({"car": world.showroom.car(vin)})


async def _health(_request: Request) -> Response:
    return JsonAnswer({"status": "ok"})
