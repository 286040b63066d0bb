"""Serves the trained model on loopback: `python server.py --port N --model PATH [--exit-with-parent]`.

`POST /model/parse` takes {"text": "..."} and gives one object, or {"text": ["...", ...]} and gives a list;
`GET /health` says that the model is loaded. Nothing else: no trackers, no channels, no typed "/intent{...}".
"""

import argparse
import asyncio
import json
import logging
import os
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List, Tuple

import engine
from aiohttp import web

MOST_CHARACTERS = 2000  # of one text; Telegram's longest message is 4,096, and no order is that long
MOST_TEXTS = 64
MOST_BYTES = 2 * 1024 * 1024  # 64 texts of 2,000 characters, each escaped as twelve bytes, fit in

log = logging.getLogger(__name__)

Waiting = Tuple[List[str], "asyncio.Future[List[Dict[str, Any]]]"]


class Batcher:
    """Parses what waits: requests that come while a batch runs go together into the next."""

    def __init__(self, model: engine.Model) -> None:
        self._model = model
        self._waiting: List[Waiting] = []
        self._thread = ThreadPoolExecutor(1)
        self._running = False

    async def parse(self, texts: List[str]) -> List[Dict[str, Any]]:
        """Parse texts with whatever else waits."""
        future: "asyncio.Future[List[Dict[str, Any]]]" = asyncio.get_running_loop().create_future()
        self._waiting.append((texts, future))
        if not self._running:
            self._running = True
            self._task = asyncio.ensure_future(self._run())
        return await future

    async def _run(self) -> None:
        while self._waiting:
            batch = [self._waiting.pop(0)]
            while self._waiting and sum(len(texts) for texts, _ in batch) < MOST_TEXTS:
                batch.append(self._waiting.pop(0))
            together = [text for texts, _ in batch for text in texts]
            try:
                parsed = await asyncio.get_running_loop().run_in_executor(self._thread, self._model.parse, together)
            except Exception as error:  # noqa: BLE001  whoever waits is told, and the next batch is parsed
                log.error("a batch of %d failed: %s", len(together), type(error).__name__)  # noqa: TRY400  a traceback tells texts
                parsed = None
            for texts, future in batch:
                if future.done():  # its client has gone
                    pass
                elif parsed is None:
                    future.set_exception(
                        web.HTTPInternalServerError(
                            text=json.dumps({"error": "parsing failed"}), content_type="application/json"
                        )
                    )
                else:
                    future.set_result(parsed[: len(texts)])
                if parsed is not None:
                    parsed = parsed[len(texts) :]
        self._running = False


def refused(error: str, status: int = 400) -> web.Response:
    """Say in one line why a request is not answered."""
    return web.json_response({"error": error}, status=status)


def application(model: engine.Model) -> web.Application:
    """Make the two routes."""
    batcher = Batcher(model)

    async def parse(request: web.Request) -> web.Response:
        try:
            body = json.loads(await request.read())
        except ValueError:
            return refused("the body is not JSON")
        given = body.get("text") if isinstance(body, dict) else None
        texts = [given] if isinstance(given, str) else given
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return refused('the body must be {"text": "..."} or {"text": ["...", ...]}')
        if len(texts) > MOST_TEXTS:
            return refused(f"at most {MOST_TEXTS} texts at once", 413)
        if any(len(text) > MOST_CHARACTERS for text in texts):
            return refused(f"at most {MOST_CHARACTERS} characters a text", 413)
        # A lone surrogate is legal JSON and no Unicode; one sign for another keeps the offsets.
        clean = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts]
        answers = await batcher.parse(clean) if clean else []
        for answer, text in zip(answers, texts, strict=False):
            answer["text"] = text
        return web.json_response(answers[0] if isinstance(given, str) else answers)

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    app = web.Application(client_max_size=MOST_BYTES)
    app.add_routes([web.post("/model/parse", parse), web.get("/health", health)])
    return app


def end_with_input() -> None:
    """End the process when whoever holds the other end of standard input is gone."""
    while os.read(0, 4096):
        pass
    os._exit(0)


def main() -> int:
    """Serve until a signal, or the parent's end; 2 where it cannot start."""
    arguments = argparse.ArgumentParser(description="Serves the NLU model on loopback.")
    arguments.add_argument("--port", type=int, default=5005, help="0 takes any free one")
    arguments.add_argument("--model", type=Path, default=Path(__file__).resolve().parent / "models" / "nlu.tar.gz")
    arguments.add_argument("--exit-with-parent", action="store_true", help="end when standard input ends")
    options = arguments.parse_args()
    logging.basicConfig(level=logging.WARNING)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", options.port))
    except (OSError, OverflowError) as error:
        print(
            f"nlu: cannot listen on port {options.port}: {getattr(error, 'strerror', None) or error}", file=sys.stderr
        )
        return 2
    if not options.model.is_file():
        print(f"nlu: no model at {options.model}; train one first (nlu/train.py)", file=sys.stderr)
        return 2
    if options.exit_with_parent:
        threading.Thread(target=end_with_input, daemon=True).start()
    model = engine.Model(options.model)
    model.parse(["hello"])  # the first one fills caches
    listener.listen(128)
    print(f"nlu: listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    web.run_app(application(model), sock=listener, print=None, access_log=None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
