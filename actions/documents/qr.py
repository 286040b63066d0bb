"""A person's contact as a QR code: a phone's camera adds it to its contacts."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from actions.documents.sheet import Paint
from actions.documents.text import clean

LONGEST = 60  # letters of each value: a code that says more has modules too small for a phone held over paper
QUIET = 2  # modules of white around it, and the box around is light too
HALF = QUIET + 0.5  # to the middle of the first row


def contact_card(*, name: str, organisation: str, phone: str = "", email: str = "") -> str:
    """A vCard 3.0 (RFC 2426) of what is given."""
    values = (("N", f"{_escaped(name)};;;;"), ("FN", _escaped(name)), ("ORG", _escaped(organisation)))
    ways = (("TEL", _escaped(phone)), ("EMAIL", _escaped(email)))
    lines = [f"{key}:{value}" for key, value in (*values, *ways) if value]
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD"))


def qr_paint(text: str, x: float, y: float, size: float) -> Paint:
    """Paints the code of `text` into a square whose lower left corner is at `x`, `y`."""
    count, path = _drawn(text)
    module = size / (count + 2 * QUIET)

    def paint(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(x, y + size)
        canvas.scale(module, -module)
        canvas.setStrokeColor(black)
        canvas.setLineWidth(1)
        canvas.drawPath(path)
        canvas.restoreState()

    return paint


def _escaped(value: str) -> str:
    value = clean(value)[:LONGEST]
    for character in "\\;,":
        value = value.replace(character, f"\\{character}")
    return value.replace("\n", "\\n")


@lru_cache(maxsize=64)  # choosing the mask takes longer than the rest of an offer, and agents are few
def _drawn(text: str) -> tuple[int, PDFPathObject]:
    """How many modules a side has, and the dark ones as lines in modules from the upper left corner."""
    code = QRCode(None, QRErrorCorrectLevel.L)  # paper is clean: fewer and larger modules are worth more
    code.addData(text)
    code.make()
    path = PDFPathObject()
    for number, row in enumerate(code.modules):
        for start, end in _row_runs([bool(module) for module in row]):
            path.moveTo(start + QUIET, number + HALF)
            path.lineTo(end + QUIET, number + HALF)
    return len(code.modules), path


def _row_runs(modules: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last edge of each run of dark modules."""
    column = 0
    for is_dark, group in groupby(modules):
        length = len(list(group))
        if is_dark:
            yield column, column + length
        column += length
