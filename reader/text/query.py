"""The query language: what a query is once it is read, how it is printed, and what its times mean.

`parse` (in `query_parser`, offered here too) makes a tree of the records below from a text. Everything is frozen and
hashable; nothing here looks at a clock, a file or a library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from reader.errors import QueryError as QueryError  # what `parse` raises is offered where `parse` is

MAX_LENGTH = 10_000  # characters of a query
MAX_DEPTH = 50  # brackets inside brackets
FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


class Field(StrEnum):
    """What a condition is about; ANY is a plain word: title, author or text."""

    ANY = ""
    TITLE = "title"
    TEXT = "text"
    SECTION = "section"
    SOURCE = "source"
    AUTHOR = "author"
    TAG = "tag"
    SAID_BY = "said-by"
    ORG = "org"
    ROLE = "role"
    QUOTE = "quote"
    VOICE = "voice"
    KIND = "kind"
    CVE = "cve"
    IS = "is"
    SINCE = "since"
    BEFORE = "before"


# Conditions on a quote; those that stand beside each other (AND) must hold of one and the same quote.
OF_QUOTES = frozenset((Field.SAID_BY, Field.ORG, Field.ROLE, Field.QUOTE, Field.VOICE, Field.KIND))
# What the full-text index of articles answers.
OF_TEXT = frozenset((Field.ANY, Field.TITLE, Field.TEXT, Field.AUTHOR, Field.CVE))


@dataclass(frozen=True, slots=True)
class Term:
    """`text` stands in the field, as whole words side by side; with `prefix` the last one may go on.

    IS, VOICE and KIND hold one of their values; a CVE is "cve-2026-1234", "cve-2026" or "cve".
    """

    field: Field
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """SINCE (or at) or BEFORE a moment: an aware time, a naive one in the reader's own zone, or an age."""

    field: Field
    when: datetime | timedelta


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts; of none (`NOTHING`) it is what a query without a letter or digit is."""

    parts: tuple[Node, ...]


Node = Term | Time | Not | And | Or
NOTHING = Or(())


@lru_cache(maxsize=256)
def parse(text: str) -> Node:
    """Read a query. Raises QueryError (a UsageError) that points at the column; never anything else."""
    from reader.text.query_parser import Parser

    return Parser(text).parse()


def settled(node: Node, now: datetime) -> Node:
    """The query with every time an aware one in UTC; ages count from `now`."""
    if isinstance(node, Time):
        return Time(node.field, moment(node.when, now))
    return _mapped(node, lambda part: settled(part, now))


def is_settled(node: Node) -> bool:
    return all(not isinstance(leaf, Time) or _aware(leaf.when) for leaf in leaves(node))


def moment(when: datetime | timedelta, now: datetime) -> datetime:
    """The aware UTC time that is meant; what lies before the year 1 or after 9999 is the nearest there is."""
    try:
        if isinstance(when, timedelta):
            return now.astimezone(UTC) - when
        return when.astimezone(UTC)
    except (OverflowError, OSError, ValueError):
        return FIRST if isinstance(when, timedelta) or when.year < LAST.year else LAST


def leaves(node: Node) -> Iterator[Term | Time]:
    """Every condition, in the order of the text."""
    if isinstance(node, Term | Time):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.part)
    else:
        for part in node.parts:
            yield from leaves(part)


def wanted(node: Node, *, positive: bool = True) -> Iterator[Term]:
    """The terms whose presence a query asks for, not those it excludes: what is to be highlighted."""
    if isinstance(node, Term):
        if positive:
            yield node
    elif isinstance(node, Not):
        yield from wanted(node.part, positive=not positive)
    elif not isinstance(node, Time):
        for part in node.parts:
            yield from wanted(part, positive=positive)


def printed(node: Node) -> str:
    """A text that `parse` reads as this very tree, or one with the same meaning if it did not come from `parse`."""
    if isinstance(node, Time):
        return f"{node.field}:{_printed_time(node.when)}"
    if isinstance(node, Term):
        return _printed_term(node)
    if isinstance(node, Not):
        return "-" + _bracketed(node.part)
    if not node.parts:
        return '""'
    if isinstance(node, And):
        return " ".join(_bracketed(part) if isinstance(part, And | Or) else printed(part) for part in node.parts)
    return " OR ".join(_bracketed(part) if isinstance(part, Or) else printed(part) for part in node.parts)


def both(*texts: str) -> str:
    """One query that asks for all of the given ones; empty ones are passed over."""
    nodes = [parse(text) for text in texts if text.strip()]
    if not nodes:
        return ""
    return printed(nodes[0] if len(nodes) == 1 else And(tuple(nodes)))


def _bracketed(node: Node) -> str:
    return f"({printed(node)})" if isinstance(node, And | Or | Not) and node != NOTHING else printed(node)


def _printed_term(term: Term) -> str:
    head = f"{term.field}:" if term.field else ""
    text = term.text
    if term.field is Field.CVE and text == "cve":
        return f"{head}*"
    if not _BARE.fullmatch(text) or text in ("AND", "OR", "NOT"):
        text = f'"{text}"'
    return f"{head}{text}{'*' if term.prefix else ''}"


def _printed_time(when: datetime | timedelta) -> str:
    if isinstance(when, timedelta):
        hours = int(when.total_seconds()) // 3600
        return f"{hours // 24}d" if hours % 24 == 0 else f"{hours}h"
    if when.tzinfo is None:
        return when.isoformat()[:10] if when.time() == datetime.min.time() else when.isoformat()
    return when.isoformat().replace("+00:00", "Z")


def _aware(when: datetime | timedelta) -> bool:
    return isinstance(when, datetime) and when.tzinfo is UTC


def _mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    if isinstance(node, Not):
        return Not(change(node.part))
    if isinstance(node, And):
        return And(tuple(change(part) for part in node.parts))
    if isinstance(node, Or):
        return Or(tuple(change(part) for part in node.parts))
    return node


_BARE = re.compile(r"[^\W_][^\s\"“”„()*:]*")
