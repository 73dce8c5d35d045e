"""The article as one text to draw: every offset of the article is where it should be in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from tui_library import NOW, TEXT, document

from reader.model import Article, ArticleRow, Block, BlockType, Document, Link, Origin
from reader.quotes import extract_quotes
from reader.tui.hints import labels
from reader.tui.layout import Layout
from reader.tui.marks import ASCII, UNICODE
from reader.tui.overlay import Overlay
from reader.tui.sheet import Part, Sheet, sheet_of

ROW = ArticleRow(
    1, 1, "Daily Example", "News", "A title", "Jo Writer", "https://news.example.com/1", NOW, NOW, False, False, 0,
    None, Origin.FEED,
)  # fmt: skip


def article(document: Document) -> Article:
    return Article(ROW, document, tuple(extract_quotes(document.text)))


def test_quotes_and_links_are_where_they_were() -> None:
    """The words at a quote's and a link's place in the sheet are its words, number signs set aside."""
    one = article(document())
    sheet = sheet_of(one, UNICODE, UTC)
    assert one.quotes
    for quote, (start, end) in zip(one.quotes, sheet.quotes, strict=True):
        shown = sheet.text[start:end].replace("[1]", "")
        assert shown == quote.text
    (link,) = sheet.links
    assert sheet.text[link.start : link.end] == "the advisory"
    (number,) = sheet.numbers
    assert sheet.text[number.start : number.end] == "[1]"
    assert "[1]  https://advisory.example.com/2026/1" in sheet.text


@given(
    st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30), st.sampled_from("abc")), max_size=6),
    st.integers(1, 100),
)
@settings(max_examples=40)
def test_any_links_at_any_width(found: list[tuple[int, int, str]], width: int) -> None:
    """Links anywhere, also within and across each other: words keep their places and every line fits."""
    links = tuple(Link(start, min(start + size, len(TEXT)), f"https://{host}.example") for start, size, host in found)
    one = article(replace(document(), links=links))
    sheet = sheet_of(one, UNICODE, UTC)
    for offset, char in list(enumerate(TEXT))[::7]:
        assert sheet.text[sheet.positions.begin(offset)] == char
        assert sheet.positions.offset(sheet.positions.begin(offset)) == offset
    layout = Layout(sheet, width, UNICODE)
    for line in layout.lines:
        assert cell_len(line.prefix + sheet.text[line.start : line.end]) <= max(width, 2)
    Overlay.of(sheet, layout)


def test_every_word_is_drawn_once() -> None:
    """The lines of the body hold every word of the text, in order."""
    sheet = sheet_of(article(document()), UNICODE, UTC)
    layout = Layout(sheet, 40, UNICODE)
    body = [line for line in layout.lines if line.kind == "paragraph"]
    drawn = " ".join(sheet.text[line.start : line.end] for line in body)
    assert drawn.split() == TEXT.replace("the advisory", "the advisory[1]", 1).split()


def test_blocks_look_like_what_they_are() -> None:
    """Headings stand apart, list items have bullets, block quotes a bar, code keeps its blanks."""
    text = (
        "Intro words here.\n\nA heading\n\nfirst item of the list that goes on\n\n2. second\n\n"
        "quoted words\n\nif x:\n    y = 1"
    )
    kinds = [
        ("Intro words here.", BlockType.PARAGRAPH, 0),
        ("A heading", BlockType.HEADING, 2),
        ("first item of the list that goes on", BlockType.LIST, 1),
        ("2. second", BlockType.LIST, 1),
        ("quoted words", BlockType.QUOTE, 0),
        ("if x:\n    y = 1", BlockType.CODE, 0),
    ]
    blocks = tuple(
        Block(text.index(words), text.index(words) + len(words), kind, level) for words, kind, level in kinds
    )
    sheet = sheet_of(article(Document(text, blocks)), UNICODE, UTC)
    layout = Layout(sheet, 24, UNICODE)
    lines = [line.prefix + sheet.text[line.start : line.end] for line in layout.lines]
    at = lines.index("A heading")
    assert lines[at - 1] == ""
    assert "• first item of the list" in lines
    assert "  that goes on" in lines
    assert "2. second" in lines
    assert "│ quoted words" in lines
    assert "      y = 1" in lines


def test_header_says_where_it_comes_from() -> None:
    """Section, source, author and date in the reader's zone, then words, minutes and quotes, then the legend."""
    sheet = sheet_of(article(document()), UNICODE, UTC)
    lines = sheet.text.split("\n")
    assert lines[0] == "A title"
    assert lines[1] == "News · Daily Example · Jo Writer · Sun 1 Mar 2026, 12:00 UTC"
    assert lines[2].startswith("135 words · 1 min · ")
    assert lines[3].startswith("E\u00a0expert")


def test_dirty_text_is_cleaned_again() -> None:
    """Text that reached the library dirty is cleaned before it is drawn, and no offset points outside."""
    dirty = replace(document(), text=TEXT + "\x1b[2J\u202e")
    sheet = sheet_of(Article(replace(ROW, title="a\x1b]52;c;eA==\x07b"), dirty, article(document()).quotes), ASCII, UTC)
    assert "\x1b" not in sheet.text
    assert "\u202e" not in sheet.text
    assert all(0 <= start <= end <= len(sheet.text) for start, end in sheet.quotes)


def test_true_host_stands_beside_a_link_that_hides_it() -> None:
    """An address that begins with another host's name says where it really leads."""
    sheet = sheet_of(article(document(link="https://www.cisa.example@evil.example/x")), UNICODE, UTC)
    assert "evil.example" in sheet.text.split("[1]")[-1].split("(")[0]


def test_labels_are_few_keys() -> None:
    """One letter each while letters suffice; no label begins another; none uses y."""
    assert len(set(labels(25))) == 25
    assert all(len(label) == 1 for label in labels(25))
    assert all(len(label) == 2 for label in labels(26))
    assert not any("y" in label for label in labels(600))


def test_a_long_address_begins_beside_its_number() -> None:
    """No number of the list of links stands on a line of its own."""
    text = "[1]  https://example.com/" + "a" * 200
    sheet = Sheet(text=text, parts=(Part(0, len(text), "links"),))
    lines = Layout(sheet, 40, UNICODE).lines
    assert "example.com" in text[lines[0].start : lines[0].end]
    assert "".join(text[line.start : line.end] for line in lines) == text
