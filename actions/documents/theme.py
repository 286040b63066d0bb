"""How our documents look: one embedded family, few sizes, colours that stay apart when printed in black."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"

INK = "#1b1c1f"
MUTED = "#595d64"
RULE = "#c3c6cb"
SHADE = "#eef0f3"
ACCENT = "#17395c"
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is set; sizes in points."""

    font: str = REGULAR
    size: float = 9
    colour: str = INK

    @property
    def leading(self) -> float:
        """From one baseline to the next; the marks over and under capitals (Ș, Ő) need a third more than the size."""
        return self.size * 1.34


@dataclass(frozen=True, slots=True)
class Tint:
    """A colour behind text: told apart by its darkness too, and always beside a word."""

    fill: str
    colour: str = INK
    stroke: str = ""


BODY = Style()
STRONG = Style(BOLD)
SMALL = Style(size=7.5, colour=MUTED)
NOTE = Style(ITALIC, 8, MUTED)
LABEL = Style(size=8, colour=MUTED)
HEADING = Style(BOLD, 11, ACCENT)
TITLE = Style(BOLD, 17, ACCENT)

IMPORTANCE = {
    "high": Tint("#b3261e", WHITE),
    "normal": Tint("#f6cf6b"),
    "low": Tint("#e6f4e3", stroke="#4c8a4a"),
}


@cache
def font(name: str) -> TTFont:
    """The font of that name, read and registered once a process."""
    loaded = TTFont(name, str(FONTS / f"{name}.ttf"))
    registerFont(loaded)
    return loaded
