"""Values as they stand in documents: dates with their year, amounts in columns with all their decimals."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from domain.money import Money
from texts.formats import Formats

_NO_BREAK = "\N{NO-BREAK SPACE}"


class PaperFormats(Formats):
    """What paper needs over the chat: nothing relative to today, figures that stand under each other."""

    __slots__ = ()

    def amount(self, money: Money) -> str:
        """As "22,000.00 EUR", in Romanian "22.000,00 EUR": the code, so that no symbol is misread."""
        return f"{self.figure(money)}{_NO_BREAK}{money.currency}"

    def figure(self, money: Money) -> str:
        """As "22,000.00", for a column whose heading names the currency."""
        return format_decimal(money.value, "#,##0.00", locale=self._locale)

    def date_short(self, day: date) -> str:
        """As "24 Nov 2026", for columns."""
        return format_date(day, "d MMM y", locale=self._locale)

    def day_head(self, day: date) -> str:
        """As "Tue 24 Nov", over a day's column."""
        return format_date(day, "EEE d MMM", locale=self._locale)

    def date_full(self, day: date) -> str:
        """As "24 November 2026"."""
        return format_date(day, "d MMMM y", locale=self._locale)

    def month(self, day: date) -> str:
        """As "Nov 2026", for a chart's axis."""
        return format_skeleton("yMMM", day, locale=self._locale)

    def stamp(self, local: datetime) -> str:
        """As "24 Nov 2026, 09:05"; `local` is on the reader's clock."""
        return f"{self.date_short(local)}, {self.clock(local)}"

    def percent(self, points: int | Decimal) -> str:
        """Percentage points with at most two decimals: "21%", in Romanian "21,5 %"."""
        pattern = self._locale.percent_formats[None].pattern.replace("#,##0", "#,##0.##")
        return format_decimal(Decimal(points) / 100, pattern, locale=self._locale)

    def rate(self, rate: Decimal) -> str:
        """An exchange rate with the four decimals that the central bank gives."""
        return format_decimal(rate, "#,##0.0000", locale=self._locale)
