"""What there is to know about how a source does."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from feed_server import Clock, FeedServer, item, rss

from reader.errors import UsageError
from reader.model import Source
from reader.service.actions import accept_move, edit_source, pause, undo
from reader.service.adding import add
from reader.service.health import Health, health
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.store import sources


def aged(clock: Clock, *days: float) -> str:
    """A feed with an article of each age."""
    return rss(
        *(item(n, date=format_datetime(clock.now - timedelta(days=age))) for n, age in enumerate(days)),
    )


def of(library: Library, source: Source) -> Health:
    (found,) = health(library, [library.source(source.id)])
    return found


@pytest.mark.parametrize(
    ("days", "per_week", "silent"),
    [
        ((), 0.0, None),
        ((0.1,), 7.0, 0),
        ((0, 1, 2, 3, 3.5), 10.0, 0),
        ((10, 80, 83), 0.3, 10),
        ((100, 200), 0.0, 100),
    ],
)
def test_how_much_and_how_long_silent(
    library: Library, server: FeedServer, clock: Clock, days: tuple[float, ...], per_week: float, silent: int | None
) -> None:
    """The average looks at twelve weeks, or at as many as there are; silence is since the newest article."""
    source = add(library, server.put("/feed.xml", aged(clock, *days)), derive=False)
    found = of(library, source)
    assert (found.per_week, found.silent_days) == (per_week, silent)
    recent = [age for age in days if age < 7 * 12]
    assert len(found.weeks) == 12
    assert sum(found.weeks) == len(recent)
    assert all(found.weeks[11 - int(age // 7)] for age in recent)
    assert ("Silent for" in found.why) == (silent is not None and silent >= 30)


def test_when_it_is_asked_and_why(library: Library, server: FeedServer, clock: Clock) -> None:
    """Success, Retry-After with its countdown, pause: each in words."""
    url = server.put("/feed.xml", aged(clock, 1))
    source = add(library, url, derive=False)
    assert (of(library, source).due, of(library, source).why) == (3600, "Every 60 min.")
    server.pages["/feed.xml"].status = 429
    server.pages["/feed.xml"].headers["Retry-After"] = "1800"
    refresh(library, force=True, derive=False)
    clock.advance(minutes=10)
    found = of(library, source)
    assert found.due == 1200
    assert found.why.endswith("The server asked to wait 30 min. It is asked again in 20 min.")
    pause(library, [source.id])
    paused = of(library, source)
    assert paused.due is None
    assert paused.why.startswith("Paused;")


def test_a_new_address_is_suggested_until_it_is_confirmed(library: Library, server: FeedServer, clock: Clock) -> None:
    """A permanent redirect is a suggestion on the first day and the address on the second; then nothing is left."""
    new = server.put("/new.xml", aged(clock, 1))
    source = add(library, server.put("/old.xml", b"", status=301, headers={"Location": "/new.xml"}), derive=False)
    found = of(library, source)
    assert found.suggested == new
    assert "on two days" in found.why
    clock.advance(hours=25)
    refresh(library, derive=False)
    assert library.source(source.id).url == new
    assert of(library, source).suggested == ""


def test_a_temporary_redirect_suggests_nothing(library: Library, server: FeedServer, clock: Clock) -> None:
    """302 is never a move."""
    server.put("/new.xml", aged(clock, 1))
    source = add(library, server.put("/old.xml", b"", status=302, headers={"Location": "/new.xml"}), derive=False)
    clock.advance(hours=25)
    refresh(library, derive=False)
    assert library.source(source.id).url == server.url("/old.xml")
    assert of(library, source).suggested == ""


def test_a_suggested_address_can_be_taken_at_once_and_given_back(
    library: Library, server: FeedServer, clock: Clock
) -> None:
    """The source is asked there next; one undo brings the old address and the suggestion back."""
    new = server.put("/new.xml", aged(clock, 1))
    source = add(library, server.put("/old.xml", b"", status=301, headers={"Location": "/new.xml"}), derive=False)
    accept_move(library, source.id)
    moved = library.source(source.id)
    assert (moved.url, of(library, source).suggested, moved.next_fetch) == (new, "", None)
    with pytest.raises(UsageError, match="suggests no new address"):
        accept_move(library, source.id)
    assert refresh(library, derive=False).results[0].new == 0
    assert undo(library)
    back = library.source(source.id)
    assert (back.url, of(library, source).suggested) == (server.url("/old.xml"), new)


@pytest.mark.parametrize("at_once", [True, False])
def test_headers_stay_behind_when_a_source_moves_to_another_host(
    library: Library, server: FeedServer, clock: Clock, at_once: bool
) -> None:
    """What was set for one scheme, host and port is never sent to another, nor kept for it."""
    elsewhere = server.url("/new.xml").replace("127.0.0.1", "localhost")
    server.put("/new.xml", aged(clock, 1))
    source = add(library, server.put("/old.xml", aged(clock, 1)), derive=False)
    edit_source(library, source.id, headers={"X-Key": "hunter2"})
    with library.database.write() as c:
        sources.suggest(c, source.id, elsewhere)
        if not at_once:
            sources.put_address(c, source.id, elsewhere)
    if at_once:
        accept_move(library, source.id)
    assert library.source(source.id).url == elsewhere
    assert not library.source(source.id).headers
    if at_once:
        undo(library)
        assert library.source(source.id).headers == {"X-Key": "hunter2"}
