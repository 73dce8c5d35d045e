"""An article as a Markdown note: front matter as Obsidian's web clipper writes it, text, quotes with provenance.

What is written here reads back (`extract.markdown`) with its title, address, author, dates, tags and words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import quote as percent

from reader.model import Article, Block, BlockType, Document, Link
from reader.service.exporting.blocks import blocks_of, uri
from reader.service.exporting.dossiers import NONE, Dossier
from reader.service.exporting.dossiers import lines as provenance_lines
from reader.service.exporting.speakers import day, provenance, published, speaker
from reader.service.serial import address


def note(article: Article, kept: Dossier = NONE, images: Sequence[tuple[str, str]] = ()) -> str:
    """The whole note, ending in one line end; `images` are names of files beside it with words for each."""
    parts = [_front_matter(article), *_blocks(article.document)]
    parts += [f"![{literal(' '.join(words.split()))}](<{percent(name)}>)" for name, words in images]
    if article.quotes:
        parts.append("## Quotes")
        for quote in article.quotes:
            said = "\n".join(f"> {literal(line)}" for line in quote.text.split("\n"))
            parts.append(f"{said}\n>\n> — {literal(speaker(quote))} ({literal(provenance(quote))})")
    if article.notes:
        parts.append("## Notes")
        for found in article.notes:
            words = "\n".join(f"> {literal(line)}" for line in found.words.split("\n")) if found.words else ""
            parts += [words, literal(found.text).replace("\n", "\\\n")]
    if pairs := provenance_lines(kept):
        parts += ["## Provenance", "\n".join(f"- {literal(name)}: {literal(value)}" for name, value in pairs)]
    return "\n\n".join(part for part in parts if part) + "\n"


def literal(text: str) -> str:
    """`text` so that CommonMark (and Obsidian) show it as it stands."""
    escaped = re.sub(r"([\\`*_\[\]<>#|~&!$=%^])", r"\\\1", text)
    return re.sub(r"(?m)^(\s*)(-(?=[- \t]*$)|(?:[-+]|\d{1,9}[.)])(?=\s|$))", _escaped_start, escaped)


def _front_matter(article: Article) -> str:
    row = article.row
    fields = [("title", row.title), ("source", address(row.url))]
    lines = [f"{name}: {_string(value)}" for name, value in fields if value]
    if row.author:
        lines += ["author:", f"  - {_string(f'[[{_unlinked(row.author)}]]')}"]
    lines += [f"published: {published(article)}"] if published(article) else []
    lines += [f"created: {day(article.saved_at)}"] if article.saved_at else []
    lines += [f"description: {_string(row.summary)}"] if row.summary else []
    lines += [f"section: {_string(row.section)}"] if row.section else []
    lines += [f"language: {_string(row.language)}"] if row.language else []
    lines += ["tags:", *(f"  - {_string(tag)}" for tag in row.tags)] if row.tags else []
    return "\n".join(["---", *lines, "---"])


def _string(text: str) -> str:
    """A YAML double-quoted scalar; JSON's escapes are a part of YAML's. No viewer takes what is in it for a tag."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")


def _unlinked(name: str) -> str:
    return re.sub(r"[\[\]|]", " ", name).strip()


def _blocks(source: Document) -> list[str]:
    found = blocks_of(source)
    shown: list[str] = []
    for previous, block in zip((None, *found), found, strict=False):
        piece = _block(source, block)
        if previous and previous.type is block.type and block.type in (BlockType.LIST, BlockType.QUOTE):
            shown[-1] += ("\n" if block.type is BlockType.LIST else "\n>\n") + piece
        else:
            shown.append(piece)
    return shown


def _escaped_start(match: re.Match[str]) -> str:
    blanks, mark = match[1], match[2]
    return f"{blanks}{mark[:-1]}\\{mark[-1]}"


def _block(source: Document, block: Block) -> str:
    text = source.text[block.start : block.end].rstrip("\n")
    if block.type in (BlockType.CODE, BlockType.TABLE):
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        return f"{fence}\n{text}\n{fence}"
    inline = _linked(source, block)
    if block.type is BlockType.HEADING:
        return f"{'#' * min(max(block.level, 2), 6)} {' '.join(inline.split())}"
    if block.type is BlockType.QUOTE:
        return "\n".join(f"> {line}" for line in inline.replace("\n", "\\\n").split("\n"))
    if block.type is BlockType.LIST:
        indent = "  " * (min(max(block.level, 1), 10) - 1)
        return f"{indent}- " + inline.replace("\n", f"\\\n{indent}  ")
    return inline.replace("\n", "\\\n")


def _linked(source: Document, block: Block) -> str:
    pieces: list[str] = []
    place = block.start
    for link in source.links:
        if place <= link.start and link.end <= block.end:
            pieces += [literal(source.text[place : link.start]), _link(source, link)]
            place = link.end
    pieces.append(literal(source.text[place : block.end].rstrip("\n")))
    return "".join(pieces)


def _link(source: Document, link: Link) -> str:
    words = literal(source.text[link.start : link.end]).replace("\n", " ")
    target = uri(address(link.url)).replace("\\", "%5C")
    return f"[{words}](<{target}>)"
