"""Contents in little room: what comes out is what went in, whatever it is and whatever changed in between."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, BlockType, Document, Draft, Link, Media
from reader.store import Database, articles, bodies, compression, faults

NUMBERS = st.integers(min_value=-5, max_value=10**7)
TEXTS = st.text(max_size=400)
DOCUMENTS = st.builds(
    Document,
    text=TEXTS,
    blocks=st.lists(st.builds(Block, NUMBERS, NUMBERS, st.sampled_from(BlockType), NUMBERS), max_size=8).map(tuple),
    links=st.lists(st.builds(Link, NUMBERS, NUMBERS, TEXTS), max_size=5).map(tuple),
    images=st.lists(st.builds(Media, TEXTS, TEXTS, st.none() | NUMBERS, TEXTS), max_size=5).map(tuple),
)


@given(DOCUMENTS, st.binary(max_size=400))
def test_everything_comes_back(document: Document, content: bytes) -> None:
    """Text, layout and content of any document, sensible or not."""
    text, layout = compression.text(document.text), compression.layout(document)
    assert compression.plain(text) == document.text
    assert compression.places(layout) == (document.blocks, document.links, document.images)
    assert compression.content(compression.given(content, text, layout), text, layout) == content


def test_layouts_of_before() -> None:
    """A layout that format 10 has written is still read."""
    old = {
        "blocks": [[0, 4, "paragraph", 0], [6, 9, "heading", 2]],
        "links": [[1, 3, "https://a.example/"]],
        "images": [["https://a.example/i.png", "image/png", 3]],
    }
    blocks, links, images = compression.places(zlib.compress(json.dumps(old).encode()))
    assert blocks == (Block(0, 4, BlockType.PARAGRAPH, 0), Block(6, 9, BlockType.HEADING, 2))
    assert (links, images) == (
        (Link(1, 3, "https://a.example/"),),
        (Media("https://a.example/i.png", "image/png", 3),),
    )
    assert compression.plain(zlib.compress(b"as before")) == "as before"


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_half_of_it_is_damage(cut: int) -> None:
    """What is cut off is told, never half believed."""
    document = Document(text="Words of an article. " * 9, links=(Link(0, 5, "https://a.example/"),))
    text, layout = compression.text(document.text), compression.layout(document)
    content = compression.given(b"<p>Words of another one.</p>" * 3, text, layout)
    with pytest.raises(faults.Damaged), faults.decoding():
        compression.plain(text[:-cut])
    with pytest.raises(faults.Damaged), faults.decoding():
        compression.content(content[: -min(cut, len(content) - 2)], text, layout)
    with pytest.raises(faults.Damaged), faults.decoding():
        compression.places(layout[: -min(cut, len(layout) - 1)])


def test_another_text_is_no_dictionary() -> None:
    """Content that is unpacked with another text than its own is damage, not other content."""
    text, layout = compression.text("One."), compression.layout(Document(text="One."))
    packed = compression.given(b"<p>One.</p>", text, layout)
    with pytest.raises(zlib.error):
        compression.content(packed, compression.text("Two."), layout)


def test_content_survives_every_change_of_its_text(
    database: Database, add_source: Callable[..., int], draft: Callable[..., Draft]
) -> None:
    """New texts, no text, an outdated text, new content: what the source gave last is always there, in one place."""
    source_id = add_source()
    given, later = b"<p>The pumps were switched off by hand.</p>" * 20, b"<p>They are on again.</p>" * 20
    with database.write() as c:
        (number,) = articles.insert(c, source_id, [draft(1, raw=given)], section="", now=draft().sort_date)
        assert bodies.raw(c, number) == given
        for text in ("The pumps were switched off by hand.", "", "The pumps."):
            articles.set_derived(c, number, Document(text=text), [], engine=1)
            assert bodies.raw(c, number) == given
            assert c.execute("SELECT count(*) FROM raw").fetchone() == (0,)
        (size,) = c.execute("SELECT length(raw) FROM body").fetchone()
        assert size < len(given) / 4
        articles.update(c, [(number, draft(1, raw=later))], now=draft().sort_date)
        assert bodies.raw(c, number) == later
        assert bodies.text(c, number) == "The pumps."
        articles.set_derived(c, number, Document(text="They are on again."), [], engine=1)
        assert bodies.raw(c, number) == later
        assert c.execute("SELECT count(*) FROM raw").fetchone() == (0,)
