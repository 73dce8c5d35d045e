"""The two kinds of damage that are so common, and so harmless, that no parser has to guess.

Feeds use entities of HTML, which XML does not know, and prefixes that they do not declare. Both can be put right in
the document itself; everything worse goes to the tolerant path.
"""

from __future__ import annotations

import re
from functools import cache
from html.entities import name2codepoint

from reader.feeds.prologue import PREDEFINED, Document, expanded

MAX_PREFIXES = 50


def repair(document: Document) -> bool:
    """Resolve HTML's entities and declare undeclared prefixes in `document`; False if there was nothing to do."""
    body = _with_prefixes_declared(expanded(document.body, _html_entities()))
    changed = body != document.body
    document.body = body
    return changed


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
    declarations = b"".join(b' xmlns:%s="urn:undeclared:%s"' % (name, name) for name in sorted(missing)[:MAX_PREFIXES])
    return body[: root.end()] + declarations + body[root.end() :]
