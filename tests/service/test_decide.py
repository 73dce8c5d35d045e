"""Which entries are new, changed, or known: the pure part of refresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Draft, FeedEntry, Media
from reader.service.decide import EARLIEST, Decision, decide, identify, sort_date
from reader.service.jobs import Incoming

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    id: int
    digest: str


class Shelf:
    """Stored articles of one source, as the store keeps them: by key."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.titles: dict[int, str] = {}

    def take(self, *entries: FeedEntry, site: str = "", now: datetime = NOW) -> Decision:
        candidates = identify([Incoming(entry, entry.content_html.encode()) for entry in entries], site=site)
        decision = decide(candidates, self.rows, now=now)
        for draft in decision.inserts:
            assert draft.key not in self.rows
            self.put(len(self.titles) + 1, draft)
        for article_id, draft in decision.updates:
            assert self.rows[draft.key].id == article_id
            self.put(article_id, draft)
        return decision

    def put(self, article_id: int, draft: Draft) -> None:
        self.rows[draft.key] = Row(article_id, draft.digest)
        self.titles[article_id] = draft.title


def outcome(decision: Decision) -> tuple[int, int, int]:
    return len(decision.inserts), len(decision.updates), decision.unchanged


IDENTIFIED = FeedEntry(id="urn:1", title="Ferrybank breach", link="https://news.example/1", content_html="<p>a</p>")
ODD_ENTRIES = [
    FeedEntry(title="No id", link="https://news.example/2"),
    FeedEntry(title="No id and no link", content_html="<p>b</p>"),
    FeedEntry(content_html="<p>only words</p>"),
    FeedEntry(link="https://news.example/3"),
    FeedEntry(published=NOW - DAY),
    FeedEntry(summary="only a summary"),
    FeedEntry(enclosures=(Media("https://news.example/a.mp3"),)),
]


@pytest.mark.parametrize("entry", [IDENTIFIED, *ODD_ENTRIES])
def test_second_refresh_finds_nothing_new(entry: FeedEntry) -> None:
    """Whatever an entry leaves out, it is the same entry when it is read again."""
    shelf = Shelf()
    assert outcome(shelf.take(entry)) == (1, 0, 0)
    assert outcome(shelf.take(entry, now=NOW + DAY)) == (0, 0, 1)


def test_wholly_empty_entries_are_dropped() -> None:
    """An entry that says nothing at all is no article."""
    assert outcome(Shelf().take(FeedEntry(), FeedEntry(tags=("a",)), IDENTIFIED)) == (1, 0, 0)


def test_entries_that_share_an_id_count_once_and_the_first_wins() -> None:
    """One id in one document is one article, however different the entries are."""
    shelf = Shelf()
    entries = [FeedEntry(id="same", title=f"Title {n}", link=f"https://news.example/{n}") for n in range(5)]
    assert outcome(shelf.take(*entries)) == (1, 0, 0)
    assert shelf.titles == {1: "Title 0"}
    assert outcome(shelf.take(*entries)) == (0, 0, 1)


def test_identical_entries_without_an_id_count_once() -> None:
    """Two entries that do not differ in anything are one article."""
    assert outcome(Shelf().take(ODD_ENTRIES[1], ODD_ENTRIES[1])) == (1, 0, 0)


@pytest.mark.parametrize(
    "change",
    [{"title": "Ferrybank breach, corrected"}, {"content_html": "<p>more</p>"}, {"link": "https://news.example/1b"}],
)
def test_an_edited_entry_updates_in_place(change: dict[str, str]) -> None:
    """A change of title, content or link is an update of the same article."""
    shelf = Shelf()
    shelf.take(IDENTIFIED)
    fields = {"title": IDENTIFIED.title, "link": IDENTIFIED.link, "content_html": IDENTIFIED.content_html}
    edited = FeedEntry(id=IDENTIFIED.id, **{**fields, **change})
    decision = shelf.take(edited)
    assert outcome(decision) == (0, 1, 0)
    assert decision.updates[0][0] == 1
    assert outcome(shelf.take(edited)) == (0, 0, 1)


def test_a_changed_title_keeps_an_entry_that_is_known_by_its_link() -> None:
    """Without an id, the link alone is identity as long as no neighbour shares it."""
    shelf = Shelf()
    shelf.take(FeedEntry(title="Old", link="https://news.example/1"))
    assert outcome(shelf.take(FeedEntry(title="New", link="https://news.example/1"))) == (0, 1, 0)


def test_entries_without_ids_that_share_a_link_are_told_apart_by_title() -> None:
    """A feed whose items all point at one page still has as many articles as titles."""
    shelf = Shelf()
    a, b, c = (FeedEntry(title=t, link="https://news.example/live", content_html=t) for t in "abc")
    assert outcome(shelf.take(a)) == (1, 0, 0)  # alone: known by its link
    assert outcome(shelf.take(b, a)) == (1, 0, 1)  # in company: a is still a
    assert outcome(shelf.take(b)) == (0, 0, 1)  # alone: b is still b
    assert outcome(shelf.take(c, b, a)) == (1, 0, 2)
    assert set(shelf.titles.values()) == {"a", "b", "c"}


def test_the_address_of_the_site_identifies_no_entry() -> None:
    """An item that links to the home page is not the same as yesterday's that did."""
    shelf = Shelf()
    first = FeedEntry(title="Monday", link="https://news.example/")
    second = FeedEntry(title="Tuesday", link="https://news.example/")
    assert outcome(shelf.take(first, site="https://news.example")) == (1, 0, 0)
    assert outcome(shelf.take(second, site="https://news.example")) == (1, 0, 0)


def test_entries_with_one_title_are_told_apart_by_date_and_then_by_content() -> None:
    """Daily "Stormcast" items without id or link are different articles."""
    entries = [FeedEntry(title="Daily", published=NOW - n * DAY) for n in range(3)]
    entries += [FeedEntry(title="Daily", published=NOW, content_html="<p>late edition</p>")]
    shelf = Shelf()
    assert outcome(shelf.take(*entries)) == (4, 0, 0)
    assert outcome(shelf.take(*entries)) == (0, 0, 4)


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (NOW - DAY, None, NOW - DAY),
        (None, NOW - DAY, NOW - DAY),
        (NOW - DAY, NOW, NOW - DAY),
        (None, None, NOW),
        (datetime(2099, 1, 1, tzinfo=UTC), None, NOW),
        (datetime.max.replace(tzinfo=UTC), None, NOW),
        (datetime.min.replace(tzinfo=UTC), None, EARLIEST),
    ],
)
def test_sort_date(published: datetime | None, updated: datetime | None, expected: datetime) -> None:
    """The sort date is the stated one, clamped to the time between 1970 and the refresh."""
    assert sort_date(published, updated, NOW) == expected


def test_entries_without_dates_keep_the_order_of_the_document() -> None:
    """The first of a document without dates is the newest."""
    drafts = Shelf().take(*(FeedEntry(id=str(n), title=str(n)) for n in range(50))).inserts
    assert all(newer.sort_date > older.sort_date for newer, older in pairwise(drafts))


def test_hostile_fields_are_bounded_and_clean() -> None:
    """A 5 MB title is shortened, a control character dropped, an address that cannot be opened is not stored."""
    entry = FeedEntry(
        id="g" * 2**20,
        title="A" * 5 * 2**20,
        link="https://e.example/" + "a" * 2**20,
        author="Ada\x1b[2J",
        tags=("\x9b5m",) * 1000,
        enclosures=(Media("javascript:alert(1)"), Media("https://e.example/a.mp3", "audio/mpeg")),
    )
    draft = Shelf().take(entry).inserts[0]
    assert len(draft.title) <= 1000
    assert draft.url == ""
    assert len(draft.key) < 40
    assert draft.author == "Ada[2J"
    assert len(draft.tags) <= 50
    assert [media.url for media in draft.enclosures] == ["https://e.example/a.mp3"]


def test_authors_show_as_people_read_them() -> None:
    """`mail (Name)` is the name: it is what lists, searches and citations show."""
    authors = ("noreply@example.com (Jane Roe)", "Tom Poe <tom@example.com>", "noreply@example.com", "Jane Roe")
    drafts = Shelf().take(*(FeedEntry(id=str(n), title="x", author=author) for n, author in enumerate(authors))).inserts
    assert [draft.author for draft in drafts] == ["Jane Roe", "Tom Poe", "", "Jane Roe"]


words = st.text(st.sampled_from("ab"), max_size=2)
entries = st.builds(
    FeedEntry,
    id=st.one_of(st.just(""), words),
    title=words,
    link=words.map(lambda w: f"https://news.example/{w}" if w else ""),
    published=st.one_of(st.none(), st.sampled_from([NOW - DAY, NOW])),
    content_html=words,
)


@given(st.lists(entries, max_size=8), st.lists(entries, max_size=8))
def test_every_document_is_stable_after_any_other(first: list[FeedEntry], second: list[FeedEntry]) -> None:
    """Reading one document twice changes nothing the second time, whatever was stored before it."""
    shelf = Shelf()
    shelf.take(*first)
    shelf.take(*second)
    again = shelf.take(*second)
    assert (len(again.inserts), len(again.updates)) == (0, 0)


@given(st.lists(entries, max_size=8))
def test_nothing_distinguishable_is_lost(document: list[FeedEntry]) -> None:
    """In one document there are as many articles as different ids plus different entries without one."""
    expected = {entry.id or (entry.title, entry.link, entry.published, entry.content_html) for entry in document}
    expected.discard(("", "", None, ""))
    assert len(Shelf().take(*document).inserts) == len(expected)
