"""One article for one address in several sources: one row, one read state, counted in each, and all of it undone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from blank_library import put_blank_library
from feed_server import FeedServer, item, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import paths
from reader.config import Config, Retention
from reader.model import Document, Feed, FeedEntry, SourceKind, View
from reader.quotes import ENGINE
from reader.service import actions, retention, rules, ruling
from reader.service.adding import add
from reader.service.intake import Finished, Given, Intake
from reader.service.jobs import Incoming, ReadFeed
from reader.service.library import Library
from reader.service.merging import merge_pending
from reader.service.refresh import refresh
from reader.store import archive, articles, integrity, recovery, sharing, sources

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORY = "https://news.example/story"
TEXT = "<p>The pumps of the harbour were switched off by hand.</p>"
OTHER = "<p>Ferries were late because of fog in the sound.</p>"


def entry(link: str = STORY, text: str = TEXT, *, id: str = "", title: str = "Pumps off", hours: int = 1) -> Incoming:  # noqa: A002
    """An entry of a feed."""
    date = NOW - timedelta(hours=hours)
    return Incoming(FeedEntry(id=id, title=title, link=link, published=date), text.encode())


def source(library: Library, name: str, *, section: str = "", kind: SourceKind = SourceKind.FEED, url: str = "") -> int:
    """A source that was never fetched."""
    with library.database.write() as c:
        url = url or f"https://{name}.example/feed"
        return sources.insert(c, kind=kind, url=url, title=name, section=section, now=NOW)


def receive(library: Library, source_id: int, *entries: Incoming, site: str = "") -> int:
    """Take a document of these entries; returns how many were new articles."""
    intake = Intake(library.database, library.config, engine=ENGINE)
    read = ReadFeed(Feed("rss20", link=site), entries)
    return intake.take(library.source(source_id), [Given(feed=read)], NOW).new


def sound(library: Library) -> None:
    """Every count is what a scan finds, and SQLite is content."""
    health = integrity.examine(library.paths.library, engine=ENGINE)
    assert (health.refusal, health.faults) == ("", ())


def totals(library: Library) -> dict[str, tuple[int, int]]:
    return {one.title: (one.total, one.unread) for one in library.sources()}


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (entry(), entry(), True),
        (entry(), entry("http://www.news.example/story/?utm_source=rss#comments"), True),
        (entry(), entry("https://amp.news.example/story"), True),
        (entry(id="a"), entry(), True),
        (entry(id="a"), entry(text=f"{TEXT}<p>More of it.</p>"), True),
        (entry(id="a"), entry(id="a", text=f"{TEXT}<p>More of it.</p>", title="Pumps on"), True),
        (entry(id="a"), entry(id="b", text="<div>The pumps of the harbour\nwere switched off by hand.</div>"), True),
        (entry(id=f"{STORY}?utm_source=a"), entry(id=STORY, text=f"{TEXT}<p>More of it.</p>"), True),
        (entry(id="a", text=""), entry(id="b", text=""), True),
        (entry(id="a", text=""), entry(id="b", text="", title="Pumps on"), False),
        (entry(id="a"), entry(id="b", text=f"{TEXT}<p>More of it.</p>"), False),
        (entry(id="a"), entry(id="a", text=OTHER, title="Fog"), False),
        (entry(), entry(text=OTHER, title="Fog"), False),
        (entry(), entry("https://news.example/story?page=2"), False),
        (entry("https://news.example/"), entry("https://news.example/"), False),
        (entry(""), entry(""), False),
    ],
)  # fmt: skip
def test_what_is_one_article(library: Library, first: Incoming, second: Incoming, one: bool) -> None:
    """The address decides, unless it is none of an article, or ids and words say that these are two."""
    a, b = source(library, "a"), source(library, "b")
    assert receive(library, a, first) == 1
    assert receive(library, b, second) == (not one)
    assert library.counts().total == 2 - one
    assert totals(library) == {"a": (1, 1), "b": (1, 1)}
    assert receive(library, b, second) == receive(library, a, first) == 0
    sound(library)


def test_an_address_of_several_entries_says_nothing(library: Library) -> None:
    """Where a document has an address twice, or it is that of the site, its entries are articles of their own."""
    a, b, d = source(library, "a"), source(library, "b"), source(library, "d")
    assert receive(library, a, entry(id="1"), entry(id="2", title="Pumps on")) == 2
    assert receive(library, b, entry(id="1")) == 1
    assert receive(library, d, entry(id="1"), site=STORY) == 1
    sound(library)


entries = st.lists(
    st.builds(
        entry,
        link=st.sampled_from([STORY, f"{STORY}/?utm_source=x", "https://news.example/2", "https://news.example/3"]),
        text=st.sampled_from([TEXT, OTHER, f"{TEXT}<p>More.</p>"]),
        id=st.sampled_from(["", "a", "b"]),
        title=st.sampled_from(["Pumps off", "Pumps on", "Fog"]),
        hours=st.integers(0, 2),
    ),
    max_size=4,
)


def outcome(first: Sequence[Incoming], second: Sequence[Incoming], *, swapped: bool) -> object:
    """What a library shows after two feeds came in one order or the other, one of them read in between."""
    with tempfile.TemporaryDirectory() as folder:
        place = paths.locate(Path(folder))
        put_blank_library(place.library)
        with Library.open(place, Config(), clock=lambda: NOW) as library:
            numbers = source(library, "a", section="A"), source(library, "b", section="B")
            given = list(zip(numbers, (first, second), strict=True))
            for number, document in reversed(given) if swapped else given:
                receive(library, number, *document)
            read = [row.id for row in library.window(View()) if row.title == "Pumps off"]
            actions.mark_read(library, read, True)
            for number, document in given:
                assert receive(library, number, *document) == 0
            sound(library)
            rows = [
                (row.title, row.sort_date, row.source_title, row.section, row.read, [also.title for also in row.also])
                for row in library.window(View())
            ]
            for number in numbers:
                listed = list(library.ids(View(source_id=number)))
                assert listed == [row.id for row in library.window(View(source_id=number))]
                assert len(listed) == library.source(number).total == library.count(View(source_id=number))
                assert sorted(listed) == sorted(library.ids(View(query=f"source:s{number} OR source:s{number}")))
                assert len(library.ids(View(source_id=number, unread=True))) == library.source(number).unread
            return sorted(rows), totals(library), library.counts(), library.sections()


@settings(max_examples=8)
@given(entries, entries)
def test_the_order_in_which_feeds_come_changes_nothing(first: list[Incoming], second: list[Incoming]) -> None:
    """The same rows, sources, sections, read states and counts, whichever feed was there before the other."""
    assert outcome(first, second, swapped=False) == outcome(first, second, swapped=True)


@pytest.mark.slow
@settings(max_examples=80)
@given(entries, entries)
def test_the_order_changes_nothing_in_many_cases(first: list[Incoming], second: list[Incoming]) -> None:
    """As above, with more of them."""
    assert outcome(first, second, swapped=False) == outcome(first, second, swapped=True)


def test_the_source_that_is_first(library: Library) -> None:
    """The article's own site goes before an older source, and a page that was added before both."""
    a, own = (
        source(library, "a", section="A"),
        source(library, "own", url="https://feeds.news.example/all", section="O"),
    )
    receive(library, a, entry(title="Pumps off, they say"))
    (row,) = library.window(View())
    assert (row.source_title, row.section, row.also) == ("a", "A", ())
    receive(library, own, entry())
    (row,) = library.window(View())
    assert (row.title, row.source_title, row.section, [one.title for one in row.also]) == (
        "Pumps off",
        "own",
        "O",
        ["a"],
    )
    page = source(library, "page", kind=SourceKind.PAGE, url=STORY)
    draft = replace(_draft(), document=Document("The whole story of the pumps of the harbour."))
    Intake(library.database, library.config, engine=ENGINE).take(
        library.source(page), [Given(finished=(Finished(draft),))], NOW
    )
    (row,) = library.window(View())
    assert (row.source_title, [one.title for one in row.also]) == ("page", ["a", "own"])
    assert library.article(row.id).document.text == "The whole story of the pumps of the harbour."
    receive(library, own, entry(title="Pumps still off"))
    assert library.window(View())[0].title == "Pumps off"
    actions.remove_source(library, page)
    receive(library, own, entry(title="Pumps on again"))
    assert library.window(View())[0].title == "Pumps on again"
    sound(library)


def _draft() -> articles.Draft:  # type: ignore[name-defined]
    from reader.model import Draft, Origin

    return Draft("page", "d", "Pumps off", STORY, Origin.PAGE, NOW, published=NOW - timedelta(hours=1))


def test_removing_a_source_and_taking_it_back(library: Library) -> None:
    """What another source gives too stays as its article; the last source takes it along; undo brings all back."""
    a, b = source(library, "a", section="A"), source(library, "b", section="B")
    receive(library, a, entry(), entry("https://news.example/only-a"))
    receive(library, b, entry())
    (number,) = library.ids(View(source_id=b))
    actions.mark_read(library, [number], True)
    assert actions.remove_source(library, a) == 2  # itself and its own article
    (row,) = library.window(View())
    assert (row.id, row.source_title, row.section, row.read, row.also) == (number, "b", "B", True, ())
    sound(library)
    assert actions.remove_source(library, b) == 2
    assert library.counts().total == 0
    sound(library)
    actions.undo(library)
    assert [row.source_title for row in library.window(View())] == ["b"]
    actions.undo(library)
    assert [(row.source_title, len(row.also)) for row in library.window(View(source_id=b))] == [("a", 1)]
    assert totals(library) == {"a": (2, 1), "b": (1, 0)}
    actions.remove_source(library, b)
    actions.remove_source(library, a)
    assert source(library, "b") == b  # added again
    assert [row.id for row in library.window(View())] == [number]
    sound(library)


def test_a_saved_article_stays_without_sources(library: Library) -> None:
    """Saved, it outlives both its sources; then it goes with its bookmark."""
    a, b = source(library, "a"), source(library, "b")
    receive(library, a, entry())
    receive(library, b, entry())
    (number,) = library.ids(View())
    actions.save(library, [number])
    actions.remove_source(library, a)
    actions.remove_source(library, b)
    assert list(library.ids(View(saved=True))) == [number]
    actions.unsave(library, [number])
    assert not library.ids(View())
    sound(library)


def test_a_source_that_moves_to_another_section(library: Library) -> None:
    """An article is in the section of its first source, also if that changes while another is first."""
    a, b = source(library, "a", section="A"), source(library, "b", section="B")
    receive(library, a, entry())
    receive(library, b, entry())
    actions.edit_source(library, b, section="Elsewhere")
    assert library.window(View())[0].section == "A"
    actions.remove_source(library, a)
    assert library.window(View())[0].section == "Elsewhere"
    sound(library)


def test_rules_of_the_other_source_act_too(library: Library) -> None:
    """An article that comes in a second source is looked at again by rules for that source, and counted in previews."""
    a, b = source(library, "a"), source(library, "b")
    rules.add(library, rules.Action.TAG, "pumps", value="wet", source_id=b)
    receive(library, a, entry())
    (number,) = library.ids(View())
    library.article(number)
    ruling.rule_pending(library)
    assert library.rows([number])[0].tags == ()
    receive(library, b, entry())
    ruling.rule_pending(library)
    assert library.rows([number])[0].tags == ("wet",)
    assert rules.preview(library, "pumps", b).total == 1


def test_retention_by_source_needs_every_source(tmp_path: Path) -> None:
    """What is beyond the limit of one source stays while another still wants it; what goes does not return."""
    place = paths.locate(tmp_path / "room")
    put_blank_library(place.library)
    with Library.open(place, Config(retention=Retention(per_source=2)), clock=lambda: NOW) as library:
        a, b = source(library, "a"), source(library, "b")
        document = [entry(f"https://news.example/{hours}", title=f"Pumps {hours}", hours=hours) for hours in range(4)]
        receive(library, a, *document)
        receive(library, b, *document[2:])
        retention.prune(library)
        assert library.counts().total == 4
        newer = [entry(f"https://news.example/b{n}", title=f"Ferry {n}", hours=0) for n in range(2)]
        receive(library, b, *newer)
        assert retention.plan(library).articles == 2
        retention.prune(library)
        assert {row.title for row in library.window(View())} == {"Pumps 0", "Pumps 1", "Ferry 0", "Ferry 1"}
        assert receive(library, a, *document) == receive(library, b, *document[2:]) == 0
        sound(library)


# --- libraries from before -------------------------------------------------------------------------------------------


def forget_addresses(library: Library) -> None:
    """Make the library as one is that was there before addresses were compared."""
    with library.database.write() as c:
        c.execute("DELETE FROM address")
        sharing.look_through(c)


def test_what_was_there_before_becomes_one(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the background: read if either was, saved, with tags and notes of both; ids and undo go on working."""
    a, b, d = source(library, "a"), source(library, "b"), source(library, "d")
    with monkeypatch.context() as patched:
        patched.setattr("reader.service.intake.unshared", lambda _database, _source, drafts, **_rest: list(drafts))
        receive(library, a, entry(), entry("https://news.example/2", id="x", title="Fog"))
        receive(library, b, entry(f"{STORY}?utm_source=b"))
        receive(library, d, entry("https://news.example/2", OTHER, id="y", title="Fog"))
    forget_addresses(library)
    first, second = (library.window(View(source_id=number, query="pumps"))[0].id for number in (a, b))
    from reader.service import notes, tagging

    actions.mark_read(library, [second], True)
    tagging.tag(library, [second], "wet")
    notes.add(library, first, "To check.")
    notes.add(library, second, "Checked.")
    actions.save(library, [second])
    assert merge_pending(library) == 1
    assert merge_pending(library) == 0
    (row,) = library.window(View(saved=True))
    assert row.id == second  # the saved one stays
    assert (row.read, row.tags, [one.title for one in row.also]) == (True, ("wet",), ["b"])
    assert {note.text for note in notes.of_article(library, second)} == {"To check.", "Checked."}
    assert library.article(first).row.id == second
    assert library.today([first, second]) == [second]
    assert totals(library) == {"a": (2, 1), "b": (1, 0), "d": (1, 1)}
    sound(library)
    assert receive(library, b, entry(f"{STORY}?utm_source=b")) == receive(library, a, entry()) == 0
    for label in ("1 article saved", "note", "note", "tag", "read"):
        assert label in str(actions.undo(library))
    (row,) = library.rows([second])
    assert (row.read, row.tags, row.saved) == (False, (), False)
    sound(library)


def test_it_goes_on_where_it_was_stopped(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, each a transaction: nothing is done twice and nothing left out."""
    from reader.store import twins

    monkeypatch.setattr(twins, "ENTRIES", 3)
    monkeypatch.setattr(twins, "GROUPS", 2)
    a, b = source(library, "a"), source(library, "b")
    document = [entry(f"https://news.example/{n}", title=f"Pumps {n}") for n in range(8)]
    with monkeypatch.context() as patched:
        patched.setattr("reader.service.intake.unshared", lambda _database, _source, drafts, **_rest: list(drafts))
        receive(library, a, *document)
        receive(library, b, *document)
    forget_addresses(library)
    assert library.counts().total == 16
    assert merge_pending(library) == 8
    assert totals(library) == {"a": (8, 8), "b": (8, 8)}
    sound(library)


def test_a_repaired_library_knows_its_sources(library: Library, clock: object) -> None:
    """What says which sources give an article can be made anew from the entries."""
    a, b = source(library, "a"), source(library, "b")
    receive(library, a, entry())
    receive(library, b, entry())
    with library.database.write() as c:
        c.execute("DELETE FROM also")
        c.execute("UPDATE article SET shared = 3")
        c.execute("UPDATE source SET total = 9")
        recovery.recount(c)
    (row,) = library.window(View())
    assert [one.title for one in row.also] == ["b"]
    sound(library)


def test_archives_carry_all_sources(library: Library) -> None:
    """A record of an article names its other sources with their keys, and none of these is told as gone."""
    a, b = source(library, "a", section="A"), source(library, "b", section="B")
    receive(library, a, entry())
    receive(library, b, entry())
    with library.database.read() as c:
        (record,) = archive.article_records(c)
        assert [(number, section, len(keys)) for number, section, keys in record["also"]] == [(b, "B", 1)]
        assert list(archive.gone_records(c)) == []


def test_over_http(library: Library, server: FeedServer) -> None:
    """Two real feeds, added and refreshed: one article, two sources, and `new` counts it once."""
    add(library, server.put("/one.xml", rss(item(1), item(2), title="One")), fetch=False)
    add(
        library,
        server.put("/two.xml", rss(item(2, link="http://www.harbour.example/2/?utm_medium=x"), item(3))),
        fetch=False,
    )
    assert refresh(library).new == 3
    assert library.counts().total == 3
    assert sorted((one.total, one.unread) for one in library.sources()) == [(2, 2), (2, 2)]
    assert sum(bool(row.also) for row in library.window(View())) == 1
    assert refresh(library, full=True).new == 0
    sound(library)
