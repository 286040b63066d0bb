"""Days, hours, money, phones and lists as a person of each language writes them in a chat."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_interval
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol

from texts.catalog import Html, Texts

_LOCALES = {"en": Locale("en", "GB"), "ro": Locale("ro")}  # European order: day before month, 24 hours
_DAY = {"en": "EEE d MMM", "ro": "EEEE, d MMM"}  # Romanian weekdays are written out: "vin." is not said
_DAY_LONG = {"en": "EEEE d MMMM", "ro": "EEEE, d MMMM"}
_TAIL = 3  # digits of a phone that tell two people of one name apart, and no more
_NO_BREAK = "\N{NO-BREAK SPACE}"


class Formats:
    """How one language writes values; the results are plain text, escaped where `Texts` puts them into a sentence."""

    __slots__ = ("_locale", "_texts", "language")

    def __init__(self, language: str) -> None:
        self._texts = Texts(language)
        self.language = language
        self._locale = _LOCALES[language]

    def day(self, day: date, today: date) -> str:
        """As "today", "tomorrow", "yesterday", else "Fri 27 Nov", with the year where it is not this one."""
        return self._relative(day, today) or self._date(day, today, _DAY[self.language])

    def weekday(self, day: date) -> str:
        """As "Fri", for a button among others."""
        return format_date(day, "EEE", locale=self._locale)

    def day_long(self, day: date, today: date | None = None) -> str:
        """As "Friday 27 November", the heading of an agenda; the year follows where `today` is given and in another."""
        return self._date(day, today or day, _DAY_LONG[self.language])

    def clock(self, moment: time | datetime) -> str:
        """As "09:05", in both languages on 24 hours."""
        return f"{moment:%H:%M}"

    def moment(self, local: datetime, today: date) -> str:
        """As "tomorrow 10:00" or "Fri 27 Nov, 10:00"; `local` is on the reader's clock."""
        relative = self._relative(local.date(), today)
        key = "moment.relative" if relative else "moment.date"
        day = relative or self._date(local.date(), today, _DAY[self.language])
        return self._texts.t(key, day=day, clock=self.clock(local)).unescape()

    def period(self, first: date, last: date, today: date | None = None) -> str:
        """Both days included, "23–29 Nov", with the year unless both lie in that of `today`."""
        if first == last:
            return self._date(first, today, _DAY[self.language])
        this_year = today is not None and first.year == last.year == today.year
        return format_interval(first, last, skeleton="MMMd" if this_year else "yMMMd", locale=self._locale)

    def number(self, value: int | Decimal) -> str:
        """As "22,000.5", in Romanian "22.000,5"."""
        return format_decimal(value, locale=self._locale)

    def money(self, minor: int, currency: str) -> str:
        """An amount in minor units: "€22,000", "22.000 EUR"; cents only where there are some."""
        digits = get_currency_precision(currency)
        amount = Decimal(minor).scaleb(-digits)
        whole = amount == amount.to_integral_value()
        number = format_decimal(abs(amount), "#,##0" if whole else f"#,##0.{'0' * digits}", locale=self._locale)
        symbol = get_currency_symbol(currency, locale=self._locale)
        sign = "-" if amount < 0 else ""
        if self.language == "ro" or symbol.isalpha():  # "€22,000" but "22,000 RON"
            return f"{sign}{number}{_NO_BREAK}{symbol}"
        return f"{sign}{symbol}{number}"

    def phone(self, e164: str) -> str:
        """As "+40 722 123 456": Telegram makes a number in this form tappable."""
        number = phonenumbers.parse(e164)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def phone_tail(self, e164: str) -> str:
        """As "…456": enough to tell two customers of one name apart."""
        return f"…{e164[-_TAIL:]}"

    def list_of(self, names: Sequence[str]) -> Html:
        """As "Ana, Mihai and Elena", each escaped unless it is Html."""
        return Html(format_list([Html.escape(name) for name in names], locale=self._locale))

    def _relative(self, day: date, today: date) -> str:
        keys = {
            today - timedelta(days=1): "day.yesterday",
            today: "day.today",
            today + timedelta(days=1): "day.tomorrow",
        }
        return str(self._texts.t(keys[day])) if day in keys else ""

    def _date(self, day: date, today: date | None, pattern: str) -> str:
        shown = pattern if today is not None and day.year == today.year else f"{pattern} y"
        return format_date(day, shown, locale=self._locale)
