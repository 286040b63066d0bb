"""A phone and a bot to act on a running sandbox with."""

from typing import Any

import httpx
from telegram import Bot

ANA, MIHAI, STRANGER = 1001, 1002, 1999
# A PNG of 3 by 2 pixels: signature, header chunk; nothing here draws it.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x08\2\0\0\0"


class Phone:
    """One person's phone, by the JSON API that the page uses."""

    def __init__(self, client: httpx.AsyncClient, person: int = ANA) -> None:
        self.client = client
        self.person = person

    def of(self, person: int) -> "Phone":
        """Give another person's phone."""
        return Phone(self.client, person)

    async def act(self, action: str, *, status: int = 200, **content: Any) -> dict[str, Any]:
        """Do something and check the status."""
        response = await self.client.post(f"/phone/api/people/{self.person}/{action}", json=content)
        assert response.status_code == status, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def upload(self, action: str, name: str, content: bytes, status: int = 200, **form: str) -> dict[str, Any]:
        """Send a file and check the status."""
        response = await self.client.post(
            f"/phone/api/people/{self.person}/{action}", files={"file": (name, content)}, data=form
        )
        assert response.status_code == status, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def screen(self, after: int = 0) -> dict[str, Any]:
        """Read the chat."""
        response = await self.client.get(f"/phone/api/people/{self.person}/messages", params={"after": after})
        answer: dict[str, Any] = response.json()
        return answer

    async def last(self) -> dict[str, Any]:
        """Read the newest message."""
        message: dict[str, Any] = (await self.screen())["messages"][-1]
        return message


def make_bot(url: str) -> Bot:
    """Give a client of the sandbox's Bot API."""
    return Bot("42:sandbox", base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
