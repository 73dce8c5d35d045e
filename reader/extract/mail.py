"""Mail messages (newsletters), mailboxes and web archives (MHTML) → documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from reader.errors import ExtractError
from reader.extract.autolink import autolink
from reader.extract.selection import block_texts, keep
from reader.extract.tails import without_tail
from reader.model import Document
from reader.text.addresses import is_web
from reader.text.clean import clean_line
from reader.text.dates import parse_date
from reader.text.html import flow
from reader.text.sniff import decode

MAX_MESSAGES = 1_000
MAX_PARTS = 200
_SEPARATOR = re.compile(rb"^From [^\r\n]{1,500}\r?\n(?=[A-Za-z-]{2,60}:)", re.MULTILINE)
_ONLINE = re.compile(
    r"(?:view|read|open|see) (?:(?:this|it|the|our) ?.{0,30})?"
    r"(?:in (?:your |a |the )?(?:web )?browser|online|on the web)"
    r"|(?:web|browser|online) version",
    re.IGNORECASE,
)
_LIST_FOOTER = re.compile(
    r"unsubscribe|manage (?:your )?(?:subscription|preferences)|view (?:this|it|the) .{0,40}in (?:your|a) browser"
    r"|view (?:online|in browser)|you(?:['’]re| are) receiving this|forward(?:ed)? this (?:e-?mail|to)"
    r"|update your preferences|no longer (?:wish|want) to receive|sent to .{0,80}@|privacy policy",
    re.IGNORECASE,
)


def read_mail(body: bytes, *, shown: str, url: str = "") -> Iterator[Document]:
    """Yield the article of each message in `body`: one for a message or a web archive, several for an mbox.

    Title, author and date are the message's subject, sender and date; a web archive is read as the page it holds.
    Raises ExtractError if no message has text.
    """
    found = False
    for raw in _messages(body):
        document = _read(raw, url)
        if document is not None and document.text:
            found = True
            yield document
    if not found:
        raise ExtractError(f"{shown} has no readable text: its messages are empty or hold only attachments.")


def _messages(body: bytes) -> Iterator[bytes]:
    starts = list(_SEPARATOR.finditer(body))
    if not starts or body[: starts[0].start()].strip():
        yield body
        return
    for number, match in enumerate(starts[:MAX_MESSAGES]):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(body)
        yield re.sub(rb"^>(>*From )", rb"\1", body[match.end() : end], flags=re.MULTILINE)


def _read(raw: bytes, url: str) -> Document | None:
    from email import message_from_bytes, policy  # 60 ms

    try:
        message: EmailMessage = message_from_bytes(raw, policy=policy.default)
        subtype, text, location = _text(message)
    except Exception:  # the standard library's parser raises many things on damaged headers
        return None
    header = {
        name: _header(message, name) for name in ("subject", "from", "date", "snapshot-content-location", "archived-at")
    }
    snapshot = header["snapshot-content-location"] or location
    if ("multipart/related" in str(message.get_content_type()) and is_web(snapshot)) or header["from"].startswith(
        "<Saved by"
    ):
        return _web_archive(text, snapshot if is_web(snapshot) else url, header)
    if subtype == "html":
        document = flow(text)
    else:
        from reader.extract.dump import read_text

        document = read_text(text)
    online = _online(header["archived-at"], document)
    document = keep(document, without_tail(block_texts(document), interleaved=False))
    document = autolink(keep(document, _without_footer(block_texts(document))))
    return replace(
        document,
        title=clean_line(header["subject"], 300),
        author=_sender(header["from"]),
        url=url or online,
        published=_date(header["date"]),
    )


def _web_archive(text: str, address: str, header: dict[str, str]) -> Document | None:
    from reader.extract.page import read_page

    try:
        document = read_page(text, url=address)
    except ExtractError:
        return None
    title = document.title or clean_line(header["subject"], 300)
    return replace(document, title=title, published=document.published or _date(header["date"]))


def _text(message: EmailMessage) -> tuple[str, str, str]:
    """The best text of a message: its subtype, the decoded text and its Content-Location. HTML before plain text."""
    best: dict[str, tuple[str, str]] = {}
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS or len(best) == 2:
            break
        subtype = part.get_content_subtype()
        if part.get_content_maintype() != "text" or subtype not in ("html", "plain") or subtype in best:
            continue
        if part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            charset = part.get_content_charset() or ""
            best[subtype] = (decode(payload, declared=str(charset)), str(part.get("Content-Location", "")))
    for subtype in ("html", "plain"):
        if subtype in best:
            return subtype, *best[subtype]
    return "plain", "", ""


def _header(message: Any, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except Exception:  # damaged encoded words
        return ""


def _sender(value: str) -> str:
    name, address = parseaddr(value)
    return clean_line(name or address, 200)


def _date(value: str) -> datetime | None:
    date = parse_date(value.strip())
    return date.astimezone(UTC) if date else None


def _online(archived: str, document: Document) -> str:
    """Where the message stands on the web: `Archived-At` (RFC 5064), the link that says so, or ""."""
    stated = archived.strip().strip("<>")
    if is_web(stated):
        return stated
    return next((link.url for link in document.links if _ONLINE.search(document.text[link.start : link.end])), "")


def _without_footer(texts: list[str]) -> list[int]:
    """All but the list software's lines at both ends ("View in browser", "Unsubscribe")."""
    kept = list(range(len(texts)))
    while len(kept) > 1 and len(texts[kept[0]]) < 200 and _LIST_FOOTER.search(texts[kept[0]]):
        kept.pop(0)
    while len(kept) > 1 and len(texts[kept[-1]]) < 400 and _LIST_FOOTER.search(texts[kept[-1]]):
        kept.pop()
    return kept
