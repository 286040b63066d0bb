"""The catalogs and formats: complete in both languages, safe for Telegram, and what a person would write."""

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from babel.messages.pofile import read_po

import domain.errors
from bot.dialogue.flow import Flow
from bot.flows.menu_buttons import COMMANDS
from bot.flows.register import build_chat
from bot.understanding.acts import BUSINESS_INTENTS, INTENTS
from bot.understanding.service import Understander
from domain.agenda import Importance, Kind, Outcome, Status
from domain.customers import CustomerKind, Purpose, Relationship, Source
from domain.opportunities import LossReason, Stage
from domain.team import Role
from texts.catalog import DYNAMIC_PREFIXES, LANGUAGES, LOCALE, Html, Texts
from texts.formats import Formats

ROOT = Path(__file__).resolve().parents[2]
SPEAKING = ("bot", "actions", "presales", "texts")
SAYING = {"t", "n", "say"}
TODAY = date(2026, 11, 23)
TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote"}


@cache
def sentences(language: str) -> dict[str, tuple[str, ...]]:
    """Each key's translations: one, or one a plural form."""
    with (LOCALE / f"{language}.po").open("rb") as source:
        catalog = read_po(source, locale=language, abort_invalid=True)
    found = {}
    for message in catalog:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            strings = message.string or ()
            found[key] = (strings,) if isinstance(strings, str) else tuple(strings)
    return found


def placeholders(sentence: str) -> set[str]:
    """Names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def trees(*packages: str) -> Iterator[tuple[Path, ast.Module]]:
    """The syntax trees of our modules."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def literals(node: ast.AST) -> set[str]:
    """String constants below a node, without the pieces of f-strings."""
    if isinstance(node, ast.JoinedStr):
        return set()
    own = {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()
    return own.union(*(literals(child) for child in ast.iter_child_nodes(node)))


def key_arguments() -> Iterator[tuple[Path, ast.expr]]:
    """Where a key is named: first in `t`, `n` and `say`, somewhere in `_say`, and as `key=`."""
    for path, tree in trees(*SPEAKING):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for argument in node.args if name == "_say" else node.args[: name in SAYING]:
                yield path, argument
            for keyword in node.keywords:
                if keyword.arg == "key" and any("." in literal for literal in literals(keyword.value)):
                    yield path, keyword.value


def test_both_languages_have_the_same_keys() -> None:
    """A sentence of one language stands in the other too."""
    assert sentences("en").keys() == sentences("ro").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    """No translation is empty, in any plural form, and none is marked as doubtful."""
    empty = [key for key, forms in sentences(language).items() if not forms or not all(forms)]

    assert empty == []
    assert "#, fuzzy" not in (LOCALE / f"{language}.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    """A second entry of a key would silently replace the first."""
    text = (LOCALE / f"{language}.po").read_text(encoding="utf-8")
    counted = Counter(re.findall(r'^msgid "(.+)"$', text, re.MULTILINE))

    assert [key for key, times in counted.items() if times > 1] == []


def test_placeholders_agree() -> None:
    """A sentence asks for the same values in both languages and in every plural form."""
    differing = []
    for key, english in sentences("en").items():
        forms = [placeholders(form) for form in (*english, *sentences("ro")[key])]
        # "1 client" may be written "a client": a plural form alone may do without its count
        if len({frozenset(form - {"count"} if len(english) > 1 else form) for form in forms}) > 1:
            differing.append(key)

    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_telegrams(language: str) -> None:
    """Only tags that Telegram takes, each closed, nothing else that looks like markup."""
    wrong = []
    for key, forms in sentences(language).items():
        for form in forms:
            open_tags: list[str] = []
            for closing, tag in re.findall(r"<(/?)([^>]*)>", form):
                if closing:
                    if not open_tags or open_tags.pop() != tag:
                        wrong.append(key)
                elif tag in TAGS:
                    open_tags.append(tag)
                else:
                    wrong.append(key)
            rest = re.sub(r"</?[^>]*>", "", form)
            if open_tags or "<" in rest or ">" in rest or re.search(r"&(?!lt;|gt;|amp;|quot;)", rest):
                wrong.append(key)

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_carry_no_markup(language: str) -> None:
    """Buttons, the command menu and words put into sentences are plain text."""
    marked = [
        key
        for key, forms in sentences(language).items()
        if key.startswith(
            ("btn.", "menu.", "commands.", "intent.", "kind.", "source.", "outcome.", "status.", "stage.")
        )
        and any("<" in form for form in forms)
    ]

    assert marked == []


def test_romanian_uses_comma_below() -> None:
    """No cedilla, which old fonts showed and no keyboard writes."""
    text = (LOCALE / "ro.po").read_text(encoding="utf-8")
    days = [Formats("ro").day_long(date(2026, month, day), TODAY) for month in range(1, 13) for day in range(1, 8)]

    assert [letter for letter in "şţŞŢ" if letter in text + "".join(days)] == []


def test_no_cheer() -> None:
    """No exclamation mark anywhere."""
    cheerful = [key for language in LANGUAGES for key, forms in sentences(language).items() if "!" in "".join(forms)]

    assert cheerful == []


def test_every_key_that_the_source_names_exists() -> None:
    """A sentence that would be missing at run time is missing here."""
    missing = [
        f"{path.relative_to(ROOT)}: {key}"
        for path, argument in key_arguments()
        for key in literals(argument)
        if re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)*", key) and key not in sentences("en")
    ]

    assert missing == []


def test_composed_keys_begin_with_a_listed_prefix() -> None:
    """A key that is put together begins with a prefix of the one list, so that its codes are checked."""
    unknown = [
        f"{path.relative_to(ROOT)}: {argument.values[0].value!r}"
        for path, argument in key_arguments()
        if isinstance(argument, ast.JoinedStr)
        and isinstance(argument.values[0], ast.Constant)
        and re.fullmatch(r"[a-z_.]+", str(argument.values[0].value))
        and argument.values[0].value not in DYNAMIC_PREFIXES
    ]

    assert unknown == []


def test_no_key_is_unused() -> None:
    """Every sentence is named in the source, or begins with a listed prefix."""
    named = set().union(*(literals(tree) for _, tree in trees(*SPEAKING)))
    unused = [key for key in sentences("en") if key not in named and not key.startswith(DYNAMIC_PREFIXES)]

    assert unused == []


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("kind", Kind),
        ("importance", Importance),
        ("sign", Importance),
        ("source", Source),
        ("relationship", Relationship),
        ("purpose", Purpose),
        ("customer_kind", CustomerKind),
        ("outcome", Outcome),
        ("event_outcome", Outcome),
        ("status", Status),
        ("role", Role),
        ("stage", Stage),
        ("loss_reason", LossReason),
    ],
)
def test_every_code_has_a_word(prefix: str, codes: type[Kind]) -> None:
    """Each value of an enumeration has its word, and there is no word without a value."""
    assert {key.removeprefix(f"{prefix}.") for key in sentences("en") if key.startswith(f"{prefix}.")} == {
        code.value for code in codes
    }


def refusals() -> Iterator[tuple[str, set[str]]]:
    """Every code that the domain and its storage refuse with, and the values that go with it."""
    for path, tree in trees("domain", "storage", "bot", "actions"):
        if path.name == "importing.py":  # told row by row, as test_import_customers has it
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"InvalidValueError", "ConflictError"}:
                values = {keyword.arg for keyword in node.keywords if keyword.arg}
                for code in literals(node.args[0]) if node.args else ():
                    yield code, values


def test_every_refusal_has_a_sentence() -> None:
    """A typed error becomes words, and its sentence asks for no value that the error does not bring."""
    fixed = {"duplicate_own": {"name"}, "duplicate_foreign": {"owner"}, "stale": set()}
    for error in domain.errors.DomainError.__subclasses__():
        if "code" in vars(error):
            fixed.setdefault(error.code, set())
    wrong = [
        code
        for code, values in (*refusals(), *fixed.items())
        for language in LANGUAGES
        if not values >= placeholders("".join(sentences(language).get(f"error.{code}", ("{missing}",))))
    ]

    assert wrong == []


def test_a_missing_key_is_an_error() -> None:
    """A key that is in no catalog never reaches a person."""
    texts = Texts("en")

    with pytest.raises(KeyError):
        texts.t("no.such.key")
    with pytest.raises(KeyError):
        texts.n("no.such.key", 2)
    assert not texts.has("no.such.key")
    assert texts.has("btn.undo")


def test_an_unknown_language_is_an_error() -> None:
    """The two catalogs are all there are."""
    with pytest.raises(ValueError, match="fr"):
        Texts("fr")


def test_values_are_escaped() -> None:
    """What a person typed comes back as typed, and marked-up text stays marked up."""
    texts = Texts("en")
    plain = texts.t("question.client_near", name='<b>&"😀')
    marked = texts.t("question.client_near", name=Html("<b>Ana</b>"))

    assert "&lt;b&gt;&amp;" in plain
    assert '<b>&"😀' in plain.unescape()
    assert "<b>Ana</b>" in marked
    assert isinstance(plain, Html)
    assert isinstance(Html("<b>") + "&", Html)


def test_braces_in_a_value_are_text() -> None:
    """A name with braces is put in as it is and opens nothing."""
    assert "{owner.password}" in Texts("ro").t("question.client_near", name="{owner.password}")


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 1, "<b>1 client</b>"),
        ("en", 2, "<b>2 clients</b>"),
        ("ro", 1, "<b>1 client</b>"),
        ("ro", 2, "<b>2 clienți</b>"),
        ("ro", 0, "<b>0 clienți</b>"),
        ("ro", 19, "<b>19 clienți</b>"),
        ("ro", 20, "<b>20 de clienți</b>"),
        ("ro", 101, "<b>101 clienți</b>"),
        ("ro", 120, "<b>120 de clienți</b>"),
    ],
)
def test_plurals(language: str, count: int, expected: str) -> None:
    """Romanian has three forms: from 20 on with "de"."""
    assert Texts(language).n("clients.heading", count) == expected


@pytest.mark.parametrize(
    ("day", "english", "romanian"),
    [
        (date(2026, 11, 22), "yesterday", "ieri"),
        (date(2026, 11, 23), "today", "azi"),
        (date(2026, 11, 24), "tomorrow", "mâine"),
        (date(2026, 11, 27), "Fri 27 Nov", "vineri, 27 nov."),
        (date(2026, 5, 2), "Sat 2 May", "sâmbătă, 2 mai"),
        (date(2027, 3, 2), "Tue 2 Mar 2027", "marți, 2 mar. 2027"),
    ],
)
def test_days(day: date, english: str, romanian: str) -> None:
    """Near days have a name, others their date, with the year where it is another."""
    assert Formats("en").day(day, TODAY) == english
    assert Formats("ro").day(day, TODAY) == romanian


def test_headings() -> None:
    """A day as a heading is written out."""
    assert Formats("en").day_long(TODAY, TODAY) == "Monday 23 November"
    assert Formats("ro").day_long(TODAY, TODAY) == "luni, 23 noiembrie"
    assert Formats("ro").day_long(date(2027, 1, 1), TODAY) == "vineri, 1 ianuarie 2027"


def test_moments() -> None:
    """A day and an hour read as they are said."""
    tomorrow, friday = datetime(2026, 11, 24, 10, 0, tzinfo=UTC), datetime(2026, 11, 27, 9, 5, tzinfo=UTC)

    assert Formats("en").moment(tomorrow, TODAY) == "tomorrow 10:00"
    assert Formats("en").moment(friday, TODAY) == "Fri 27 Nov, 09:05"
    assert Formats("ro").moment(tomorrow, TODAY) == "mâine la 10:00"
    assert Formats("ro").moment(friday, TODAY) == "vineri, 27 nov., 09:05"
    assert Formats("ro").clock(time(7, 5)) == "07:05"


def test_periods() -> None:
    """Both days, the month once where it is one, the year where it is not this one."""
    english = Formats("en")

    assert english.period(date(2026, 11, 23), date(2026, 11, 29), TODAY) == "23–29 Nov"
    assert "2026" in english.period(date(2026, 11, 23), date(2026, 11, 29))
    assert english.period(date(2026, 12, 28), date(2027, 1, 3), TODAY).endswith("Jan 2027")
    assert english.period(TODAY, TODAY, TODAY) == "Mon 23 Nov"
    assert Formats("ro").period(date(2026, 11, 23), date(2026, 11, 29), TODAY) == "23–29 nov."


@pytest.mark.parametrize(
    ("minor", "currency", "english", "romanian"),
    [
        (2200000, "EUR", "€22,000", "22.000\N{NO-BREAK SPACE}EUR"),
        (2200050, "EUR", "€22,000.50", "22.000,50\N{NO-BREAK SPACE}EUR"),
        (-150000, "EUR", "-€1,500", "-1.500\N{NO-BREAK SPACE}EUR"),
        (9900, "RON", "99\N{NO-BREAK SPACE}RON", "99\N{NO-BREAK SPACE}RON"),
        (500, "JPY", "JP¥500", "500\N{NO-BREAK SPACE}JPY"),
    ],
)
def test_money(minor: int, currency: str, english: str, romanian: str) -> None:
    """Minor units become an amount, with cents only where there are some."""
    assert Formats("en").money(minor, currency) == english
    assert Formats("ro").money(minor, currency) == romanian


def test_phones() -> None:
    """A phone is spaced as people read it, or cut to what tells two people apart."""
    assert Formats("en").phone("+40722123456") == "+40 722 123 456"
    assert Formats("en").phone_tail("+40722123456") == "…456"


def test_lists() -> None:
    """Names are joined in the language, and escaped."""
    assert Formats("en").list_of(["Ana", "Mihai", "Elena"]) == "Ana, Mihai and Elena"
    assert Formats("ro").list_of(["Ana", "<Mihai>"]) == "Ana și &lt;Mihai&gt;"
    assert Formats("en").list_of([Html("<b>Ana</b>")]) == "<b>Ana</b>"


def served_flows() -> dict[str, Flow]:
    """Every capability of the chat, by intent."""
    return build_chat(cast("Understander", None))._engine._register.flows


def test_whatever_is_understood_is_served() -> None:
    """Every intent has its flow, but for those that steer the conversation itself."""
    assert INTENTS - set(served_flows()) == {"cancel", "back", "undo"}


def test_every_question_is_explained() -> None:
    """The second failure at a question explains it, so each type of question has its explanation."""
    asked = {slot.question for flow in served_flows().values() for slot in flow.slots}

    assert asked - {key.removeprefix("explain.") for key in sentences("en") if key.startswith("explain.")} == set()


def test_every_command_and_request_has_a_name() -> None:
    """The command menu and the names of requests are complete."""
    texts = Texts("ro")

    assert [name for name in COMMANDS if not texts.has(f"commands.{name}")] == []
    assert [intent for intent in BUSINESS_INTENTS if not texts.has(f"intent.{intent}")] == []
    assert all(len(form) <= 256 for name in COMMANDS for form in sentences("ro")[f"commands.{name}"])
