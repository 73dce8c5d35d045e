"""Articles as an e-book (EPUB 3.3, https://www.w3.org/TR/epub-33/): contents, chapters, an index of speakers."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from types import MappingProxyType

from reader.model import Article
from reader.service.exporting.dossiers import NONE, Dossiers
from reader.service.exporting.html import STYLE, content, speakers
from reader.service.exporting.pictures import ENDINGS, Picture

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
FOREIGN = ("image/webp", "image/avif")  # no core media types of EPUB 3.2
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def book(articles: Sequence[Article], title: str, *, now: datetime, kept: Dossiers = MappingProxyType({})) -> bytes:
    """The bytes of the book; its identity follows from the articles in it. Nothing in it loads from anywhere.

    Images are in it, each once, but for formats that readers of e-books need not know.
    """
    language = _language(articles)
    images: dict[str, Picture] = {}
    chapters = []
    for article in articles:
        dossier = kept.get(article.row.id, NONE).without(FOREIGN, "not every e-book reader knows its format")
        images.update((_image(picture), picture) for picture in dossier.pictures)
        parts = content(article, dossier, place=_image)
        chapters.append((f"a{abs(article.row.id)}", article.row.title or "(no title)", parts))
    index = speakers(articles, "a{id}.xhtml")
    if index:
        chapters.append(("speakers", "Speakers", index))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        _put(file, "mimetype", "application/epub+zip", stored=True)
        _put(file, "META-INF/container.xml", _CONTAINER)
        _put(file, "EPUB/package.opf", _package(chapters, images, title, language, _identity(articles), now))
        _put(file, "EPUB/nav.xhtml", _contents(chapters, title, language))
        _put(file, "EPUB/style.css", STYLE)
        for name, heading, parts in chapters:
            _put(file, f"EPUB/{name}.xhtml", _page(heading, parts, language))
        for place, picture in images.items():
            _put(file, f"EPUB/{place}", picture.content, stored=True)
    return packed.getvalue()


def _image(picture: Picture) -> str:
    return f"images/{picture.sha256[:32]}{ENDINGS[picture.type]}"


def _put(file: zipfile.ZipFile, name: str, content: str | bytes, *, stored: bool = False) -> None:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    file.writestr(info, content if isinstance(content, bytes) else content.encode("utf-8", "replace"))


def _page(title: str, parts: Sequence[str], language: str) -> str:
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<!DOCTYPE html>",
            f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}"'
            f' xml:lang="{language}">',
            f'<head><meta charset="utf-8"/><title>{escape(title)}</title>'
            '<link rel="stylesheet" type="text/css" href="style.css"/></head>',
            "<body>",
            *parts,
            "</body></html>",
            "",
        ]
    )


def _contents(chapters: Sequence[tuple[str, str, list[str]]], title: str, language: str) -> str:
    items = [f'<li><a href="{name}.xhtml">{escape(heading)}</a></li>' for name, heading, _parts in chapters]
    return _page(title, ['<nav epub:type="toc" id="toc"><h1>Contents</h1><ol>', *items, "</ol></nav>"], language)


def _package(
    chapters: Sequence[tuple[str, str, list[str]]],
    images: Mapping[str, Picture],
    title: str,
    language: str,
    identity: str,
    now: datetime,
) -> str:
    items = [f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name, *_rest in chapters]
    items += [
        f'<item id="i{number}" href="{place}" media-type="{picture.type}"/>'
        for number, (place, picture) in enumerate(images.items())
    ]
    spine = [f'<itemref idref="{name}"/>' for name, *_rest in chapters]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"'
            f' xml:lang="{language}">',
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            f'<dc:identifier id="id">{identity}</dc:identifier>',
            f"<dc:title>{escape(title)}</dc:title>",
            f"<dc:language>{language}</dc:language>",
            f'<meta property="dcterms:modified">{now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}</meta>',
            "</metadata>",
            "<manifest>",
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            *items,
            "</manifest>",
            "<spine>",
            '<itemref idref="nav"/>',
            *spine,
            "</spine>",
            "</package>",
            "",
        ]
    )


def _language(articles: Sequence[Article]) -> str:
    """The language that all articles are in, else "und" (undetermined)."""
    found = {article.row.language for article in articles}
    language = found.pop() if len(found) == 1 else ""
    return language if _LANGUAGE.fullmatch(language) else "und"


def _identity(articles: Sequence[Article]) -> str:
    names = "\n".join(f"{article.row.id} {article.row.url} {article.row.title}" for article in articles)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, names)}"
