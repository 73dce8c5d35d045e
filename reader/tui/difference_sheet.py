"""What has changed in a saved article as one text to draw: a head, then each change with the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.model import Wall
from reader.text.clean import clean_line
from reader.tui.sheet import Part, Sheet, Styled

if TYPE_CHECKING:
    from reader.service.changes import Change

MOST = 1_000  # changes that are shown
LONGEST = 4_000  # characters of the words of one change


class DifferenceSheet(NamedTuple):
    """`places` is where each change begins in the sheet."""

    sheet: Sheet
    places: tuple[int, ...]


def difference_sheet(changes: Sequence[Change], wall: Wall = Wall.NONE) -> DifferenceSheet:
    """Words that went stand in `[-…-]`, words that came in `{+…+}`; what is a quote or a number is said above.

    `wall` is what stood in place of the newer page.
    """
    pieces: list[str] = []
    parts: list[Part] = []
    styled: list[Styled] = []
    places: list[int] = []
    size = 0

    def add(text: str, name: str = "") -> None:
        nonlocal size
        if text and name:
            styled.append(Styled(size, size + len(text), name))
        pieces.append(text)
        size += len(text)

    def part(kind: str, *, gap: bool, since: int) -> None:
        parts.append(Part(since, size, kind, gap=gap))
        add("\n")

    add(_summary(changes))
    part("byline", gap=False, since=0)
    if wall:
        start = size
        add("The page was no article then, so the newer words are those of its feed.")
        part("note", gap=False, since=start)
    for change in changes[:MOST]:
        start = size
        places.append(start)
        add(_kind(change), "strong" if change.quote or change.number else "quiet")
        part("paragraph", gap=True, since=start)
        start = size
        words = [
            (clean_line(change.before), ""),
            (f"[-{clean_line(change.old, LONGEST)}-]" if change.old else "", "gone"),
            (f"{{+{clean_line(change.new, LONGEST)}+}}" if change.new else "", "come"),
            (clean_line(change.after), ""),
        ]
        for number, (text, name) in enumerate(pair for pair in words if pair[0]):
            add(" " if number else "")
            add(text, name)
        part("paragraph", gap=False, since=start)
    return DifferenceSheet(Sheet("".join(pieces), tuple(parts), tuple(styled)), tuple(places))


def _kind(change: Change) -> str:
    names = [name for name, holds in (("Quote", change.quote), ("Number", change.number)) if holds]
    return " and ".join(names).capitalize() or "Words"


def _summary(changes: Sequence[Change]) -> str:
    if not changes:
        return "The words are the same."
    quotes, numbers = sum(change.quote for change in changes), sum(change.number for change in changes)
    told = [f"{len(changes):,} change{'' if len(changes) == 1 else 's'}"]
    told += [f"{quotes:,} in quotes"] if quotes else []
    told += [f"{numbers:,} of numbers"] if numbers else []
    more = f" The first {MOST:,} are shown." if len(changes) > MOST else ""
    return f"{', '.join(told)}.{more}"
