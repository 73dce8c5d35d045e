"""What rules do by themselves is an action: one for each run, told, and taken back like any other."""

from __future__ import annotations

import pytest
from feed_server import FeedServer, item, rss

from reader.model import View
from reader.service import actions, rules, ruling
from reader.service.adding import add
from reader.service.events import Notice, RulesRan
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.service.rules import Action


def feed(library: Library, server: FeedServer, *numbers: int) -> str:
    """A feed of these articles, which is there but not fetched yet."""
    url = server.put("/feed.xml", rss(*(item(number) for number in numbers)))
    if not library.sources():
        add(library, url, fetch=False)
    return url


def heard(library: Library) -> list[object]:
    events: list[object] = []
    refresh(library, force=True, on_event=events.append)
    return [event for event in events if isinstance(event, RulesRan | Notice)]


def test_a_run_is_one_action(library: Library, server: FeedServer) -> None:
    """Everything that rules did at a refresh goes with one undo, which says so; then come the reader's own actions."""
    feed(library, server, 1, 2, 3)
    rules.add(library, Action.HIDE, "title:1")
    rules.add(library, Action.READ, "title:2")
    rules.add(library, Action.TAG, "title:3", value="wet")
    rules.add(library, Action.SAVE, "title:3")
    rules.add(library, Action.SECTION, "title:3", value="Pumps")
    label = "1 saved, 1 marked read, 1 tagged, 1 moved to a section, 1 hidden"
    assert heard(library) == [RulesRan(label)]
    rows = {row.title: row for row in library.window(View())}
    assert set(rows) == {"Story 2", "Story 3"}
    assert actions.undo(library) == f"rules: {label}"
    rows = {row.title: row for row in library.window(View())}
    assert {row.title: (row.read, row.saved, row.tags, row.section) for row in rows.values()} == {
        f"Story {number}": (False, False, (), "") for number in (1, 2, 3)
    }
    assert heard(library) == []  # what was taken back is not done again
    assert actions.undo(library) == "rule 5 added"


def test_many_articles_are_one_action(library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run goes on over several transactions and is one action all the same; one that did nothing is none."""
    monkeypatch.setattr(ruling, "BATCH", 2)
    feed(library, server, *range(7))
    rules.add(library, Action.READ, "title:story")
    assert heard(library) == [RulesRan("7 marked read")]
    assert heard(library) == []
    assert actions.undo(library) == "rules: 7 marked read"
    assert library.counts().unread == 7
    assert actions.undo(library) == "rule 1 added"


def test_undo_in_the_middle_of_a_run(library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes after an undo of the first part is an action of its own: nothing is done that cannot be taken back."""
    monkeypatch.setattr(ruling, "BATCH", 2)
    feed(library, server, *range(4))
    rules.add(library, Action.READ, "title:story")
    run, undone = ruling.ruling.run, list[str | None]()

    def and_undo(*given: object, **named: object) -> object:
        if library.counts().unread < 4:
            undone.append(actions.undo(library))
        return run(*given, **named)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(ruling.ruling, "run", and_undo)
    refresh(library, force=True)
    assert undone == ["rules: 2 marked read"]
    assert library.counts().unread == 2
    assert "marked read" in str(actions.undo(library))
    assert library.counts().unread == 4
