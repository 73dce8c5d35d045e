"""Writes canonical text: collects words, keeps the white space canonical, and remembers where things stand.

Nothing is written before the word that needs it: a blank, line break or blank line is pending until a visible
character follows. So no block begins or ends with white space and every offset is final when it is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from reader.model import Block, BlockType, Document, Link, Media
from reader.text.clean import clean_text

_BLANK_NOT_LF = re.compile(r"[^\S\n]")
_NOTHING, _BLANK, _BREAK = 0, 1, 2
MAX_IMAGES = 200


class Writer:
    """Build a `Document` from left to right.

    `kind` and `level` describe the block that the next word begins; setting them does not end the one being written
    (`end_block` does). `prefix` is written before the next word that begins a block ("3. ").
    """

    def __init__(self) -> None:
        self.kind = BlockType.PARAGRAPH
        self.level = 0
        self.prefix = ""
        self.images: dict[str, tuple[Media, int]] = {}  # by address, with the length of the text before it
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._start = -1  # of the open block; -1: none is open
        self._open_kind, self._open_level = self.kind, self.level
        self._pending = _NOTHING
        self._spacing = ""  # pending white space of code
        self._cells = 0  # cell borders since the last word of the row
        self._row_empty = True
        self._url = ""
        self._link_start = -1

    def write(self, text: str) -> None:
        """Write running text; runs of white space count as one blank."""
        if not (text.isascii() and text.isprintable()):
            text = clean_text(text)
        words = text.split()
        if not words:
            if text:
                self.blank()
            return
        if text[0].isspace() and not self._pending:
            self._pending = _BLANK
        self._emit(" ".join(words))
        self._pending = _BLANK if text[-1].isspace() else _NOTHING

    def blank(self) -> None:
        """White space between two words."""
        if not self._pending:
            self._pending = _BLANK

    def write_code(self, text: str) -> None:
        """Write text whose lines and indentation matter; of several blank lines one is kept."""
        text = _BLANK_NOT_LF.sub(" ", clean_text(text))
        for number, line in enumerate(text.split("\n")):
            if number:
                self._spacing = "\n\n" if "\n" in self._spacing else "\n"
            words = line.strip(" ")
            if words:
                self._spacing += line[: len(line) - len(line.lstrip(" "))]
                self._emit(words)
                self._spacing = line[len(line.rstrip(" ")) :]
            else:
                self._spacing += line

    def break_line(self) -> None:
        """A line break: two of them in a row end the block."""
        if self.kind is BlockType.CODE:
            self.write_code("\n")
        elif self.kind in (BlockType.TABLE, BlockType.HEADING):
            self._pending = _BLANK
        elif self._pending == _BREAK:
            self.end_block()
        elif self._start >= 0:
            self._pending = _BREAK

    def soft_break(self) -> None:
        """A line break that never ends the block, however often it comes."""
        if self._start >= 0:
            self._pending = _BREAK

    def end_code_line(self) -> None:
        """End the line of code, unless nothing stands on it."""
        if self._start >= 0 and "\n" not in self._spacing:
            self._spacing = "\n"

    def begin_row(self) -> None:
        """A table row: the next word stands on a new line of the same block."""
        self._cells, self._row_empty = 0, True

    def end_cell(self) -> None:
        self._cells += 1

    def open_link(self, url: str) -> None:
        self.close_link()
        self._url = url

    def close_link(self) -> None:
        self._end_span()
        self._url = ""

    def add_image(self, image: Media) -> None:
        if len(self.images) < MAX_IMAGES:
            self.images.setdefault(image.url, (image, self._length))

    def end_block(self) -> None:
        """End the open block, if any; the next word begins a new one. A link that is open goes on there."""
        self._end_span()
        if self._start >= 0:
            self._blocks.append(Block(self._start, self._length, self._open_kind, self._open_level))
            self._start = -1
        self._pending = _NOTHING
        self._spacing = ""
        self._cells, self._row_empty = 0, True

    def document(self) -> Document:
        """What was written; the writer is spent."""
        self.close_link()
        self.end_block()
        text = "".join(self._parts)
        blocks, links = self._blocks, self._links
        if not text.isascii():
            cleaned = clean_text(text)
            if cleaned != text:  # marks flooding over the borders of elements: cleaning took some out
                kept = _kept(text, cleaned)
                blocks = [Block(bisect_left(kept, b.start), bisect_left(kept, b.end), b.type, b.level) for b in blocks]
                moved = [Link(bisect_left(kept, a.start), bisect_left(kept, a.end), a.url) for a in links]
                links = [link for link in moved if link.start < link.end]
                text = cleaned
        return Document(text, tuple(blocks), tuple(links), tuple(image for image, _ in self.images.values()))

    def _emit(self, words: str) -> None:
        if self._start < 0:
            self._begin_block(words)
        elif self.kind is BlockType.TABLE:
            self._append(self._border())
        elif self.kind is BlockType.CODE:
            self._append(self._spacing)
        elif self._pending:
            self._append("\n" if self._pending == _BREAK else " ")
        self._spacing = ""
        self._pending = _NOTHING
        if self._url and self._link_start < 0:
            self._link_start = self._length
        self._append(words)

    def _begin_block(self, words: str) -> None:
        if self._length:
            self._append("\n\n")
        self._start = self._length
        self._open_kind, self._open_level = self.kind, self.level
        if self.kind is BlockType.CODE:
            self._append(self._spacing.rpartition("\n")[2])
        elif self.prefix and not words[: len(self.prefix)].strip().startswith(self.prefix.strip()):
            self._append(self.prefix)
        elif self.kind is BlockType.TABLE:
            self._append("| " * self._cells)
        self.prefix = ""
        self._cells, self._row_empty = 0, False

    def _border(self) -> str:
        if self._row_empty:
            border = "\n" + "| " * self._cells
        elif self._cells:
            border = " |" * self._cells + " "
        else:
            border = " " if self._pending else ""
        self._cells, self._row_empty = 0, False
        return border

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _end_span(self) -> None:
        if self._link_start >= 0:
            if self._length > self._link_start:
                self._links.append(Link(self._link_start, self._length, self._url))
            self._link_start = -1


def _kept(text: str, cleaned: str) -> list[int]:
    """The positions in `text` of the characters of `cleaned`, which is `text` with some characters left out."""
    kept: list[int] = []
    position = 0
    for char in cleaned:
        while text[position] != char:
            position += 1
        kept.append(position)
        position += 1
    return kept
