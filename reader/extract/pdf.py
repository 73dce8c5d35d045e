"""PDF documents → documents, with pypdf (the extra `secnews[pdf]`): text page by page, without running heads.

A PDF has no paragraphs, only lines at places: a gap wider than the usual one, or a short line that ends a sentence,
ends a paragraph. Title, author and dates are those of its information dictionary (PDF 32000-1, 14.3.3).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from reader.errors import ExtractError
from reader.extract.autolink import autolink
from reader.extract.dump import read_text
from reader.extract.selection import block_texts, keep
from reader.extract.tails import without_tail
from reader.model import Document
from reader.text.addresses import is_web
from reader.text.clean import clean_line, clean_text

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
EDGE = 2  # lines at either end of a page that may be a running head
_NUMBER = re.compile(
    r"(?:page\s+|seite\s+)?\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…:][”’\"')\]]*$")
_PRODUCER_TITLE = re.compile(
    r"(?:untitled|microsoft word\s*-|.*\.(?:docx?|indd|pdf|odt|tex|qxd|pub|pptx?)$)", re.IGNORECASE
)


@dataclass(slots=True)
class _Line:
    text: str
    y: float


def read_pdf(body: bytes, *, shown: str) -> Document:
    """Return the text of a PDF, at most 300 pages of it.

    Raises ExtractError with one sentence if pypdf is not installed, or if it is encrypted, damaged, or has no text.
    """
    try:
        from pypdf import PdfReader  # 110 ms
    except ImportError:
        raise ExtractError(
            f'{shown} is a PDF document, and what reads those is not installed: pip install "secnews[pdf]".'
        ) from None
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractError(f"{shown} is encrypted with a password; save a copy without one.")
        pages = _pages(reader)
    except (ExtractError, MemoryError):
        raise
    except Exception as error:  # whatever pypdf raises on damaged files: dozens of types, RecursionError among them
        if type(error).__name__ == "LimitReachedError":  # a bomb, or a document as large as one
            raise ExtractError(
                f"{shown} unpacks to more than is read of a PDF document, so it was left alone."
            ) from None
        raise ExtractError(f"{shown} is a damaged PDF document ({type(error).__name__}); get it once more.") from None
    text = _joined(_without_heads(pages))
    if not text:
        raise ExtractError(f"{shown} has no text: a PDF of scanned pages; text recognition (OCR) has to come first.")
    document = read_text(text)
    described = _described(document, reader)
    texts = block_texts(described)
    first = 1 if len(texts) > 1 and clean_line(texts[0]) == described.title else 0
    return autolink(keep(described, [index for index in without_tail(texts) if index >= first]))


def _pages(reader: Any) -> list[list[_Line]]:
    pages: list[list[_Line]] = []
    left = MAX_CHARACTERS
    for page in reader.pages[:MAX_PAGES]:
        lines = _lines(page)
        left -= sum(len(line.text) for line in lines)
        pages.append(lines)
        if left < 0:
            break
    return pages


def _lines(page: Any) -> list[_Line]:
    """The lines of a page in the order of its content; pieces at one height are one line."""
    lines: list[_Line] = []
    fresh = True

    def take(text: str, cm: list[float], tm: list[float], _font: Any, _size: Any) -> None:
        nonlocal fresh
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        for number, piece in enumerate(text.split("\n")):
            fresh = fresh or number > 0
            if not piece.strip():
                continue
            if fresh or not lines:
                lines.append(_Line(piece, y))
            else:
                lines[-1].text += piece
            fresh = False

    page.extract_text(visitor_text=take)
    return [_Line(clean_line(line.text), line.y) for line in lines if clean_line(line.text)]


def _without_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Pages without their numbers and without what stands at the edge of most of them."""
    seen = Counter(shape for page in pages for shape in {_shape(line) for line in (*page[:EDGE], *page[-EDGE:])})
    often = {shape for shape, count in seen.items() if count >= 2 and count > 0.4 * len(pages)}
    kept = []
    for page in pages:
        last = len(page) - EDGE
        kept.append(
            [
                line
                for number, line in enumerate(page)
                if EDGE <= number < last or not (_NUMBER.fullmatch(line.text) or _shape(line) in often)
            ]
        )
    return kept


def _shape(line: _Line) -> tuple[str, int]:
    """What makes running heads of different pages the same: all but the numbers, and the height they stand at."""
    return re.sub(r"\d+", "0", line.text), round(line.y / 4)


def _joined(pages: list[list[_Line]]) -> str:
    """The lines as text in which blank lines separate paragraphs; one may go on over the end of a page."""
    steps = sorted(a.y - b.y for page in pages for a, b in pairwise(page) if 0 < a.y - b.y < 60)
    usual = steps[len(steps) // 4] if steps else 0.0  # below the median: short paragraphs have as many gaps as lines
    width = max((len(line.text) for page in pages for line in page), default=0)
    parts: list[str] = []
    before: _Line | None = None
    for page in pages:
        for number, line in enumerate(page):
            if before is not None:
                step = before.y - line.y
                ended = bool(_SENTENCE_END.search(before.text))
                if number == 0:
                    apart = ended or len(before.text) < 0.5 * width
                else:
                    apart = (step > 1.4 * usual > 0) or step < -usual or (ended and len(before.text) < 0.8 * width)
                parts.append("\n\n" if apart else _seam(before.text, line.text))
            parts.append(line.text)
            before = line
    return "".join(parts).replace("\u00ad", "").strip()


def _seam(before: str, after: str) -> str:
    """Between two lines of a paragraph: nothing where a word goes on behind its hyphen, else a blank."""
    return "" if re.search(r"\w-$", before) and after[:1].islower() else " "


def _described(document: Document, reader: Any) -> Document:
    """The document with what the PDF says about itself."""
    found: dict[str, Any] = {}
    with suppress(Exception):  # damaged metadata costs only itself
        found = dict(reader.metadata or {})
    title = clean_line(str(found.get("/Title") or ""), 300)
    keywords = str(found.get("/Keywords") or "")[:2_000]
    address = next((str(v) for k, v in found.items() if k in ("/URL", "/Source", "/WebPage") and is_web(str(v))), "")
    tags = (clean_line(tag, 100) for tag in re.split(r"[,;]", keywords))
    return replace(
        document,
        title="" if _PRODUCER_TITLE.match(title) else title,
        author=clean_line(str(found.get("/Author") or ""), 200),
        summary=clean_text(str(found.get("/Subject") or ""))[:2_000],
        url=address,
        published=_date(found.get("/CreationDate")),
        updated=_date(found.get("/ModDate")),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag))[:50],
    )


_DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:Z|([+-])(\d{2})'?(\d{2})?)?")


def _date(stated: Any) -> datetime | None:
    """`D:20260102030405+01'00'` in UTC."""
    match = _DATE.match(str(stated or ""))
    if match is None:
        return None
    year, *rest = (int(part or 0) for part in match.groups()[:6])
    month, day, hour, minute, second = rest
    sign, hours, minutes = match[7], match[8] or "00", match[9] or "00"
    zone = f"{sign}{hours}:{minutes}" if sign else "+00:00"
    stamp = f"{year:04}-{month or 1:02}-{day or 1:02}T{hour:02}:{minute:02}:{second:02}{zone}"
    with suppress(ValueError, OverflowError):
        date = datetime.fromisoformat(stamp).astimezone(UTC)
        return date if date.year >= 1990 else None
    return None
