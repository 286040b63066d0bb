"""Telegram's sending limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

import asyncio
from collections.abc import Callable

IN_ALL_A_SECOND = 30.0
A_CHAT_A_SECOND = 1.0
A_CHAT_BURST = 3.0  # "short bursts that go over this limit" are allowed: an answer, an edit and a push at once


class Bucket:
    """Tokens that come back at a steady rate."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._tokens, self._at = burst, clock()

    def take(self) -> float:
        """Take one token; returns the seconds to wait before it is there."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)

    @property
    def full(self) -> bool:
        """Whether nothing was taken of late, so that the bucket need not be kept."""
        return self._tokens + (self._clock() - self._at) * self._rate >= self._burst


class Limits:
    """One bucket for all and one a chat."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._all = Bucket(IN_ALL_A_SECOND, IN_ALL_A_SECOND, clock)
        self._chats: dict[int, Bucket] = {}

    async def wait(self, chat_id: int) -> None:
        """Wait until one more message may go to this chat."""
        if len(self._chats) > 1000:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.full}
        chat = self._chats.setdefault(chat_id, Bucket(A_CHAT_A_SECOND, A_CHAT_BURST, self._clock))
        await asyncio.sleep(max(chat.take(), self._all.take()))
