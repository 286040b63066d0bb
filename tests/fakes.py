"""What stands in for the outside world: time and holidays that a test sets."""

from datetime import UTC, date, datetime, timedelta


class FakeClock:
    """A clock that stands until the test moves it; it begins on a Wednesday morning in winter."""

    def __init__(self, start: datetime = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)) -> None:
        self.instant = start

    def now(self) -> datetime:
        """The instant that was set."""
        return self.instant

    def set(self, instant: datetime) -> None:
        """Go to an aware instant."""
        self.instant = instant.astimezone(UTC)

    def advance(self, **duration: float) -> None:
        """Go on, by what `timedelta` takes."""
        self.instant += timedelta(**duration)


class FakeHolidays:
    """Legal holidays that a test names; none at first."""

    def __init__(self) -> None:
        self.days: set[date] = set()

    def is_holiday(self, day: date) -> bool:
        """Whether the test named that day."""
        return day in self.days
