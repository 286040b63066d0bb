"""Column types that keep out what one of the two databases would refuse or change."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

E = TypeVar("E", bound=StrEnum)


def clean_text(text: str) -> str:
    """The text as both databases can keep it: without NUL, and lone surrogates become the replacement character."""
    whole = text.replace("\x00", "")
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: aware in, UTC out; a naive one is a mistake of the caller and raises ValueError."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Text(sa.types.TypeDecorator[str]):
    """Text of people, cleaned by `clean_text`."""

    impl = sa.Text()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  one rule for both
        return None if value is None else clean_text(value)


class SortText(Text):
    """Text that is compared by code points on both databases, so that ranges of prefixes use an index."""

    impl = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    cache_ok = True


class Choice(sa.types.TypeDecorator[E], Generic[E]):
    """A member of a StrEnum, kept as its value: a new member needs no migration."""

    impl = sa.String(30)
    cache_ok = True

    def __init__(self, choices: type[E]) -> None:
        self.choices = choices
        super().__init__()

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:  # noqa: ARG002  one rule for both
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002  one rule for both
        return None if value is None else self.choices(value)
