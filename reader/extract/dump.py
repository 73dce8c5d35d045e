"""Text dumps of articles: `[section]`, title, paragraphs, the site's tail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from reader.extract.autolink import autolink
from reader.extract.lines import Paragraph, paragraphs
from reader.extract.selection import block_texts, keep
from reader.extract.tails import is_furniture, without_tail
from reader.model import BlockType, Document
from reader.text.addresses import is_web
from reader.text.clean import clean_line, clean_text
from reader.text.dates import parse_date
from reader.text.html_writer import Writer

MAX_TITLE = 200  # characters
MAX_SECTION = 40
_PROSE = 80
_PROMOTION = 1_500  # characters of prose that the tail of a dump may hold
_HEADING = 80
_SENTENCE = re.compile(r"[.!?…][”’\"')\]]*$|[”\"]$")
_TITLE_END = re.compile(r"[?!…][”’\"')]*$|[^.,?!…][”’\"')]$|\b(?:[A-Z]\.){2,}$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|vs)\.$")
_BYLINE = re.compile(r"(?:written |posted |reported )?by:?\s+(?P<name>[^\W\d_].{1,80})", re.IGNORECASE)
_FIELD = re.compile(
    r"(?P<key>authors?|date|published(?: on)?|posted(?: on)?|updated(?: on)?|last updated|source|url|link)\s*:\s*"
    r"(?P<value>\S.{0,2000})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(?:published|posted|updated)(?: on)?:?\s+(?P<value>.{6,60})", re.IGNORECASE)


@dataclass(slots=True)
class _Head:
    section: str = ""
    title: str = ""
    author: str = ""
    url: str = ""
    published: datetime | None = None
    rest: list[Paragraph] = field(default_factory=list)


def read_dump(text: str) -> Document:
    """Return the article of a text dump.

    The first short line is the section if a second one, the title, follows; alone it is the title. Byline, date and
    address lines below the title are taken as such. A text that does not begin like that keeps every word, and has no
    title. `text` need not be clean.
    """
    found = paragraphs(clean_text(text))
    head = _head(found)
    document = _document(head.rest if head else found)
    if head:
        document = keep(document, without_tail(block_texts(document), allowance=_PROMOTION))
        document = replace(
            document,
            title=head.title,
            section=head.section,
            author=head.author,
            url=head.url,
            published=head.published,
        )
    return autolink(document)


def read_text(text: str) -> Document:
    """Return plain text (the body of a mail message) as paragraphs, without looking for a title in it."""
    return _document(paragraphs(clean_text(text)))


def _head(found: list[Paragraph]) -> _Head | None:
    """Section, title and what else stands above the first sentence; None if the text does not begin with a title."""
    lines: list[str] = []
    start = 0
    for start, paragraph in enumerate(found):  # noqa: B007 - its last value is where the body begins
        if paragraph.bullet or not all(_is_head_line(line) for line in paragraph.text.split("\n")) or len(lines) > 8:
            break
        lines.extend(paragraph.text.split("\n"))
    else:
        return None  # nothing but short lines: notes, a poem, a list
    head = _Head()
    names: list[str] = []
    other: list[str] = []
    for line in lines:
        if _is_metadata(line, head) or is_furniture(line):
            continue
        if len(names) < 2 and not other:
            names.append(line)
        else:
            other.append(line)
    if not names:
        return None
    if len(names) == 2 and _is_section(names[0]):
        head.section, head.title = clean_line(names[0]), clean_line(names[1])
    else:
        head.title = clean_line(names[0])
        other = names[1:] + other  # a line under the headline belongs to the article
    head.rest = [Paragraph(line) for line in other] + found[start:]
    return head


def _is_head_line(line: str) -> bool:
    if len(line) > MAX_TITLE:
        return False
    if _is_metadata(line, _Head()):
        return True
    if line.endswith((":", ",", ";")):
        return False
    return not _SENTENCE.search(line) or (
        len(line) < 120 and _TITLE_END.search(line) is not None and not _two_sentences(line)
    )


def _two_sentences(line: str) -> bool:
    return re.search(r"[a-z][.!?][”\"]? [A-Z“\"]", line) is not None


def _is_section(line: str) -> bool:
    return len(line) <= MAX_SECTION and len(line.split()) <= 5 and line[-1:] not in '.?!:…”"' and line[:1] not in "“\"'"


def _is_metadata(line: str, head: _Head) -> bool:
    """Whether a line states author, date or address; what it states goes into `head` (the first one of each)."""
    if match := _BYLINE.fullmatch(line):
        names = re.split(r"\s*(?:[|•·]|\s[-–—]\s|\son\s)\s*", match["name"], maxsplit=1)
        if len(names[0].split()) <= 8 and not names[0].endswith("."):
            head.author = head.author or clean_line(names[0], 200)
            if len(names) > 1:
                head.published = head.published or parse_date(names[1])
            return True
    if is_web(line):
        head.url = head.url or line
        return True
    date = parse_date(line) if 6 <= len(line) <= 60 else None
    if not date and (match := _PUBLISHED.fullmatch(line)):
        date = parse_date(match["value"])
    if date:
        head.published = head.published or date
        return True
    if match := _FIELD.fullmatch(line):
        return _take_field(match["key"].lower(), match["value"].strip(), head)
    return False


def _take_field(key: str, value: str, head: _Head) -> bool:
    if key.startswith("author"):
        head.author = head.author or clean_line(value, 200)
    elif key in ("source", "url", "link"):
        if not is_web(value):
            return key == "source" and len(value) <= 60
        head.url = head.url or value
    else:
        date = parse_date(value)
        if not date:
            return False
        head.published = head.published or date
    return True


def _document(found: list[Paragraph]) -> Document:
    writer = Writer()
    for number, paragraph in enumerate(found):
        following = found[number + 1].text if number + 1 < len(found) else ""
        writer.kind, writer.level, writer.prefix = BlockType.PARAGRAPH, 0, ""
        if paragraph.bullet:
            writer.kind, writer.level = BlockType.LIST, 1
            writer.prefix = f"{paragraph.bullet} " if paragraph.bullet[0].isdigit() else ""
        elif number and _is_heading(paragraph.text, following):
            writer.kind, writer.level = BlockType.HEADING, 2
        for row, line in enumerate(paragraph.text.split("\n")):
            if row:
                writer.soft_break()
            writer.write(line)
        writer.end_block()
    return writer.document()


def _is_heading(text: str, following: str) -> bool:
    """A short line without an end of sentence, before a paragraph of prose."""
    return (
        len(text) <= _HEADING
        and "\n" not in text
        and (text[:1].isupper() or text[:1].isdigit())
        and text[-1:].isalnum()
        and len(text.split()) <= 12
        and len(following) >= _PROSE
    )
