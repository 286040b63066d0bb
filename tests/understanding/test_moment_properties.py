"""What is rendered in words is understood back, on every day of five years, and no text at all upsets the readers."""

from datetime import date, datetime, time, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.moments import (
    Direction,
    find_durations,
    find_moments,
    find_partial,
    find_periods,
    find_recurrences,
    find_time_of_day,
)

FIRST = date(2026, 1, 1)
DAYS = 5 * 365 + 1
NOON_OF = time(12, 0)
ENGLISH = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ROMANIAN = ["luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică"]
ORDINAL = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
WITH_YEAR = [
    lambda day: format_date(day, "d MMMM y", locale="en"),
    lambda day: format_date(day, "MMMM d, y", locale="en"),
    lambda day: format_date(day, "EEEE, d MMMM y", locale="en"),
    lambda day: f"the {day.day}{ORDINAL.get(day.day, 'th')} of " + format_date(day, "MMMM y", locale="en"),
    lambda day: format_date(day, "d MMMM y", locale="ro"),
    lambda day: format_date(day, "EEEE, d MMMM y", locale="ro"),
    lambda day: format_date(day, "d MMM y", locale="en"),
    lambda day: day.isoformat(),
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"pe {day.day}.{day.month}.{day.year}",
]
moments_of_five_years = st.builds(
    lambda day, minute: datetime.combine(FIRST + timedelta(days=day), time(minute // 60, minute % 60)),
    st.integers(0, DAYS),
    st.integers(0, 24 * 60 - 1),
)
WORDS = (
    "friday 10 at la 15 martie . , : - / next last week luna viitoare de in 3 zile peste o ora half past to from "
    "1 2026 31 am pm  jumate si fara un sfert end of the first monday may mai % euro k mii @ # order tomorrow "
    "dimineata seara or sau nu not ci 22  000 0722 123 456 ş\u0306 q3 minutes ago every vinerea lui "
)
texts = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(WORDS.split()),
        max_size=12,
    ).map(" ".join),
)


def values(text: str, now: datetime, direction: Direction = Direction.FUTURE) -> list[object]:
    """Give the moments read from a text."""
    return [span.value.value for span in find_moments(text, now=now, direction=direction)]


@pytest.mark.parametrize("rendering", range(len(WITH_YEAR)))
def test_every_day_with_its_year_is_read_back(rendering: int) -> None:
    """A date with its year means that day, whatever the day it is said on."""
    for offset in range(DAYS):
        day = FIRST + timedelta(days=offset)
        now = datetime.combine(FIRST + timedelta(days=(offset * 7) % DAYS), NOON_OF)
        text = WITH_YEAR[rendering](day)
        assert values(text, now) == [day], (text, now)


@pytest.mark.parametrize("language", ["en", "ro"])
def test_every_day_without_a_year_is_the_next_or_the_last(language: str) -> None:
    """A date without a year is the next in a plan and the last in a log."""
    for offset in range(366, DAYS - 366):
        day = FIRST + timedelta(days=offset)
        if (day.month, day.day) == (2, 29):
            continue
        text = format_date(day, "d MMMM", locale=language)
        for distance in (1, 30, 200, 360):
            before = datetime.combine(day - timedelta(days=distance), NOON_OF)
            after = datetime.combine(day + timedelta(days=distance), NOON_OF)
            assert values(text, before) == [day], (text, before)
            assert values(text, after, Direction.PAST) == [day], (text, after)


@pytest.mark.parametrize("names", [ENGLISH, ROMANIAN])
def test_every_weekday_with_an_hour_is_the_next_such_hour(names: list[str]) -> None:
    """A weekday's hour is ahead, within seven days, on that weekday."""
    joint = "at" if names is ENGLISH else "la"
    for offset in range(DAYS):
        now = datetime.combine(FIRST + timedelta(days=offset), time(offset % 24, 17))
        number, hour = offset % 7, 8 + offset % 13
        [value] = values(f"{names[number]} {joint} {hour}", now)
        assert isinstance(value, datetime)
        assert value.weekday() == number
        assert value.hour == hour
        assert timedelta(0) < value - now <= timedelta(days=7)


@given(now=moments_of_five_years, days=st.integers(2, 300))
def test_counted_days_are_counted(now: datetime, days: int) -> None:
    """So many days ahead or back are counted on the calendar, in both languages."""
    ahead, back = now.date() + timedelta(days=days), now.date() - timedelta(days=days)
    assert values(f"in {days} days", now) == [ahead]
    assert values(f"peste {days} zile", now) == [ahead]
    assert values(f"{days} days ago", now) == [back]
    assert values(f"acum {days} de zile", now) == [back]


@given(now=moments_of_five_years, minutes=st.integers(2, 600))
def test_counted_minutes_are_counted(now: datetime, minutes: int) -> None:
    """So many minutes ahead or back are counted on the clock."""
    assert values(f"in {minutes} minutes", now) == [now + timedelta(minutes=minutes)]
    assert values(f"peste {minutes} de minute", now) == [now + timedelta(minutes=minutes)]
    assert values(f"{minutes} min ago", now) == [now - timedelta(minutes=minutes)]


@given(now=moments_of_five_years, hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_every_minute_of_the_day_is_read_back(now: datetime, hour: int, minute: int) -> None:
    """Two figures for the hour, or one above twelve, are the 24-hour clock; am and pm are said."""
    tomorrow = now.date() + timedelta(days=1)
    meant = datetime.combine(tomorrow, time(hour, minute))
    assert values(f"tomorrow at {hour:02}:{minute:02}", now) == [meant]
    assert values(f"mâine la ora {hour:02}.{minute:02}", now) == [meant]
    assert values(f"tomorrow {(hour - 1) % 12 + 1}:{minute:02} {'pm' if hour >= 12 else 'am'}", now) == [meant]


@given(now=moments_of_five_years, number=st.integers(0, 6))
def test_next_and_this_weekday_lie_in_their_weeks(now: datetime, number: int) -> None:
    """A weekday called next lies in the next calendar week, a bare one within seven days."""
    monday = now.date() - timedelta(days=now.weekday())
    articled = ["lunea", "marțea", "miercurea", "joia", "vinerea", "sâmbăta", "duminica"][number]
    assert values(f"next {ENGLISH[number]}", now) == [monday + timedelta(days=7 + number)]
    assert values(f"{articled} viitoare", now) == [monday + timedelta(days=7 + number)]
    assert values(f"{ROMANIAN[number]} săptămâna viitoare", now) == [monday + timedelta(days=7 + number)]
    [nearest] = values(ROMANIAN[number], now)
    assert isinstance(nearest, date)
    assert 1 <= (nearest - now.date()).days <= 7


@given(
    now=moments_of_five_years,
    month=st.sampled_from([(2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31)]),
    year=st.integers(2026, 2032),
)
def test_impossible_dates_give_nothing(now: datetime, month: tuple[int, int], year: int) -> None:
    """The 31st of a short month is no date, with its year or without."""
    number, day = month
    for text in (
        f"{day}.{number:02}.{year}",
        f"{year}-{number:02}-{day}",
        format_date(date(2026, number, 1), f"'{day}' MMMM", locale="ro"),
        format_date(date(2026, number, 1), f"MMMM '{day}'", locale="en") + " at 10",
    ):
        assert values(text, now) == [], text


@given(
    now=moments_of_five_years,
    name=st.sampled_from([*ENGLISH, "miercuri", "vineri", "sambata", "duminica"]),
    place=st.integers(1, 8),
)
def test_swapped_letters_are_mended_or_dropped(now: datetime, name: str, place: int) -> None:
    """Two letters swapped in a weekday give that weekday, or nothing; never another."""
    place = min(place, len(name) - 2)
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert values(f"call Ana {swapped}", now) in (values(f"call Ana {name}", now), [])


@settings(max_examples=300)
@given(text=texts, now=moments_of_five_years)
def test_no_text_upsets_the_readers(text: str, now: datetime) -> None:
    """Any text is read without an error; places lie inside it and in order."""
    for direction in Direction:
        for spans in (
            find_moments(text, now=now, direction=direction),
            find_periods(text, now=now, direction=direction),
        ):
            for span in spans:
                assert 0 <= span.start < span.end <= len(text)
                assert span.text == text[span.start : span.end]
            assert [span.start for span in spans] == sorted(span.start for span in spans)
    for found in (find_time_of_day(text), find_durations(text), find_recurrences(text)):
        assert all(0 <= span.start < span.end <= len(text) for span in found)
    find_partial(text, now=now)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1 ",
        "1.1.",
        "9",
        "friday ",
        "la 10 ",
        "1-2",
        "1 to ",
        "de la 1 la ",
        "in a week ",
        "half past ",
        "late early ",
        "ș\u0306",
    ],
)
def test_long_hostile_text_is_read_in_bounded_time(unit: str) -> None:
    """Four thousand characters of anything cost a fraction of a second."""
    text = (unit * 4000)[:4000]
    started = datetime.now().astimezone()
    find_moments(text, now=datetime.fromisoformat("2026-11-23T09:30"))
    assert datetime.now().astimezone() - started < timedelta(seconds=3)
