"""The command `presales understand`: what the chat would make of a text, as JSON, without a database."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from bot.understanding.acts import Act, Understanding
from bot.understanding.client import HttpNluClient
from bot.understanding.service import Parsed, Understander
from presales.nlu_process import NluNotStarted, NluProcess

LINES_AT_ONCE: Final = 24
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
        understander = partial(Understander, default_currency=currency, region=region)
        if jsonl:
            return asyncio.run(_run_lines(addresses, understander, _lines(source, moment, timezone), target, explain))
        line = _Line(text=text or "", now=moment, timezone=timezone)
        return asyncio.run(_run_one(addresses, understander, line, target, explain))
    except NluNotStarted as error:
        print(f"presales understand: {error}", file=sys.stderr)  # noqa: T201 - a command speaks
        return 1
    finally:
        if process:
            process.stop()


async def _run_one(
    addresses: list[str],
    understander: Callable[[HttpNluClient], Understander],
    line: _Line,
    target: TextIO,
    explain: bool,
) -> int:
    client = HttpNluClient(addresses, read_seconds=PATIENT_SECONDS)
    try:
        _print(await _understand(understander(client), [line], explain=explain), target, indent=2 if explain else None)
    finally:
        await client.aclose()
    return 0


async def _run_lines(
    addresses: list[str],
    understander: Callable[[HttpNluClient], Understander],
    lines: Iterator[_Line],
    target: TextIO,
    explain: bool,
) -> int:
    """Answer lines as they come, in order: what has come in while a batch was under way makes the next."""
    client = HttpNluClient(addresses, read_seconds=PATIENT_SECONDS)
    failed = False
    waiting: asyncio.Queue[_Line | None] = asyncio.Queue(LINES_AT_ONCE * 4)
    loop = asyncio.get_running_loop()
    reader = threading.Thread(target=_feed, args=(lines, waiting, loop), daemon=True)
    reader.start()
    try:
        while batch := await _next_batch(waiting):
            answers = await _understand(understander(client), batch, explain=explain)
            failed = failed or any("error" in answer for answer in answers)
            _print(answers, target)
    finally:
        await client.aclose()
    return 1 if failed else 0


def _feed(lines: Iterator[_Line], waiting: asyncio.Queue[_Line | None], loop: asyncio.AbstractEventLoop) -> None:
    """Read in a thread: standard input blocks, and who waits for an answer before the next line must get it."""
    for line in lines:
        asyncio.run_coroutine_threadsafe(waiting.put(line), loop).result()
    asyncio.run_coroutine_threadsafe(waiting.put(None), loop).result()


async def _next_batch(waiting: asyncio.Queue[_Line | None]) -> list[_Line]:
    """At least one line, and those that wait with it; nothing at the end of the input."""
    batch: list[_Line] = []
    while len(batch) < LINES_AT_ONCE and (not batch or not waiting.empty()):
        line = await waiting.get()
        if line is None:
            waiting.put_nowait(None)
            break
        batch.append(line)
    return batch


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
