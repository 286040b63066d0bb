"""The sentences of one language: gettext catalogs, read with Babel and compiled in memory at first use.

No build step, so that a corrected sentence is there at the next start.
"""

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ro")

DYNAMIC_PREFIXES = (
    "activity_type.",
    "anyway.",
    "block.",
    "btn.step_",
    "by_button.",
    "choice.",
    "client.add.",
    "client.ask.",
    "client.field.",
    "client.make_",
    "client.more.",
    "column.",
    "commands.",
    "confirm.",
    "consent.agree_",
    "consent.decline_",
    "consent.wording_",
    "contact_fields.",
    "customer_kind.",
    "deal_field.",
    "error.",
    "event_outcome.",
    "explain.",
    "import.delimiter.",
    "import.failed.",
    "import.field.",
    "import.reason.",
    "import.status.",
    "import.warning.",
    "importance.",
    "intent.",
    "item.",
    "join.welcome_",
    "kind.",
    "language.",
    "loss_reason.",
    "merge.was.",
    "offer_status.",
    "order_failed.",
    "order_kind.",
    "order_news.",
    "order_refused.",
    "order_status.",
    "outcome.",
    "payment.",
    "portfolio.",
    "purpose.",
    "received.",
    "recurrence.",
    "rejection.",
    "relationship.",
    "report.",
    "role.",
    "row.",
    "said.",
    "sign.",
    "source.",
    "stage.",
    "status.",
    "technical.",
)
"""Keys that are put together at run time from one of these and a code; every other key stands in full in the source."""


class Html(Markup):
    """Text that is safe in a Telegram message; whatever else is added to it is escaped."""

    __slots__ = ()


class _NoFallback(NullTranslations):
    """A key that is not in the catalog is a defect: it must never reach a person as it is."""

    def gettext(self, message: str) -> NoReturn:
        raise KeyError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002  gettext's own signature
        raise KeyError(msgid1)


@dataclass(frozen=True, slots=True)
class _Catalog:
    translations: GNUTranslations
    single: frozenset[str]
    plural: frozenset[str]


@cache
def _catalog(language: str) -> _Catalog:
    with (LOCALE / f"{language}.po").open("rb") as source:
        catalog = read_po(source, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    translations.add_fallback(_NoFallback())
    entries = [message for message in catalog if message.id and all(_strings(message.string))]
    return _Catalog(
        translations=translations,
        single=frozenset(str(message.id) for message in entries if not message.pluralizable),
        plural=frozenset(message.id[0] for message in entries if message.pluralizable),
    )


def _strings(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


class Texts:
    """Every sentence of one language ("en" or "ro"), as HTML for Telegram."""

    __slots__ = ("_known", "language")

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"there is no catalog for the language {language!r}")
        self.language = language
        self._known = _catalog(language)

    def t(self, key: str, /, **values: object) -> Html:
        """The sentence of `key`; values are escaped unless they are Html. Raises KeyError for an unknown key or value."""
        if key not in self._known.single:
            raise KeyError(key)
        return Html(self._known.translations.gettext(key)).format(**values)

    def n(self, key: str, count: int, /, **values: object) -> Html:
        """The sentence of `key` for that many, `{count}` in it being the number; raises KeyError as `t` does."""
        sentence = Html(self._known.translations.ngettext(key, key, count))
        return sentence.format(**{"count": count, **values})

    def has(self, key: str) -> bool:
        """Whether `key` is in the catalog, for texts that not every code has."""
        return key in self._known.single or key in self._known.plural
