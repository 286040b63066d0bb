"""A row as JSON, for the audit, and back."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from storage.types import UtcDateTime, clean_text

Image = dict[str, Any]


def image_of(table: sa.Table, values: Mapping[str, Any]) -> Image:
    """The columns of `table` as JSON values; instants, days and times in ISO form, enums as their value."""
    return {column.name: _encoded(values[column.name]) for column in table.columns}


def values_of(table: sa.Table, image: Image) -> dict[str, Any]:
    """What `image_of` was made from; a column that is younger than the image is left out."""
    return {column.name: _decoded(column, image[column.name]) for column in table.columns if column.name in image}


def _encoded(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, str):  # a StrEnum too
        return clean_text(str(value))
    return value


def _decoded(column: sa.Column[Any], value: object) -> object:
    if not isinstance(value, str):
        return value
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    if isinstance(column.type, sa.Time):
        return time.fromisoformat(value)
    return value
