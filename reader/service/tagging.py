"""The reader's own tags: given and taken away, each an action that undo takes back."""

from __future__ import annotations

from collections.abc import Sequence

from reader.errors import UsageError
from reader.service.library import Library
from reader.store import actions, tags
from reader.text.clean import clean_line


def tag(library: Library, ids: Sequence[int], name: str) -> int:
    """Give articles a tag; returns how many did not have it from the reader. Raises UsageError for an empty name.

    A tagged article is never pruned.
    """
    name = checked(name)
    with library.database.write() as c:
        changed = tags.give(c, ids, name)
        if changed:
            inverse = actions.set_tag(changed, name, there=False)
            actions.record(c, f"{_articles(len(changed))} tagged {name}", [inverse], now=library.now())
    return len(changed)


def untag(library: Library, ids: Sequence[int], name: str) -> int:
    """Take a tag that the reader gave away; returns how many had it. Tags that sources state stay."""
    name = checked(name)
    with library.database.write() as c:
        changed = tags.take(c, ids, name)
        if changed:
            inverse = actions.set_tag(changed, name, there=True)
            actions.record(c, f"{_articles(len(changed))} no longer tagged {name}", [inverse], now=library.now())
    return len(changed)


def own(library: Library) -> list[tuple[str, int]]:
    """Every tag of the reader's with the number of its articles, by name."""
    with library.database.read() as c:
        return tags.all(c)


def checked(name: str) -> str:
    """The tag as it is kept; raises UsageError if there is nothing of it."""
    cleaned = clean_line(name, tags.MAX_TAG)
    if not any(char.isalnum() for char in cleaned):
        raise UsageError("A tag needs a letter or a digit.")
    return cleaned


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
