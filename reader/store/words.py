"""Words as the full-text index sees them, and FTS5 expressions made of them.

A word matches whole words, in any case and with or without accents. What a reader types as one word may be several to
the index ("CVE-2026-1234"): these must then stand side by side. Every piece of text stands in an expression as a string
of FTS5, between quotation marks that it does not contain, so nothing a reader types is ever an operator.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from reader.model import View
from reader.text.query import And, Field, Node, Not, Or, Term

MAX_WORDS = 32  # of `View.words`
MAX_LENGTH = 200  # characters of one of them


def match(words: Sequence[str]) -> str:
    """An FTS5 expression that all words must meet; never a syntax error, whatever the words are.

    Words without a letter or digit are passed over; nothing meets an expression of such words only.
    """
    kept = [term.text for term in plain(words)]
    return " AND ".join(quoted(word) for word in kept) or '""'


def plain(words: Sequence[str]) -> list[Term]:
    """Plain words as conditions of a query, without those that have no letter or digit."""
    kept = (word[:MAX_LENGTH].replace("\0", " ").replace('"', " ") for word in words[:MAX_WORDS])
    return [Term(Field.ANY, word) for word in kept if _TOKEN.search(word)]


def of_view(view: View) -> list[Node] | None:
    """The words of a view as parts of a query; None if it has words but none with a letter or digit."""
    return list(plain(view.words)) or (None if view.words else [])


def expression(node: Node) -> str:
    """The FTS5 expression of a query over title, author and text that only excludes beside what it asks for.

    `is_expression` says which trees these are.
    """
    if isinstance(node, Term):
        return f"{_COLUMNS[node.field]}{phrase(node)}"
    if isinstance(node, Or):
        return f"({' OR '.join(expression(part) for part in node.parts)})"
    if not isinstance(node, And):
        raise TypeError(node)
    asked = [expression(part) for part in node.parts if not isinstance(part, Not)]
    excluded = [expression(part.part) for part in node.parts if isinstance(part, Not)]
    joined = f"({' AND '.join(asked)})"
    return f"({joined} NOT ({' OR '.join(excluded)}))" if excluded else joined


def phrase(term: Term) -> str:
    """The words of a condition side by side, the last of them open if the condition is."""
    text = term.text.replace("-", " ") if term.field is Field.CVE else term.text
    return f"{quoted(text)}{' *' if term.prefix else ''}"


def quoted(text: str) -> str:
    """A string of FTS5."""
    return '"' + text.replace('"', " ").replace("\0", " ") + '"'


def packed(node: Node) -> str:
    """The same tree as JSON, for `stand_in`."""
    return json.dumps(_pack(node), ensure_ascii=True)


def stand_in(title: str, author: str, query: str) -> bool:
    """Whether an article that is not in the index yet meets a packed query by its title and author.

    Nearly as the index would find it: the tables of the index are those of Unicode 6.1. SQL knows this function as
    `words_stand_in`.
    """
    lines = {"title": line(title), "author": line(author), "text": " "}
    return _meets(json.loads(query), lambda field: lines[field])


def line(text: str) -> str:
    """The words of a text in lower case, each with a blank on both sides."""
    return f" {' '.join(tokens(text))} "


def stands(term: Term, text: str) -> bool:
    """Whether the words of a condition stand in a line (`line`) of words."""
    return _stands(term.text, term.prefix, text)


def tokens(text: str) -> list[str]:
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _TOKEN.findall(text.lower())


def _stands(words: str, prefix: bool, text: str) -> bool:
    found = " ".join(tokens(words))
    return bool(found) and f" {found}{'' if prefix else ' '}" in text


def _pack(node: Node) -> list[Any]:
    if isinstance(node, Term):
        return ["term", _FIELDS[node.field], node.text, node.prefix]
    if isinstance(node, Not):
        return ["not", _pack(node.part)]
    if isinstance(node, And | Or):
        return ["and" if isinstance(node, And) else "or", *(_pack(part) for part in node.parts)]
    raise TypeError(node)


def _meets(packed: list[Any], line_of: Callable[[str], str]) -> bool:
    kind, *rest = packed
    if kind == "term":
        fields, text, prefix = rest
        return any(_stands(text, prefix, line_of(field)) for field in fields)
    if kind == "not":
        return not _meets(rest[0], line_of)
    return (all if kind == "and" else any)(_meets(part, line_of) for part in rest)


_TOKEN = re.compile(r"[^\W_]+")
_COLUMNS = {
    Field.ANY: "",
    Field.TITLE: "title : ",
    Field.TEXT: "text : ",
    Field.AUTHOR: "author : ",
    Field.CVE: "{title text} : ",
}
_FIELDS = {
    Field.ANY: ("title", "author", "text"),
    Field.TITLE: ("title",),
    Field.TEXT: ("text",),
    Field.AUTHOR: ("author",),
    Field.CVE: ("title", "text"),
}
