"""Web addresses written out in plain text become links on themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.model import BlockType, Document, Link
from reader.text.addresses import is_web

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»`{}|\\^]{1,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?'’*_"
MAX_LINKS = 2_000


def autolink(document: Document) -> Document:
    """Return `document` with a link on each written address that carries none yet (code blocks excepted)."""
    text = document.text
    if "://" not in text:
        return document
    found: list[Link] = []
    taken = [(link.start, link.end) for link in document.links]
    taken += [(block.start, block.end) for block in document.blocks if block.type is BlockType.CODE]
    taken.sort()
    for match in _ADDRESS.finditer(text):
        while taken and taken[0][1] <= match.start():
            taken.pop(0)
        address = _trimmed(match[0])
        if not is_web(address) or (taken and taken[0][0] < match.start() + len(address)):
            continue
        found.append(Link(match.start(), match.start() + len(address), address))
        if len(found) >= MAX_LINKS:
            break
    if not found:
        return document
    return replace(document, links=tuple(sorted((*document.links, *found), key=lambda link: link.start)))


def _trimmed(address: str) -> str:
    address = address.rstrip(_TRAILING)
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(_TRAILING)
    return address
