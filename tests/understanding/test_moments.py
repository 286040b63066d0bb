"""Days and hours in messages, read on Monday 23 November 2026 at 09:30 unless a row says otherwise."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.moments import Direction, find_moments

MONDAY = datetime.fromisoformat("2026-11-23T09:30")

AHEAD = """
friday | 2026-11-27
on friday | 2026-11-27
vineri | 2026-11-27
pe vineri | 2026-11-27
monday | 2026-11-30
luni | 2026-11-30
monday at 10 | 2026-11-23T10:00
luni la 10 | 2026-11-23T10:00
monday at 8 | 2026-11-30T08:00
luni la 9 | 2026-11-30T09:00
monday afternoon | 2026-11-23T15:00
luni dimineața | 2026-11-30T09:00
friday at 10 | 2026-11-27T10:00
friday 10 | 2026-11-27T10:00
friday 10am | 2026-11-27T10:00
friday 3pm | 2026-11-27T15:00
fri at 10 | 2026-11-27T10:00
thurs 11:30 | 2026-11-26T11:30
wed 2pm | 2026-11-25T14:00
on sat at 10 | 2026-11-28T10:00
sat 10am | 2026-11-28T10:00
sun at 10 | 2026-11-29T10:00
vineri ora 10 | 2026-11-27T10:00
vineri la ora 17:30 | 2026-11-27T17:30
vineri, la 10 | 2026-11-27T10:00
la 10 vineri | 2026-11-27T10:00
15:45 vineri | 2026-11-27T15:45
la 10 luni | 2026-11-23T10:00
marți la 4 jumate | 2026-11-24T16:30
marti la patru jumate | 2026-11-24T16:30
sâmbătă dimineața | 2026-11-28T09:00
sambata la 11 | 2026-11-28T11:00
duminică | 2026-11-29
joi seara | 2026-11-26T18:00
vineri după-amiază | 2026-11-27T15:00
vineri dupa masa la 5 | 2026-11-27T17:00
vineri la prânz | 2026-11-27T12:00
friday noon | 2026-11-27T12:00
vi 10:00 | 2026-11-27T10:00
next friday | 2026-12-04
vinerea viitoare | 2026-12-04
vinerea viitoare la 9 jumate | 2026-12-04T09:30
next monday | 2026-11-30
lunea viitoare | 2026-11-30
this friday | 2026-11-27
vinerea asta | 2026-11-27
vinerea aceasta la 11 | 2026-11-27T11:00
last friday | 2026-11-20
vinerea trecută | 2026-11-20
friday week | 2026-12-04
next week tuesday | 2026-12-01
tuesday next week at 3 | 2026-12-01T15:00
marți săptămâna viitoare la 15 | 2026-12-01T15:00
săptămâna viitoare marți la 15:30 | 2026-12-01T15:30
saptamana viitoare, test drive cu Maria marți la 15 | 2026-12-01T15:00
sapt. viitoare joi | 2026-12-03
next week test drive with Maria tuesday 10 | 2026-12-01T10:00
friday this week | 2026-11-27
a week from friday | 2026-12-04
a week on friday | 2026-12-04
2 days before friday | 2026-11-25
first monday of december | 2026-12-07
the second tuesday of january | 2027-01-12
ultima vineri din luna | 2026-11-27
last friday of december | 2026-12-25
today | 2026-11-23
azi | 2026-11-23
astăzi | 2026-11-23
tomorrow | 2026-11-24
mâine | 2026-11-24
maine la 9.30 | 2026-11-24T09:30
maine 15 | 2026-11-24T15:00
10 tomorrow | 2026-11-24T10:00
tomorrow at 8 | 2026-11-24T08:00
tomorrow at 8pm | 2026-11-24T20:00
mâine la 8 seara | 2026-11-24T20:00
mâine pe la 3 după-amiaza | 2026-11-24T15:00
mâine dimineață la 9 | 2026-11-24T09:00
tomorrow morning | 2026-11-24T09:00
at 9 tomorrow morning | 2026-11-24T09:00
tomorrow evening at 6 | 2026-11-24T18:00
tomorrow's 4pm slot | 2026-11-24T16:00
tomorrow from 10 to 11 | 2026-11-24T10:00
mâine 10-11 | 2026-11-24T10:00
mâine de la 14 la 15:30 | 2026-11-24T14:00
tomorrow at nine thirty | 2026-11-24T09:30
day after tomorrow at 11 | 2026-11-25T11:00
the day after tomorrow | 2026-11-25
poimâine la 11 | 2026-11-25T11:00
poimaine dimineata | 2026-11-25T09:00
yesterday | 2026-11-22
ieri | 2026-11-22
ieri la 16:00 | 2026-11-22T16:00
alaltăieri | 2026-11-21
the day before yesterday | 2026-11-21
aseară | 2026-11-22T18:00
tonight | 2026-11-23T18:00
diseară | 2026-11-23T18:00
diseara la 7 | 2026-11-23T19:00
tonight at 7 | 2026-11-23T19:00
azi după-masă | 2026-11-23T15:00
azi dupa amiaza la 4 | 2026-11-23T16:00
this afternoon at 4 | 2026-11-23T16:00
at 4 this afternoon | 2026-11-23T16:00
azi la 8 seara | 2026-11-23T20:00
astazi la 14 | 2026-11-23T14:00
now | 2026-11-23T09:30
acum | 2026-11-23T09:30
in 2 hours | 2026-11-23T11:30
peste o oră | 2026-11-23T10:30
in half an hour | 2026-11-23T10:00
in an hour and a half | 2026-11-23T11:00
peste 20 de minute | 2026-11-23T09:50
peste un sfert de ora | 2026-11-23T09:45
peste o jumătate de oră | 2026-11-23T10:00
în două ore | 2026-11-23T11:30
20 minutes ago | 2026-11-23T09:10
acum o ora | 2026-11-23T08:30
in 7 days | 2026-11-30
7 days ago | 2026-11-16
peste 3 zile | 2026-11-26
acum 2 zile | 2026-11-21
o săptămână în urmă | 2026-11-16
cu 3 zile in urma | 2026-11-20
in two weeks | 2026-12-07
peste doua saptamani | 2026-12-07
într-o lună | 2026-12-23
in a month | 2026-12-23
peste 3 luni | 2027-02-23
in 3 days at 10 | 2026-11-26T10:00
peste 2 zile la 14 | 2026-11-25T14:00
de mâine într-o săptămână | 2026-12-01
two days from now | 2026-11-25
at 10 | 2026-11-23T10:00
at 9 | 2026-11-24T09:00
at 3 | 2026-11-23T15:00
at 7 | 2026-11-23T19:00
at 12 | 2026-11-23T12:00
la 12:30 | 2026-11-23T12:30
at 20 | 2026-11-23T20:00
at 8:30 | 2026-11-24T08:30
at 08:00 | 2026-11-24T08:00
at 15h | 2026-11-23T15:00
at 10h30 | 2026-11-23T10:30
at 0930 | 2026-11-24T09:30
at noon | 2026-11-23T12:00
la prânz | 2026-11-23T12:00
at ten | 2026-11-23T10:00
ora zece | 2026-11-23T10:00
la ora douăzeci | 2026-11-23T20:00
half past nine | 2026-11-24T09:30
half past ten | 2026-11-23T10:30
at half 11 | 2026-11-23T11:30
quarter to 5 | 2026-11-23T16:45
at quarter past 10 | 2026-11-23T10:15
ten past eleven | 2026-11-23T11:10
10 jumate | 2026-11-23T10:30
10 și un sfert | 2026-11-23T10:15
la 10 fără un sfert | 2026-11-23T09:45
maine la 11 fara zece | 2026-11-24T10:50
vineri la 10 si 10 | 2026-11-27T10:10
ora 10 și 30 | 2026-11-23T10:30
8 in the morning | 2026-11-24T08:00
8 seara | 2026-11-23T20:00
5 pm | 2026-11-23T17:00
at 5 p.m. | 2026-11-23T17:00
around 3 | 2026-11-23T15:00
pe la 3 | 2026-11-23T15:00
at 10 sharp | 2026-11-23T10:00
la 10 fix | 2026-11-23T10:00
15 march | 2027-03-15
march 15 | 2027-03-15
march 15th | 2027-03-15
the 15th of march | 2027-03-15
15 martie | 2027-03-15
15 martie la 10 | 2027-03-15T10:00
cinci decembrie | 2026-12-05
douăzeci și șase noiembrie | 2026-11-26
twenty-sixth of november | 2026-11-26
1 decembrie | 2026-12-01
întâi decembrie | 2026-12-01
december the first | 2026-12-01
30 nov | 2026-11-30
30 nov. | 2026-11-30
dec 1, 2026 at 10:00 | 2026-12-01T10:00
15 martie 2028 | 2028-03-15
15 martie anul viitor | 2027-03-15
15 march next year | 2027-03-15
15.03 | 2027-03-15
15.03.2027 | 2027-03-15
15.03.27 | 2027-03-15
pe 1.12 | 2026-12-01
15/3 | 2027-03-15
5/6/2027 | 2027-06-05
2026-12-01 | 2026-12-01
2026-12-01T10:00 | 2026-12-01T10:00
26-11-2026 | 2026-11-26
01.12.2026 ora 10 | 2026-12-01T10:00
pe 5 | 2026-12-05
on the 5th | 2026-12-05
on the 5th at 10 | 2026-12-05T10:00
pe 27 la 10 | 2026-11-27T10:00
pe data de 5 | 2026-12-05
the 5th of next month | 2026-12-05
pe 5 luna viitoare | 2026-12-05
5 ale lunii viitoare | 2026-12-05
Tuesday the 24th | 2026-11-24
marți 24 noiembrie | 2026-11-24
vineri, 27.11 ora 14 | 2026-11-27T14:00
joi 26 la 10 | 2026-11-26T10:00
friday 27 | 2026-11-27
friday 4 | 2026-11-27T16:00
mâine, 24 noiembrie, la 10 | 2026-11-24T10:00
Thursday 26 November 2026, 10:00 | 2026-11-26T10:00
today, monday, at 11 | 2026-11-23T11:00
end of the month | 2026-11-30
sfârșitul lunii | 2026-11-30
final de lună | 2026-11-30
by the end of next month | 2026-12-31
end of March | 2027-03-31
sfarsitul lui martie | 2027-03-31
sfârșitul lunii decembrie | 2026-12-31
end of February | 2027-02-28
end of Q1 | 2027-03-31
end of the quarter | 2026-12-31
sfârșitul trimestrului viitor | 2027-03-31
end of the year | 2026-12-31
până la sfârșitul anului | 2026-12-31
last day of november | 2026-11-30
tommorow at 10 | 2026-11-24T10:00
tmrw 9 | 2026-11-24T09:00
2moro at 5 | 2026-11-24T17:00
thrusday at 2 | 2026-11-26T14:00
wendesday | 2026-11-25
Firday 10 | 2026-11-27T10:00
vinei la 10 | 2026-11-27T10:00
mieruri la 12 | 2026-11-25T12:00
sîmbătă | 2026-11-28
mîine | 2026-11-24
15 decemrbie | 2026-12-15
netx friday at 3 | 2026-12-04T15:00
maaine la 11 | 2026-11-24T11:00
lunni la 9 | 2026-11-30T09:00
vinerae viitoare | 2026-12-04
sambata duupa-amiaza | 2026-11-28T15:00
la 5 si un sfret | 2026-11-23T17:15
a fortnight from today | 2026-12-07
two weeks today | 2026-12-07
a week tomorrow | 2026-12-01
friday night at 9 | 2026-11-27T21:00
friday from 10 | 2026-11-27T10:00
fri 5ish | 2026-11-27T17:00
7.12. ora 10 | 2026-12-07T10:00
cancel fridays meeting with Acme | 2026-11-27
todays call with Maria | 2026-11-23
pune-i test drive lui Neagu marti la 11 | 2026-11-24T11:00
call him now | 2026-11-23T09:30
not friday, thursday | 2026-11-26
nu vineri, ci luni | 2026-11-30
instead of friday, tuesday at 10 | 2026-11-24T10:00
call Popescu friday, cel târziu | 2026-11-27
no later than 15 december | 2026-12-15
închidere 31.12.2026 | 2026-12-31
offer valid until 15.12 | 2026-12-15
friday test drive with Maria at 10 | 2026-11-27T10:00
vineri întâlnire cu Acme la 15 | 2026-11-27T15:00
test drive friday with Maria and Ion at 10 | 2026-11-27T10:00
tomorrow, call Popescu at 10 | 2026-11-24T10:00
call Popescu, follow up friday at 10 | 2026-11-27T10:00
move Maria's test drive to monday 9 | 2026-11-30T09:00
sun la 10 | 2026-11-23T10:00
call at 0722123456 tomorrow | 2026-11-24
sun la 021 312 45 67 maine | 2026-11-24
price 15.500 euro by friday | 2026-11-27
oferta la 22.500 pana vineri | 2026-11-27
test drive Duster 1.0 TCe 100 friday at 10 | 2026-11-27T10:00
test drive Clio 4 tomorrow | 2026-11-24
order 10 Logans tomorrow | 2026-11-24
mâine 10 logans | 2026-11-24
Iulia vine maine | 2026-11-24
call June at 10 | 2026-11-23T10:00
Marta marti la 3 | 2026-11-24T15:00
"""

NOTHING = """
soon
early March
early in march
mid march
începutul lui martie
începutul lunii viitoare
late november
sometime next week
in a few days
peste câteva zile
in a couple of weeks
zilele astea
around 15 march
cam pe 15 martie
after friday
before 15 march
the day after friday
a doua zi
31 february
31 noiembrie
30.02.2027
29 february
on the 32nd of march
15/13/2027
at 25:00
ora 27
Tuesday the 19th
miercuri 27 noiembrie
tomorrow, friday
friday or saturday
sâmbătă sau duminică
at 10 or 11
friday at 10 or 11
tomorrow between 10 and 12
mâine între 10 și 12
at 8
la ora 8
today at 8
friday night
first thing tomorrow
vineri devreme
after lunch
at 15:00 am
friday evening at 3
early march at 10
31 february at 10
tuesday the 19th at 10
23 november
every friday at 10
vinerea la 8
zilnic la 9
on mondays at 9
this week
in October
ultimele 3 luni
3 luni
la 6 luni
rate pe 60 de luni
garanție 5 ani
pe 5 clienți
la 3 clienți
at 3 dealers
la 3%
la 5 lei
la 10 mii euro
at 22000
la 130 CP
engine 1.5 dCi
2.0 TDI 150 CP
TCe 130
Golf 7
Peugeot 3008
Seria 3
ID.4
2017 Golf
order 1042
v2.10
24/7
3/4
12/25
5 mai bine
5 mai târziu
vreau 2 mai ieftine
it may work
Augusta
I sat with him
du-te la el
ma duc la Acme
strada 1 Decembrie 1918
Piata 1 Mai
45 de minute
o oră jumate
for 2 hours
good morning
bună seara
in 3 working days
peste 5 zile lucrătoare
0722 123 456
1800101221144
22.500,50 euro
5 Dusters at 10%
meeting with 3 people
B 10 XYZ
sun-o lani la 10
call Ana ieei la 10
friday next
the friday after
same time tomorrow
1 Mai SRL
Monday.com
she's in negotiation now
Lupu's deal is now at 24.500
change the phone to 0740 555 121
one Jogger at 22 000 euro
noo
"""

BEHIND = """
friday | 2026-11-20
vineri la 10 | 2026-11-20T10:00
monday | 2026-11-16
monday at 9 | 2026-11-23T09:00
monday at 10 | 2026-11-16T10:00
at 9 | 2026-11-23T09:00
at 10 | 2026-11-22T10:00
15 march | 2026-03-15
30 nov | 2025-11-30
on the 5th | 2026-11-05
pe 27 | 2026-10-27
yesterday at 4 | 2026-11-22T16:00
ieri dimineata | 2026-11-22T09:00
this morning | 2026-11-23T09:00
today | 2026-11-23
last friday | 2026-11-20
vinerea trecută | 2026-11-20
friday 13 november | 2026-11-13
end of October | 2026-10-31
tomorrow | 2026-11-24
two hours ago | 2026-11-23T07:30
acum 3 săptămâni | 2026-11-02
"""


def rows(table: str) -> list[tuple[str, str]]:
    """Cut a table into its rows."""
    return [(text.strip(), value.strip()) for text, value in (line.split("|") for line in table.strip().splitlines())]


def read(text: str, direction: Direction = Direction.FUTURE, now: datetime = MONDAY) -> list[str]:
    """Give the values read from a message."""
    return [span.value.as_json()["value"] for span in find_moments(text, now=now, direction=direction)]


@pytest.mark.parametrize(("text", "value"), rows(AHEAD))
def test_plan_names_the_moment_to_come(text: str, value: str) -> None:
    """A plan's phrase gives exactly one moment, the one ahead."""
    assert read(text) == [value]


@pytest.mark.parametrize("text", NOTHING.strip().splitlines())
def test_unsure_words_give_no_moment(text: str) -> None:
    """Vague, impossible and contradictory times, and figures of other things, give nothing."""
    assert read(text) == []


@pytest.mark.parametrize(("text", "value"), rows(BEHIND))
def test_log_names_the_moment_gone_by(text: str, value: str) -> None:
    """In a log or report the same words name the last such day."""
    assert read(text, Direction.PAST) == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("called Popescu today, no answer, call again tomorrow at 9", ["2026-11-23", "2026-11-24T09:00"]),
        ("tomorrow call Popescu at 10, then Maria at 12", ["2026-11-24T10:00", "2026-11-24T12:00"]),
        ("mâine sun pe Popescu la 10 și pe Maria la 12", ["2026-11-24T10:00", "2026-11-24T12:00"]),
        ("follow up friday with X, and meeting at 10", ["2026-11-27"]),
        ("called Popescu yesterday at 10, meeting at 15", ["2026-11-22T10:00", "2026-11-23T15:00"]),
        ("Popescu came yesterday, call him at 10", ["2026-11-22", "2026-11-23T10:00"]),
        ("call Ion tomorrow at 10 and Maria friday at 11", ["2026-11-24T10:00", "2026-11-27T11:00"]),
        ("move tomorrow's meeting to friday at 10", ["2026-11-24", "2026-11-27T10:00"]),
        ("mută de vineri pe luni", ["2026-11-27", "2026-11-30"]),
        ("move Maria from 10 to 11", ["2026-11-23T10:00", "2026-11-23T11:00"]),
        ("Popescu signed. Delivery on 15 december at 11", ["2026-12-15T11:00"]),
    ],
)
def test_acts_of_one_message_keep_their_own_times(text: str, values: list[str]) -> None:
    """An hour belongs to the day of its own act, and is dropped where it may belong to another's."""
    assert read(text) == values


@pytest.mark.parametrize(
    ("now", "text", "values"),
    [
        ("2026-01-31T10:00", "in a month", ["2026-02-28"]),
        ("2028-01-31T10:00", "peste o lună", ["2028-02-29"]),
        ("2026-12-30T10:00", "2 january", ["2027-01-02"]),
        ("2026-12-31T10:00", "tomorrow", ["2027-01-01"]),
        ("2026-12-31T10:00", "end of the month", ["2026-12-31"]),
        ("2026-12-28T10:00", "next friday", ["2027-01-08"]),
        ("2026-11-29T10:00", "next monday", ["2026-11-30"]),
        ("2026-11-29T10:00", "monday", ["2026-11-30"]),
        ("2026-11-29T10:00", "this friday", []),
        ("2026-11-28T10:00", "last friday", []),
        ("2026-11-27T10:00", "friday", ["2026-12-04"]),
        ("2026-11-27T10:00", "friday at 11", ["2026-11-27T11:00"]),
        ("2026-11-27T10:00", "friday at 10", ["2026-12-04T10:00"]),
        ("2026-11-27T10:00", "27 november at 11", ["2026-11-27T11:00"]),
        ("2026-11-27T19:00", "at 7", ["2026-11-28T19:00"]),
        ("2026-11-27T15:00", "in the morning", ["2026-11-28T09:00"]),
        ("2026-11-27T10:00", "in the morning", []),
        ("2026-11-27T13:00", "this morning", []),
        ("2026-11-27T20:00", "tonight", []),
        ("2026-11-27T21:00", "at 10", ["2026-11-28T10:00"]),
        ("2027-01-05T10:00", "29 february 2028", ["2028-02-29"]),
        ("2026-12-20T10:00", "on the 5th", ["2027-01-05"]),
        ("2026-11-30T10:00", "friday 4", []),
        ("2026-11-05T10:00", "Thursday the 19th", ["2026-11-19"]),
    ],
)
def test_edges_of_weeks_months_and_years(now: str, text: str, values: list[str]) -> None:
    """Turns of the week, the month and the year are counted as the calendar does."""
    assert read(text, now=datetime.fromisoformat(now)) == values


def test_lengths_run_through_a_change_of_the_clocks() -> None:
    """Two hours after 02:30 on the night that leaves out an hour it is 05:30, and 03:30 does not exist."""
    zone = ZoneInfo("Europe/Bucharest")
    night = datetime(2027, 3, 28, 2, 30, tzinfo=zone)
    assert read("in 2 hours", now=night) == ["2027-03-28T05:30"]
    assert read("today at 03:30", now=night) == []
    assert read("in 2 hours", now=datetime(2026, 10, 25, 2, 30, tzinfo=zone)) == ["2026-10-25T03:30"]


def test_span_tells_the_stretches_that_carry_the_moment() -> None:
    """The name between a day and its hour is in none of the pieces."""
    text = "friday with Maria at 10"
    [span] = find_moments(text, now=MONDAY)
    assert [text[start:end] for start, end in span.pieces] == ["friday", "at 10"]
    assert (span.start, span.end, span.text) == (0, len(text), text)


def test_places_point_into_the_text_as_typed() -> None:
    """Decomposed letters and invisible characters do not move the places."""
    text = "sun\u0103 \u200bm\u0061\u0302ine la 10"
    [span] = find_moments(text, now=MONDAY)
    assert span.value.as_json() == {"value": "2026-11-24T10:00", "grain": "minute"}
    assert text[span.start : span.end].endswith("la 10")
