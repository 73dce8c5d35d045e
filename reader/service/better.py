"""Which text of an article is shown: what its source gave, or what its page says. Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from reader.model import Wall

ENOUGH = 25  # words by which the page has to have more
SAME = 0.4  # of the words of what the source gave must be in the page for it to be the same article
SHORT = 30  # words; less of them prove nothing
_WORD = re.compile(r"\w+")

WALLS = {
    Wall.PAYWALL: "The page stops at a paywall, so the text of the feed stays.",
    Wall.COOKIES: "The page shows only a question about cookies, so the text of the feed stays.",
    Wall.SCRIPT: "The page needs JavaScript, so the text of the feed stays.",
    Wall.CAPTCHA: "The page asks whether you are a robot, so the text of the feed stays.",
}


class Choice(NamedTuple):
    """`page`: the page's text is the better one; `reason` is a sentence for the reader."""

    page: bool
    reason: str


def better(given: str, page: str, wall: Wall) -> Choice:
    """Choose between what the source gave and what the page says.

    The page's text is the better one if it is of the same article and clearly longer; never if a wall was met.
    """
    if wall is not Wall.NONE:
        return Choice(False, WALLS[wall])
    ours, theirs = _WORD.findall(given.casefold()), _WORD.findall(page.casefold())
    if not theirs:
        return Choice(False, "The page has no readable text, so the text of the feed stays.")
    if not ours:
        return Choice(True, f"The page has the text ({len(theirs):,} words); the feed has none.")
    shared = (Counter(ours) & Counter(theirs)).total() / len(ours)
    if len(ours) >= SHORT and shared < SAME:
        return Choice(False, "The page says something else than the feed, whose text stays.")
    if len(theirs) >= len(ours) + ENOUGH:
        return Choice(True, f"The page has the whole text: {len(theirs):,} words, {len(ours):,} in the feed.")
    return Choice(False, f"The feed has the whole text already: {len(ours):,} words, {len(theirs):,} on the page.")
