"""Where in a text stands what a query asks for: spans to highlight, and the piece of text around them.

Words are found as the full-text index finds them: whole, in any case, with or without accents, side by side whatever
stands between them that is neither letter nor digit. Offsets count code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reader.text.query import Field, Node, Term, wanted

MOST = 10_000  # spans; more help nobody
MOST_TERMS = 200
SHOWN = 160  # characters of a snippet

IN_TITLE = frozenset((Field.ANY, Field.TITLE, Field.CVE))
IN_TEXT = frozenset((Field.ANY, Field.TEXT, Field.CVE, Field.QUOTE, Field.SAID_BY, Field.ORG, Field.ROLE))


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of a text; `spans` (start, end) are what is to be highlighted in `text`."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


def highlights(text: str, query: Node, fields: Iterable[Field] = IN_TEXT) -> list[tuple[int, int]]:
    """Where the terms that a query asks for (not those it excludes) stand in `text`: in order, never overlapping."""
    pattern = _pattern([term for term in wanted(query) if term.field in fields][:MOST_TERMS])
    if pattern is None:
        return []
    spans = []
    for match in pattern.finditer(_folded(text)):
        spans.append(match.span())
        if len(spans) == MOST:
            break
    return spans


def snippet(text: str, query: Node, *, limit: int = SHOWN) -> Snippet | None:
    """At most `limit` characters of `text` around the first place that a query asks for; None if there is none."""
    found = highlights(text, query)
    if not found:
        return None
    start, end = found[0]
    # The part with most hits within reach of the first hundred: the first alone is often only a mention.
    start = max(found[:100], key=lambda span: (_hits(found, span[0], limit), -span[0]))[0]
    first = max(0, start - limit // 3)
    if first:
        blank = re.compile(r"\s").search(text, first, start)
        first = blank.end() if blank else start
    last = min(len(text), first + limit)
    if last < len(text):
        cut = max(text.rfind(" ", start, last), text.rfind("\n", start, last))
        last = cut if cut > end else last
    return _one_line(text[first:last], [span for span in found if first <= span[0] and span[1] <= last], first,
                     before=first > 0, after=last < len(text))  # fmt: skip


def _one_line(text: str, spans: list[tuple[int, int]], offset: int, *, before: bool, after: bool) -> Snippet:
    """The piece with every run of white space as one blank, and spans that follow it."""
    places = []
    line = "…" if before else ""
    for index, char in enumerate(text):
        places.append(len(line))
        if not char.isspace():
            line += char
        elif line[-1:] != " " and index:
            line += " "
    places.append(len(line))
    moved = tuple((places[start - offset], places[end - offset]) for start, end in spans)
    return Snippet(f"{line}…" if after else line, moved)


def _hits(spans: list[tuple[int, int]], start: int, limit: int) -> int:
    return sum(1 for span in spans[:200] if start <= span[0] < start + 2 * limit // 3)


def _pattern(terms: list[Term]) -> re.Pattern[str] | None:
    alternatives = []
    for term in terms:
        words = [re.escape(word) for word in _WORD.findall(_stripped(term.text).lower())]
        if words:
            alternatives.append(r"[\W_]+".join(words) + ("" if term.prefix else r"(?![^\W_])"))
    if not alternatives:
        return None
    alternatives.sort(key=len, reverse=True)  # the longest phrase that fits is what is highlighted
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(dict.fromkeys(alternatives))})")


def _folded(text: str) -> str:
    """The text in lower case without accents, one character for one."""
    if text.isascii():
        return text.lower()
    return "".join(char.lower() if char < "\x80" else _letter(char) for char in text)


def _letter(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


def _stripped(text: str) -> str:
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


_WORD = re.compile(r"[^\W_]+")
