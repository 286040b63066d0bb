"""Why a whole file is refused."""


class ImportFileError(ValueError):
    """A file that cannot be imported; `code` says why: `too_big`, `too_many`, `no_cards` or `format_unknown`."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)
