"""Periods, rhythms, lengths, preferred hours and partial answers, read on Monday 23 November 2026 at 09:30."""

from datetime import date, datetime, time

import pytest

from bot.understanding.moments import (
    Direction,
    Moment,
    PartialMoment,
    find_durations,
    find_moments,
    find_partial,
    find_periods,
    find_recurrences,
    find_time_of_day,
)

MONDAY = datetime.fromisoformat("2026-11-23T09:30")
FUTURE, PAST = Direction.FUTURE, Direction.PAST

PERIODS = [
    ("this week", FUTURE, "2026-11-23 2026-11-29"),
    ("agenda săptămâna asta", FUTURE, "2026-11-23 2026-11-29"),
    ("săptămâna aceasta", FUTURE, "2026-11-23 2026-11-29"),
    ("next week", FUTURE, "2026-11-30 2026-12-06"),
    ("sapt viitoare", FUTURE, "2026-11-30 2026-12-06"),
    ("săptămâna care vine", FUTURE, "2026-11-30 2026-12-06"),
    ("last week", PAST, "2026-11-16 2026-11-22"),
    ("săptămâna trecută", PAST, "2026-11-16 2026-11-22"),
    ("this month", FUTURE, "2026-11-01 2026-11-30"),
    ("luna curentă", PAST, "2026-11-01 2026-11-30"),
    ("next month", FUTURE, "2026-12-01 2026-12-31"),
    ("luna trecută", PAST, "2026-10-01 2026-10-31"),
    ("this quarter", FUTURE, "2026-10-01 2026-12-31"),
    ("trimestrul viitor", FUTURE, "2027-01-01 2027-03-31"),
    ("last quarter", PAST, "2026-07-01 2026-09-30"),
    ("this year", PAST, "2026-01-01 2026-12-31"),
    ("anul trecut", PAST, "2025-01-01 2025-12-31"),
    ("last 3 months", PAST, "2026-08-23 2026-11-23"),
    ("ultimele 3 luni", PAST, "2026-08-23 2026-11-23"),
    ("last two weeks", PAST, "2026-11-09 2026-11-23"),
    ("ultimele 2 săptămâni", PAST, "2026-11-09 2026-11-23"),
    ("ultimele 30 de zile", PAST, "2026-10-24 2026-11-23"),
    ("inactivi de 3 luni", PAST, "2026-08-23 2026-11-23"),
    ("inactive for 2 months", PAST, "2026-09-23 2026-11-23"),
    ("next 3 days", FUTURE, "2026-11-23 2026-11-26"),
    ("următoarele 2 săptămâni", FUTURE, "2026-11-23 2026-12-07"),
    ("Q3", PAST, "2026-07-01 2026-09-30"),
    ("Q3", FUTURE, "2027-07-01 2027-09-30"),
    ("Q4", PAST, "2026-10-01 2026-12-31"),
    ("Q1 2027", FUTURE, "2027-01-01 2027-03-31"),
    ("trimestrul 2", PAST, "2026-04-01 2026-06-30"),
    ("al treilea trimestru", PAST, "2026-07-01 2026-09-30"),
    ("third quarter of 2025", PAST, "2025-07-01 2025-09-30"),
    ("semestrul 1", PAST, "2026-01-01 2026-06-30"),
    ("in October", PAST, "2026-10-01 2026-10-31"),
    ("în noiembrie", PAST, "2026-11-01 2026-11-30"),
    ("in December", PAST, "2025-12-01 2025-12-31"),
    ("in march", FUTURE, "2027-03-01 2027-03-31"),
    ("octombrie 2026", FUTURE, "2026-10-01 2026-10-31"),
    ("luna martie", FUTURE, "2027-03-01 2027-03-31"),
    ("march next year", FUTURE, "2027-03-01 2027-03-31"),
    ("in 2025", PAST, "2025-01-01 2025-12-31"),
    ("anul 2026", PAST, "2026-01-01 2026-12-31"),
    ("2025", PAST, "2025-01-01 2025-12-31"),
    ("between 1 and 15 november", PAST, "2026-11-01 2026-11-15"),
    ("from 1 to 15 nov", PAST, "2026-11-01 2026-11-15"),
    ("de la 1 la 15 noiembrie", PAST, "2026-11-01 2026-11-15"),
    ("1-15 noiembrie", PAST, "2026-11-01 2026-11-15"),
    ("1-15 decembrie", FUTURE, "2026-12-01 2026-12-15"),
    ("între 20 noiembrie și 5 decembrie", FUTURE, "2026-11-20 2026-12-05"),
    ("from 25 dec to 5 jan", FUTURE, "2026-12-25 2027-01-05"),
    ("01.10 - 15.11.2026", PAST, "2026-10-01 2026-11-15"),
    ("1.10.2026-15.11.2026", PAST, "2026-10-01 2026-11-15"),
    ("october to december", PAST, "2026-10-01 2026-12-31"),
    ("din ianuarie până în martie 2026", PAST, "2026-01-01 2026-03-31"),
    ("from tuesday to friday", FUTURE, "2026-11-24 2026-11-27"),
    ("marți-vineri", FUTURE, "2026-11-24 2026-11-27"),
    ("since monday", PAST, "2026-11-16 2026-11-23"),
    ("since January", PAST, "2026-01-01 2026-11-23"),
    ("since 1 october", PAST, "2026-10-01 2026-11-23"),
    ("începând cu 1 octombrie", PAST, "2026-10-01 2026-11-23"),
    ("din 1 octombrie până azi", PAST, "2026-10-01 2026-11-23"),
    ("year to date", PAST, "2026-01-01 2026-11-23"),
    ("de la începutul anului", PAST, "2026-01-01 2026-11-23"),
    ("this weekend", FUTURE, "2026-11-28 2026-11-29"),
    ("weekendul viitor", FUTURE, "2026-12-05 2026-12-06"),
    ("last weekend", PAST, "2026-11-21 2026-11-22"),
    ("the week of 30 november", FUTURE, "2026-11-30 2026-12-06"),
]


@pytest.mark.parametrize(("text", "direction", "days"), PERIODS)
def test_period_runs_from_day_to_day(text: str, direction: Direction, days: str) -> None:
    """A stretch of days gives its first and last day, and no moment."""
    found = find_periods(text, now=MONDAY, direction=direction)
    assert [f"{span.value.first} {span.value.last}" for span in found] == [days]
    assert find_moments(text, now=MONDAY, direction=direction) == []


@pytest.mark.parametrize(
    "text",
    [
        "early next week", "sometime next week", "la începutul lunii viitoare", "last few months", "ultimele luni", "in march maybe 5 mai multe",
        "first half of december", "prima săptămână din decembrie", "by march", "after March", "Audi Q3", "a Q5 for Maria", "friday", "tomorrow",
        "3 luni", "call April", "with May", "un Passat din 2015", "2017 Golf", "ultima lună", "between 10 and 12", "from 20 to 28k",
        "end of the month", "two weeks after next", "saptamana cealalta",
    ],
)  # fmt: skip
def test_vague_and_other_stretches_give_no_period(text: str) -> None:
    """Vague stretches, single days, models and prices are no period."""
    assert [span for span in find_periods(text, now=MONDAY) if "march" not in span.text] == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45 min", 45), ("45 de minute", 45), ("for an hour", 60), ("o oră", 60), ("an hour and a half", 90), ("o oră jumate", 90),
        ("o ora si jumatate", 90), ("2h", 120), ("1h30", 90), ("1h 30m", 90), ("two hours", 120), ("două ore", 120), ("1.5 hours", 90),
        ("1,5 ore", 90), ("half an hour", 30), ("jumătate de oră", 30), ("un sfert de oră", 15), ("three quarters of an hour", 45),
        ("2 ore și 20 de minute", 140), ("an hour and 15 minutes", 75), ("friday at 10 for 30 minutes", 30), ("tomorrow from 10 to 11:30", 90),
        ("mâine 14-15", 60), ("90 minutes", 90),
    ],
)  # fmt: skip
def test_lengths_are_minutes(text: str, minutes: int) -> None:
    """A length is given in minutes; from one hour to another is one too."""
    assert [span.value for span in find_durations(text)] == [minutes]


@pytest.mark.parametrize(
    "text",
    ["in 45 minutes", "peste o oră", "an hour ago", "ora 10", "at 10", "3 days", "at 14h", "in 2 hours", "la 10 și 20"],
)
def test_moments_and_days_are_no_lengths(text: str) -> None:
    """What names a moment, or counts days, is no length."""
    assert find_durations(text) == []


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("every Monday at 8", "monday"), ("in fiecare luni", "monday"), ("în fiecare vineri la 8", "friday"), ("vinerea", "friday"),
        ("lunea la 9", "monday"), ("on fridays", "friday"), ("each tuesday", "tuesday"), ("every fri", "friday"), ("daily", "daily"),
        ("zilnic", "daily"), ("every morning", "daily"), ("în fiecare zi", "daily"), ("monthly", "monthly"), ("lunar", "monthly"),
        ("every month", "monthly"), ("weekly on thursday", "thursday"), ("în fiecare săptămână joia", "thursday"),
    ],
)  # fmt: skip
def test_rhythms(text: str, rhythm: str) -> None:
    """A rhythm that the software keeps is daily, monthly or a weekday."""
    assert [span.value for span in find_recurrences(text)] == [rhythm]


@pytest.mark.parametrize(
    "text",
    [
        "every other monday",
        "every two weeks",
        "weekly",
        "every weekday",
        "friday",
        "vinerea viitoare",
        "every 3 months",
    ],
)
def test_other_rhythms_give_nothing(text: str) -> None:
    """A rhythm that is not kept is not rounded to one that is."""
    assert find_recurrences(text) == []


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("send my agenda at 7:30", "07:30"), ("agenda la 7 și jumătate", "07:30"), ("agenda at 8", "08:00"), ("la 6 dimineata", "06:00"),
        ("at 7 in the evening", "19:00"), ("the stage report every Monday at 8", "08:00"), ("raportul zilnic la 18:00", "18:00"),
        ("at half past seven", "07:30"), ("agenda at 9pm", "21:00"), ("at noon", "12:00"), ("ora 07.15", "07:15"),
    ],
)  # fmt: skip
def test_preferred_hour_is_read_as_typed(text: str, hour: str) -> None:
    """A preferred hour stays in the morning where neither pm nor a part of the day is said."""
    assert [span.value for span in find_time_of_day(text)] == [hour]


@pytest.mark.parametrize("text", ["at 5", "la 3", "between 7 and 8", "order 7", "speak Romanian", "at 25:00"])
def test_unsure_preferred_hour_gives_nothing(text: str) -> None:
    """Five o'clock may be either end of the day."""
    assert find_time_of_day(text) == []


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("no, make it 11", PartialMoment(hour_minute=time(11))),
        ("no, thursday", PartialMoment(day=date(2026, 11, 26))),
        ("nu, joi", PartialMoment(day=date(2026, 11, 26))),
        ("la 11", PartialMoment(hour_minute=time(11))),
        ("11", PartialMoment(hour_minute=time(11))),
        ("11:30", PartialMoment(hour_minute=time(11, 30))),
        ("8", PartialMoment(hour_minute=time(8), needs_day=True)),
        ("at 8", PartialMoment(hour_minute=time(8), needs_day=True)),
        ("mai bine la 3", PartialMoment(hour_minute=time(15))),
        ("joi la 3", PartialMoment(date(2026, 11, 26), time(15))),
        ("not friday, thursday", PartialMoment(day=date(2026, 11, 26))),
        ("pe 5", PartialMoment(day=date(2026, 12, 5))),
        ("tomorrow morning", PartialMoment(date(2026, 11, 24), time(9))),
        ("in 2 hours", PartialMoment(date(2026, 11, 23), time(11, 30))),
        ("friday or saturday", PartialMoment()),
        ("Popescu", PartialMoment()),
        ("22000", PartialMoment()),
        ("31 february", PartialMoment()),
        ("order 11 Logans", PartialMoment()),
    ],
)
def test_short_answer_gives_the_half_it_names(text: str, partial: PartialMoment) -> None:
    """A correction names a day, an hour or both, and nothing where it is unsure."""
    assert find_partial(text, now=MONDAY) == partial


@pytest.mark.parametrize(
    ("text", "earlier", "moment"),
    [
        ("no, make it 11", datetime.fromisoformat("2026-11-27T10:00"), datetime.fromisoformat("2026-11-27T11:00")),
        ("no, thursday", datetime.fromisoformat("2026-11-27T10:00"), datetime.fromisoformat("2026-11-26T10:00")),
        ("no, thursday", date(2026, 11, 27), date(2026, 11, 26)),
        ("la 8", date(2026, 11, 27), datetime.fromisoformat("2026-11-27T08:00")),
        ("joi la 9", datetime.fromisoformat("2026-11-27T10:00"), datetime.fromisoformat("2026-11-26T09:00")),
    ],
)
def test_correction_replaces_only_what_it_names(text: str, earlier: date, moment: date) -> None:
    """A new hour keeps the day, a new day the hour."""
    assert find_partial(text, now=MONDAY).onto(Moment(earlier)) == Moment(moment)
