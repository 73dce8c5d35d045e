"""Citations: BibTeX (@misc, which all parsers know) and CSL-JSON (https://docs.citationstyles.org), one an article."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from reader.model import Article
from reader.service.exporting.blocks import uri
from reader.service.exporting.speakers import day, published
from reader.service.serial import address

_BY = re.compile(r"^(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|,|\band\b|\bund\b|\bet\b|&)\s*")
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}  # fmt: skip


def bibtex(articles: Sequence[Article]) -> str:
    """BibTeX entries with a blank line between them; keys are `secnews12`."""
    return "\n".join(_entry(article) for article in articles)


def csl(articles: Sequence[Article]) -> str:
    """A CSL-JSON list."""
    return json.dumps([_item(article) for article in articles], ensure_ascii=False, indent=2) + "\n"


def authors(line: str) -> list[str]:
    """The names in a byline; the whole line if its parts do not all look like names of people."""
    parts = [part for part in _BETWEEN.split(_BY.sub("", line)) if part]
    return parts if parts and all(_PERSON.fullmatch(part) for part in parts) else [line] if line else []


def _entry(article: Article) -> str:
    row = article.row
    named = authors(row.author)
    people = " and ".join(_tex(name) if _PERSON.fullmatch(name) else f"{{{_tex(name)}}}" for name in named)
    fields = {
        "title": f"{{{_tex(row.title)}}}",
        "author": people,
        "organization": f"{{{_tex(row.source_title)}}}" if row.source_title else "",
        "date": published(article),
        "year": published(article)[:4],
        "url": _verbatim(address(row.url)),
        "urldate": day(article.saved_at),
        "langid": _tex(row.language),
        "keywords": ", ".join(_tex(tag.replace(",", " ")) for tag in row.tags),
        "abstract": _tex(row.summary),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{secnews{abs(row.id)},", *lines, "}", ""])


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)


def _verbatim(url: str) -> str:
    """An address in which no brace can end the field."""
    return uri(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _item(article: Article) -> dict[str, Any]:
    row = article.row
    item: dict[str, Any] = {"id": f"secnews-{abs(row.id)}", "type": "webpage", "title": row.title}
    if row.author:
        item["author"] = [_name(name) for name in authors(row.author)]
    if row.published and not row.dated_by:
        item["issued"] = _date(row.published)
    if article.saved_at:
        item["accessed"] = _date(article.saved_at)
    texts = {
        "container-title": row.source_title,
        "URL": address(row.url),
        "abstract": row.summary,
        "language": row.language,
        "keyword": ", ".join(row.tags),
    }
    return item | {name: value for name, value in texts.items() if value}


def _name(name: str) -> dict[str, str]:
    if not _PERSON.fullmatch(name):
        return {"literal": name}
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given}


def _date(moment: datetime) -> dict[str, list[list[int]]]:
    there = moment.astimezone(UTC)
    return {"date-parts": [[there.year, there.month, there.day]]}
