"""Serves an OpenAPI contract: each operation with its own handler, and nothing that the contract does not allow."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from starlette.requests import Request

Json = dict[str, Any]

_CONTRACTS = Path(__file__).parent.parent / "actions" / "contracts"
_FORMATS = FormatChecker(formats=())
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})", re.ASCII)


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and bool(date.fromisoformat(value)) and value[4] == "-")


@_FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or (
        bool(_INSTANT.fullmatch(value)) and bool(datetime.fromisoformat(value.upper()))
    )


def _pattern(_validator: Any, pattern: str, value: Any, _schema: Json) -> Any:
    # ECMA's $ is the very end; Python's also stands before a last line break.
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError(f"does not match {pattern}")


_Validator: Any = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # it has none


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: where it stands and what its requests look like, references resolved."""

    id: str
    method: str
    path: str
    parameters: tuple[Json, ...]
    body: Json | None


@dataclass(frozen=True, slots=True)
class Call:
    """A request that follows the contract."""

    operation: str
    parameters: Mapping[str, Any]
    body: Json
    path: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler gives back."""

    body: Json | None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Any, Call], Answer]


@cache
def operations(service: str) -> dict[str, dict[str, Operation]]:
    """The operations of a contract by path and method."""
    document = yaml.safe_load((_CONTRACTS / f"{service}.yaml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Operation]] = {}
    for path, item in document["paths"].items():
        shared = item.get("parameters", [])
        for method, operation in item.items():
            if method == "parameters":
                continue
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            found.setdefault(path, {})[method.upper()] = Operation(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                parameters=tuple(_resolved(one, document) for one in [*shared, *operation.get("parameters", [])]),
                body=_resolved(content["schema"], document) if content else None,
            )
    return found


def read_parameters(operation: Operation, request: Request) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The parameters, with defaults, and what is wrong with them."""
    values: dict[str, Any] = {}
    errors = []
    for parameter in operation.parameters:
        name, schema = parameter["name"], parameter["schema"]
        given = _given(parameter, request)
        if len(given) > 1:
            errors.append((name, "stands twice"))
        elif given:
            values[name] = _number(given[0]) if schema.get("type") == "integer" else given[0]
            errors += [(name, problem) for _, problem in _problems(schema, values[name])]
        elif parameter.get("required"):
            errors.append((name, "is missing"))
        elif "default" in schema:
            values[name] = schema["default"]
    asked = {parameter["name"] for parameter in operation.parameters if parameter["in"] == "query"}
    # A filter that is misspelt must not give everything.
    errors += [(name[:80], "is no parameter of this address") for name in request.query_params if name not in asked]
    return values, errors


def body_problems(operation: Operation, body: Any) -> list[tuple[str, str]]:
    """What is wrong with a body, as JSON pointers and reasons."""
    return _problems(operation.body or {}, body)


def _given(parameter: Json, request: Request) -> list[str]:
    name = parameter["name"]
    if parameter["in"] == "path":
        return [request.path_params[name]]
    return (request.query_params if parameter["in"] == "query" else request.headers).getlist(name)


def _number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else text


def _problems(schema: Json, value: Any) -> list[tuple[str, str]]:
    found = _Validator(schema, format_checker=_FORMATS).iter_errors(value)
    return [("/" + "/".join(str(step) for step in error.absolute_path), error.message[:300]) for error in found][:20]


def _resolved(node: Any, document: Json) -> Any:
    """A part of the contract with its references replaced by what they name; what stands beside one is kept."""
    if isinstance(node, list):
        return [_resolved(one, document) for one in node]
    if not isinstance(node, dict):
        return node
    resolved = {key: _resolved(value, document) for key, value in node.items() if key != "$ref"}
    if "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        resolved = {**_resolved(target, document), **resolved}
    return resolved
