"""A bot in a few lines, for tests of the phone alone: what it does is said by the test, over plain HTTP."""

import json
import threading
from collections.abc import Callable
from typing import Any

import httpx

Update = dict[str, Any]


class ScriptedBot:
    """Calls the sandbox's Bot API, and hands every update to the test's function in a thread of its own."""

    def __init__(self, bot_url: str, react: Callable[["ScriptedBot", Update], None]) -> None:
        self._client = httpx.Client(base_url=f"{bot_url}42:sandbox/", timeout=30)
        self._react = react
        self._is_ending = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)
        self.seen: list[Update] = []
        self.failure: Exception | None = None

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start()

    def stop(self) -> None:
        """End the polling, and raise what the test's function failed with."""
        self._is_ending.set()
        self._thread.join(10)
        self._client.close()
        if self.failure is not None:
            raise self.failure

    def call(self, method: str, **content: Any) -> Any:
        """Call a Bot API method with JSON and give its result."""
        return self._result(self._client.post(method, json=content))

    def upload(self, method: str, field: str, name: str, body: bytes, **content: Any) -> Any:
        """Call a Bot API method with a file and give its result."""
        values = {key: value if isinstance(value, str) else json.dumps(value) for key, value in content.items()}
        return self._result(self._client.post(method, data=values, files={field: (name, body)}))

    def say(self, person: int, text: str, **content: Any) -> int:
        """Send a text and give its message id."""
        message_id: int = self.call("sendMessage", chat_id=person, text=text, **content)["message_id"]
        return message_id

    @staticmethod
    def _result(response: httpx.Response) -> Any:
        answer = response.json()
        if not answer["ok"]:
            raise RuntimeError(answer["description"])
        return answer["result"]

    def _poll(self) -> None:
        offset = 0
        while not self._is_ending.is_set():
            try:
                for update in self.call("getUpdates", offset=offset, timeout=0):
                    offset = update["update_id"] + 1
                    self.seen.append(update)
                    self._react(self, update)
                self._is_ending.wait(0.05)  # short polls, so that a test's end is not held up by a long one
            except httpx.TransportError:
                self._is_ending.wait(0.1)  # the sandbox is being started again
            except Exception as error:  # noqa: BLE001  told by stop(), in the test's own thread
                self.failure = error
                return


def inline(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Give an inline keyboard of labels and callback data."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}
