"""The words of documents: the catalog's sentences as plain text, since paper reads no markup."""

from texts.catalog import Texts
from texts.paper import PaperFormats


class Wording:
    """Sentences and formats of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.formats = PaperFormats(language)
        self._texts = Texts(language)

    def t(self, key: str, /, **values: object) -> str:
        """The sentence of `key`; raises KeyError as `Texts.t` does."""
        return self._texts.t(key, **values).unescape()

    def n(self, key: str, count: int, /, **values: object) -> str:
        """The sentence of `key` for that many."""
        return self._texts.n(key, count, **values).unescape()

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._texts.has(key)
