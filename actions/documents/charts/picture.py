"""Pictures: a drawing or a PDF's page as PNG, rendered by PDFium."""

from io import BytesIO

from pypdfium2 import PdfDocument
from reportlab.graphics.renderPDF import draw
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

BORDER = 12.0
SHARP = 4.0  # pixels a point: a drawing of 376 points becomes 1600 pixels wide, sharp on a phone


def drawing_png(drawing: Drawing, *, scale: float = SHARP) -> bytes:
    """The drawing with a white border."""
    file = BytesIO()
    size = (drawing.width + 2 * BORDER, drawing.height + 2 * BORDER)
    canvas = Canvas(file, pagesize=size, invariant=1)
    draw(drawing, canvas, BORDER, BORDER)
    canvas.save()
    return page_png(file.getvalue(), scale=scale, colours=64)


def page_png(pdf: bytes, *, page: int = 0, scale: float = 2.0, colours: int = 0) -> bytes:
    """One page, counted from 0, at `scale` pixels a point; with so few colours a chart takes a quarter of the bytes."""
    with PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=scale)
        file = BytesIO()
        picture = bitmap.to_pil()
        if colours:
            picture = picture.quantize(colours)
        picture.save(file, "PNG")
        return file.getvalue()
