"""The invented library that the tests of the command line look at: three sources, six articles, five quotes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.model import (
    Block,
    BlockType,
    Document,
    Draft,
    Link,
    Origin,
    Quote,
    QuoteKind,
    SourceKind,
    Speaker,
    SpeakerType,
    Voice,
)
from reader.paths import locate
from reader.quotes import ENGINE
from reader.store import Database, articles, marks, sources

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
TEXT = """\
What happened

A payment processor lost the keys of 40 shops. “We found the copy within an hour,” said Ada Novak, an analyst at \
Northlight Labs.

Rotate every key

Check *all* logs | today

key = "a`b"
rotate(key)

“Nobody was warned,” an official said, citing the advisory."""
ADA = Speaker("Ada Novak", "Ada Novak", "analyst", "Northlight Labs", SpeakerType.PERSON, Voice.EXPERT)
SOMEBODY = Speaker("an official", "an official", None, None, SpeakerType.ANONYMOUS, Voice.OFFICIAL)


def stock(home: Path) -> None:
    """Make the library below `home`."""
    database = Database(locate(home).library)
    with database.write() as c:
        harbour = sources.insert(
            c,
            kind=SourceKind.FEED,
            url="https://harbour.example.com/feed",
            title="Harbour Desk",
            section="News",
            now=NOW,
        )
        secret = sources.insert(
            c,
            kind=SourceKind.FEED,
            url="https://reader:hunter2@closed.example.com/feed?token=hunter2&page=1",
            title="Closed List",
            section="Fraud",
            now=NOW,
        )
        folder = sources.insert(c, kind=SourceKind.FOLDER, url="/srv/clippings", title="Clippings", section="", now=NOW)
        sources.record(
            c,
            harbour,
            status="ok",
            reason="The server asks for an hour.",
            errors=0,
            next_fetch=NOW + timedelta(hours=1),
            last_success=NOW,
        )
        sources.record(
            c, secret, status="error", reason="The server said 503 (Service Unavailable).", errors=2,
            next_fetch=NOW + timedelta(hours=4), last_success=NOW - timedelta(days=3),
        )  # fmt: skip
        first = _insert(c, harbour, "News", 1, "Keys of forty shops copied", document=_document())
        articles.set_derived(c, first, None, _quotes(), engine=ENGINE)
        _insert(c, harbour, "News", 2, "支付处理商 loses 密钥 👩‍💻 again", text="Wide words stand in line.")
        _insert(c, harbour, "News", 3, "[/x] [b]bold[/b] \\ [@click=app.quit]title", text="Markup is words.")
        saved = _insert(c, secret, "Fraud", 4, "Refund ring broken up", text="Police broke up a refund ring in Oslo.")
        _insert(c, secret, "Fraud", 5, "Résumé scam grows", text="Résumés are bait.")
        read = _insert(c, folder, "", 6, "An old clipping", text="Old words about keys.", origin=Origin.FILE)
        marks.save(c, [saved], now=NOW)
        marks.put_read(c, [(read, read)], True)
    database.close()


def _insert(c, source, section, number, title, *, text="", document=None, origin=Origin.FEED):  # type: ignore[no-untyped-def]
    when = datetime(2026, 6, 10 - number, 8, tzinfo=UTC)
    draft = Draft(
        key=f"k{number}",
        digest=f"d{number}",
        title=title,
        url=f"https://news.example.com/{number}?a=1&b=2",
        origin=origin,
        sort_date=when,
        author="Mina Okafor" if number == 1 else "",
        summary=f"Summary {number}",
        language="en",
        published=when,
    )
    (article_id,) = articles.insert(c, source, [draft], section=section, now=NOW)
    body = document or Document(text=text, blocks=(Block(0, len(text), BlockType.PARAGRAPH),))
    articles.set_derived(c, article_id, body, [], engine=ENGINE)
    return article_id


def _document() -> Document:
    def block(words: str, kind: BlockType, level: int = 0) -> Block:
        start = TEXT.index(words)
        return Block(start, start + len(words), kind, level)

    paragraphs = TEXT.split("\n\n")
    kinds = [
        (BlockType.HEADING, 2),
        (BlockType.PARAGRAPH, 0),
        (BlockType.LIST, 1),
        (BlockType.LIST, 1),
        (BlockType.CODE, 0),
        (BlockType.QUOTE, 0),
    ]
    blocks = [block(words, kind, level) for words, (kind, level) in zip(paragraphs, kinds, strict=True)]
    start = TEXT.index("advisory")
    link = Link(start, start + len("advisory"), "https://advisory.example.com/a?b=(1)&c=<2>")
    return Document(text=TEXT, blocks=tuple(blocks), links=(link,))


def _quotes() -> list[Quote]:
    def quote(words: str, who: Speaker | None, reason: str) -> Quote:
        start = TEXT.index(words)
        return Quote(start, start + len(words), words, QuoteKind.DIRECT, "said", who, None, 0.95, reason)

    return [
        quote("We found the copy within an hour,", ADA, "direct-after"),
        quote("Nobody was warned,", SOMEBODY, "direct-after"),
    ]
