"""The changes of a saved article, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.revisions import Difference


def lines(found: Difference) -> Iterator[str]:
    """A head line, then for each change what it is and the words around it: `[-old-]` and `{+new+}`."""
    old, new = found.old, found.new
    yield " → ".join(f"{one.kind} {one.revision} ({one.fetched:%Y-%m-%d %H:%M} UTC)" for one in (old, new))
    if not found.changes:
        yield "The words are the same."
    for change in found.changes:
        kinds = [name for name, holds in (("quote", change.quote), ("number", change.number)) if holds]
        marks = [f"[-{change.old}-]" if change.old else "", f"{{+{change.new}+}}" if change.new else ""]
        words = " ".join(part for part in (change.before, *marks, change.after) if part)
        yield ""
        yield clean_line(f"{' and '.join(kinds) or 'words'}: {words}", 4_000)
