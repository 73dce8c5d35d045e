"""Everything before the root element of an XML feed, and how its bytes become UTF-8.

Both parsers get a document without prologue: no DOCTYPE, no entities, no processing instructions reach them, so
there is nothing to expand, to fetch or to choke on (white space before the root keeps feedparser 6 busy for a minute).
Entities of plain text that a feed declares for itself are replaced here, within bounds; all others stay unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reader.text.sniff import HEAD, declared_inside, decode, text_codec

MAX_EXPANSION = 100_000  # bytes that the entities a feed declares for itself may add to it


@dataclass(slots=True)
class Document:
    """A feed from its root element on, in UTF-8.

    `root` is the name of the root element as written, `head` its start tag, `first_line` the line it stands in.
    `warnings` are sentences about what had to be repaired.
    """

    body: bytes
    root: str = ""
    head: str = ""
    first_line: int = 1
    doctype: str = ""
    warnings: list[str] = field(default_factory=list)

    def move_to_embedded_feed(self) -> bool:
        """Make a feed that stands inside an HTML page the document; False if there is none."""
        match = _EMBEDDED.search(self.body[:HEAD])
        if not match:
            return False
        self.body = self.body[match.start() :]
        self.root = match[1].decode("utf-8", "replace")
        self.head = match[0].decode("utf-8", "replace")
        self.warnings.append("The feed was taken out of an HTML page.")
        return True


_EMBEDDED = re.compile(rb"<(feed|rss)\s[^>]{0,1000}(?:www\.w3\.org/2005/Atom|version\s*=)[^>]{0,1000}>")


def open_document(body: bytes, *, content_type: str = "", trusting: bool = False) -> Document:
    """Return the document in `body` from its root element on; `root` is "" if there is no element at all.

    A `trusting` caller has a parser that refuses what is not UTF-8 or not XML, and asks again if that happens: bytes
    that do not declare another encoding are then taken for UTF-8 as they are.
    """
    warnings: list[str] = []
    if body.startswith(b"\xef\xbb\xbf"):
        body = body[3:]
    declared = _declared(body, content_type)
    if trusting and not _is_wide(body) and not any(_SEVEN_BIT.match(label) for label in declared):
        data = body
    else:
        data = _without_controls(_utf8(body, declared, warnings), warnings)
    start, doctype, junk = _skip_prologue(data)
    head = _START_TAG.match(data, start)
    if junk and head:
        warnings.append("Text before the feed was skipped.")
    root = head[1].decode("utf-8", "replace") if head else ""
    document = Document(data[start:] if start else data, root, head[0].decode("utf-8", "replace") if head else "")
    document.first_line = 1 + data.count(b"\n", 0, start)
    document.doctype, document.warnings = doctype[:300].decode("utf-8", "replace"), warnings
    if b"<!ENTITY" in doctype:
        document.body = expanded(document.body, _safe_entities(doctype, document.body))
    return document


def _without_controls(data: bytes, warnings: list[str]) -> bytes:
    legal = data.translate(None, _CONTROLS).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    if len(legal) != len(data):
        warnings.append("Control characters, which XML forbids, were dropped.")
    return legal


# --- encoding ------------------------------------------------------------------------------------------------------

# Encodings of which every byte string below 0x80 is ASCII: bytes that are valid UTF-8 are UTF-8 whatever they declare.
_SEVEN_BIT = re.compile(r"(?:iso-?2022|hz|utf-?7|utf-?16|utf-?32|ucs|cp037|ebcdic)", re.IGNORECASE)


def _utf8(body: bytes, declared: list[str], warnings: list[str]) -> bytes:
    """`body` in UTF-8, by byte order mark, validity, declaration (HTTP, then XML) and, last, detection."""
    if not _is_wide(body) and not any(_SEVEN_BIT.match(label) for label in declared):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return body
    text = ""
    for label in declared:
        codec = text_codec(label)
        if not codec or codec == "utf-8" or codec.startswith(("utf-16", "utf-32")):
            continue
        try:
            text = body.decode(codec)
            break
        except (UnicodeDecodeError, UnicodeError):
            continue
    if not text:
        wide = _is_wide(body)
        text = decode(body, declared="" if wide or not _mostly_ascii(body) else "windows-1252")
        if not wide:
            warnings.append("The text is not in the encoding that it declares; another one was assumed.")
    return text.encode("utf-8", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    charset = _CHARSET.search(content_type)
    return [label for label in (charset[1] if charset else "", declared_inside(body.lstrip())) if label]


def _is_wide(body: bytes) -> bool:
    return body[:2] in (b"\xfe\xff", b"\xff\xfe") or b"\x00" in body[:4]


def _mostly_ascii(body: bytes) -> bool:
    """A few bytes beyond ASCII are windows-1252, as on the web at large; text full of them is worth a detection."""
    head = body[:HEAD]
    return len(_HIGH.findall(head)) < max(8, len(head) // 20)


_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})

# --- prologue ------------------------------------------------------------------------------------------------------

_START_TAG = re.compile(rb"<([A-Za-z_][\w:.-]*)[^>]{0,20000}>?")
_ROOT_LIKE = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:rss|rdf|feed|channel|entry|item)[\s>/]", re.IGNORECASE)
_BLANK = re.compile(rb"\s*")
_DOCTYPE_MARK = re.compile(rb"""<!--|["'\[\]>]""")


def _skip_prologue(data: bytes) -> tuple[int, bytes, bool]:
    """Where the root element starts, the DOCTYPE, and whether anything stood there that should not."""
    at, doctype, junk = 0, b"", False
    while True:
        at = _end(_BLANK.match(data, at), at)
        if data.startswith(b"<?", at):
            at = _after(data, b"?>", at)
        elif data.startswith(b"<!--", at):
            at = _after(data, b"-->", at)
        elif data[at : at + 9].upper() == b"<!DOCTYPE":
            end = _doctype_end(data, at)
            doctype, at = data[at:end], end
        elif _START_TAG.match(data, at):
            return at, doctype, junk
        else:
            root = _ROOT_LIKE.search(data, at)
            declaration = data.find(b"<?xml", at + 1)
            if declaration >= 0 and (not root or declaration < root.start()):
                at, junk = declaration, True
                continue
            return (root.start(), doctype, True) if root else (at, doctype, True)


def _after(data: bytes, mark: bytes, at: int) -> int:
    end = data.find(mark, at)
    return end + len(mark) if end >= 0 else len(data)


def _doctype_end(data: bytes, at: int) -> int:
    """Past the `>` that closes a DOCTYPE, internal subset, quoted strings and comments within skipped."""
    subset, here = False, at + 9
    while mark := _DOCTYPE_MARK.search(data, here):
        here = mark.end()
        if mark[0] == b"[":
            subset = True
        elif mark[0] == b"]":
            subset = False
        elif mark[0] == b">":
            if not subset:
                return here
        else:  # a string or a comment: to its end, if it has one
            close = b"-->" if mark[0] == b"<!--" else mark[0]
            end = data.find(close, here)
            if end < 0:
                break
            here = end + len(close)
    return _after(data, b">", at)


def _end(match: re.Match[bytes] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


# --- entities ------------------------------------------------------------------------------------------------------

_ENTITY = re.compile(
    rb"""<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"(&#\w{1,8};|[^"&%<]{0,1000})"|'(&#\w{1,8};|[^'&%<]{0,1000})')\s*>"""
)
_REFERENCE_OR_CDATA = re.compile(rb"<!\[CDATA\[|&([A-Za-z_][\w.-]*);")
PREDEFINED = {b"lt", b"gt", b"amp", b"quot", b"apos"}


def _safe_entities(doctype: bytes, body: bytes) -> dict[bytes, bytes]:
    """Entities whose values are plain text, unless using them would blow the document up: then none."""
    found: dict[bytes, bytes] = {}
    growth = 0
    for name, double, single in _ENTITY.findall(doctype[:20_000]):
        if name in found or name in PREDEFINED:
            continue
        value = double or single
        found[name] = value.replace(b">", b"&gt;").replace(b'"', b"&quot;").replace(b"'", b"&apos;")
        growth += len(value) * body.count(b"&" + name + b";")
        if growth > MAX_EXPANSION or len(found) > 300:
            return {}
    return found


def expanded(body: bytes, entities: dict[bytes, bytes]) -> bytes:
    """The document with these entities replaced by their values, outside CDATA."""
    pieces: list[bytes] = []
    done = at = 0
    while entities and (mark := _REFERENCE_OR_CDATA.search(body, at)):
        at = mark.end()
        if mark[1] is None:
            at = body.find(b"]]>", at)
            if at < 0:
                break
        elif mark[1] in entities:
            pieces += (body[done : mark.start()], entities[mark[1]])
            done = at
    return b"".join((*pieces, body[done:]))
