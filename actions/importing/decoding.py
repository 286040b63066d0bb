"""From the bytes of a text file to its text: what Excel, CRM programs and old Windows write in Romania.

`charset-normalizer` reads é, å and ñ of Western files as Central European letters: a table of names is too short for
its statistics. The two families differ in a few bytes, which tell them apart here.
"""

import codecs
import re

WINDOWS_CENTRAL, WINDOWS_WESTERN, LATIN_2 = "cp1250", "cp1252", "iso-8859-2"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's mark does, so it is looked for first
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Ă ă Ș ș Ț ț, and Ő ő Ű ű of Transylvania, in cp1250 and ISO-8859-2 alike
_CENTRAL = re.compile(rb"[\xc3\xe3\xaa\xba\xde\xfe\xd5\xf5\xdb\xfb]")
# À È Ê Ï Ñ Å Æ Ø Ò and their small ones in cp1252, where the other two have letters of other languages
_WESTERN = re.compile(rb"[\xc0\xe0\xc8\xe8\xca\xea\xcf\xef\xd1\xf1\xc5\xe5\xc6\xe6\xd8\xf8\xd2\xf2]")
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")  # control characters in ISO-8859
_LATIN_2_ONLY = re.compile(rb"[\xa5\xa9\xab\xac\xae\xb5\xb9\xbb\xbc\xbe](?=[a-z])|(?<=[a-z])[\xb5\xb9\xbb\xbe]")
_CONTROL = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)  # with lone surrogates: no database keeps them


def decode(data: bytes) -> tuple[str, str]:
    """The text without control characters, and the name of the encoding that it was read in."""
    encoding = encoding_of(data)
    return _CONTROL.sub("", data.decode(encoding, errors="replace")), encoding


def encoding_of(data: bytes) -> str:
    """The encoding: by its mark, by its zero bytes, UTF-8 where that fits, else by what its letters would be."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:4096]
    if start.count(0) > len(start) // 4:  # letters of two bytes, half of them zero
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    return "utf-8" if _is_utf_8(data) else _eight_bit(data)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start >= len(data) - 4  # cut off in its last letter
    return True


def _eight_bit(data: bytes) -> str:
    if len(_WESTERN.findall(data)) > len(_CENTRAL.findall(data)):
        return WINDOWS_WESTERN
    is_latin_2 = _LATIN_2_ONLY.search(data) and not _WINDOWS_ONLY.search(data)
    return LATIN_2 if is_latin_2 else WINDOWS_CENTRAL
