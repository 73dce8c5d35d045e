"""What there is to know about how a source does."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from feed_server import Clock, FeedServer, item, rss

from reader.model import Source
from reader.service.actions import pause
from reader.service.adding import add
from reader.service.health import Health, health
from reader.service.library import Library
from reader.service.refresh import refresh


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
