"""vCards as phones and mail programs write them: what is read of each, and that nothing makes the reader fail."""

from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.importing import ImportFileError, read_candidates
from actions.importing.files import MAX_BYTES
from actions.importing.vcards import MAX_CARDS, read_vcards
from domain.importing import CandidateCustomer

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "vcards"
CARDS_IN_FILE = {
    "John_Doe_ANDROID.vcf": 6,
    "John_Doe_BLACK_BERRY.vcf": 1,
    "John_Doe_GMAIL.vcf": 1,
    "John_Doe_IPHONE.vcf": 1,
    "John_Doe_MAC_ADDRESS_BOOK.vcf": 1,
    "John_Doe_MS_OUTLOOK.vcf": 1,
    "gmail-list.vcf": 3,
    "gmail-single.vcf": 1,
    "outlook-2003.vcf": 1,
    "outlook-2007.vcf": 1,
    "thunderbird-MoreFunctionsForAddressBook-extension.vcf": 1,
}


def real(name: str) -> list[CandidateCustomer]:
    """The candidates of a real file; the test is skipped where the samples are not at hand."""
    path = REAL / name
    if not path.exists():
        pytest.skip("the sample cards are not at hand")
    return read_vcards(path.read_bytes())


def card(*lines: str, version: str = "3.0", ending: str = "\r\n") -> bytes:
    """One card of these lines."""
    return ending.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def one(*lines: str, version: str = "3.0") -> CandidateCustomer:
    """The candidate of one card of these lines."""
    (candidate,) = read_vcards(card(*lines, version=version))
    return candidate


@pytest.mark.parametrize(("name", "cards"), CARDS_IN_FILE.items(), ids=CARDS_IN_FILE)
def test_every_card_of_a_real_file_is_read(name: str, cards: int) -> None:
    """As many candidates as cards, none with a problem."""
    found = real(name)

    assert [candidate.row for candidate in found] == list(range(1, cards + 1))
    assert not any(candidate.problems for candidate in found)
    assert all(candidate.name or candidate.emails for candidate in found)


def test_android_names_are_quoted_printable_over_lines() -> None:
    """A name that goes on in the next line after "=" is read whole, a fax is left out, a photo skipped."""
    found = real("John_Doe_ANDROID.vcf")

    assert found[3].name == " ".join("Ñ" * 11)
    assert found[3].phones == ("123456", "3456789", "234567", "45678901")
    assert found[4].phones == ("123456",)
    assert found[4].emails[0] == "bob@company.com"
    assert set(found[5].company) == {"Ñ"}


def test_iphone_photo_without_folding_is_skipped() -> None:
    """Base64 lines that are not indented end neither the card nor what follows."""
    (candidate,) = real("John_Doe_IPHONE.vcf")

    assert candidate.name == "John Richter James Doe Sr."
    assert candidate.phones == ("905-555-1234", "905-666-1234", "905-777-1234", "905-222-1234")
    assert candidate.emails == ("john.doe@ibm.com",)
    assert candidate.company == "IBM, Accounting"


def test_outlook_label_without_folding_ends_nothing() -> None:
    """Quoted-printable with a soft break before a line without indentation is read on."""
    (candidate,) = real("John_Doe_MS_OUTLOOK.vcf")

    assert candidate.phones == ("(905) 555-1234", "(905) 666-1234")
    assert candidate.emails == ("john.doe@ibm.cm",)


def test_outlook_2003_numbers_are_words() -> None:
    """What stands as a number is handed on as written; deciding is the import's."""
    (candidate,) = real("outlook-2003.vcf")

    assert candidate.phones == ("MobilePhone", "BusinessPhone", "HomePhone")
    assert candidate.company == "Company, The, TheDepartment"
    assert "Second line\n\nThird line" in candidate.note


def test_gmail_comma_in_a_name_stays() -> None:
    """A name is one text though a comma stands in it without a backslash."""
    (candidate,) = real("John_Doe_GMAIL.vcf")

    assert candidate.name == "John Richter, James Doe Sr."


def test_romanian_letters() -> None:
    """Diacritics are read in UTF-8, in quoted-printable and in what Windows wrote, declared or not."""
    name = "Țuțuianu Ștefăniță"
    quoted = "".join(f"={byte:02X}" for byte in name.encode())
    windows = "BEGIN:VCARD\nVERSION:2.1\nFN:\u0162u\u0163uianu\nEND:VCARD".encode("cp1250")
    declared = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-2:\u0162u\u0163uianu\nEND:VCARD".encode("iso-8859-2")

    assert one(f"FN:{name}").name == name
    assert one(f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}", version="2.1").name == name
    assert read_vcards(windows)[0].name == "\u0162u\u0163uianu"
    assert read_vcards(declared)[0].name == "\u0162u\u0163uianu"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_the_whole_file(encoding: str) -> None:
    """A mark of order, or two bytes a letter, are known."""
    (candidate,) = read_vcards(card("FN:Ștefan Ionescu", "TEL:0722 123 456").decode().encode(encoding))

    assert (candidate.name, candidate.phones) == ("Ștefan Ionescu", ("0722 123 456",))


def test_unknown_charset_falls_back() -> None:
    """A charset that nobody knows is read as UTF-8."""
    assert one("FN;CHARSET=X-KLINGON:Ștefan", version="2.1").name == "Ștefan"


def test_lost_characters_are_told() -> None:
    """What could not be decoded is marked, in the name and as a problem."""
    (candidate,) = read_vcards(b"BEGIN:VCARD\nFN;CHARSET=UTF-16:abc\xef\xbf\xbd\xff\nTEL:0722123456\nEND:VCARD")
    (whole,) = read_vcards("BEGIN:VCARD\nFN:Ion \N{REPLACEMENT CHARACTER}\nEND:VCARD".encode())

    assert candidate.phones == ("0722123456",)
    assert whole.problems == ("characters_lost",)


def test_folded_lines() -> None:
    """A line that begins with a space goes on the one before."""
    assert one("FN:Ion Alexan", " dru Popescu", "NOTE:one\\, two\\nthree", "\t four").name == "Ion Alexandru Popescu"
    assert one("FN:Ion", "NOTE:one\\, two\\nthree", "\t four").note == "one, two\nthree four"


def test_a_note_that_was_not_folded() -> None:
    """A writer that breaks a note without indenting loses no word of it."""
    assert one("FN:Ion", "NOTE:wants a tow bar", "and winter tyres", "TEL:0722123456").note == (
        "wants a tow bar\nand winter tyres"
    )


def test_version_4() -> None:
    """Values as URIs and several types in quotation marks."""
    candidate = one(
        "FN:Ana Pop",
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+40-722-123-456',
        'TEL;TYPE="fax,work":tel:+40-21-123-4567',
        "EMAIL;PREF=1:Ana@Pop.RO",
        version="4.0",
    )

    assert candidate.phones == ("+40-722-123-456",)
    assert candidate.emails == ("Ana@Pop.RO",)


def test_groups_and_labels() -> None:
    """`item1.` before a name is a group; a fax that only its label tells is left out."""
    candidate = one(
        "FN:Ana Pop",
        "item1.EMAIL;type=INTERNET:ana@pop.ro",
        "item2.TEL:021 123 4567",
        "item2.X-ABLabel:_$!<HomeFAX>!$_",
        "item3.TEL:0722 123 456",
        "item3.X-ABLabel:Pe drum",
    )

    assert candidate.emails == ("ana@pop.ro",)
    assert candidate.phones == ("0722 123 456",)


def test_fax_and_pager_are_left_out_and_mobiles_come_first() -> None:
    """The first number is the one to call and to write to."""
    candidate = one(
        "FN:Ana",
        "TEL;HOME;VOICE:021 111 2222",
        "TEL;WORK;FAX:021 333 4444",
        "TEL;PAGER:021 555 6666",
        "TEL;CELL:0722 123 456",
        version="2.1",
    )

    assert candidate.phones == ("0722 123 456", "021 111 2222")


def test_invisible_marks_around_a_number() -> None:
    """What phones put around a copied number is not part of it."""
    assert one("FN:Ana", "TEL:\u202a+40 722 123 456\u202c").phones == ("+40 722 123 456",)


@pytest.mark.parametrize(
    ("lines", "name", "company"),
    [
        (("N:Popescu;Ion;Marian;;", "FN:Ion Popescu"), "Ion Popescu", ""),
        (("N:Popescu;Ion;Marian;;",), "Ion Marian Popescu", ""),
        (("N:Popescu;Ion;Marian,Radu;;",), "Ion Marian Radu Popescu", ""),
        (("N:;Ion\\\\;;;",), "Ion\\", ""),
        (("N:Popescu;Ion;;Dr.;", "FN:Dr. Ion Popescu"), "Ion Popescu", ""),
        (("N:;;;;", "FN:", "NICKNAME:Nelu"), "Nelu", ""),
        (("N:;;;;", "ORG:Acme SRL;Vânzări"), "", "Acme SRL, Vânzări"),
        (("FN:Acme SRL", "ORG:Acme SRL"), "", "Acme SRL"),
        (("FN:Acme", "X-ABShowAs:COMPANY"), "", "Acme"),
        (("FN:Acme", "KIND:org"), "", "Acme"),
        (("FN:Ion Popescu", "ORG:Acme SRL"), "Ion Popescu", "Acme SRL"),
        (("FN:ion@popescu.ro", "EMAIL:ion@popescu.ro"), "", ""),
        (("FN:+40 722-123456", "TEL:+40722123456"), "", ""),
        (("N:Popescu\\;Ionescu;Ana;;;",), "Ana Popescu;Ionescu", ""),
    ],
)
def test_who_somebody_is(lines: tuple[str, ...], name: str, company: str) -> None:
    """The formatted name, else its parts, else the nickname; an organisation where there is nobody."""
    candidate = one(*lines)

    assert (candidate.name, candidate.company) == (name, company)


def test_a_base64_name() -> None:
    """A text in base64 is a text; one that is not base64 costs its line alone."""
    assert one("FN;ENCODING=B:SW9uIFBvcGVzY3U=").name == "Ion Popescu"
    broken = one("FN;ENCODING=B:a", "N:Popescu;Ion;;;")
    assert (broken.name, broken.problems) == ("Ion Popescu", ("line_unreadable",))


def test_a_group_is_no_contact() -> None:
    """A mailing list is told apart."""
    assert one("KIND:group", "FN:Everybody", version="4.0").problems == ("not_a_contact",)


def test_a_card_that_cannot_be_read() -> None:
    """A card of which nothing could be read is still a row."""
    assert one("FN;ENCODING=B:a").problems == ("line_unreadable", "unreadable")


def test_a_missing_end() -> None:
    """A card that is cut off, or followed by another without an end, is read as far as it goes."""
    found = read_vcards(b"BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Ion\nTEL:0722")

    assert [(candidate.name, candidate.problems) for candidate in found] == [("Ana", ("no_end",)), ("Ion", ("no_end",))]
    assert found[1].phones == ("0722",)


def test_files_put_together() -> None:
    """Cards without a line's end between them, old line ends, and text around them."""
    data = card("FN:Ana", ending="\n").rstrip() + card("FN:Ion", ending="\r") + b"\nregards\n" + card("FN:Maria")

    assert [candidate.name for candidate in read_vcards(data)] == ["Ana", "Ion", "Maria"]


def test_a_card_within_a_card_is_no_row() -> None:
    """The agent of somebody (vCard 2.1) is not a customer."""
    found = read_vcards(card("FN:Ana", "AGENT:", "BEGIN:VCARD", "FN:Secretary", "TEL:1", "END:VCARD", "TEL:0722"))

    assert [(candidate.name, candidate.phones) for candidate in found] == [("Ana", ("0722",))]


def test_what_is_never_looked_at() -> None:
    """Photos, keys and birthdays leave no trace."""
    candidate = one("FN:Ana", "PHOTO;ENCODING=b;TYPE=JPEG:" + "/9j/" * 500, "BDAY:1980-01-01", "KEY:x", "UID:1")

    assert candidate == CandidateCustomer(row=1, name="Ana")


def test_a_file_without_a_card() -> None:
    """Any other file is refused as a whole."""
    with pytest.raises(ImportFileError, match="no_cards"):
        read_candidates("clients.vcf", b"name,phone\nIon,0722123456\n")
    with pytest.raises(ImportFileError, match="no_cards"):
        read_candidates("empty.vcf", b"")


def test_another_format() -> None:
    """What is taken is named."""
    with pytest.raises(ImportFileError, match="format_unknown") as refusal:
        read_candidates("clients.pdf", b"%PDF")
    assert ".vcf" in str(refusal.value.values["formats"])


def test_limits() -> None:
    """A file that is too big, or of too many cards, is refused before anything is taken."""
    with pytest.raises(ImportFileError, match="too_big"):
        read_candidates("big.vcf", b" " * (MAX_BYTES + 1))
    with pytest.raises(ImportFileError, match="too_many"):
        read_vcards(b"BEGIN:VCARD\nEND:VCARD\n" * (MAX_CARDS + 1))


@pytest.mark.parametrize(
    "line",
    [
        b"TEL;" + b"a;" * 150 + b":1",
        b"TEL" + b';A="b' * 80 + b":x",
        b"NOTE;" + b'"' * 500_000 + b":x",
        b"NOTE;" + b'":' * 50_000,
        b"NOTE:x" + b"\n y" * 500_000,
        b"FN:" + b"\\" * 90_000,
        b"TEL:0722123456\n" * 100_000,
    ],
    ids=["types", "quotes", "one quote", "colons", "folds", "backslashes", "numbers"],
)
def test_no_card_takes_long(line: bytes) -> None:
    """What is meant to keep a reader busy is read within a second or two."""
    begun = monotonic()
    found = read_vcards(b"BEGIN:VCARD\n" + line + b"\nEND:VCARD")

    assert len(found) == 1
    assert monotonic() - begun < 3


PIECES = st.sampled_from(
    [
        *(
            b"TEL",
            b"FN:",
            b"N:",
            b"ORG:",
            b";",
            b":",
            b"=",
            b"=\n",
            b"\n",
            b"\n ",
            b"\\",
            b",",
            b'"',
            b"TYPE=",
            b"item1.",
        ),
        *(b"ENCODING=QUOTED-PRINTABLE:", b"ENCODING=B:", b"CHARSET=utf-7", b"=C3", b"\xff", b"\0", b"NOTE:", b"0722"),
        *(b"AGENT:\n", b"X-ABLabel:", b"\xed\xa0\x80", b"EMAIL:<"),
    ]
)
NOISE = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(b"".join))


@settings(max_examples=300, deadline=None)
@given(NOISE)
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    """Whatever a file holds, there are candidates or the one refusal."""
    try:
        found = read_vcards(data)
    except ImportFileError:
        found = []
    assert [candidate.row for candidate in found] == list(range(1, len(found) + 1))


@settings(max_examples=300, deadline=None)
@given(st.lists(NOISE.filter(lambda content: b"VCARD" not in content.upper()), min_size=1, max_size=5))
def test_every_card_is_accounted_for(contents: list[bytes]) -> None:
    """As many candidates as cards, whatever the cards hold, and nothing that a database would not keep."""
    cards = [b"\nBEGIN:VCARD\nVERSION:2.1\n" + content + b"\nTEL:1\nEND:VCARD\n" for content in contents]
    found = read_vcards(b"".join(cards))

    assert len(found) == len(cards)
    for candidate in found:
        text = "".join((candidate.name, candidate.company, candidate.note, *candidate.phones, *candidate.emails))
        assert "\0" not in text
        assert text.encode()
