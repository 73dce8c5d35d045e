"""Articles as refresh and derivation write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, BlockType, Document, Draft, Link, Media, Origin, SourceKind, View, Voice
from reader.store import Database, articles, bodies, counts, marks, quotes, sources, views

Make = Callable[..., Draft]


def test_ids_come_in_the_order_of_the_drafts(database: Database, add_source: Callable[..., int], draft: Make) -> None:
    """Ids are returned in the order asked, positive, and newer articles have higher ones."""
    source = add_source()
    with database.write() as c:
        ids = articles.insert(c, source, [draft(5), draft(1), draft(9)], section="News", now=draft().sort_date)
        assert sorted(ids) == [1, 2, 3]
        assert ids == [2, 3, 1]
        assert [row.id for row in views.window(c, View())] == [3, 2, 1]
        same = [draft(20, key=key, sort_date=draft(20).sort_date) for key in "abc"]
        assert articles.insert(c, source, same, section="News", now=draft().sort_date) == [4, 5, 6]


def test_a_row_holds_what_the_draft_said(database: Database, add_source: Callable[..., int], now: datetime) -> None:
    """Every field of a draft comes back in the row of its article."""
    published = datetime(2026, 2, 3, 4, 5, 6, 789_000, UTC)
    whole = Draft(
        key="k", digest="d", title="A  title\twith\nlines", url="https://news.example/a", origin=Origin.PAGE,
        sort_date=now, author="Ada", summary="Short.", language="en-GB", published=published, updated=now,
        tags=("fraud", "cards"), enclosures=(Media("https://news.example/a.mp3", "audio/mpeg", 7),), raw=b"<p>x</p>",
    )  # fmt: skip
    source = add_source(title="One")
    with database.write() as c:
        (article_id,) = articles.insert(c, source, [whole], section="News", now=now)
        (row,) = views.rows(c, [article_id])
        assert (row.title, row.author, row.summary, row.language) == ("A title with lines", "Ada", "Short.", "en-GB")
        assert (row.published, row.updated, row.sort_date) == (published, now, now)
        assert (row.url, row.origin, row.tags) == (whole.url, Origin.PAGE, ("fraud", "cards"))
        assert (row.source_id, row.source_title, row.source_url) == (source, "One", "https://one.example/feed")
        assert (row.section, row.read, row.saved, row.quote_count, row.voice) == ("News", False, False, 0, None)
        assert views.extras(c, article_id) == (None, whole.enclosures)
        assert bodies.raw(c, article_id) == b"<p>x</p>"


def test_known_keys(database: Database, add_source: Callable[..., int], draft: Make) -> None:
    """Keys are known with id and digest, of their own source only, whatever they are made of."""
    one, two = add_source("one"), add_source("two")
    odd = "\udcff\x00" + "ü" * 10_000
    with database.write() as c:
        ids = articles.insert(c, one, [draft(1), draft(2, key=odd)], section="", now=draft().sort_date)
        assert articles.known(c, one, ["key-1", odd, "key-3"]) == {
            "key-1": articles.Known(ids[0], "key-1", "digest-1"),
            odd: articles.Known(ids[1], odd, "digest-2"),
        }
        assert articles.known(c, two, ["key-1"]) == {}


def test_what_was_removed_never_returns(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Make
) -> None:
    """Keys of removed articles stay known; giving them again changes nothing."""
    source = add_source()
    ids = fill(source, 3)
    with database.write() as c:
        sources.retire(c, source)
        assert set(articles.known(c, source, ["key-0", "key-1", "key-2"])) == {"key-0", "key-1", "key-2"}
        assert articles.insert(c, source, [draft(0), draft(1)], section="", now=draft().sort_date) == ids[:2]
        assert list(views.ids(c, View())) == []


def test_a_source_removed_while_it_is_fetched(
    database: Database, add_source: Callable[..., int], draft: Make, now: datetime
) -> None:
    """Articles that arrive after their source was removed are hidden with it, and come back with it."""
    source = add_source()
    with database.write() as c:
        sources.retire(c, source)
        ids = articles.insert(c, source, [draft(1)], section="News", now=now)
        assert list(views.ids(c, View())) == []
        assert (counts.counts(c).total, counts.pending(c, 1)) == (0, 0)
        sources.revive(c, source)
        assert list(views.ids(c, View())) == ids


def test_twice_in_one_document(database: Database, add_source: Callable[..., int], draft: Make) -> None:
    """The same key twice in one go is one article."""
    source = add_source()
    with database.write() as c:
        ids = articles.insert(c, source, [draft(1), draft(1, title="Again")], section="", now=draft().sort_date)
        assert ids == [1, 1]
        assert counts.counts(c).total == 1


def test_ids_are_never_reused(database: Database, add_source: Callable[..., int], draft: Make) -> None:
    """After the newest article and source were deleted for good, the next ones get new ids."""
    source, last = add_source("one"), add_source("two")
    with database.write() as c:
        ids = articles.insert(c, source, [draft(1), draft(2)], section="", now=draft().sort_date)
        c.execute("DELETE FROM article")
        c.execute("DELETE FROM entry")
        c.execute("DELETE FROM source WHERE id = ?", (last,))
        assert articles.insert(c, source, [draft(3)], section="", now=draft().sort_date) == [max(ids) + 1]
    assert add_source("three") == last + 1


@pytest.mark.parametrize(("own", "expected"), [("", "News"), ("Fraud", "Fraud")])
def test_section(database: Database, add_source: Callable[..., int], draft: Make, own: str, expected: str) -> None:
    """An article's own section goes before its source's."""
    source = add_source()
    with database.write() as c:
        articles.insert(c, source, [draft(section=own)], section="News", now=draft().sort_date)
        assert [row.section for row in views.window(c, View())] == [expected]


# --- changes --------------------------------------------------------------------------------------------------------


def test_update_keeps_what_the_reader_did(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Make, now: datetime
) -> None:
    """New content changes what the source says; read, saved, tags, id and section stay; it is derived anew."""
    (article_id,) = fill(add_source(), 1)
    with database.write() as c:
        marks.put_read(c, [(article_id, article_id)], True)
        marks.save(c, [article_id], now=now)
        new = draft(0, title="New title", digest="new", raw=b"<p>New words.</p>", updated=now, section="Elsewhere")
        articles.update(c, [(article_id, new)], now=now)
        (row,) = views.rows(c, [article_id])
        assert (row.title, row.read, row.saved, row.updated, row.section) == ("New title", True, True, now, "News")
        assert articles.known(c, row.source_id, [new.key])[new.key].digest == "new"
        (waiting,) = articles.pending(c, engine=1, limit=9)
        assert (waiting.id, waiting.raw, waiting.has_text) == (article_id, b"<p>New words.</p>", False)
        assert bodies.text(c, article_id) == "Words of article 0."  # until the new one is there


def test_an_empty_update_empties_nothing(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Make, now: datetime
) -> None:
    """A source that drops the content of an article changes the title and leaves the text readable."""
    (article_id,) = fill(add_source(), 1)
    with database.write() as c:
        articles.update(c, [(article_id, draft(0, title="Bare", raw=b""))], now=now)
        (waiting,) = articles.pending(c, engine=1, limit=9)
        assert (waiting.has_text, waiting.text) == (True, "Words of article 0.")
        articles.set_derived(c, article_id, None, [], engine=1)
        assert bodies.text(c, article_id) == "Words of article 0."
        assert list(views.ids(c, View(words=("bare", "words")))) == [article_id]


def test_place_in_lists_changes_only_with_a_stated_date(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Make, now: datetime
) -> None:
    """An update without a date leaves the article where it stands; one with a date moves it."""
    (article_id,) = fill(add_source(), 1, first=5)
    later = now + timedelta(days=1)
    with database.write() as c:
        articles.update(c, [(article_id, draft(5, published=None, sort_date=later))], now=later)
        assert views.rows(c, [article_id])[0].sort_date == draft(5).sort_date
        articles.update(c, [(article_id, draft(5, published=later, sort_date=later))], now=later)
        assert views.rows(c, [article_id])[0].sort_date == later


def test_update_of_what_is_gone(database: Database, draft: Make, now: datetime) -> None:
    """Changes to articles that are not there are passed over."""
    with database.write() as c:
        articles.update(c, [(99, draft())], now=now)
        articles.set_derived(c, 99, Document(text="x"), [], engine=1)
        assert articles.pending_one(c, 99) is None


# --- derivation -----------------------------------------------------------------------------------------------------


def test_pending_comes_newest_first(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], now: datetime
) -> None:
    """First what nobody can read yet, then what an older engine has read, each newest first."""
    source = add_source()
    old = fill(source, 3, first=0)
    new = fill(source, 3, first=10, derive=False)
    with database.write() as c:
        assert [one.id for one in articles.pending(c, engine=1, limit=9)] == new
        assert [one.id for one in articles.pending(c, engine=2, limit=9)] == [*new, *old]
        assert [one.id for one in articles.pending(c, engine=2, limit=4)] == [*new, old[0]]
        assert (counts.pending(c, 1), counts.pending(c, 2)) == (3, 6)
        sources.retire(c, source)
        assert articles.pending(c, engine=2, limit=9) == []
        assert counts.pending(c, 2) == 0


def test_a_document_that_came_along(
    database: Database, add_source: Callable[..., int], draft: Make, now: datetime
) -> None:
    """A file's article has its text at once; only its quotes are pending."""
    document = Document(
        text="Heading\n\nWords here.",
        blocks=(Block(0, 7, BlockType.HEADING, 2), Block(9, 20, BlockType.PARAGRAPH)),
        links=(Link(9, 14, "https://a.example/"),),
        images=(Media("https://a.example/i.png", "image/png", None),),
    )
    source = add_source()
    with database.write() as c:
        (one,) = articles.insert(c, source, [draft(raw=b"", document=document)], section="", now=now)
        (waiting,) = articles.pending(c, engine=1, limit=9)
        assert waiting == articles.Pending(one, b"", draft().url, True, document.text)
        assert bodies.get(c, one) == document
        articles.set_derived(c, one, None, [], engine=1)
        assert bodies.get(c, one) == document
        assert articles.pending(c, engine=1, limit=9) == []


def test_derived(
    database: Database, add_source: Callable[..., int], draft: Make, quote: Callable[..., Any], now: datetime
) -> None:
    """Text, quotes, their number and the strongest voice are stored; gaps of the source are filled, words kept."""
    text = 'Ada said "one thing" and Bob said "another thing" on Monday.'
    found = [quote(text, '"another thing"', "Bob Sample"), quote(text, '"one thing"', group=1, cue=None)]
    document = Document(text=text, author="Filled", language="en", summary="Filled.", title="Never taken")
    source = add_source()
    with database.write() as c:
        (one,) = articles.insert(c, source, [draft(author="Kept")], section="", now=now)
        articles.set_derived(c, one, document, found, engine=1)
        (row,) = views.rows(c, [one])
        assert (row.author, row.language, row.summary, row.title) == ("Kept", "en", "Filled.", "Title 0")
        assert (row.quote_count, row.voice) == (2, Voice.EXPERT)
        assert quotes.of_article(c, one, text) == (found[1], found[0])
        articles.set_derived(c, one, document, [], engine=2)
        (row,) = views.rows(c, [one])
        assert (row.quote_count, row.voice, quotes.of_article(c, one, text)) == (0, None, ())


def test_quotes_that_do_not_fit_are_dropped(
    database: Database, add_source: Callable[..., int], draft: Make, quote: Callable[..., Any], now: datetime
) -> None:
    """A quote whose words are not at its offsets never reaches a reader."""
    text = 'Ada said "one thing" on Monday.'
    source = add_source()
    with database.write() as c:
        (one,) = articles.insert(c, source, [draft()], section="", now=now)
        bad = [
            quote(text, '"one thing"', start=0),
            replace(quote(text, '"one thing"'), text="other"),
            quote(text, "", end=9_999),
        ]
        articles.set_derived(c, one, Document(text=text), [*bad, quote(text, '"one thing"')], engine=1)
        assert views.rows(c, [one])[0].quote_count == 1


def test_what_comes_late_is_not_stored(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Make, now: datetime
) -> None:
    """Text derived from content that has changed meanwhile is dropped; the article stays pending."""
    (one,) = fill(add_source(), 1, derive=False)
    with database.write() as c:
        before = articles.pending_one(c, one)
        assert before is not None
        articles.update(c, [(one, draft(0, digest="new", raw=b"<p>New.</p>"))], now=now)
        articles.set_derived(c, one, Document(text="Old."), [], engine=1, revision=before.revision)
        assert bodies.get(c, one) is None
        (after,) = articles.pending(c, engine=1, limit=9)
        articles.set_derived(c, one, Document(text="New."), [], engine=1, revision=after.revision)
        assert bodies.text(c, one) == "New."


def test_an_empty_text_replaces_nothing(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Make, now: datetime
) -> None:
    """An article whose new content cannot be read keeps the text it had (SAFETY 87)."""
    (one,) = fill(add_source(), 1)
    with database.write() as c:
        articles.update(c, [(one, draft(0, digest="new", raw=b"<p>Broken"))], now=now)
        articles.set_derived(c, one, Document(text=""), [], engine=1)
        assert bodies.text(c, one) == "Words of article 0."
        assert articles.pending(c, engine=1, limit=9) == []


def test_a_failed_derivation_is_not_tried_again(
    database: Database, add_source: Callable[..., int], draft: Make, now: datetime
) -> None:
    """An article whose text could not be made is done with until the next engine; its title is still found."""
    source = add_source()
    with database.write() as c:
        (one,) = articles.insert(c, source, [draft(title="Unreadable")], section="", now=now)
        articles.set_derived(c, one, None, [], engine=1)
        assert articles.pending(c, engine=1, limit=9) == []
        assert not articles.pending(c, engine=2, limit=9)[0].has_text
        assert list(views.ids(c, View(words=("unreadable",)))) == [one]


# --- hostile content ------------------------------------------------------------------------------------------------

NASTY = "\x1b]0;owned\x07 a\u202eb\x00 [/x]\ud800 \u200bc\x9b2J"


def test_everything_is_clean(
    database: Database, add_source: Callable[..., int], quote: Callable[..., Any], now: datetime
) -> None:
    """No control, bidi or invisible character passes the door, in no column of no table (SAFETY 1, 8)."""
    text = f'Ada said "{NASTY}" here.'
    nasty = Draft(
        key=NASTY, digest="d", title=NASTY, url="https://a.example/" + NASTY, origin=Origin.FEED, sort_date=now,
        author=NASTY, section=NASTY, summary=NASTY, language=NASTY, tags=(NASTY,), enclosures=(Media(NASTY, NASTY),),
    )  # fmt: skip
    document = Document(
        text=text,
        images=(Media(NASTY),),
        links=(Link(0, 3, NASTY),),
        author=NASTY,
        blocks=(Block(0, 3, BlockType.CODE),),
    )
    with database.write() as c:
        source = sources.insert(c, kind=SourceKind.FEED, url="https://a.example/", title=NASTY, section=NASTY, now=now)
        sources.record(c, source, status="ok", reason=NASTY, errors=0, next_fetch=None, feed_title=NASTY)
        (one,) = articles.insert(c, source, [nasty], section="", now=now)
        articles.set_derived(c, one, document, [quote(text, "Ada", NASTY, cue=NASTY, reason=NASTY)], engine=1)
        kept = bodies.get(c, one)
        assert kept is not None
        shown = [
            *views.rows(c, [one]),
            *sources.all(c),
            kept,
            *quotes.of_article(c, one, kept.text),
            views.extras(c, one),
        ]
    text_shown = repr(shown).replace("\\\\", "")
    assert not [
        code for code in ("\\x1b", "\\x07", "\\x00", "\\x9b", "\\u202e", "\\u200b", "\\ud800") if code in text_shown
    ]
    assert kept.links == kept.blocks == ()  # offsets into other words would lie


def test_huge_lines_are_cut(database: Database, add_source: Callable[..., int], draft: Make, now: datetime) -> None:
    """Titles, addresses and lists of any length are stored bounded (SAFETY 10)."""
    source = add_source()
    huge = draft(
        title="t" * 5_000_000, url="https://a.example/" + "u" * 1_000_000, author="a" * 10**6, summary="s" * 10**6,
        tags=("x",) * 10_000, enclosures=(Media("https://a.example/" + "e" * 10**6), *[Media("x")] * 9999),
    )  # fmt: skip
    with database.write() as c:
        (one,) = articles.insert(c, source, [huge], section="", now=now)
        (row,) = views.rows(c, [one])
        assert len(row.title) == articles.MAX_TITLE
        assert max(map(len, (row.author, row.url, row.summary))) <= bodies.MAX_ADDRESS
        assert len(row.tags) == articles.MAX_TAGS
        assert len(views.extras(c, one)[1]) == bodies.MAX_MEDIA


@given(st.text(st.characters(codec=None), max_size=200), st.binary(max_size=200))
def test_any_text_and_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, text: str, raw: bytes) -> None:
    """Raw content comes back byte for byte, and any text as `clean_text` leaves it."""
    from reader.text.clean import clean_text

    database = Database(tmp_path_factory.getbasetemp() / "bodies.db")
    try:
        with database.write() as c:
            c.execute("PRAGMA defer_foreign_keys = ON")
            bodies.put(c, 1, Document(text=text))
            bodies.put_raw(c, 1, raw)
            assert bodies.text(c, 1) == clean_text(text)
            assert bodies.raw(c, 1) == raw
            c.execute("DELETE FROM body")
            c.execute("DELETE FROM raw")
    finally:
        database.close()


# --- samples ----------------------------------------------------------------------------------------------------------


def test_samples_stay_among_themselves(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Make,
    quote: Callable[..., Any], now: datetime,
) -> None:  # fmt: skip
    """Sample articles have negative ids and appear in no list, count, search or quote list but their own."""
    text = 'Ada said "one thing" here.'
    with database.write() as c:
        assert not sources.ever_added(c)
        sources.ensure_samples(c, title="Samples", now=now)
        sources.ensure_samples(c, title="Samples", now=now)
        assert not sources.ever_added(c)
        ids = articles.insert(c, sources.SAMPLES, [draft(1), draft(2)], section="Samples", now=now)
        assert sorted(ids) == [-2, -1]
        for one in ids:
            articles.set_derived(c, one, Document(text=text), [quote(text, '"one thing"')], engine=1)
        marks.save(c, ids[:1], now=now)
        for view in (View(), View(unread=True), View(saved=True), View(section="Samples"), View(source_id=-1),
                     View(words=("thing",)), View(section="Samples", unread=True)):  # fmt: skip
            assert list(views.ids(c, view)) == views.window(c, view) == quotes.find(c, view=view) == []
        assert quotes.find(c, speaker="ada") == []
        assert counts.counts(c) == counts.Counts(0, 0, 0, 2)
        assert counts.sections(c) == sources.all(c) == []
        assert sorted(views.ids(c, View(samples=True))) == [-2, -1]
        assert list(views.ids(c, View(samples=True, words=("thing",)))) == list(views.ids(c, View(samples=True)))
        assert len(quotes.find(c, view=View(samples=True))) == 2
    real = fill(add_source(), 2)
    with database.read() as c:
        assert sources.ever_added(c)
        assert list(views.ids(c, View())) == real
        assert sorted(views.ids(c, View(samples=True))) == [-2, -1]
