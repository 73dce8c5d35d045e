"""Is everything in order, and if not, what is to be done: directories, library, versions, terminal, configuration.

Nothing here changes anything, and nothing raises: a check that cannot be made says so.
"""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from reader.config import Config
from reader.paths import Paths
from reader.store import integrity
from reader.text.addresses import mask
from reader.text.clean import clean_line

DISTRIBUTIONS = ("secnews", "textual", "feedparser", "httpx", "platformdirs", "lxml", "trafilatura", "markdown-it-py")
FREE_SPACE_WANTED = 200 * 2**20  # bytes; a library and a backup of some thousand articles


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `detail` says how it is, `advice` what to do ("" if nothing)."""

    name: str
    state: State
    detail: str
    advice: str = ""


def examine(paths: Paths, config: Config) -> list[Check]:
    """Look at everything; takes about a second for a library of 500 MB."""
    return [
        *_directories(paths),
        *_library(paths),
        *_rules(paths, config),
        *_queue(paths, config),
        *_files(paths),
        *_configuration(paths, config),
        *_logins(),
        *_versions(),
        *_terminal(),
    ]


def check_object(check: Check) -> dict[str, Any]:
    """A check as JSON: name, state ("ok", "warning", "error"), detail, advice."""
    return {"name": check.name, "state": check.state.value, "detail": check.detail, "advice": check.advice}


# --- files ---------------------------------------------------------------------------------------------------------


def _directories(paths: Paths) -> Iterator[Check]:
    for name, folder in (("config", paths.config), ("data", paths.data), ("cache", paths.cache), ("log", paths.log)):
        yield _directory(f"{name} directory", folder, private=name != "config")
    place = next((folder for folder in (paths.data, *paths.data.parents) if folder.is_dir()), Path("/"))
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        yield Check("disk", State.WARNING, f"The free space cannot be told ({_why(error)}).")
        return
    if free < FREE_SPACE_WANTED:
        yield Check(
            "disk", State.WARNING, f"{_bytes(free)} free where the library is.", "Free some space on this disk."
        )
    else:
        yield Check("disk", State.OK, f"{_bytes(free)} free where the library is.")


def _directory(name: str, folder: Path, *, private: bool) -> Check:
    shown = _path(folder)
    try:
        found = folder.stat()
    except FileNotFoundError:
        return Check(name, State.OK, f"{shown} is not there yet; it is made when it is needed.")
    except OSError as error:
        return Check(name, State.ERROR, f"{shown} cannot be read ({_why(error)}).", "Check the permissions above it.")
    if not stat.S_ISDIR(found.st_mode):
        return Check(
            name, State.ERROR, f"{shown} is not a directory.", "Move it away, or choose another place: --home."
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        return Check(name, State.ERROR, f"{shown} cannot be read.", f"chmod u+rwx {shown}")
    if not os.access(folder, os.W_OK):
        return Check(name, State.WARNING, f"{shown} can only be read; nothing new is kept.", f"chmod u+w {shown}")
    mode = stat.S_IMODE(found.st_mode)
    if private and mode & 0o077:
        return Check(name, State.WARNING, f"{shown} is open to others ({mode:03o}).", f"chmod 700 {shown}")
    return Check(name, State.OK, f"{shown} ({mode:03o})")


def _files(paths: Paths) -> Iterator[Check]:
    library = paths.library
    for file in (library, *(library.with_name(library.name + end) for end in ("-wal", "-shm")), paths.log_file):
        try:
            mode = stat.S_IMODE(file.stat().st_mode)
        except OSError:
            continue
        if mode & 0o077:
            yield Check(
                "permissions",
                State.WARNING,
                f"{_path(file)} is open to others ({mode:03o}).",
                f"chmod 600 {_path(file)}",
            )


def _library(paths: Paths) -> Iterator[Check]:
    from reader.quotes import ENGINE

    health = integrity.examine(paths.library, engine=ENGINE)
    shown = _path(paths.library)
    if not health.exists:
        yield Check("library", State.OK, f"{shown} is not there yet; `secnews add` makes it.")
        return
    if health.refusal:
        what, _semicolon, advice = clean_line(health.refusal).partition("; ")
        yield Check("library", State.ERROR, f"{what.rstrip('.')}.", advice[:1].upper() + advice[1:])
        return
    yield Check(
        "library",
        State.OK,
        f"{shown}: format {health.version}, application id {health.application_id:#x}, {_bytes(health.size)}"
        f" ({_bytes(health.free)} of it free), {_count(health.articles)}, {health.saved:,} saved.",
    )
    if health.faults:
        yield Check(
            "integrity",
            State.ERROR,
            clean_line("; ".join(health.faults), 1_000),
            "Run `secnews doctor --repair`: it keeps the damaged file and recovers what it can.",
        )
    else:
        yield Check("integrity", State.OK, "SQLite finds no fault, and every count is right.")
    if health.backups:
        yield Check("backup", State.OK, f"{_path(Path(health.backups[0]))}, {len(health.backups)} in all.")
    else:
        yield Check("backup", State.OK, "There is none yet; one is made every day that secnews runs.")
    if health.copies:
        yield Check(
            "copies",
            State.OK,
            f"{', '.join(clean_line(name) for name in health.copies)}: made before the format of the library changed,"
            f" and the newest two are kept. With the backups {_bytes(health.beside)}.",
            "Remove them when you will not go back to an older secnews.",
        )
    if health.unmoved:
        yield Check(
            "older form",
            State.OK,
            f"{_count(health.unmoved)} still to be moved to the form that takes half the room.",
            "This is done at the next refresh or while the reader is open.",
        )
    if health.pending:
        yield Check(
            "pending work",
            State.OK,
            f"Text and quotes are still to be derived for {_count(health.pending)}.",
            "This is done at the next refresh or while the reader is open.",
        )


def _rules(paths: Paths, config: Config) -> Iterator[Check]:
    from reader.errors import SecnewsError
    from reader.service import rules
    from reader.service.library import Library

    if not paths.library.exists():
        return
    try:
        with Library.open(paths, config, readonly=True) as library:
            found = rules.list_all(library)
    except SecnewsError:
        return  # the checks of the library say so
    for wrong in (one for one in found if one.fault and one.rule.enabled):
        number = wrong.rule.id
        advice = f"Change it with `secnews rules change {number}`, or `secnews rules remove {number}`."
        yield Check("rules", State.ERROR, f"Rule {number} does nothing: {wrong.fault}", advice)
    if found and not any(one.fault and one.rule.enabled for one in found):
        yield Check("rules", State.OK, "1 rule." if len(found) == 1 else f"{len(found):,} rules.")


def _queue(paths: Paths, config: Config) -> Iterator[Check]:
    """Saved articles whose page is not here yet."""
    from reader.errors import SecnewsError
    from reader.service import saving
    from reader.service.library import Library

    if not paths.library.exists():
        return
    try:
        with Library.open(paths, config, readonly=True) as library:
            count = saving.queued(library)
    except SecnewsError:
        return  # the checks of the library say so
    if count:
        told = "The page of 1 saved article is" if count == 1 else f"The pages of {count:,} saved articles are"
        advice = "The next refresh with a network does it; `secnews saved` shows which."
        yield Check("saved pages", State.OK, f"{told} queued: still to be fetched.", advice)


def _configuration(paths: Paths, config: Config) -> Iterator[Check]:
    shown = _path(paths.config_file)
    if config.problems:
        for problem in config.problems:
            yield Check("configuration", State.WARNING, clean_line(str(problem), 500), f"Edit {shown}.")
    elif paths.config_file.exists():
        yield Check("configuration", State.OK, f"{shown} is right.")
    else:
        yield Check("configuration", State.OK, f"There is no {shown}; the defaults are used.")


# --- programs ------------------------------------------------------------------------------------------------------


def _versions() -> Iterator[Check]:
    import importlib.metadata  # 64 ms: only here

    yield Check("python", State.OK, f"{platform.python_version()} ({platform.system()} {platform.machine()})")
    found = integrity.sqlite_version()
    number = ".".join(map(str, found))
    if found < integrity.SQLITE_NEEDED:
        needed = ".".join(map(str, integrity.SQLITE_NEEDED))
        yield Check("sqlite", State.ERROR, f"{number} is too old.", f"Use a Python with SQLite {needed} or newer.")
    elif not integrity.has_full_text():
        yield Check("sqlite", State.ERROR, f"{number} has no FTS5.", "Use a Python whose SQLite has full-text search.")
    else:
        yield Check("sqlite", State.OK, number)
    for name in DISTRIBUTIONS:
        try:
            yield Check(name, State.OK, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Check(name, State.ERROR, "is not installed.", "Install secnews again, in an environment of its own.")
    try:
        version = importlib.metadata.version("reader")
    except importlib.metadata.PackageNotFoundError:
        return
    yield Check(
        "reader",
        State.ERROR,
        f"Another program's package `reader` {version} is in this environment and overwrites ours.",
        "Install secnews with pipx or `uv tool`, in an environment of its own.",
    )


def _logins() -> Iterator[Check]:
    """Logins kept in the environment or in netrc; their values are shown nowhere."""
    from reader.sources.credentials import read_logins

    found = read_logins(os.environ)
    for problem in found.problems:
        what, _, advice = problem.partition("; ")
        advice = advice or "See docs/network.md, Logins."
        yield Check("logins", State.WARNING, f"{what}.", f"{advice[:1].upper()}{advice[1:]}.".replace("..", "."))
    count = len(found.by_origin) + len(found.by_host)
    if count:
        yield Check("logins", State.OK, f"{count:,} from outside the library.")


def _terminal() -> Iterator[Check]:
    term = clean_line(os.environ.get("TERM", ""), 100)
    if not sys.stdout.isatty():
        yield Check("terminal", State.OK, "Standard output is not a terminal.")
    elif term in ("", "dumb"):
        yield Check("terminal", State.WARNING, f"TERM is {term or 'not set'}.", "Set TERM, e.g. to xterm-256color.")
    else:
        colour = clean_line(os.environ.get("COLORTERM", ""), 100) or "not set"
        size = shutil.get_terminal_size()
        detail = f"TERM={term}, COLORTERM {colour}, {size.columns}×{size.lines}"
        small = size.columns < 40 or size.lines < 12
        advice = "Make the window larger: the reader wants 40×12 and shows all four panes from 120 columns."
        yield Check("terminal", State.WARNING if small else State.OK, detail, advice if small else "")
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    if encoding == "utf8":
        yield Check("locale", State.OK, "UTF-8")
    else:
        yield Check(
            "locale", State.WARNING, f"Output is {encoding or 'of unknown encoding'}.", "Set LANG, e.g. to C.UTF-8."
        )
    if os.environ.get("NO_COLOR"):
        yield Check("colour", State.OK, "NO_COLOR is set: everything is shown without colour.")


def _count(articles: int) -> str:
    return "1 article" if articles == 1 else f"{articles:,} articles"


def _bytes(number: int) -> str:
    size, unit = float(number), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"


def _path(path: Path) -> str:
    return mask(str(path))


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
