"""What some bytes are, and what text they hold: servers and file names often say something else.

Strong signs in the bytes (a root element, a magic number, a byte order mark) win over the content type, which wins
over the name; both only decide what the bytes leave open.
"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from reader.text.latin import FIRST, settled

HEAD = 65_536  # bytes that are looked at, whatever the size of the whole


class Format(StrEnum):
    """Kinds of document that some room of this program reads, and the two that none does."""

    FEED = "feed"
    JSONFEED = "jsonfeed"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    OPML = "opml"
    EMPTY = "empty"
    BINARY = "binary"


def sniff(body: bytes, *, name: str = "", content_type: str = "") -> Format:
    """Return what `body` is; `name` is a file name or address, `content_type` a header value. Never raises."""
    head = body[:HEAD]
    if not head.strip(_BLANK_BYTES):
        head = body.lstrip(_BLANK_BYTES)[:HEAD]
        if not head:
            return Format.EMPTY
    if head.startswith(_MAGIC):
        return Format.BINARY
    wide = _wide_encoding(head)
    text = head.decode(wide or "utf-8", "replace").lstrip("\ufeff\x00 \t\r\n\f\v")
    if text[:1] == "<" or "<?xml" in text[:4096]:
        root = _root(text)
        if root:
            return root
    elif not wide and (b"\x00" in head or _is_noise(text)):
        return Format.BINARY
    if not text:
        return Format.EMPTY
    if text[0] == "{" and _JSON_FEED.search(text):
        return Format.JSONFEED
    return _by_label(text, name, content_type.partition(";")[0].strip().lower())


def decode(body: bytes, *, declared: str = "") -> str:
    """Return the text of `body`: byte order mark, UTF-8, then the declared and then the detected encoding.

    `declared` is a charset label or a content type; without it, what an XML declaration or a `<meta>` says is used.
    Bytes that mean nothing become U+FFFD. Never raises; detection reads at most 64 KiB.
    """
    wide = _wide_encoding(body[:HEAD])
    if wide:
        return body.decode(wide, "replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # A few broken bytes, or a last character cut in half, do not turn UTF-8 into something else.
    text = body.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    if len(_MULTIBYTE.findall(text)) > 4 * broken:
        return text
    codec = text_codec(_charset(declared)) or text_codec(declared_inside(body)) or _detected(body)
    return text if codec == "utf-8" else body.decode(codec, "replace")


def text_codec(label: str) -> str:
    """Return the codec that browsers use for a charset label (WHATWG Encoding), "" if it names no text encoding."""
    label = label.strip().lower()
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return ""
    if info.name in _NOT_CHARSETS or not getattr(info, "_is_text_encoding", True):
        return ""
    return _WEB_CODECS.get(info.name, info.name)


def declared_inside(body: bytes) -> str:
    """Return the charset label that an XML declaration or an HTML `<meta>` in the first 4 KiB names, else ""."""
    match = _XML_ENCODING.search(body[:4096]) or _META_CHARSET.search(body[:4096])
    return match[1].decode("ascii", "replace") if match else ""


# --- formats -------------------------------------------------------------------------------------------------------

_BLANK_BYTES = b"\xef\xbb\xbf \t\r\n\f\v"
_MAGIC = (
    *(b"%PDF-", b"PK\x03\x04", b"GIF87a", b"GIF89a", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"RIFF", b"\x7fELF"),
    *(
        b"BZh",
        b"\xfd7zXZ",
        b"7z\xbc\xaf",
        b"Rar!",
        b"OggS",
        b"ID3",
        b"fLaC",
        b"SQLite format 3\x00",
        b"\x28\xb5\x2f\xfd",
    ),
    *(b"wOFF", b"wOF2", b"\x00\x00\x01\x00", b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0", b"\x00asm", b"\x28\xb5\x2f\xfd"),
)
_ROOTS = {
    **dict.fromkeys(("rss", "rdf", "feed", "channel"), Format.FEED),
    **{"html": Format.HTML, "opml": Format.OPML},
}
_SKIPPED = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?P<doctype>[\w:.-]+))", re.DOTALL | re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s{0,9}>\s*(?=<[\w!?])")
_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_JUNK_BEFORE_FEED = re.compile(r"<\?xml[^>]{0,200}\?>\s*(?:<!--.{0,4000}?-->\s*)*<(?:\w+:)?(rss|RDF|feed)\b", re.DOTALL)
_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|title|meta|link|div|p|article|section|main|h[1-6]|table|ul|ol|br|a|img|span|b|i"
    r"|em|strong|script|style|center|font|blockquote|figure|header|footer|nav|iframe)[\s>/]",
    re.IGNORECASE,
)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org|"items"\s*:\s*\[')
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.IGNORECASE)
_HTML_NAME = re.compile(r"\.(?:html?|xhtml|shtml)$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _root(text: str) -> Format | None:
    """The format that the first element (or the DOCTYPE) names, past declarations, comments and a bit of junk."""
    at, page = 0, False
    while match := _SKIPPED.match(text, at):
        page = page or (match["doctype"] or "").lower() == "html"
        at = _end_of_doctype(text, match.end()) if match["doctype"] else match.end()
    element = _ELEMENT.match(text[at : at + 300].lstrip())
    named = _ROOTS.get(element[1].lower()) if element else None
    if named or page:  # some feeds carry the DOCTYPE of the pages they were made from
        return named or Format.HTML
    return Format.FEED if _JUNK_BEFORE_FEED.search(text) else None


def _end_of_doctype(text: str, at: int) -> int:
    """Past the closing `>` of a DOCTYPE, and past its internal subset if it has one."""
    close, subset = text.find(">", at), text.find("[", at)
    if 0 <= subset < close:
        end = _SUBSET_END.search(text, subset)
        return end.end() if end else len(text)
    return close + 1 if close >= 0 else len(text)


def _is_noise(text: str) -> bool:
    sample = text[:4096]
    return len(_CONTROL.findall(sample)) > len(sample) * 0.3


def _by_label(text: str, name: str, kind: str) -> Format:
    name = name.partition("?")[0].partition("#")[0]
    if "markdown" in kind or _MARKDOWN_NAME.search(name):
        return Format.MARKDOWN
    if kind == "application/feed+json":
        return Format.JSONFEED
    if kind in ("text/html", "application/xhtml+xml") or _HTML_NAME.search(name):
        return Format.HTML
    if text[0] == "<" and _HTML_TAG.match(text):
        return Format.HTML
    return Format.MARKDOWN if _FRONT_MATTER.match(text) else Format.TEXT


# --- encodings -----------------------------------------------------------------------------------------------------

_WEB_CODECS = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    **{"iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030"},
    **{"shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"},
    **{"utf-16": "utf-16-le", "utf-8-sig": "utf-8"},
}
# What text on the web is written in if it is neither UTF-8 nor declared, likelier first.
_LIKELY = [
    *("cp1252", "cp1251", "koi8_r", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1250", "cp1253", "cp1254"),
    *("cp1255", "cp1256", "cp1257", "iso2022_jp", "iso8859_2"),
]
_NOT_CHARSETS = {"undefined", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "utf-7", "mbcs", "oem"}
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?\scharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSET_PARAMETER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_ASCII_MARKUP = re.compile(rb"<[^<>\x80-\xff]{0,500}>")
_MULTIBYTE = re.compile(r"[^\x00-\x7f]")


def _wide_encoding(head: bytes) -> str:
    """UTF-16 or UTF-32 by byte order mark, or by where the zero bytes of ASCII characters stand; else ""."""
    for mark, codec in (
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return codec
    sample = head[:512]
    if len(sample) < 8 or b"\x00" not in sample:
        return ""
    zeros = [sample[start::4].count(0) / len(sample[start::4]) for start in range(4)]
    pattern = "".join("0" if share > 0.6 else "x" if share < 0.2 else "?" for share in zeros)
    return {"x0x0": "utf-16-le", "0x0x": "utf-16-be", "x000": "utf-32-le", "000x": "utf-32-be"}.get(pattern, "")


def _charset(declared: str) -> str:
    parameter = _CHARSET_PARAMETER.search(declared)
    return parameter[1] if parameter else "" if "/" in declared else declared


def _detected(body: bytes) -> str:
    from charset_normalizer import from_bytes  # 40 ms; only for text that is neither UTF-8 nor declared

    words = _ASCII_MARKUP.sub(b" ", body[:HEAD])  # what is ASCII in all encodings only dilutes the evidence
    best = from_bytes(words, steps=5, chunk_size=512, cp_isolation=_LIKELY).best()
    return settled((text_codec(best.encoding) if best else "") or FIRST, words)
