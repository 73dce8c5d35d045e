"""What has changed between two texts of an article: words, with changed quotes and numbers called out. Pure."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST = 20_000  # words of one text that are compared
MOST_STEPS = 9_000_000  # of one comparison; about half a second
CONTEXT = 6  # words shown before and after a change
_TOKEN = re.compile(r"\n\n+|\S+")
_ENDS = frozenset(".!?…")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
_QUOTED = re.compile(r"“[^“”]{3,2000}”|\"[^\"\n]{3,2000}\"")

Place = tuple[int, int, int, int]


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
    places = _differing([word for word, _ in ours], [word for word, _ in theirs])
    return list(_found(places, ours, theirs, _spans(old), _spans(new)))


def _differing(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Place]:
    """Where the words differ: `ours[a:b]` became `theirs[c:d]`.

    Comparing takes the product of the lengths, so long texts are compared by sentences first, and what then is still
    too long for words is one change.
    """
    if ours == theirs:
        return
    if len(ours) * len(theirs) <= MOST_STEPS:
        yield from _opcodes(ours, theirs)
        return
    old, new = _sentences(ours), _sentences(theirs)
    if len(old) * len(new) > MOST_STEPS:
        yield 0, len(ours), 0, len(theirs)
        return
    for a, b, c, d in _opcodes([tuple(ours[i:j]) for i, j in old], [tuple(theirs[i:j]) for i, j in new]):
        first, last = (old[a][0], old[b - 1][1]) if a < b else (0, 0)
        begin, end = (new[c][0], new[d - 1][1]) if c < d else (0, 0)
        if a == b:
            first = last = old[a][0] if a < len(old) else len(ours)
        if c == d:
            begin = end = new[c][0] if c < len(new) else len(theirs)
        if (last - first) * (end - begin) > MOST_STEPS:
            yield first, last, begin, end
            continue
        for i, j, k, m in _opcodes(ours[first:last], theirs[begin:end]):
            yield first + i, first + j, begin + k, begin + m


def _opcodes(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> Iterator[Place]:
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a, b, c, d


def _sentences(words: Sequence[str]) -> list[tuple[int, int]]:
    """The spans up to each break of paragraphs and each word that ends as a sentence does; they cover everything."""
    ends = [place + 1 for place, word in enumerate(words) if word == "\n\n" or word.rstrip('”"’)')[-1:] in _ENDS]
    if not ends or ends[-1] < len(words):
        ends.append(len(words))
    return list(zip([0, *ends], ends, strict=False))


def _found(
    places: Iterable[Place],
    ours: list[tuple[str, int]],
    theirs: list[tuple[str, int]],
    quoted_old: list[tuple[int, int]],
    quoted_new: list[tuple[int, int]],
) -> Iterator[Change]:
    for a, b, c, d in places:
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
