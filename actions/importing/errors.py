"""Why a whole file is refused."""


class ImportFileError(ValueError):
    """A file that cannot be imported; `code` says why, its sentence is `import.failed.<code>` with `values`."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    def __reduce__(self) -> tuple[object, ...]:
        return _made, (self.code, self.values)  # it comes back from the process that read the file


def _made(code: str, values: dict[str, object]) -> ImportFileError:
    return ImportFileError(code, **values)
