"""Reads short answers and corrections: "no, make it 11" says only an hour, "no, thursday" only a day."""

from datetime import datetime

from bot.understanding.moments.arithmetic import Setting
from bot.understanding.moments.clocks import bare
from bot.understanding.moments.clusters import Cluster, compose
from bot.understanding.moments.resolve import day_of, hour_meant, moment_of
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.values import Direction, PartialMoment
from bot.understanding.moments.wordlist import wordset

# A number among these words and no others is an hour.
_CORRECTING = wordset(
    "no nu nope not actually make it change to rather better mai bine fa o l pune la ora schimba de fapt sorry",
    "scuze , . ! ? - instead please te rog pls mersi thanks sa fie ok hai say zi zic mean i sic atunci then at",
    "mut muta o-l let's lets il fa-l da yes yep vreau as vrea want push move ba ne that's mhm in schimb pardon",
    "oops ups wait stai mutam punem facem",
)


def find_partial(text: str, *, now: datetime) -> PartialMoment:
    """Give the day, the hour or both that a short answer names; what is unsure stays empty."""
    setting = Setting(now=now.replace(tzinfo=None), direction=Direction.FUTURE, zone=now.tzinfo)
    composed = compose(text)
    clusters = [cluster for cluster in composed.clusters if not cluster.recurrence]
    if not clusters:
        return _bare_hour(composed.line)
    if len(clusters) > 1 or clusters[0].unsure:
        return PartialMoment()
    return _of(clusters[0], setting)


def _of(cluster: Cluster, setting: Setting) -> PartialMoment:
    if cluster.instant is not None:
        moment = moment_of(cluster, setting)
        value = moment.value if moment else None
        return PartialMoment(value.date(), value.time()) if isinstance(value, datetime) else PartialMoment()
    hour = hour_meant(cluster.clock, cluster.part, day_named=True)
    if cluster.timed and hour is None:
        return PartialMoment()
    if not cluster.days:
        alone = hour_meant(cluster.clock, cluster.part, day_named=False)
        return PartialMoment(hour_minute=hour, needs_day=alone is None)
    day = day_of(cluster.days, setting, hour)
    return PartialMoment(day, hour) if day else PartialMoment()


def _bare_hour(line: Line) -> PartialMoment:
    for i, token in enumerate(line.tokens):
        if token.word in _CORRECTING:
            continue
        found = bare(line, i)
        if found is None or any(line.word(j) not in _CORRECTING for j in range(found[0], len(line))):
            return PartialMoment()
        clock = found[1].clock
        hour = hour_meant(clock, None, day_named=True)
        return PartialMoment(hour_minute=hour, needs_day=hour_meant(clock, None, day_named=False) is None)
    return PartialMoment()
