"""The kinds of damage that are so common, and so harmless, that no parser has to guess.

Feeds use entities of HTML, which XML does not know, prefixes that they do not declare, and references to characters
that do not exist. All can be put right in the document itself; everything worse goes to the tolerant path.
"""

from __future__ import annotations

import re
from functools import cache
from html.entities import name2codepoint

from reader.feeds.prologue import PREDEFINED, Document, expanded

MAX_PREFIXES = 50
_MEANT = {b"atom": b"http://www.w3.org/2005/Atom"}  # prefixes that are nothing without their vocabulary


def repair(document: Document) -> bool:
    """Resolve HTML's entities, declare prefixes, drop impossible references; False if there was nothing to do."""
    body = _with_prefixes_declared(expanded(without_impossible_references(document.body), _html_entities()))
    changed = body != document.body
    document.body = body
    return changed


def without_impossible_references(body: bytes) -> bytes:
    """Character references that name no character (`&#xD800;`, `&#99999999;`) as U+FFFD: feedparser raises on them."""
    return _REFERENCE.sub(_possible, body) if b"&#" in body else body


def _possible(match: re.Match[bytes]) -> bytes:
    digits, base = (match[1], 16) if match[1] else (match[2], 10)
    code = int(digits, base) if len(digits) <= 12 else -1
    if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and (code >= 32 or code in (9, 10, 13)):
        return match[0]
    return b"\xef\xbf\xbd"


_REFERENCE = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?")


@cache
def _html_entities() -> dict[bytes, bytes]:
    names = {name.encode(): chr(code).encode("utf-8") for name, code in name2codepoint.items()}
    return {name: value for name, value in names.items() if name not in PREDEFINED}


_USED = re.compile(rb"[<\s]([A-Za-z_][\w.-]{0,50}):[A-Za-z_][\w.-]{0,50}[\s=/>]")
_DECLARED = re.compile(rb"\sxmlns:([A-Za-z_][\w.-]{0,50})\s{0,20}=")
_ROOT = re.compile(rb"<[A-Za-z_][\w:.-]*")


def _with_prefixes_declared(body: bytes) -> bytes:
    missing = set(_USED.findall(body)) - set(_DECLARED.findall(body)) - {b"xml", b"xmlns"}
    root = _ROOT.match(body)
    if not missing or not root:
        return body
    declarations = b"".join(
        b' xmlns:%s="%s"' % (name, _MEANT.get(name, b"urn:undeclared:" + name))
        for name in sorted(missing)[:MAX_PREFIXES]
    )
    return body[: root.end()] + declarations + body[root.end() :]
