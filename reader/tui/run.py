"""Opening and leaving the reading room."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import SecnewsError

if TYPE_CHECKING:
    from reader.config import Config
    from reader.model import Article
    from reader.paths import Paths
    from reader.service.library import Library
    from reader.tui.language import Language


# Seconds that a thread which computes may go on while the one that answers keys waits. Python's own are five
# thousandths, for each of the threads of a refresh that are in line as well.
PATIENCE = 0.001


def run_app(
    paths: Paths,
    config: Config,
    *,
    addresses: Sequence[str] = (),
    offline: bool = False,
    language: Callable[[], Language] | None = None,
) -> int:
    """Run the reading room on the terminal until the reader leaves; returns the exit code.

    `addresses` are read first, without being stored, and shown. `language` gives the `:` line the shell's commands.
    Raises StorageError if the library cannot be opened,
    UsageError or SourceError if nothing of the addresses can be read; in both cases before anything is drawn. Raises
    StorageError at the end, too, if the last things could not be kept; the terminal is restored by then.
    """
    # Nothing that is made before the first paint becomes garbage, but looking for some takes a twentieth of the time.
    gc.disable()
    patience = sys.getswitchinterval()
    sys.setswitchinterval(PATIENCE)
    try:
        return _run(paths, config, addresses, offline, language)
    finally:
        gc.enable()
        sys.setswitchinterval(patience)


def _run(
    paths: Paths, config: Config, addresses: Sequence[str], offline: bool, language: Callable[[], Language] | None
) -> int:
    from reader.service.library import Library
    from reader.tui.app import RoomApp

    with Library.open(paths, config) as library:
        opened = _read(addresses, config, offline) if addresses else []
        _put_samples(library)
        app = RoomApp(library, config, offline=offline, opened=opened, language=language)
        try:
            result = app.run()
        finally:
            app.close_room()
        if app.unkept is not None:
            raise app.unkept
        if app.return_code and result is None:
            return app.return_code
        return result or 0


def _read(addresses: Sequence[str], config: Config, offline: bool) -> list[Article]:
    """The articles of all addresses; one that cannot be read is no reason to leave out the others."""
    from reader.service.stateless import open_direct

    articles: list[Article] = []
    problem: SecnewsError | None = None
    for address in addresses:
        try:
            found = open_direct(address, library_config=config, offline=offline)
        except SecnewsError as error:
            problem = problem or error
        else:  # each call numbers its articles from the same id downwards
            least = min((article.row.id for article in articles), default=0)
            articles += [
                replace(article, row=replace(article.row, id=least - 1 - position))
                for position, article in enumerate(found)
            ]
    if not articles and problem is not None:
        raise problem
    return articles


def _put_samples(library: Library) -> None:
    """A library that never had a source begins with the sample articles."""
    if library.readonly:
        return
    counts = library.counts()
    if not counts.total and not counts.samples:
        from reader.service.samples import install

        install(library)
