"""What every verb works with: where things live, the settings, the two streams, and the library when it is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.config import load
from reader.errors import UsageError
from reader.paths import locate
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from argparse import Namespace

    from reader.cli.output import Output
    from reader.cli.talk import Talk
    from reader.config import Config
    from reader.paths import Paths
    from reader.service.library import Library


class Context(NamedTuple):
    """One run of the program. `options` are the parsed arguments of the verb."""

    options: Namespace
    paths: Paths
    config: Config
    out: Output
    talk: Talk
    offline: bool

    def library(self) -> Library:
        """The library of this home, to be closed by the caller (`with`); raises StorageError."""
        from reader.service.library import Library

        return Library.open(self.paths, self.config)


def prepare(options: Namespace, out: Output, talk: Talk) -> Context:
    """The context for parsed arguments. What is wrong in the configuration is told, and its defaults are used.

    Raises UsageError if `--home` or `--config` name something that cannot be.
    """
    if options.home == "":
        raise UsageError("--home needs a directory; an empty one is none.")
    try:
        paths = locate(options.home)
    except (RuntimeError, ValueError):  # "~somebody" who does not exist, NUL in the name
        raise UsageError(f"There is no directory {clean_line(str(options.home), 200)} for --home.") from None
    if options.home and paths.data.parent.exists() and not paths.data.parent.is_dir():
        raise UsageError(f"{clean_line(str(options.home), 200)} is not a directory; --home needs one.")
    file = Path(options.config) if options.config else paths.config_file
    if options.config and not file.exists():
        raise UsageError(f"There is no configuration file {clean_line(str(file), 200)}.")
    config = load(file)
    for problem in config.problems:
        talk.warn(problem)
    talk.detail(f"Configuration: {file if file.exists() else 'defaults'}. Library: {paths.library}.")
    return Context(options, paths, config, out, talk, bool(options.offline))
