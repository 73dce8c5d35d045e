"""Opening and leaving the reading room."""

from __future__ import annotations

from reader.config import Config
from reader.paths import Paths


def run_app(paths: Paths, config: Config, *, offline: bool = False) -> int:
    """Run the reading room on the terminal until the reader leaves; returns the exit code.

    Raises StorageError if the library cannot be opened (before anything is drawn).
    """
    from reader.service.library import Library
    from reader.tui.app import RoomApp

    with Library.open(paths, config) as library:
        _put_samples(library)
        app = RoomApp(library, config, offline=offline)
        try:
            result = app.run()
        finally:
            app.close_room()
        if app.return_code and result is None:
            return app.return_code
        return result or 0


def _put_samples(library: object) -> None:
    """A library that never had a source begins with the sample articles."""
    from reader.service.library import Library

    assert isinstance(library, Library)  # noqa: S101 - imported late, so the signature cannot say it
    if library.readonly:
        return
    counts = library.counts()
    if not counts.total and not counts.samples:
        from reader.service.samples import install

        install(library)
