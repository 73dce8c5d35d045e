"""An article as Markdown (CommonMark): what the text says, with everything that would be markup made literal."""

from __future__ import annotations

import re

from reader.cli.render import heads
from reader.model import Article, Block, BlockType, Document, Link


def document(article: Article) -> str:
    """Title, origin, text with its links, then the quotes with their speakers."""
    from reader.service.serial import address

    row = article.row
    parts = [f"# {literal(row.title or '(no title)')}"]
    if origin := heads.origin(article):
        parts.append(literal(origin))
    if row.url:
        parts.append(f"<{_target(address(row.url))}>")
    parts += blocks(article.document)
    if article.quotes:
        parts.append("## Quotes")
        for quote in article.quotes:
            said = "\n".join(f"> {literal(line)}" for line in quote.text.split("\n"))
            parts.append(f"{said}\n>\n> — {literal(heads.speaker(quote))} ({heads.manner(quote)})")
    return "\n\n".join(parts)


def blocks(source: Document) -> list[str]:
    """Every block of the text as a block of Markdown."""
    found = source.blocks or _paragraphs(source.text)
    shown: list[str] = []
    for previous, block in zip((None, *found), found, strict=False):
        piece = _block(source, block)
        if previous and previous.type is block.type and block.type in (BlockType.LIST, BlockType.QUOTE):
            joint = "\n" if block.type is BlockType.LIST else "\n>\n"
            shown[-1] += joint + piece
        else:
            shown.append(piece)
    return shown


def literal(text: str) -> str:
    """`text` so that CommonMark shows it as it stands."""
    escaped = re.sub(r"([\\`*_\[\]<>#|~&!])", r"\\\1", text)
    return re.sub(r"(?m)^(\s*)([-=](?=[-= \t]*$)|(?:[-+=]|\d{1,9}[.)])(?=\s|$))", _escaped_start, escaped)


def _escaped_start(match: re.Match[str]) -> str:
    blanks, mark = match[1], match[2]
    return f"{blanks}{mark[:-1]}\\{mark[-1]}"


def _paragraphs(text: str) -> list[Block]:
    return [Block(match.start(), match.end(), BlockType.PARAGRAPH) for match in re.finditer(r"(?:.+\n?)+", text)]


def _block(source: Document, block: Block) -> str:
    text = source.text[block.start : block.end].rstrip("\n")
    if block.type in (BlockType.CODE, BlockType.TABLE):
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        return f"{fence}\n{text}\n{fence}"
    inline = _linked(source, block)
    if block.type is BlockType.HEADING:
        return f"{'#' * min(block.level + 1, 6)} {inline.replace(chr(10), ' ')}"
    if block.type is BlockType.QUOTE:
        return "\n".join(f"> {line}" for line in inline.split("\n"))
    if block.type is BlockType.LIST:
        indent = "  " * (max(block.level, 1) - 1)
        return f"{indent}- " + inline.replace("\n", f"\n{indent}  ")
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
    from reader.service.serial import address

    words = literal(source.text[link.start : link.end]).replace("\n", " ")
    return f"[{words}](<{_target(address(link.url))}>)"


def _target(url: str) -> str:
    return re.sub(r"[<>\\\s]", lambda match: f"%{ord(match[0]):02X}", url)
