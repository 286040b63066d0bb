"""The HTML parse mode: what it makes of markup, and what it refuses in Telegram's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import complete, to_html, trim
from sandbox.html_entities import HtmlError, parse_html


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("ă <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("5 < 6", 'Unclosed start tag at byte offset 2|Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Unclosed start tag|Expected equal sign in declaration of an attribute of the tag "a"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=http://x.ro>y</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_markup_that_telegram_refuses(markup: str, error: str) -> None:
    """Broken or unknown markup is refused with the tag and the byte at which it stands."""
    with pytest.raises(HtmlError) as caught:
        parse_html(markup)
    assert any(part in str(caught.value) for part in error.split("|"))


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
    ],
)
def test_every_tag_becomes_its_entity(tag: str, kind: str) -> None:
    """Each tag that Telegram knows, in any case, marks exactly its text, counted in UTF-16 units."""
    text, entities = parse_html(f"😀 <{tag.upper()}>ăb</{tag}> c")
    assert text == "😀 ăb c"
    assert entities == [{"type": kind, "offset": 3, "length": 2}]


@pytest.mark.parametrize(
    ("markup", "entity"),
    [
        ('<a href="https://x.ro/?a=1&amp;b">y</a>', {"type": "text_link", "url": "https://x.ro/?a=1&b"}),
        ('<a href="tg://user?id=1001">y</a>', {"type": "text_mention", "user": {"id": 1001}}),
        ('<span class="tg-spoiler">y</span>', {"type": "spoiler"}),
        ("<blockquote expandable>y</blockquote>", {"type": "expandable_blockquote"}),
        ('<pre><code class="language-sql">y</code></pre>', {"type": "pre", "language": "sql"}),
    ],
)
def test_attributes_reach_the_entity(markup: str, entity: dict[str, object]) -> None:
    """Links, mentions, languages and kinds given by attributes come through."""
    assert parse_html(markup) == ("y", [{"offset": 0, "length": 1, **entity}])


def test_a_link_that_cannot_be_opened_leaves_its_text() -> None:
    """A link to tel: is no error in a text, it just is no link."""
    assert parse_html('<a href="tel:+40722">call</a>') == ("call", [])


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;b&gt;&amp;&quot;", '<b>&"'),
        ("&#65;&#x42;&#128512;", "AB😀"),
        ("&nbsp;&apos; &x; & &amp", "&nbsp;&apos; &x; & &"),
        ("&#0;&#xd800;", "&#0;&#xd800;"),
    ],
)
def test_character_references(markup: str, text: str) -> None:
    """The four named references and numbers are read; all others stand as typed."""
    assert parse_html(markup) == (text, [])


@given(st.text())
def test_escaped_text_comes_back_as_typed(text: str) -> None:
    """Whatever a person types, escaped for HTML, arrives unchanged and unmarked."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == (text, [])


def test_entities_move_with_trimmed_text() -> None:
    """White space at the ends goes, and entities still cover the same words."""
    assert trim(" \n😀ab ", [{"type": "bold", "offset": 4, "length": 2}]) == (
        "😀ab",
        [{"type": "bold", "offset": 2, "length": 2}],
    )


def test_telegram_finds_entities_itself() -> None:
    """Commands, links, addresses, numbers and mentions are found without markup, but not inside code."""
    found = complete("/start x https://wa.me/40 a@b.ro +40 722 123 456 @ana_i #nou 1/2", [])
    assert [entity["type"] for entity in found] == [
        "bot_command",
        "url",
        "email",
        "phone_number",
        "mention",
        "hashtag",
    ]
    code = {"type": "code", "offset": 0, "length": 6}
    assert complete("/start", [code]) == [code]


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([("bold", 0, 4), ("italic", 2, 4)], "<b>a&lt;<i>😀</i></b><i>b&amp;</i>c"),
        ([("bold", 0, 7), ("italic", 2, 2)], "<b>a&lt;<i>😀</i>b&amp;c</b>"),
        (
            [("text_link", 0, 1)],
            '<a href="https://x.ro/&quot;" rel="noopener noreferrer" target="_blank">a</a>&lt;😀b&amp;c',
        ),
    ],
)
def test_entities_are_shown_as_well_formed_html(entities: list[tuple[str, int, int]], expected: str) -> None:
    """The phone's HTML is escaped and its tags nest, even where entities overlap."""
    made = [
        {"type": kind, "offset": offset, "length": length, "url": 'https://x.ro/"'} for kind, offset, length in entities
    ]
    assert to_html("a<😀b&c", made) == expected
