"""The calendar's words in both languages, folded: weekdays, months, units of time, parts of the day."""

from datetime import time

from bot.understanding.moments.wordlist import wordset

WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "luni": 0, "marti": 1, "miercuri": 2, "joi": 3, "vineri": 4, "sambata": 5, "duminica": 6,
}  # fmt: skip
# Short forms that are no other word.
SHORT_WEEKDAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
# Short forms that are words too ("sat", "vi", "ma"): believed only where a date or an hour follows at once.
RISKY_WEEKDAYS = {
    "sat": 5, "sun": 6, "lu": 0, "ma": 1, "mi": 2, "mie": 2, "jo": 3, "vi": 4, "sam": 5, "sb": 5, "sam.": 5, "du": 6, "dum": 6,
}  # fmt: skip
# With the article these mean "every Friday", or one Friday where "viitoare" or "trecută" follows.
ARTICLED_WEEKDAYS = {"lunea": 0, "martea": 1, "miercurea": 2, "joia": 3, "vinerea": 4}
PLURAL_WEEKDAYS = {
    "mondays": 0, "tuesdays": 1, "wednesdays": 2, "thursdays": 3, "fridays": 4, "saturdays": 5, "sundays": 6,
}  # fmt: skip
# "Fridays meeting" is Friday's; "fridays" alone is every Friday.
OWNED_BY_A_DAY = wordset(
    "meeting call test appointment visit drive task event demo presentation agenda handover delivery"
)
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
    "ianuarie": 1, "februarie": 2, "martie": 3, "aprilie": 4, "mai": 5, "iunie": 6, "iulie": 7, "septembrie": 9,
    "octombrie": 10, "noiembrie": 11, "decembrie": 12,
}  # fmt: skip
SHORT_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
    "ian": 1, "iun": 6, "iul": 7, "noiemb": 11, "decem": 12,
}  # fmt: skip
ALL_MONTHS = MONTHS | SHORT_MONTHS
# After "mai" (May, but also "more") and "may" these show that no month was meant.
NOT_AFTER_MAI = wordset(
    "bine mult multe multi putin putine putini tarziu devreme mare mari mic mici mica ieftin ieftina ieftine",
    "scump scumpa scumpe repede noi nou noua vechi veche bun buna buni bune are am avem ai aveti e este sunt",
    "vreau vrea vin vine degraba ales departe aproape rapid incolo incoace incet tineri tanar sus jos des rar",
    "jumatate interesat interesati",
)
NOT_AFTER_MAY = wordset("be have not want need come call also still i we he she they you")

DAYS = wordset("day days zi zile zilele zilei")
WEEKS = wordset("week weeks wk wks saptamana saptamani saptamanii sapt saptamanile")
MONTH_UNITS = wordset("month months luna luni lunii lunile")
QUARTERS = wordset("quarter quarters trimestrul trimestru trimestrului trim trimestre")
YEARS = wordset("year years yr yrs an ani anul anului")
HOURS = wordset("hour hours hr hrs h ora ore orele")
MINUTES = wordset("minute minutes min minut minutele")

UNITS: dict[str, str] = {}
for _words, _unit in (
    (DAYS, "day"), (WEEKS, "week"), (MONTH_UNITS, "month"), (QUARTERS, "quarter"), (YEARS, "year"), (HOURS, "hour"),
    (MINUTES, "minute"),
):  # fmt: skip
    UNITS |= dict.fromkeys(_words, _unit)

# The word that says which week, month, quarter or year: after the noun in Romanian, before it in English.
ROMANIAN_SHIFTS = {
    "asta": 0, "aceasta": 0, "acesta": 0, "acesteia": 0, "acestuia": 0, "asteia": 0, "astuia": 0, "curenta": 0, "curent": 0,
    "curente": 0, "curentei": 0, "curentului": 0, "ast": 0,
    "viitoare": 1, "viitor": 1, "viitoarea": 1, "urmatoare": 1, "urmatoarea": 1, "urmator": 1, "urmatorul": 1,
    "trecuta": -1, "trecut": -1, "trecute": -1, "anterioara": -1, "anterior": -1, "precedenta": -1, "precedent": -1,
}  # fmt: skip
ENGLISH_SHIFTS = {"this": 0, "current": 0, "next": 1, "last": -1, "previous": -1}
ROMANIAN_SHIFTS_BEFORE = {"aceasta": 0, "acest": 0, "viitoarea": 1, "urmatoarea": 1, "viitorul": 1, "urmatorul": 1}

MORNING, NOON, AFTERNOON, EVENING, NIGHT = "morning", "noon", "afternoon", "evening", "night"
PART_HOURS = {MORNING: time(9), NOON: time(12), AFTERNOON: time(15), EVENING: time(18)}
# The hour after which a part of the day is over, so that the same part tomorrow is meant.
PART_OVER = {MORNING: time(12), NOON: time(12), AFTERNOON: time(18), EVENING: time(22)}
