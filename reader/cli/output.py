"""Standard output: data. No other module writes there, so what is clean here is clean everywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from reader.cli import style
from reader.cli.style import Look, Piece, Style
from reader.text.clean import clean_line, clean_text

SCHEMA = 1


class Output:
    """What a verb prints: JSON, lines of text, or styled lines. Every string is cleaned on its way out.

    `terminal` tells whether a person watches; `width` is the terminal's, 0 in a pipe (then nothing is cut).
    """

    def __init__(self, *, no_color: bool = False) -> None:
        self._stream = sys.stdout
        self.terminal = style.on_terminal(self._stream)
        self.coloured = style.wanted(self._stream, no_color=no_color)
        self.width = shutil.get_terminal_size().columns if self.terminal else 0
        encoding = (getattr(self._stream, "encoding", None) or "utf-8").lower().replace("-", "")
        self.ascii = encoding != "utf8"
        self._ascii_json = encoding != "utf8"
        if self._stream is not None and hasattr(self._stream, "reconfigure"):
            self._stream.reconfigure(errors="replace")  # a title that the locale cannot write must not end the program

    def document(self, value: Mapping[str, Any]) -> None:
        """One JSON document on one line."""
        self._write(self._json(value) + "\n")

    def lines(self, values: Iterable[Mapping[str, Any]]) -> int:
        """One JSON object a line, each with the schema number; returns how many."""
        count = 0
        for value in values:
            self._write(self._json(value if "schema" in value else {"schema": SCHEMA, **value}) + "\n")
            count += 1
        return count

    def listing(self, noun: str, values: Iterable[Mapping[str, Any]], **more: Any) -> int:
        """A list document, written as it comes so that a million rows need no memory; returns how many.

        `more` are further members of the document.
        """
        count = 0
        self._write(f'{{"schema": {SCHEMA}, {json.dumps(noun)}: [')
        for value in values:
            self._write(("," if count else "") + "\n" + self._json(value))
            count += 1
        rest = "".join(f", {json.dumps(key)}: {self._json(value)}" for key, value in more.items())
        self._write(("\n" if count else "") + f'], "next": null{rest}}}\n')
        return count

    def line(self, *pieces: Piece | str) -> None:
        """One line of text; each piece is plain or has a style."""
        self._write("".join(self._painted(clean_line_keep(text), look) for text, look in map(_piece, pieces)) + "\n")

    def bare(self, text: str) -> None:
        """Text without a line end: a question, and the answer is typed behind it."""
        self._write(clean_line_keep(text))

    def text(self, text: str) -> None:
        """Several lines of text."""
        self._write(clean_text(text) + "\n")

    def pieces(self, pieces: Iterable[Piece]) -> None:
        """Running text in which some stretches have a style, ended by a line end."""
        for text, look in pieces:
            lines = clean_text(text).split("\n")
            self._write("\n".join(self._painted(line, look) for line in lines))
        self._write("\n")

    def flush(self) -> None:
        """Hand over everything; raises OSError if nobody takes it."""
        if self._stream is not None:
            self._stream.flush()

    def abandon(self) -> None:
        """Nobody reads any more: let what is still buffered go nowhere, and the interpreter end in peace."""
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (OSError, ValueError, AttributeError):
            sys.stdout = None  # what Python itself does without one

    def _painted(self, text: str, look: Look) -> str:
        return style.painted(text, look) if self.coloured else text

    def _json(self, value: Any) -> str:
        return _unsafe().sub(_escaped, json.dumps(value, ensure_ascii=self._ascii_json))

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(text)


def clean_line_keep(text: str) -> str:
    """`text` as one clean line whose blanks stay: columns are made of them."""
    return text if text.isascii() and text.isprintable() else clean_text(text).replace("\n", " ")


def one_line(text: str, limit: int = 300) -> str:
    """`text` as one clean line of at most `limit` characters."""
    return clean_line(text, limit)


def _piece(piece: Piece | str) -> Piece:
    return (piece, Style.PLAIN) if isinstance(piece, str) else piece


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


@cache
def _unsafe() -> re.Pattern[str]:
    """What a terminal obeys or cannot encode; json.dumps escapes the controls below 0x20 by itself."""
    return re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
