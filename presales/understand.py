"""The command `presales understand`: what the chat would make of a text, as JSON, without a database."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from bot.understanding.acts import Act, Understanding
from bot.understanding.client import HttpNluClient
from bot.understanding.service import Parsed, Understander
from presales.nlu_process import NluNotStarted, NluProcess

LINES_AT_ONCE: Final = 24
BATCHES_IN_FLIGHT: Final = 2
PATIENT_SECONDS: Final = 60.0
"""A command may wait where a chat may not: a wrong answer of the keyword grammar would look like the model's."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of input: a text to understand, or what is wrong with it."""

    id: Any = None
    text: str = ""
    now: datetime | None = None
    timezone: str = ""
    error: str = ""


def run_understand(
    text: str | None,
    *,
    jsonl: bool = False,
    now: datetime | None = None,
    timezone: str = "Europe/Bucharest",
    nlu_url: str | None = None,
    explain: bool = False,
    currency: str = "EUR",
    region: str = "RO",
    source: TextIO | None = None,
    target: TextIO | None = None,
) -> int:
    """Print one JSON object for the text, or one a line for standard input; the exit status, 0 where all was read."""
    source, target = source or sys.stdin, target or sys.stdout
    moment = now or datetime.now(UTC)
    if not jsonl and text is None:
        print("presales understand: a text is needed, or --jsonl", file=sys.stderr)  # noqa: T201 - a command speaks
        return 2
    process = None if nlu_url and _answers(nlu_url) else NluProcess()
    try:
        addresses = [process.start()] if process else [url.strip() for url in (nlu_url or "").split(",") if url.strip()]
        return asyncio.run(_run(addresses, text, jsonl, moment, timezone, explain, currency, region, source, target))
    except NluNotStarted as error:
        print(f"presales understand: {error}", file=sys.stderr)  # noqa: T201 - a command speaks
        return 1
    finally:
        if process:
            process.stop()


async def _run(
    addresses: list[str],
    text: str | None,
    jsonl: bool,
    now: datetime,
    timezone: str,
    explain: bool,
    currency: str,
    region: str,
    source: TextIO,
    target: TextIO,
) -> int:
    client = HttpNluClient(addresses, read_seconds=PATIENT_SECONDS)
    understander = Understander(client, default_currency=currency, region=region)
    try:
        if not jsonl:
            line = _Line(text=text or "", now=now, timezone=timezone)
            _print(await _understand(understander, [line], explain=explain), target, indent=2 if explain else None)
            return 0
        failed = False
        async for answers in _batches(understander, _lines(source, now, timezone), explain=explain):
            failed = failed or any("error" in answer for answer in answers)
            _print(answers, target)
        return 1 if failed else 0
    finally:
        await client.aclose()


async def _batches(
    understander: Understander, lines: Iterator[_Line], *, explain: bool
) -> AsyncIterator[list[dict[str, Any]]]:
    """Answers in the order of the lines, with a few batches under way."""
    waiting: list[asyncio.Task[list[dict[str, Any]]]] = []
    while batch := await asyncio.to_thread(_some, lines):
        waiting.append(asyncio.create_task(_understand(understander, batch, explain=explain)))
        if len(waiting) >= BATCHES_IN_FLIGHT:
            yield await waiting.pop(0)
    for task in waiting:
        yield await task


def _some(lines: Iterator[_Line]) -> list[_Line]:
    return [line for line, _ in zip(lines, range(LINES_AT_ONCE), strict=False)]


async def _understand(understander: Understander, lines: list[_Line], *, explain: bool) -> list[dict[str, Any]]:
    parsed = await understander.parse_all([line.text for line in lines])
    return [_answer(understander, line, one, explain=explain) for line, one in zip(lines, parsed, strict=True)]


def _answer(understander: Understander, line: _Line, parsed: Parsed, *, explain: bool) -> dict[str, Any]:
    head = {} if line.id is None else {"id": line.id}
    if line.error or line.now is None:
        return {**head, "error": line.error}
    understood = understander.interpret(parsed, line.now, line.timezone)
    if not explain:
        return {**head, **understood.as_json()}
    return {**head, **_explained(understood, parsed)}


def _explained(understood: Understanding, parsed: Parsed) -> dict[str, Any]:
    return {
        "acts": [_explained_act(act, parsed.text) for act in understood.acts],
        "nlu": "keyword grammar" if parsed.degraded else "model",
    }


def _explained_act(act: Act, text: str) -> dict[str, Any]:
    return {
        **act.as_json(),
        "text": act.text,
        "runners_up": [{"intent": name, "confidence": round(sure, 4)} for name, sure in act.runners_up],
        "from": [
            {
                "entity": origin.entity,
                "by": origin.by,
                "span": [origin.start, origin.end],
                "words": text[origin.start : origin.end],
            }
            for origin in act.origins
        ],
    }


def _lines(source: Iterable[str], now: datetime, timezone: str) -> Iterator[_Line]:
    for raw in source:
        if raw.strip():
            yield _read_line(raw, now, timezone)


def _read_line(raw: str, now: datetime, timezone: str) -> _Line:
    """Check one line; what is wrong with it becomes its answer."""
    try:
        given = json.loads(raw)
    except ValueError:
        return _Line(error="not JSON")
    if not isinstance(given, dict):
        return _Line(error="not a JSON object")
    known, text, zone = given.get("id"), given.get("text"), given.get("timezone", timezone)
    if not isinstance(text, str):
        return _Line(known, error="no text")
    try:
        ZoneInfo(zone)
        moment = datetime.fromisoformat(given["now"]) if given.get("now") is not None else now
    except (ValueError, TypeError, ZoneInfoNotFoundError, OSError):
        return _Line(known, error="now is no ISO date and time, or timezone is unknown")
    return _Line(known, text, moment, zone)


def _print(answers: list[dict[str, Any]], target: TextIO, indent: int | None = None) -> None:
    target.writelines(json.dumps(answer, ensure_ascii=False, indent=indent) + "\n" for answer in answers)
    target.flush()


def _answers(urls: str) -> bool:
    """Whether one of the servers named is there."""
    for url in urls.split(","):
        try:
            if httpx.get(f"{url.strip().rstrip('/')}/health", timeout=1.0, trust_env=False).is_success:
                return True
        except (httpx.HTTPError, httpx.InvalidURL):
            continue
    return False
