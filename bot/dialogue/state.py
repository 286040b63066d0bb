"""What a conversation remembers between turns: the open forms, and what the last turn did, for corrections."""

import logging
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

log = logging.getLogger(__name__)

Json = dict[str, Any]

FORM_LASTS = timedelta(minutes=30)
CORRECTION_LASTS = timedelta(minutes=15)
TOLD_KEPT = 5
TOLD_LENGTH = 200
SEEN_KEPT = 50
FORMS_KEPT = 3  # a form within a form within a form: nobody follows deeper


@dataclass(slots=True)
class Form:
    """A capability that still needs something: what is known, what was asked, what waits behind it."""

    id: int
    flow: str
    values: Json
    at: str  # when it was opened or last answered
    text: str = ""
    asked: str | None = None
    failures: int = 0
    answered: list[str] = field(default_factory=list)  # slots in the order in which they were answered, for "back"
    waiting: list[Json] = field(default_factory=list)  # acts of the same message, still to be done
    entry: int = 0  # the inbox entry whose message opened it
    asked_again: int = 0  # how often it was put again after something else
    soft: bool = False  # a follow-up question that is dropped when the person goes on to something else


@dataclass(slots=True)
class Done:
    """What one turn did, as forms that can be run again with a value replaced; `turn` is set where it wrote."""

    entry: int
    at: str
    turn: int | None = None
    forms: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Conversation:
    """The state of the chat with one person."""

    forms: list[Form] = field(default_factory=list)
    last: Done | None = None
    focus: int | None = None  # the customer spoken of last: offered first where a client is asked for
    next_form: int = 1
    told: dict[str, str] = field(default_factory=dict)  # what the latest turns said they did, for a typed "undo"
    final: int = 0  # the latest turn that cannot be undone: a typed "undo" must not pass it by and take back one before
    seen: dict[str, int] = field(default_factory=dict)  # the version of each deal that this person saw last

    @classmethod
    def load(cls, state: Json) -> "Conversation":
        """From the kept state; empty at first, and where another version of this program left what we cannot read."""
        if not state:
            return cls()
        try:
            last = state.get("last")
            return cls(
                forms=[Form(**form) for form in state["forms"]],
                last=Done(**last) if last else None,
                focus=state["focus"],
                next_form=state["next_form"],
                told=state.get("told", {}),
                final=state.get("final", 0),
                seen=state.get("seen", {}),
            )
        except (KeyError, TypeError) as error:
            log.warning("a conversation begins anew: %s", type(error).__name__)
            return cls()

    def dump(self) -> Json:
        """JSON to keep."""
        return asdict(self)

    @property
    def open(self) -> Form | None:
        """The form whose question is open."""
        return self.forms[-1] if self.forms else None

    def drop_old(self, now: datetime) -> list[Form]:
        """Forget forms that nobody answered in time; returns those whose loss the person should hear of."""
        kept: list[Form] = []
        lapsed: list[Form] = []
        for form in self.forms:
            (kept if now - datetime.fromisoformat(form.at) < FORM_LASTS else lapsed).append(form)
        self.forms = kept
        return [form for form in lapsed if not form.soft]

    def push(self, form: Form) -> None:
        """Open a form above the others; the oldest falls away where there are too many.

        A soft question of the same message stays: it was asked together with what follows it.
        """
        self.forms = [other for other in self.forms if not other.soft or other.entry == form.entry][-(FORMS_KEPT - 1) :]
        self.forms.append(form)

    def tell(self, turn: int, said: str) -> None:
        """Remember what a turn said that it did."""
        self.told[str(turn)] = said[:TOLD_LENGTH]
        self.told = dict(list(self.told.items())[-TOLD_KEPT:])

    def see(self, deal: int, version: int) -> None:
        """Remember which version of a deal was shown: what others change later is news."""
        self.seen.pop(str(deal), None)
        self.seen[str(deal)] = version
        self.seen = dict(list(self.seen.items())[-SEEN_KEPT:])

    def correctable(self, now: datetime) -> Done | None:
        """What the last turn did, while it is recent enough that "no, make it 11" can mean it."""
        if self.last and now - datetime.fromisoformat(self.last.at) < CORRECTION_LASTS:
            return self.last
        return None
