"""From the text of a query to its tree, by recursive descent; linear in the length, bounded in depth.

    query  = all { "OR" all }
    all    = one { [ "AND" ] one }
    one    = { "NOT" | "-" } ( "(" query ")" | [ field ":" ] ( word | '"' phrase '"' | "(" query ")" ) [ "*" ] )

Operators are written in capitals; field names in any case. A bracket is one only at the beginning of a word, and a
closing one only where one is open: `NEAR(` is a word. A phrase without its end goes on to the end of the query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches

from reader.errors import QueryError, UsageError
from reader.model import QuoteKind, Voice
from reader.text.clean import clean_line
from reader.text.query import MAX_DEPTH, MAX_LENGTH, NOTHING, And, Field, Node, Not, Or, Term, Time

SHOWN = 60  # characters of a query that an error shows at most
STATES = ("unread", "read", "saved")
FIELDS = tuple(field.value for field in Field if field)
HOURS = {"h": 1, "d": 24, "w": 168}


class Parser:
    """One text to be read, once."""

    def __init__(self, text: str) -> None:
        self._given = text
        # One character for one, so that columns stay: quotation marks of word processors, NUL, halves of characters.
        self._text = _SURROGATE.sub("\ufffd", text.translate(_ALIKE))
        self._at = 0
        self._open = 0

    def parse(self) -> Node:
        if len(self._text) > MAX_LENGTH:
            raise self._error(
                f"A query has at most {MAX_LENGTH:,} characters, this one {len(self._text):,}", MAX_LENGTH
            )
        self._skip()
        if self._at == len(self._text):
            raise self._error("The query is empty; write words, or leave it out", 0)
        return self._any(Field.ANY) or NOTHING

    # --- operators ------------------------------------------------------------------------------------------------

    def _any(self, field: Field) -> Node | None:
        """Parts of which one is enough; None if there is no letter or digit in any of them."""
        parts = [self._all(field)]
        while self._operator("OR"):
            parts.append(self._all(field))
        return _joined(Or, [part for part in parts if part is not None])

    def _all(self, field: Field) -> Node | None:
        parts = [self._one(field)]
        while not self._ends() and self._peek() != "OR":
            self._operator("AND")
            parts.append(self._one(field))
        return _joined(And, [part for part in parts if part is not None])

    def _one(self, field: Field) -> Node | None:
        negative = False
        while True:
            self._skip()
            if self._operator("NOT"):
                negative = not negative
            elif _MINUS.match(self._text, self._at):
                self._at += 1
                negative = not negative
            else:
                break
        if self._ends() or self._peek() in ("AND", "OR"):
            raise self._missing()
        part = self._group(field) if self._text[self._at] == "(" else self._condition(field)
        if part is None or not negative:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def _missing(self) -> QueryError:
        before = self._text[: self._at].split()
        after = self._peek()
        if self._at >= len(self._text) or self._text[self._at] == ")":
            if before and before[-1] in ("AND", "OR", "NOT"):
                return self._error(f"Something must follow {before[-1]}", len(self._text[: self._at].rstrip()) - 1)
            return self._error("There is nothing between these brackets", max(self._at - 1, 0))
        return self._error(f'Something must stand before {after}; write "{after}" in quotes for the word', self._at)

    def _group(self, field: Field) -> Node | None:
        start = self._at
        if self._open == MAX_DEPTH:
            raise self._error(f"Brackets go at most {MAX_DEPTH} deep", start)
        self._open += 1
        self._at += 1
        self._skip()
        part = self._any(field)
        self._skip()
        if self._at == len(self._text):
            raise self._error("This bracket is never closed", start)
        self._at += 1
        self._open -= 1
        return part

    # --- conditions -----------------------------------------------------------------------------------------------

    def _condition(self, field: Field) -> Node | None:
        start = self._at
        match = _FIELD.match(self._text, self._at)
        if match and self._text[self._at] != '"':
            name = match[1].lower()
            value_at = match.end()
            empty = value_at == len(self._text) or self._text[value_at].isspace() or self._closes(value_at)
            if name in FIELDS:
                if empty:
                    raise self._error(f"A value must stand right behind {name}:", value_at - 1)
                self._at = value_at
                return self._of_field(Field(name), start)
            if not empty and not self._text.startswith("//", value_at) and len(name) > 1:
                close = get_close_matches(name, FIELDS, 1)
                hint = f"did you mean {close[0]}:?" if close else f"there are {', '.join(FIELDS)}"
                raise self._error(f"There is no field {clean_line(name, 40)}:; {hint} (in quotes it is words)", start)
        return self._value(field)

    def _of_field(self, field: Field, start: int) -> Node | None:
        if self._text[self._at] == "(":
            if field in (Field.SINCE, Field.BEFORE):
                raise self._error(f"One time must stand behind {field}:", self._at)
            return self._group(field)
        return self._value(field, start)

    def _value(self, field: Field, start: int | None = None) -> Node | None:
        at = self._at
        quoted = self._text[at] == '"'
        text, prefix = self._phrase() if quoted else self._word()
        if field in _CHECKS:
            return _CHECKS[field](self, field, text, prefix, at)
        if not quoted and _OPEN_FRONT.match(text):
            raise self._error("A star stands behind the beginning of a word, not before its end", at)
        text = " ".join(text.replace('"', " ").split())
        if not _TOKEN.search(text):
            if field and start is not None and not quoted:
                raise self._error(f"A word must stand right behind {field}:", at)
            return None
        return Term(field, text, prefix)

    def _phrase(self) -> tuple[str, bool]:
        end = self._text.find('"', self._at + 1)
        end = len(self._text) if end < 0 else end
        text = self._text[self._at + 1 : end]
        self._at = min(end + 1, len(self._text))
        stars = self._stars()
        return text, bool(stars)

    def _word(self) -> tuple[str, bool]:
        """Everything up to white space or to the bracket that closes a group; brackets inside a word are its own."""
        start, inner = self._at, 0
        while self._at < len(self._text) and not self._text[self._at].isspace():
            char = self._text[self._at]
            if char == "(":
                inner += 1
            elif char == ")" and inner:
                inner -= 1
            elif char == ")" and self._open:
                break
            elif char == ")":
                raise self._error("This bracket was never opened", self._at)
            self._at += 1
        text = self._text[start : self._at]
        bare = text.rstrip("*")
        return bare, bare != text

    def _stars(self) -> int:
        start = self._at
        while self._at < len(self._text) and self._text[self._at] == "*":
            self._at += 1
        return self._at - start

    def _state(self, field: Field, text: str, prefix: bool, at: int) -> Node:
        allowed: Sequence[str] = {
            Field.IS: STATES,
            Field.VOICE: tuple(voice.value for voice in Voice),
            Field.KIND: tuple(kind.value for kind in QuoteKind),
        }[field]
        value = text.strip().lower()
        if value not in allowed or prefix:
            raise self._error(f"Behind {field}: stands one of {', '.join(allowed)}", at)
        return Term(field, value)

    def _cve(self, field: Field, text: str, prefix: bool, at: int) -> Node:
        match = _CVE.fullmatch(_DASH.sub("-", text.strip()))
        if not match or not (match[1] or prefix or text):
            raise self._error("Behind cve: stands CVE-2026-1234, 2026-1234, CVE-2026-12*, 2026 or *", at)
        numbers = match[1] or ""
        open_number = prefix and "-" in numbers.rstrip("-")
        return Term(field, f"cve-{numbers.rstrip('-')}" if numbers else "cve", open_number)

    def _time(self, field: Field, text: str, prefix: bool, at: int) -> Node:
        if prefix:
            raise self._error("A time has no star", at)
        try:
            return Time(field, read_time(text))
        except UsageError as error:
            raise self._error(str(error).rstrip("."), at) from None

    # --- characters -----------------------------------------------------------------------------------------------

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _ends(self) -> bool:
        self._skip()
        return self._at == len(self._text) or self._closes(self._at)

    def _closes(self, at: int) -> bool:
        return bool(self._open) and self._text[at] == ")"

    def _peek(self) -> str:
        """The operator that stands here, "" if none does."""
        self._skip()
        match = _OPERATOR.match(self._text, self._at)
        return match[1] if match else ""

    def _operator(self, name: str) -> bool:
        if self._peek() != name:
            return False
        self._at += len(name)
        return True

    def _error(self, what: str, at: int) -> QueryError:
        at = max(0, min(at, len(self._text)))
        return QueryError(f"{what} (column {at + 1} of the query).", pointer(self._given, at), at + 1)


def read_time(text: str) -> datetime | timedelta:
    """`12h`, `7d`, `2w` → an age; `2026`, `2026-01`, `2026-01-31`, RFC 3339 → a time, naive if it names no zone.

    Raises UsageError.
    """
    given = text.strip()
    if match := _AGE.fullmatch(given.lower()):
        return timedelta(hours=int(match[1]) * HOURS[match[2]])
    if _PART_OF_DATE.fullmatch(given):
        given = f"{given}-01-01"[:10]
    try:
        found = datetime.fromisoformat(given)
        found.utcoffset()
        return found
    except (ValueError, OverflowError):
        raise UsageError(
            f'"{clean_line(text, 40)}" is not a time: write 12h, 7d or 2w, or a date such as 2026-01-31.'
        ) from None


def pointer(text: str, at: int) -> str:
    """Two lines: the query (around the place, if it is long) and a caret below the character at `at`."""
    first = max(0, min(at - SHOWN // 2, len(text) - SHOWN))
    cut = "".join(char if char.isprintable() else " " for char in text[first : first + SHOWN])
    before, after = "…" if first else "", "…" if first + SHOWN < len(text) else ""
    indent = len(before) + sum(_cells(char) for char in cut[: at - first])
    return f"  {before}{cut}{after}\n  {' ' * indent}^"


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """One node for several: nested ones of the same kind become one, and each part is there once."""
    flat: dict[Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    if len(flat) < 2:
        return next(iter(flat), None)
    return kind(tuple(flat))


_CHECKS = {
    Field.IS: Parser._state,
    Field.VOICE: Parser._state,
    Field.KIND: Parser._state,
    Field.CVE: Parser._cve,
    Field.SINCE: Parser._time,
    Field.BEFORE: Parser._time,
}
_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "\0": " "})
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()\"]|$)")
_MINUS = re.compile(r"-(?=[^\s\-)])")
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]{0,30}):")
_TOKEN = re.compile(r"[^\W_]")
_OPEN_FRONT = re.compile(r"\*+[^\W_]")
_DASH = re.compile("[\u2010-\u2015\u2212_ ]")
_CVE = re.compile(r"(?:cve-?)?([0-9]{4}(?:-[0-9]{0,19})?)?", re.IGNORECASE)
_AGE = re.compile(r"([0-9]{1,7})([hdw])")
_PART_OF_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
