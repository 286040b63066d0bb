"""What a log line may tell."""

import logging

import pytest

from presales.logs import JsonFormatter, PlainFormatter

NAME, PHONE = "Ion Popescu", "0722 123 456"


def failed_record() -> logging.LogRecord:
    """A record of an error that quotes a customer, raised from another that does too."""
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise LookupError(PHONE) from error
    except LookupError as error:
        exc_info = (type(error), error, error.__traceback__)
    return logging.LogRecord("bot", logging.ERROR, __file__, 1, "turn %d failed", (7,), exc_info)


@pytest.mark.parametrize("formatter", [PlainFormatter("%(message)s"), JsonFormatter()], ids=["text", "json"])
def test_an_error_in_the_log_quotes_no_customer(formatter: logging.Formatter) -> None:
    """Places and types of an error and of its cause are there; what their messages quote is not."""
    line = formatter.format(failed_record())
    assert "turn 7 failed" in line
    assert line.index("ValueError") < line.index("LookupError")
    assert "failed_record" in line
    assert NAME not in line
    assert PHONE not in line
