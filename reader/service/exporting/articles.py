"""Articles of the library in every form they can leave it: as one text, as a book, as one file each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from reader.errors import UsageError
from reader.model import Article, View
from reader.service.exporting import citations, html, markdown, pictures, tables
from reader.service.exporting.dossiers import NONE, Dossiers, dossiers
from reader.service.exporting.names import file_name
from reader.service.exporting.writing import write_file
from reader.service.library import Library
from reader.service.serial import SCHEMA, address, article_object
from reader.text.clean import clean_line

ENDINGS = {
    "md": ".md", "html": ".html", "epub": ".epub", "json": ".json", "csv": ".csv", "bibtex": ".bib", "csl": ".csl.json",
}  # fmt: skip
WITH_IMAGES = ("html", "epub")
WITH_PROVENANCE = (*WITH_IMAGES, "md", "csv")


def chosen(library: Library, ids: Sequence[int]) -> list[Article]:
    """The articles with these ids, in order; samples are never exported. Raises NotFoundError."""
    if any(number < 0 for number in ids):
        raise UsageError("Sample articles are invented, so they are never exported.")
    return [library.article(number) for number in ids]


def of_view(library: Library, view: View) -> Iterator[Article]:
    """The articles of a view, newest first; those that go while it is read are left out."""
    if view.samples:
        raise UsageError("Sample articles are invented, so they are never exported.")
    for row in library.rows(library.ids(view)):
        yield library.article(row.id)


def kept_of(library: Library, articles: Sequence[Article], form: str) -> Dossiers:
    """What is kept of saved articles, as far as the form shows it; images only where one document takes them."""
    return dossiers(library, articles, images=form in WITH_IMAGES) if form in WITH_PROVENANCE else {}


def document(
    articles: Sequence[Article], form: str, *, title: str, now: datetime, kept: Dossiers = MappingProxyType({})
) -> bytes:
    """All articles as one document in UTF-8 (EPUB: a ZIP). `form` is a key of ENDINGS, `title` names a collection.

    `kept` is what `kept_of` gives.
    """
    if form == "epub":
        from reader.service.exporting.epub import book

        return book(articles, _title(articles, title), now=now, kept=kept)
    return _text(articles, form, _title(articles, title), kept).encode("utf-8", "replace")


def into_folder(
    library: Library, articles: Sequence[Article], form: str, folder: Path, *, now: datetime, overwrite: bool = False
) -> list[Path]:
    """One file for each article in `folder`, which must be there; returns their paths. Raises UsageError, StorageError.

    Images that are kept stand in the files; with Markdown they are files beside them. Names come from the titles; one
    that is taken gets a number, so nothing is overwritten unless asked.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {clean_line(str(folder), 300)}.")
    names = _Names(folder, overwrite=overwrite)
    paths = []
    for article in articles:
        kept = dossiers(library, [article], images=form in (*WITH_IMAGES, "md"))
        path = names.of(article.row.title, ENDINGS[form])
        if form == "md":
            dossier, beside = kept.get(article.row.id, NONE), []
            for number, image in enumerate(dossier.pictures, 1):
                place = names.of(f"{path.stem} {number}", pictures.ENDINGS[image.type])
                write_file(place, image.content, overwrite=overwrite)
                beside.append((place.name, image.alt or address(image.url)))
                paths.append(place)
            data = markdown.note(article, dossier, beside).encode("utf-8", "replace")
        else:
            data = document([article], form, title="", now=now, kept=kept)
        write_file(path, data, overwrite=overwrite)
        paths.append(path)
    return paths


class _Names:
    """Names in a folder that are not taken."""

    def __init__(self, folder: Path, *, overwrite: bool) -> None:
        self._folder = folder
        self._taken = set() if overwrite else {found.name.lower() for found in folder.iterdir()}

    def of(self, title: str, ending: str) -> Path:
        name = file_name(title, ending, taken=self._taken)
        self._taken.add(name.lower())
        return self._folder / name


def _title(articles: Sequence[Article], title: str) -> str:
    return (articles[0].row.title if len(articles) == 1 else title) or "secnews"


def _text(articles: Sequence[Article], form: str, title: str, kept: Dossiers) -> str:
    if form == "md":
        return "\n".join(markdown.note(article, kept.get(article.row.id, NONE)) for article in articles)
    if form == "html":
        return html.page(articles, title, kept)
    if form == "csv":
        return tables.quotes_table(articles, kept)
    if form == "bibtex":
        return citations.bibtex(articles)
    if form == "csl":
        return citations.csl(articles)
    if len(articles) == 1:
        return json.dumps(article_object(articles[0]), ensure_ascii=False) + "\n"
    listed = {"schema": SCHEMA, "articles": [article_object(article) for article in articles], "next": None}
    return json.dumps(listed, ensure_ascii=False) + "\n"
