"""What has changed between two texts of an article: words, with changed quotes and numbers called out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST = 20_000  # words of one text that are compared
CONTEXT = 6  # words shown before and after a change
_TOKEN = re.compile(r"\n\n+|\S+")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
_QUOTED = re.compile(r"“[^“”]{3,2000}”|\"[^\"\n]{3,2000}\"")


@dataclass(frozen=True, slots=True)
class Change:
    """`old` words became `new` ones ("" for none); `before` and `after` stand around them in the newer text.

    `quote`: it is within quotation marks; `number`: figures are among the words that changed.
    """

    old: str
    new: str
    before: str
    after: str
    quote: bool
    number: bool


def changes(old: str, new: str) -> list[Change]:
    """The changes from `old` to `new` in the order of the newer text; [] if they have the same words."""
    ours, theirs = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, [word for word, _ in ours], [word for word, _ in theirs], autojunk=False)
    quoted_old, quoted_new = _spans(old), _spans(new)
    return list(_found(matcher, ours, theirs, quoted_old, quoted_new))


def _found(
    matcher: SequenceMatcher[str],
    ours: list[tuple[str, int]],
    theirs: list[tuple[str, int]],
    quoted_old: list[tuple[int, int]],
    quoted_new: list[tuple[int, int]],
) -> Iterator[Change]:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, come = _words(ours[a:b]), _words(theirs[c:d])
        if not gone and not come:
            continue
        yield Change(
            old=gone,
            new=come,
            before=_words(theirs[max(0, c - CONTEXT) : c]),
            after=_words(theirs[d : d + CONTEXT]),
            quote=_within(ours[a:b], quoted_old) or _within(theirs[c:d], quoted_new),
            number=sorted(_NUMBER.findall(gone)) != sorted(_NUMBER.findall(come)),
        )


def _tokens(text: str) -> list[tuple[str, int]]:
    """Words and breaks of paragraphs with where they stand."""
    found = [(match[0] if match[0].strip() else "\n\n", match.start()) for match in _TOKEN.finditer(text)]
    return found[:MOST]


def _words(tokens: list[tuple[str, int]]) -> str:
    return " ".join(word for word, _ in tokens if word.strip())


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text)]


def _within(tokens: list[tuple[str, int]], spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for _word, place in tokens for start, end in spans)
