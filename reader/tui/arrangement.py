"""Which panes are seen on a screen of a given size, and how they stand (pure)."""

from __future__ import annotations

from typing import NamedTuple

PANES = ("sections", "articles", "article", "quotes")
FOUR, THREE, TWO = 120, 90, 60  # columns from which so many panes are seen
STACK_ROWS = 30  # from this height the article stands below the list, with the whole width for its lines
SIDE_BY_SIDE = 170  # from this width even four panes in a row leave the article a comfortable measure


class Arrangement(NamedTuple):
    """`visible` from left to right; `stacked`: the article below the list; `framed`: panes have borders and titles."""

    visible: tuple[str, ...]
    stacked: bool = False
    framed: bool = True
    status: bool = True


def arrange(width: int, height: int, focus: str, *, zen: bool = False) -> Arrangement:
    """The arrangement for a screen of `width` columns and `height` rows while pane `focus` has the focus."""
    framed, status = width >= 12 and height >= 6, height >= 3
    if zen:
        return Arrangement(("article",), framed=framed and width < FOUR, status=status)
    visible = _visible(width, focus)
    both = "articles" in visible and "article" in visible
    return Arrangement(visible, both and height >= STACK_ROWS and width < SIDE_BY_SIDE, framed, status)


def _visible(width: int, focus: str) -> tuple[str, ...]:
    if width >= FOUR:
        return PANES
    if width >= THREE:
        return PANES[:3] if focus == "sections" else PANES[1:]
    if width >= TWO:
        return {"sections": PANES[:2], "quotes": PANES[2:]}.get(focus, PANES[1:3])
    return (focus,)
