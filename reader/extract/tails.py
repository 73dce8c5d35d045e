"""Telling an article from what its site put around it: share bars, comment calls, promotions, other articles.

General patterns only (`tail_patterns`), weighed by what they would take: nothing before the first paragraph of prose
is cut as a tail, an opener ("Latest Insights:") takes prose with it only if that is little against the article and
quotes nobody, and an article never ends up empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.extract.tail_patterns import BELOW, COMMENTS, FURNITURE, LABEL, OPENER, POINTER, TRAILER, WEAK_OPENER

PROSE = 80  # characters from which a paragraph counts as prose, whatever its end
_SENTENCE = 20  # and from which one that ends like a sentence does
_LINE = 90  # furniture and openers are short
_PARAGRAPH = 500  # and so are the paragraphs that close a page
ALLOWANCE = 700  # characters of prose that a tail may hold in any case
_SHARE = 0.2  # and this share of the prose before it
_MAX_TITLES = 8
_CLOSING = 10  # paragraphs at the end that show whether a site closes the text

_DECORATION = " \t\n:.…|»›>→←↑▲▼•·*#_-–—=+[]()"
_RULE = re.compile(r"[-_=*•·~—–.…|+\s]*")
# Prose with quotations in it is the article going on, not a promotion.
_SAID = re.compile(r"“[^“”]{15,}”|\"[^\"\n]{15,}\"")


def is_prose(text: str) -> bool:
    """Whether a paragraph is running text: long, or a sentence of some length."""
    return len(text) >= PROSE or (len(text) >= _SENTENCE and text.rstrip().endswith((".", "!", "?", "…", "”", '"')))


def is_furniture(text: str) -> bool:
    """Whether each line is a share bar, a comment call, a call to subscribe, an advertisement mark, or a rule."""
    return len(text) <= _LINE and all(_is_furniture_line(line) for line in text.split("\n"))


def opens_tail(text: str) -> bool:
    """Whether a line on its own announces other articles, comments or promotions."""
    return _is_label(text) and OPENER.fullmatch(_bare(text)) is not None


def may_open_tail(text: str) -> bool:
    """Whether a line on its own could announce a promotion, or be a heading of the article."""
    return _is_label(text) and WEAK_OPENER.fullmatch(_bare(text)) is not None


def is_trailer(text: str) -> bool:
    """Whether a paragraph at the very end is a call to subscribe, follow, read on, a credit, or a pointer elsewhere."""
    if len(text) > _PARAGRAPH:
        return False
    line = " ".join(text.split())
    return any(pattern.fullmatch(line) for pattern in (TRAILER, POINTER, LABEL))


def without_tail(texts: Sequence[str], *, interleaved: bool = True, allowance: int = ALLOWANCE) -> list[int]:
    """Return the indices of the paragraphs that belong to the article, in order; all of them if in doubt.

    `texts` are the paragraphs (headings and list items count as such) of one article without its title.
    `interleaved` says that furniture and lists of other articles may stand between its paragraphs (pages and dumps of
    pages), and not only below it (feed entries); `allowance` how much prose (characters, without quotations) a tail
    may hold in any case. Linear.
    """
    first = next((i for i, text in enumerate(texts) if is_prose(text)), None)
    if first is None:
        return _without_end(texts, list(range(len(texts))), 0)
    end = _tail_start(texts, first, allowance)
    if not interleaved:
        return _without_end(texts, list(range(end)), first)
    kept = [i for i in range(first) if not is_furniture(texts[i])]
    index = first
    while index < end:
        text = texts[index]
        if index > first and is_furniture(text):
            index += 1
        elif index > first and opens_tail(text):
            index = _skip_titles(texts, index + 1, end)
        else:
            kept.append(index)
            index += 1
    return _without_end(texts, kept, first)


def _tail_start(texts: Sequence[str], first: int, allowance: int) -> int:
    """The index of the paragraph that opens the tail; the number of paragraphs if there is none."""
    after = _prose_after(texts)
    total = after[0] + (len(texts[0]) if first == 0 else 0)
    last_quotation = max((i for i, text in enumerate(texts) if _SAID.search(text)), default=-1)
    closing = range(max(0, len(texts) - _CLOSING), len(texts))
    last_furniture = max((i for i in closing if is_furniture(texts[i]) or is_trailer(texts[i])), default=-1)
    last_sentence = max((i for i, text in enumerate(texts) if not _is_label(text)), default=-1)
    for index in range(first + 1, len(texts)):
        if after[index] > max(allowance, _SHARE * (total - after[index])):
            continue
        text = texts[index]
        if len(text) > _LINE:
            continue
        if last_sentence < index and (is_furniture(text) or opens_tail(text) or may_open_tail(text)):
            return index  # only labels follow: a menu, a form, a list of titles
        if COMMENTS.fullmatch(_bare(text)):
            return index
        if last_quotation > index:
            continue
        if BELOW.fullmatch(_bare(text)) or opens_tail(text):
            return index
        if may_open_tail(text) and (index < last_furniture or _RULE.fullmatch(texts[index - 1][:_LINE])):
            return index
    return len(texts)


def _is_furniture_line(text: str) -> bool:
    line = _bare(text)
    return bool(_RULE.fullmatch(text)) or any(p.fullmatch(line) for p in (FURNITURE, BELOW, COMMENTS))


def _is_label(text: str) -> bool:
    return len(text) <= _LINE and "\n" not in text and not text.rstrip().endswith((".", "”", '"', ",", ";"))


def _bare(text: str) -> str:
    return " ".join(text[: 2 * _LINE].strip(_DECORATION).split())


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
        after[i] = after[i + 1] + (len(texts[i + 1]) if is_prose(texts[i + 1]) else 0)
    return after


def _skip_titles(texts: Sequence[str], index: int, end: int) -> int:
    end = min(end, index + _MAX_TITLES)
    while index < end and len(texts[index]) < 2 * PROSE and not texts[index].rstrip().endswith((".", "”", '"', ":")):
        index += 1
    return index
