"""Which panes are seen on a screen of a given size, and how they stand (pure)."""

from __future__ import annotations

from collections.abc import Mapping
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


LEAST = {"sections": 10, "articles": 12, "quotes": 12}  # columns; of the article it is MIDDLE
MIDDLE = 20


def sizes(width: int, height: int, plan: Arrangement, extra: Mapping[str, int]) -> dict[str, int]:
    """Columns of Sections, Articles, Quotes (of Articles rows, if the article is below); the article has the rest.

    `extra` is what the reader has added. Whatever that is, every pane that is seen keeps its least.
    """
    cells = {
        "sections": (22 if width >= THREE else max(18, width * 3 // 10)) + extra.get("sections", 0),
        "quotes": (max(28, width // 4) if "articles" in plan.visible or width >= THREE else width * 2 // 5)
        + extra.get("quotes", 0),
    }
    beside = {"articles", "article"} <= set(plan.visible) and not plan.stacked
    if beside:
        share = 3 if len(plan.visible) > 2 else 4
        cells["articles"] = width * share // 10 + extra.get("articles", 0)
    seen = [name for name in cells if name in plan.visible or name == "articles"]
    for name in seen:
        cells[name] = within(cells[name], LEAST[name], width // 2 if name != "articles" else width - MIDDLE)
    over = sum(cells[name] for name in seen) + MIDDLE - width
    for name in sorted(seen, key=lambda name: LEAST[name] - cells[name]):  # the one with the most to give first
        given = max(0, min(over, cells[name] - LEAST[name]))
        cells[name] -= given
        over -= given
    if not beside:
        cells["articles"] = within(height * 2 // 5 + extra.get("articles", 0), 4, height - 6)
    return cells


def within(value: int, low: int, high: int) -> int:
    """`value`, at least `low` and at most `high`; at least 1 in any case."""
    return max(1, min(max(value, low), max(low, high)))
