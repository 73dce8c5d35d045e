"""What can be typed in the linear reader: the keys of the room as words, each with its method and its help."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """`names` are what is typed, `after` what may follow them, `method` is `Session.do_…`."""

    names: tuple[str, ...]
    after: str
    method: str
    help: str


WORDS: tuple[Word, ...] = (
    Word(("q", "back"), "", "back", "go back; at the sections it ends the reader"),
    Word(("quit", "exit"), "", "leave", "end the reader; everything is kept"),
    Word(("again", "l"), "", "again", "say this place once more"),
    Word(("n",), "", "next_unread", "the next unread article"),
    Word(("p",), "", "previous_unread", "the unread article before"),
    Word(("J",), "", "next_article", "the next article"),
    Word(("K",), "", "previous_article", "the article before"),
    Word(("]",), "", "next_quote", "the next quote of this article"),
    Word(("[",), "", "previous_quote", "the quote before"),
    Word(("f",), "NUMBER", "links", "the links of this article, or the address of one"),
    Word(("i",), "", "images", "the images of this article: the words that stand for each, and its address"),
    Word(("y", "o"), "", "address", "the address of this article"),
    Word(("m",), "NUMBER", "toggle_read", "mark read, or unread again"),
    Word(("A",), "", "read_all", "mark every article of this list read"),
    Word(("s", "b"), "NUMBER", "toggle_saved", "save for offline, or no longer"),
    Word(("t",), "TAG", "tag", "give this article a tag"),
    Word(("x",), "", "full_text", "fetch the full text of this article"),
    Word(("c",), "TEXT", "note", "put a note on this article; without words its notes are listed"),
    Word(("D",), "", "changes", "what has changed in this article since it was saved"),
    Word(("u",), "", "undo", "take back the last change"),
    Word(("/",), "QUERY", "search", "search the library"),
    Word(("F",), "QUERY", "filter", "only what a query finds in this list"),
    Word(("g",), "a|u|s|q|e|h", "go", "all, unread, saved, all quotes, experts, source health"),
    Word(("r",), "", "refresh_section", "fetch the sources of this section; Ctrl-C stops it"),
    Word(("R",), "", "refresh_all", "fetch all sources; Ctrl-C stops it"),
    Word(("a",), "ADDRESS", "add", "add a feed, a site, a file or a folder"),
    Word(("?", "h"), "", "help", "this list"),
)
BY_NAME = {name: word for word in WORDS for name in word.names}


def found(line: str) -> tuple[Word, str] | None:
    """The word that a typed line begins with, and the rest; `/bank` and `g a` and `ga` are understood."""
    head, _, rest = line.partition(" ")
    if head in BY_NAME:
        return BY_NAME[head], rest.strip()
    if line[:1] == "/":
        return BY_NAME["/"], line[1:].strip()
    if len(line) == 2 and line[0] == "g" and line[1] in "ausqeh":
        return BY_NAME["g"], line[1]
    return None
