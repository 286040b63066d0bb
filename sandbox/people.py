"""The people who have a phone in the sandbox, and the bot that they talk to, as Telegram describes them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

BOT: dict[str, Any] = {
    "id": 42,
    "is_bot": True,
    "first_name": "PreSales sandbox",
    "username": "presales_sandbox_bot",
}

# Group chats of Telegram have negative ids; one group a person keeps the id computable from the person.
_GROUP_BASE = 5_000_000


@dataclass
class Person:
    """Someone with a phone; `started` says that the bot may write first, as after a first /start."""

    id: int
    first_name: str
    last_name: str = ""
    role: str | None = None
    language: str = "en"
    phone: str = ""
    username: str = ""
    blocked: bool = False
    started: bool = True
    in_group: bool = False
    read_up_to: int = 0
    keyboard: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """The whole name as the phone shows it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def group_id(self) -> int:
        """The id of the group that the person shares with the bot."""
        return -(_GROUP_BASE + self.id)

    def user(self) -> dict[str, Any]:
        """Describe the person as Telegram's User."""
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language}
        return user | {key: value for key, value in optional.items() if value}

    def chat(self, *, group: bool = False) -> dict[str, Any]:
        """Describe the private chat or the group as Telegram's Chat."""
        if group:
            return {
                "id": self.group_id,
                "title": f"{self.first_name} and colleagues",
                "type": "group",
                "all_members_are_administrators": True,
            }
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {"id": self.id, **{key: value for key, value in names.items() if value}, "type": "private"}

    def to_json(self) -> str:
        """Write the whole record for the store."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Person":
        """Read a record that to_json wrote."""
        return cls(**json.loads(text))


class PeopleError(ValueError):
    """A description of a person that cannot be used; its text is for whoever wrote it."""


def person_from(description: Any, next_id: int) -> Person:
    """Make a person of `{"id"?, "name", "role"?, "language"?, "phone"?, "username"?, "started"?}`."""
    if not isinstance(description, dict) or not isinstance(description.get("name"), str):
        raise PeopleError("A person is an object with a name.")
    first, _, last = description["name"].strip().partition(" ")
    if not first:
        raise PeopleError("A person's name must not be empty.")
    number = description.get("id", next_id)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**52 or number == BOT["id"]:
        raise PeopleError("A person's id must be a positive whole number, and not the bot's.")
    return Person(
        id=number,
        first_name=first,
        last_name=last.strip(),
        role=_text(description, "role") or None,
        language=_text(description, "language") or "en",
        phone=_text(description, "phone") or f"+40722{number % 1_000_000:06d}",
        username=_text(description, "username"),
        started=bool(description.get("started", True)),
    )


def read_people(path: Path) -> list[Person]:
    """Read a JSON list of people; raises PeopleError in words where it is none."""
    try:
        descriptions = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PeopleError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(descriptions, list):
        raise PeopleError(f"{path} is no JSON list of people.")
    return [person_from(description, 1001 + number) for number, description in enumerate(descriptions)]


def default_people() -> list[Person]:
    """Give the staff of the demonstration dealership, and a stranger who never wrote to the bot."""
    return [
        Person(1001, "Ana", "Ionescu", "agent", "en", "+40722100101", "ana_ionescu"),
        Person(1002, "Mihai", "Radu", "agent", "ro", "+40722100102", "mihai_radu"),
        Person(1003, "Elena", "Stan", "director", "ro", "+40722100103", "elena_stan"),
        Person(1999, "Radu", "Necunoscut", "stranger", "ro", "+40722100199", started=False),
    ]


def _text(description: dict[str, Any], key: str) -> str:
    value = description.get(key)
    if value is not None and not isinstance(value, str):
        raise PeopleError(f"A person's {key} must be text.")
    return value or ""
