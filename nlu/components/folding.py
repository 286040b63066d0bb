"""One spelling for a word, whatever its case and diacritics, so that one weight serves them all."""

import re
import unicodedata
from functools import lru_cache
from typing import Iterator, Tuple

IN_WORD = r"[^\W_]|[\u0300-\u036f]"  # some keyboards send a letter and its mark apart
TOKEN = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|\d+(?:[.,:/]\d+)*[^\W\d_]*"  # a number, a date, an hour, with the unit that clings to it: 22k, 10:30, 60kWh
    r"|['’]s\b"  # the English genitive stands outside the name
    rf"|[^\W\d_](?:{IN_WORD})*(?:['’](?!s\b)(?:{IN_WORD})+)*"  # a word: O'Brien, don't, RAV4
    r"|\S"  # any other sign
)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower-case ``word`` and take its diacritics away: "Ștefănescu" gives "stefanescu"."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("’", "'")


def pieces(text: str) -> Iterator[Tuple[str, int]]:
    """Give each token of ``text`` and where it starts; offsets count code points of the text as it came."""
    for match in TOKEN.finditer(text):
        yield match.group(), match.start()


@lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """Say what a word is made of, runs shortened: "Popescu" gives "Xx", "RAV4" "Xd", "10:30" "d:d"."""
    classes = ("X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word)
    return re.sub(r"(.)\1+", r"\1", "".join(classes))[:6]
