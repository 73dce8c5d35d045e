"""Strings of HTML → an lxml tree, in linear time and bounded depth whatever the string.

libxml2 compares each attribute of a tag with all others (50,000 attributes: 4 s) and stops at a depth of 256 elements,
dropping the rest in silence. So overlong tags are cut before parsing, and a tree that became too deep is given up in
favour of `strip_tags`, which loses structure but no word.
"""

from __future__ import annotations

import re
from typing import Any

_LONG = 32_768  # shorter strings cannot hold enough attributes to matter
_LONG_TAG = 2_048
_LONG_VALUE = 4_096
_KEPT_ATTRIBUTES = 64

_SURROGATES = re.compile("[\ud800-\udfff]")
_TAG_LIKE = re.compile(r"<(?:[a-zA-Z]|/[a-zA-Z]|!--|![a-zA-Z\[]|\?)")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)
_ATTRIBUTE = r"""[\s/]*[^\s/>=]+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>"'][^\s>]*))?"""
# Possessive: each tag is read once, from left to right, and never again from inside.
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*(?:{_ATTRIBUTE})*+")
_FIRST_ATTRIBUTES = re.compile(_ATTRIBUTE)
_NAME = re.compile(r"<[a-zA-Z][^\s/>]*")


def tag_set(names: str) -> frozenset[str]:
    """The words of `names` as a set."""
    return frozenset(names.split())


_KNOWN = tag_set(
    """a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption
    center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption
    figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd
    label legend li link main map mark menu meta meter nav nobr noscript object ol optgroup option output p param
    picture pre progress q rp rt ruby s samp script section select slot small source span strike strong style sub
    summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video
    wbr"""
)
_ANY_TAG = re.compile(r"<(?=/?([a-zA-Z][a-zA-Z0-9]*)([^\s/>a-zA-Z0-9]?))")


def is_markup(text: str) -> bool:
    """Whether a string holds anything that HTML takes for a tag or a comment."""
    return "<" in text and _TAG_LIKE.search(text) is not None


def parse(html: str, *, lookup: Any = None, is_bounded: bool = False) -> Any:
    """Return the root element, an empty one if there is nothing to see, or None if the tree would be too deep.

    `lookup` chooses other element classes (`lxml.html.HtmlElementClassLookup()`), `is_bounded` says that `bounded` has
    been here. Never raises on any string.
    """
    from lxml import etree

    html = _unfinished(_XML_DECLARATION.sub("", html.replace("\0", ""), count=1))
    if not is_bounded:
        html = bounded(html)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    if lookup is not None:
        parser.set_element_class_lookup(lookup)
    try:
        root = etree.fromstring(_encoded(html), parser)
    except etree.LxmlError:  # it recovers from everything we know of; if not, the words are still there
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return None
    return root if root is not None else parser.makeelement("html")


def _encoded(html: str) -> bytes:
    try:
        return html.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", html).encode()


def bounded(html: str) -> str:
    """Return `html` with overlong tags cut: at most 64 attributes, none longer than 4,096 characters (data: images)."""
    return html if len(html) < _LONG else _TAG.sub(_cut_tag, html)


def literal_unknown_tags(html: str) -> str:
    """Return `html` with every `<` escaped that does not open or close a tag HTML knows (`<T>`, `<10`, `<-`)."""

    def escape(match: re.Match[str]) -> str:
        known = match[2] in (":", "-") or (match[2] == "" and match[1].lower() in _KNOWN)
        return "<" if known else "&lt;"

    return _ANY_TAG.sub(escape, html)


_INVISIBLE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|svg|template|noscript|textarea|select)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAKING = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|blockquote|pre|section|article|header|footer|aside|figure|hr|br)\b",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>?|<[!?][^<>]*>?")


def strip_tags(html: str) -> str:
    """Return the words of `html` as plain text with entities left in, blocks separated by blank lines. Linear."""
    html = _INVISIBLE.sub(" ", html)
    return _TAGS.sub("", _BREAKING.sub(lambda match: "\n\n" + match[0], html))


def _cut_tag(match: re.Match[str]) -> str:
    tag = match[0]
    if len(tag) < _LONG_TAG:
        return tag
    name = _NAME.match(tag)
    position = name.end() if name else len(tag)
    kept = [tag[:position]]
    for attribute in _FIRST_ATTRIBUTES.finditer(tag, position):
        if len(kept) > _KEPT_ATTRIBUTES:
            break
        if len(attribute[0]) <= _LONG_VALUE:
            kept.append(attribute[0])
    return "".join(kept)


def _unfinished(html: str) -> str:
    """A last `<` that no `>` follows swallows the rest of the string: keep the words unless it is a known tag."""
    start = html.rfind("<")
    if start < 0 or ">" in html[start:]:
        return html
    return html[:start] + literal_unknown_tags(html[start:])
