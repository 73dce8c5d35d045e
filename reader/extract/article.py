"""One way in for every local format: what the bytes are decides who reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from reader.errors import ExtractError
from reader.model import Document
from reader.text.addresses import is_web, mask
from reader.text.clean import clean_line
from reader.text.sniff import Format, decode, sniff

MAX_FILE = 16 * 2**20  # bytes
MAX_TEXT = 4 * 2**20  # bytes of a plain text or Markdown file: longer ones are no articles
_MAIL_HEADERS = (
    b"from",
    b"return-path",
    b"received",
    b"mime-version",
    b"date",
    b"subject",
    b"message-id",
    b"delivered-to",
)


def extract(body: bytes, *, name: str = "", url: str = "", content_type: str = "") -> Document:
    """Return the article in `body`: a text dump, Markdown, an HTML page, MHTML, a mail message or a PDF.

    `name` is the file's name (it tells formats apart and is the title of last resort), `url` the address the bytes
    came from ("" for a local file; relative links are resolved against it, and it is the document's address unless the
    page names a better one), `content_type` the header they came with. Encodings: byte order mark, UTF-8, declared,
    detected. Raises ExtractError with one sentence if there is no article: empty, binary, too large, a feed.
    """
    return next(extract_all(body, name=name, url=url, content_type=content_type))


def extract_all(body: bytes, *, name: str = "", url: str = "", content_type: str = "") -> Iterator[Document]:
    """Like `extract`, for files that may hold several articles (mbox): yields at least one or raises ExtractError."""
    shown = clean_line(name or mask(url), 200) or "the input"
    if len(body) > MAX_FILE:
        raise ExtractError(f"{shown} is too large for an article: the limit is {MAX_FILE // 2**20} MiB.")
    kind = sniff(body, name=name or url, content_type=content_type)
    if kind is Format.EMPTY:
        raise ExtractError(f"{shown} is an empty file: there is nothing to read in it.")
    if body.startswith(b"%PDF-"):
        from reader.extract.pdf import read_pdf

        yield _titled(read_pdf(body, shown=shown), name or url, url)
        return
    if kind is Format.BINARY:
        raise ExtractError(f"{shown} is not text: {_what(body)} cannot be read as an article.")
    if kind in (Format.FEED, Format.JSONFEED, Format.OPML):
        what = (
            "a list of feeds (OPML): import it" if kind is Format.OPML else "a feed, not an article: add it as a feed"
        )
        raise ExtractError(f"{shown} is {what} instead.")
    if _is_mail(body, name, content_type):
        from reader.extract.mail import read_mail

        yield from read_mail(body, shown=shown, url=url)
        return
    yield _titled(_read(body, kind, shown, name, url, content_type), name or url, url)


def _read(body: bytes, kind: Format, shown: str, name: str, url: str, content_type: str) -> Document:
    if kind is Format.HTML:
        from reader.extract.page import read_page

        return read_page(decode(body, declared=content_type), url=url, shown=shown)
    if len(body) > MAX_TEXT:
        raise ExtractError(f"{shown} is too large for an article: the limit for text is {MAX_TEXT // 2**20} MiB.")
    text = decode(body, declared=content_type)
    if kind is Format.MARKDOWN:
        from reader.extract.markdown import read_markdown

        document = read_markdown(text)
    else:
        from reader.extract.data_formats import data_kind
        from reader.extract.dump import read_dump

        if what := data_kind(text, name=name or url, content_type=content_type):
            raise ExtractError(f"{shown} is not a feed, and no article either: it is {what}.")
        document = read_dump(text)
    if not (document.text or document.title):
        raise ExtractError(f"{shown} is an empty file: there is nothing to read in it.")
    return document


def _titled(document: Document, name: str, url: str) -> Document:
    title = document.title or title_of(name)
    address = document.url or (url if is_web(url) else "")
    return replace(document, title=title, url=address)


def title_of(name: str) -> str:
    """A title made of a file name or address: its last part without the ending."""
    path = PurePath(name.partition("?")[0].rstrip("/") if "://" in name else name)
    return clean_line(path.stem, 200) or clean_line(name, 200) or "Untitled"


def _is_mail(body: bytes, name: str, content_type: str) -> bool:
    """Whether the first line is a mail header (or an mbox separator) and the name, type or further headers agree."""
    ending = PurePath(name).suffix.lower() if name else ""
    kind = content_type.partition(";")[0].strip().lower()
    head = body[:65_536].lstrip(b"\xef\xbb\xbf\r\n")
    lines = head.split(b"\n")[:40]
    names = [line.partition(b":")[0].strip().lower() for line in lines if b":" in line[:60] and line[:1].strip()]
    known = sum(header in names for header in _MAIL_HEADERS)
    if ending in (".eml", ".mhtml", ".mht", ".mbox") or kind in (
        "message/rfc822",
        "multipart/related",
        "application/mbox",
    ):
        return known >= 1
    return (head.startswith(b"From ") and known >= 3) or (bool(names) and names[0] in _MAIL_HEADERS and known >= 4)


_KINDS = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (or an office document or e-book)"), (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"SQLite format 3", "a SQLite database"),
)  # fmt: skip


def _what(body: bytes) -> str:
    return next((what for magic, what in _KINDS if body.startswith(magic)), "binary data")
