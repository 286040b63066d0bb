"""A Bot that also takes and gives Telegram's own JSON, through PTB's requests, errors and time-outs.

Updates must be kept exactly as Telegram gave them, and what waits in the outbox is Telegram's own JSON already.
"""

from typing import Any

from telegram import Bot
from telegram.request import BaseRequest


class RawBot(Bot):
    """PTB's Bot with `call`; PTB's own `do_api_request` warns of methods that it also wraps."""

    async def call(self, method: str, parameters: dict[str, Any], *, read_timeout: float | None = None) -> Any:
        """The `result` of a method as JSON; raises PTB's typed errors."""
        timeout: Any = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        return await self._post(method, parameters, read_timeout=timeout)
