"""The whole text and the feed's: switching between them, and the choice that is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from feed_server import FeedServer, item, rss
from saved_pages import PARAGRAPHS, page, serve

from reader.errors import SourceError
from reader.model import Speaker, View, Wall
from reader.service import corrections
from reader.service.adding import add
from reader.service.better import better
from reader.service.full_text import toggle
from reader.service.library import Library
from reader.service.whole_pages import fetch_pages


def test_there_and_back_and_the_choice_is_kept(library: Library, server: FeedServer) -> None:
    """The first time the page is fetched, then nothing is; a page fetched again does not undo the reader's choice."""
    add(library, serve(server))
    (article,) = library.ids(View())
    feed = library.article(article).document.text
    assert toggle(library, article).page
    whole = library.article(article)
    assert PARAGRAPHS[-1] in whole.document.text
    assert whole.quotes
    asked = len(server.hits)
    assert not toggle(library, article).page
    assert library.article(article).document.text == feed
    assert library.article(article).quotes == ()
    assert len(server.hits) == asked
    fetch_pages(library, [article])
    assert library.article(article).document.text == feed
    assert toggle(library, article).page
    assert library.article(article).quotes == whole.quotes


def test_corrections_stay_with_their_words(library: Library, server: FeedServer) -> None:
    """A corrected speaker is corrected again when the text with the words comes back."""
    add(library, serve(server))
    (article,) = library.ids(View())
    toggle(library, article)
    quote = library.article(article).quotes[0]
    corrections.correct(library, article, quote.start, quote.end, Speaker("Ines Vidal", ""))
    toggle(library, article)
    toggle(library, article)
    first = library.article(article).quotes[0]
    assert first.speaker is not None
    assert first.speaker.name == "Ines Vidal"


def test_what_cannot_be_had_is_said(library: Library, server: FeedServer) -> None:
    """Offline, or where the page is gone: a sentence, and the text stays."""
    add(library, serve(server))
    (article,) = library.ids(View())
    before = library.article(article).document
    with pytest.raises(SourceError, match="offline"):
        toggle(library, article, offline=True)
    server.put("/case0", "", status=404)
    with pytest.raises(SourceError, match="404"):
        toggle(library, article)
    assert library.article(article).document == before
    server.put("/case0", page(), content_type="text/html")
    assert toggle(library, article).page


TEXT = " ".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("given", "page_text", "wall", "chosen"),
    [
        ("", TEXT, Wall.NONE, True),
        (PARAGRAPHS[0], TEXT, Wall.NONE, True),
        (TEXT, TEXT, Wall.NONE, False),
        (TEXT, PARAGRAPHS[0], Wall.NONE, False),
        (TEXT, "", Wall.NONE, False),
        (PARAGRAPHS[0], TEXT, Wall.PAYWALL, False),
        (PARAGRAPHS[0] + " " + PARAGRAPHS[2], "quite other words about gardens and weather " * 30, Wall.NONE, False),
        ("Short teaser", TEXT, Wall.NONE, True),
    ],
)
def test_the_better_text_is_chosen(given: str, page_text: str, wall: Wall, chosen: bool) -> None:
    """The page only if it is of the same article, clearly longer, and no wall."""
    assert better(given, page_text, wall).page == chosen
    assert better(given, page_text, wall).reason.endswith(".")


def test_what_the_source_left_out_comes_from_the_page(library: Library, server: FeedServer) -> None:
    """Title, author and date of the page fill what the feed left out; what it stated stays, and so the order."""
    head = (
        '<meta property="article:published_time" content="2026-01-05T08:00:00Z">'
        '<meta name="author" content="Ines Fall"></head>'
    )
    for number in range(2):
        server.put(f"/case{number}", page(number).replace("</head>", head), content_type="text/html")
    bare = f"<item><link>{server.url('/case0')}</link></item>"
    stated = item(1, title="Stated", link=server.url("/case1"), date="Mon, 02 Nov 2026 10:00:00 GMT")
    add(library, server.put("/feed", rss(bare, stated)))
    before = list(library.ids(View()))
    assert [result.error for result in fetch_pages(library, before)] == ["", ""]
    assert list(library.ids(View())) == before
    rows = {row.url: row for row in library.window(View(), limit=10)}
    filled, kept = rows[server.url("/case0")], rows[server.url("/case1")]
    assert (filled.title, filled.author) == ("Case 0", "Ines Fall")
    assert filled.published == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert kept.published == datetime(2026, 11, 2, 10, tzinfo=UTC)
    assert kept.title == "Stated"
    assert list(library.ids(View(query='"Case 0"')))[:1] == [filled.id]


def test_a_link_of_an_article_is_judged_like_an_address(library: Library, server: FeedServer) -> None:
    """A feed cannot send us to another private service through the links of its articles (SAFETY 28)."""
    with FeedServer().running() as canary:
        canary.put("/secret", page(), content_type="text/html")
        forms = [canary.url("/secret"), canary.url("/secret").replace("127.0.0.1", "localhost"),
                 canary.url("/secret").replace("127.0.0.1", "2130706433")]  # fmt: skip
        add(library, server.put("/feed.xml", rss(*(item(n, link=link) for n, link in enumerate(forms)))))
        for article in library.ids(View()):
            with pytest.raises(SourceError, match=r"not consented|was not"):
                toggle(library, article)
        results = fetch_pages(library, list(library.ids(View())))
        assert all(result.error for result in results)
        assert canary.hits == []
