"""Every action is done whole, undone whole, also after a restart, and leaves every count right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from reader.config import Config
from reader.errors import NotFoundError
from reader.model import Draft, Origin, SourceKind, View
from reader.service import actions
from reader.service.library import Library
from reader.store import articles, integrity, sources

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def add(library: Library, name: str, section: str, count: int = 5) -> int:
    with library.database.write() as c:
        source = sources.insert(
            c, kind=SourceKind.FEED, url=f"https://{name}.example/", title=name.title(), section=section, now=NOW
        )
        articles.insert(c, source, drafts(name, count), section=section, now=NOW)
    return source


def drafts(name: str, count: int) -> list[Draft]:
    return [
        Draft(f"{name}{n}", "d", f"{name} {n}", f"https://{name}.example/{n}", Origin.FEED, NOW - timedelta(hours=n))
        for n in range(count)
    ]


@pytest.fixture
def two(library: Library) -> Library:
    """Ten articles: 1-5 of source One in News, 6-10 of source Two in Fraud."""
    add(library, "one", "News")
    add(library, "two", "Fraud")
    return library


def picture(library: Library) -> tuple[object, ...]:
    """Everything a reader could see."""
    view = View()
    return (
        library.window(view, limit=999),
        list(library.ids(View(unread=True))),
        list(library.ids(View(saved=True))),
        list(library.ids(View(samples=True))),
        library.sections(),
        library.counts(),
        library.sources(),
    )


ACTIONS: dict[str, tuple[Callable[[Library], int], int, str]] = {
    "read": (lambda library: actions.mark_read(library, [2, 3, 99], True), 2, "2 articles marked read"),
    "view": (lambda library: actions.mark_view_read(library, View(section="News")), 5, "5 articles marked read"),
    "all": (lambda library: actions.mark_view_read(library, View()), 10, "10 articles marked read"),
    "save": (lambda library: actions.save(library, [7]), 1, "1 article saved"),
    "remove": (lambda library: actions.remove_source(library, 2), 6, "source Two removed with 5 articles"),
    "title": (lambda library: actions.edit_source(library, 1, title="Uno"), 1, "source One changed"),
    "section": (lambda library: actions.edit_source(library, 1, section="Fraud"), 1, "source One changed"),
    "both": (lambda library: actions.edit_source(library, 1, "Uno", "New"), 1, "source One changed"),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_and_its_undo(two: Library, name: str) -> None:
    """An action says how many rows it changed; undo brings back what was, in another run of the program."""
    action, changed, label = ACTIONS[name]
    before = picture(two)
    assert action(two) == changed
    assert picture(two) != before
    two.close()
    with Library.open(two.paths, Config()) as again:
        assert actions.undo(again) == label
        assert picture(again) == before
        assert actions.undo(again) is None
    assert integrity.examine(two.paths.library, engine=1).faults == ()


def test_back_in_reverse_order(two: Library) -> None:
    """Many actions are undone one by one, the last first, through every state there was."""
    states = [picture(two)]
    for action, _changed, _label in ACTIONS.values():
        if action(two):
            states.append(picture(two))
    for state in reversed(states[:-1]):
        assert actions.undo(two)
        assert picture(two) == state
    assert actions.undo(two) is None


NOTHING: list[Callable[[Library], int]] = [
    lambda library: actions.mark_read(library, [1], False),
    lambda library: actions.mark_read(library, [], True),
    lambda library: actions.mark_read(library, [99, -5], True),
    lambda library: actions.mark_view_read(library, View(section="Nowhere")),
    lambda library: actions.unsave(library, [1]),
    lambda library: actions.save(library, [99]),
    lambda library: actions.edit_source(library, 1),
    lambda library: actions.edit_source(library, 1, title="One", section="News"),
    lambda library: actions.remove_samples(library),
]


@pytest.mark.parametrize("number", range(len(NOTHING)))
def test_what_changes_nothing_is_no_action(two: Library, number: int) -> None:
    """An action without effect returns 0 and leaves nothing to undo."""
    assert NOTHING[number](two) == 0
    assert actions.undo(two) is None


@pytest.mark.parametrize("use", [actions.remove_source, actions.edit_source, actions.added])
def test_no_such_source(two: Library, use: Callable[[Library, int], object]) -> None:
    """A source that is not there, or no longer, is an error that says so."""
    actions.remove_source(two, 1)
    for number in (1, 99, -1):
        with pytest.raises(NotFoundError):
            use(two, number)


def test_read_marks_only_what_was_unread(two: Library) -> None:
    """Undo of a big mark leaves what had been read before as it was."""
    actions.mark_read(two, [2], True)
    actions.mark_view_read(two, View())
    actions.undo(two)
    assert [row.id for row in two.window(View()) if row.read] == [2]


def test_saved_articles_outlive_their_source(two: Library) -> None:
    """Saved articles stay with their source's title; dropped, they go; undo brings back everything with its time."""
    actions.save(two, [6])
    saved_at = two.article(6).saved_at
    actions.remove_source(two, 2)
    kept = two.window(View(saved=True))
    assert [(row.id, row.source_title, row.section) for row in kept] == [(6, "Two", "Fraud")]
    assert sorted(two.ids(View())) == [1, 2, 3, 4, 5, 6]
    assert actions.unsave(two, [6]) == 1
    assert 6 not in two.ids(View())
    assert actions.undo(two) == "1 article no longer saved"
    assert two.counts().saved == 1
    assert two.article(6).saved_at == saved_at
    assert actions.undo(two) == "source Two removed with 4 articles"
    assert two.counts().total == 10
    assert [source.title for source in two.sources()] == ["Two", "One"]


def test_schedule_and_validators_come_back(two: Library) -> None:
    """Undoing the removal of a source brings back when it is due, and what makes the next fetch cheap."""
    with two.database.write() as c:
        sources.record(
            c, 2, status="ok", reason="every hour", errors=0, next_fetch=NOW, last_success=NOW, etag='"e"',
            last_modified="m", body_hash="h",
        )  # fmt: skip
    before = two.source(2)
    actions.remove_source(two, 2)
    actions.undo(two)
    assert two.source(2) == before


def test_added_is_undone(two: Library) -> None:
    """The adding of a source is taken back with its articles, and taking back leaves the rest alone."""
    before = picture(two)
    source = add(two, "three", "News")
    actions.added(two, source)
    assert actions.undo(two) == "source Three added"
    assert picture(two) == before


def test_added_again_after_removal(two: Library) -> None:
    """A source that was removed and added again is there once; a late undo of the removal does no harm."""
    actions.remove_source(two, 2)
    assert add(two, "two", "Fraud", 0) == 2
    after = picture(two)
    assert actions.undo(two) == "source Two removed with 5 articles"
    assert picture(two) == after


def test_samples(library: Library) -> None:
    """Sample articles can be read and marked, count nowhere, go with one action and come back with one undo."""
    with library.database.write() as c:
        sources.ensure_samples(c, title="Samples", now=NOW)
        articles.insert(c, sources.SAMPLES, drafts("sample", 3), section="Samples", now=NOW)
    assert actions.mark_read(library, [-1], True) == 1
    assert actions.mark_view_read(library, View()) == 0
    assert actions.mark_view_read(library, View(samples=True)) == 2
    assert library.counts().unread == 0
    before = picture(library)
    assert actions.remove_samples(library) == 3
    assert library.window(View(samples=True)) == []
    assert actions.undo(library) == "sample articles removed"
    assert picture(library) == before


def test_hundred_thousand(library: Library) -> None:
    """Marking very many articles is remembered in a few bytes and undone exactly."""
    from reader.store import marks

    number = 3_000
    add(library, "big", "News", number)
    actions.mark_read(library, list(range(1, number, 1000)), True)
    assert actions.mark_view_read(library, View()) == number - 3
    with library.database.read() as c:
        (size,) = c.execute("SELECT length(inverse) FROM action ORDER BY id DESC LIMIT 1").fetchone()
        assert marks.unlike_read(c, range(1, number + 1), True) == []
    assert size < 120
    actions.undo(library)
    assert library.counts().unread == number - 3


def test_old_actions_are_forgotten(two: Library) -> None:
    """Only so many actions are kept; undo ends there without an error."""
    from reader.store import actions as stored

    for number in range(stored.KEPT + 20):
        actions.mark_read(two, [1], number % 2 == 0)
    with two.database.read() as c:
        assert c.execute("SELECT count(*) FROM action").fetchone() == (stored.KEPT,)
    assert actions.undo(two)
