"""What can be refused, as types: the bot turns each into words, and nothing else decides by text."""


class DomainError(Exception):
    """A refusal with a stable `code` (a key of the message catalogs, `error.<code>`) and values for its sentence."""

    code = "refused"

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values


class NotAllowedError(DomainError):
    """The actor's role or portfolio does not permit the use case."""

    code = "not_allowed"


class NotFoundError(DomainError):
    """What was named does not exist, or must not be seen by the actor: the two are never told apart."""

    code = "not_found"


class InvalidValueError(DomainError):
    """A value that cannot be kept; `code` says which and the sentence says what to write instead."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(**values)


class DuplicateCustomerError(DomainError):
    """A phone or e-mail that a customer has whom the actor may see; only the actor's own (`own`) can be shared by a second."""

    code = "duplicate_own"

    def __init__(self, *, customer_id: int, name: str, own: bool = True) -> None:
        self.customer_id = customer_id
        self.own = own
        super().__init__(name=name)


class ForeignCustomerError(DomainError):
    """A phone or e-mail of another agent's customer: the owner's name is all that may be told."""

    code = "duplicate_foreign"

    def __init__(self, *, owner: str, customer_id: int | None = None) -> None:
        self.customer_id = customer_id  # to ask the director for; never shown
        super().__init__(owner=owner)


class ConflictError(DomainError):
    """The state has changed since; `code` says how."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(**values)


class StaleError(ConflictError):
    """Another turn changed the same row in between: the whole turn can be tried again."""

    def __init__(self) -> None:
        super().__init__("stale")


class LockedOutError(DomainError):
    """Too many wrong invitation codes from one Telegram account."""

    code = "locked_out"
