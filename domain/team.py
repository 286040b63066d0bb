"""Who works here: agents and the director, how they join, and what each has chosen for the own phone."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import InvalidValueError, LockedOutError, NotAllowedError
from domain.ports import UnitOfWork

CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no letter or digit that is misread on paper
CODE_LENGTH = 10
CODE_VALID_FOR = timedelta(days=7)
WRONG_CODES_ALLOWED = 5
LOCKED_FOR = timedelta(hours=1)
LANGUAGES = ("en", "ro")


class Role(StrEnum):
    """What somebody may do; `domain.permissions` reads it."""

    AGENT = "agent"
    DIRECTOR = "director"


class AgentStatus(StrEnum):
    """Whether the person is let in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(eq=False)
class Agent:
    """A person of the sales team; the director too. Times of day are local to `timezone`."""

    name: str
    role: Role
    language: str = "en"
    timezone: str = "Europe/Bucharest"
    agenda_time: time = time(8, 0)
    work_from: time = time(8, 0)
    work_to: time = time(20, 0)
    working_days: str = "12345"  # ISO weekdays, Monday is 1
    reminder_minutes: int = 30
    status: AgentStatus = AgentStatus.ACTIVE
    telegram_user_id: int | None = None
    chat_id: int | None = None
    created_at: datetime | None = None
    deputy: bool = False  # decides in the director's place, as `domain.permissions.may_decide` says
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)

    @property
    def zone(self) -> ZoneInfo:
        """The agent's time zone."""
        return ZoneInfo(self.timezone)

    def local(self, instant: datetime) -> datetime:
        """`instant` (aware) on the agent's clock."""
        return instant.astimezone(self.zone)


@dataclass(eq=False)
class Invitation:
    """A one-use way in; only the code's hash is kept."""

    code_hash: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    agent_id: int | None = None
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class JoinAttempts:
    """Wrong codes of one Telegram account, so that guessing ends after five."""

    telegram_user_id: int
    failed: int = 0
    locked_until: datetime | None = None


def hash_code(code: str) -> str:
    """The form in which a code is kept; case and dashes do not matter to the person who types it."""
    return hashlib.sha256(code.replace("-", "").strip().upper().encode()).hexdigest()


def invite(uow: UnitOfWork, *, name: str, role: Role) -> str:
    """Make an invitation and return its code, which is not kept; raises InvalidValueError for an empty name."""
    if not name.strip():
        raise InvalidValueError("name_empty")
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    uow.team.add_invitation(
        Invitation(
            code_hash=hash_code(code),
            name=name.strip(),
            role=role,
            created_at=uow.now,
            expires_at=uow.now + CODE_VALID_FOR,
        )
    )
    return code


def join(uow: UnitOfWork, *, code: str, telegram_user_id: int, chat_id: int, language: str) -> Agent | None:
    """Bind a Telegram account to the invited person; None for a wrong code, LockedOutError after five of them.

    The attempt must be committed either way, so a wrong code is a value and not an exception.
    """
    attempts = uow.team.join_attempts(telegram_user_id)
    if attempts.locked_until and attempts.locked_until > uow.now:
        raise LockedOutError
    invitation = uow.team.invitation(hash_code(code))
    if invitation is None or invitation.used_at or invitation.expires_at <= uow.now:
        attempts.failed += 1
        if attempts.failed >= WRONG_CODES_ALLOWED:
            attempts.failed, attempts.locked_until = 0, uow.now + LOCKED_FOR
        return None
    if uow.team.by_telegram(telegram_user_id):
        raise NotAllowedError
    agent = Agent(
        name=invitation.name,
        role=invitation.role,
        language=language if language in LANGUAGES else uow.defaults.language,
        timezone=uow.defaults.timezone,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id,
        created_at=uow.now,
    )
    uow.team.add(agent)
    uow.flush()
    invitation.used_at, invitation.agent_id = uow.now, agent.id
    attempts.failed = 0
    return agent


def set_preference(
    uow: UnitOfWork,  # noqa: ARG001  every use case takes the unit of work
    actor: Agent,
    *,
    agenda_time: time | None = None,
    language: str | None = None,
) -> None:
    """Change what the actor chose for the own phone; raises InvalidValueError for a language we do not speak."""
    if actor.status is not AgentStatus.ACTIVE:  # `domain.permissions` builds on this module
        raise NotAllowedError
    if language is not None:
        if language not in LANGUAGES:
            raise InvalidValueError("language_unknown", language=language)
        actor.language = language
    if agenda_time is not None:
        actor.agenda_time = agenda_time
