"""Telling an article from what its site put around it: share bars, comment calls, promotions, other articles.

General patterns only (`tail_patterns`), weighed by what they would take: nothing before the first paragraph of prose
is cut as a tail, an opener ("Latest Insights:") takes prose with it only if that is little against the article and
quotes nobody, and an article never ends up empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.extract.tail_patterns import BELOW, COMMENTS, FURNITURE, LABEL, OPENER, POINTER, TRAILER, WEAK_OPENER

PROSE = 80  # characters from which a paragraph counts as prose
_LINE = 90  # furniture and openers are short
_PARAGRAPH = 500  # and so are the paragraphs that close a page
_ALLOWANCE = 700  # characters of prose that a tail may hold in any case
_SHARE = 0.35  # and this share of the prose before it
_MAX_TITLES = 8

_DECORATION = " \t\n:.…|»›>→←↑▲▼•·*#_-–—=+[]()"
_WORD = re.compile(r"\w")
# Prose with quotations in it is the article going on, not a promotion.
_SAID = re.compile(r"“[^“”]{15,}”|\"[^\"\n]{15,}\"")


def is_furniture(text: str) -> bool:
    """Whether a line on its own is a share bar, a comment call, an advertisement mark, or holds no word at all."""
    if len(text) > _LINE:
        return False
    line = _bare(text)
    return not _WORD.search(line) or any(p.fullmatch(line) for p in (FURNITURE, BELOW, COMMENTS))


def opens_tail(text: str) -> bool:
    """Whether a line on its own announces other articles, comments or promotions."""
    if len(text) > _LINE or text.rstrip().endswith((".", "”", '"', ",", ";")):
        return False
    return OPENER.fullmatch(_bare(text)) is not None


def may_open_tail(text: str) -> bool:
    """Whether a line could announce a promotion or be a heading of the article."""
    return len(text) <= _LINE and not text.rstrip().endswith((".", ",")) and bool(WEAK_OPENER.fullmatch(_bare(text)))


def is_trailer(text: str) -> bool:
    """Whether a paragraph at the very end is a call to subscribe, follow, read on, a credit, or a pointer elsewhere."""
    if len(text) > _PARAGRAPH:
        return False
    line = " ".join(text.split())
    return any(pattern.fullmatch(line) for pattern in (TRAILER, POINTER, LABEL))


def without_tail(texts: Sequence[str]) -> list[int]:
    """Return the indices of the paragraphs that belong to the article, in order; all of them if in doubt.

    `texts` are the paragraphs (headings and list items count as such) of one article without its title. Linear.
    """
    first = next((i for i, text in enumerate(texts) if len(text) >= PROSE), None)
    if first is None:
        return _without_end(texts, list(range(len(texts))), 0)
    after = _prose_after(texts)
    total = after[0] + (len(texts[0]) if first == 0 else 0)
    last_quotation = max((i for i, text in enumerate(texts) if _SAID.search(text)), default=-1)
    last_furniture = max((i for i, text in enumerate(texts) if is_furniture(text) or is_trailer(text)), default=-1)
    kept = [i for i in range(first) if not is_furniture(texts[i])]
    kept.append(first)
    index = first + 1
    while index < len(texts):
        text = texts[index]
        little = after[index] <= max(_ALLOWANCE, _SHARE * (total - after[index]))
        quotes_follow = last_quotation > index
        if is_furniture(text):
            line = _bare(text)
            if little and (COMMENTS.fullmatch(line) or (BELOW.fullmatch(line) and not quotes_follow)):
                break
            index += 1
        elif opens_tail(text):
            if little and not quotes_follow:
                break
            index = _skip_titles(texts, index + 1)  # other articles listed in the middle
        elif little and not quotes_follow and index < last_furniture and may_open_tail(text):
            break
        else:
            kept.append(index)
            index += 1
    return _without_end(texts, kept, first)


def _bare(text: str) -> str:
    return " ".join(text.strip(_DECORATION).split())


def _without_end(texts: Sequence[str], kept: list[int], first: int) -> list[int]:
    """Take furniture, openers and trailers off the end; something is always left."""
    while len(kept) > 1 and kept[-1] > first:
        text = texts[kept[-1]]
        if not (is_trailer(text) or opens_tail(text) or is_furniture(text)):
            break
        kept.pop()
    return kept


def _prose_after(texts: Sequence[str]) -> list[int]:
    after = [0] * len(texts)
    for i in range(len(texts) - 2, -1, -1):
        length = len(texts[i + 1])
        after[i] = after[i + 1] + (length if length >= PROSE else 0)
    return after


def _skip_titles(texts: Sequence[str], index: int) -> int:
    end = min(len(texts), index + _MAX_TITLES)
    while index < end and len(texts[index]) < 2 * PROSE and not texts[index].rstrip().endswith((".", "”", '"', ":")):
        index += 1
    return index
