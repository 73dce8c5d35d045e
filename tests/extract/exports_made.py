"""Exports of every format about invented articles, made from a seed: the file and what must come out of it."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

WORDS = (
    *("Bank", "warnt", "vor", "Betrug", "fraud", "ring", "“arrested”", "Köln", "l’été", "señor", "警察", "Полиция"),
    *("A&B", "<b>bold</b>", "50 %", 'says "no"', "a, b", "=1+1", "naïve", "🙂"),
)
TAGS = ("fraud", "to read", "Ümlaut", "c++", "news2026", "безопасность")


@dataclass(frozen=True)
class Made:
    """What an invented article has; formats that cannot hold a part leave it out of the comparison."""

    url: str
    title: str
    added: datetime
    published: datetime
    tags: tuple[str, ...]
    read: bool
    starred: bool
    summary: str
    content: str
    note: str


def made(seed: int) -> list[Made]:
    """Between none and a dozen articles."""
    chance = random.Random(seed)
    found = []
    for number in range(chance.randrange(13) if seed else 0):
        day = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(10**8))
        title = " ".join(chance.choices(WORDS, k=chance.randrange(1, 9)))
        found.append(
            Made(
                url=f"https://news{chance.randrange(5)}.example.com/{seed}/{number}?a={chance.randrange(9)}&b=ü".replace(
                    "ü", "%C3%BC"
                ),
                title=title,
                added=day,
                published=day - timedelta(days=chance.randrange(1, 90)),
                tags=tuple(chance.sample(TAGS, chance.randrange(4))),
                read=chance.random() < 0.5,
                starred=chance.random() < 0.3,
                summary=" ".join(chance.choices([word for word in WORDS if "<" not in word], k=6)),
                content=f"<p>{escape(' '.join(chance.choices(WORDS, k=30)))}</p>",
                note=f"my note {number}",
            )
        )
    return found


def stamp(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def iso(moment: datetime) -> str:
    return moment.isoformat()


def table(head: list[str], rows: list[list[Any]], *, lineterminator: str = "\n") -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=lineterminator)
    writer.writerows([head, *rows])
    return buffer.getvalue().encode()


def pocket_csv(articles: list[Made]) -> bytes:
    return table(
        ["title", "url", "time_added", "tags", "status"],
        [[a.title, a.url, stamp(a.added), "|".join(a.tags), "archive" if a.read else "unread"] for a in articles],
    )


def pocket_html(articles: list[Made]) -> bytes:
    def items(read: bool) -> str:
        return "\n".join(
            f'<li><a href="{escape(a.url)}" time_added="{stamp(a.added)}" tags="{escape(",".join(a.tags))}">'
            f"{escape(a.title)}</a></li>"
            for a in articles
            if a.read is read
        )

    return (
        '<!DOCTYPE html>\n<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />'
        f"<title>Pocket Export</title></head><body><h1>Unread</h1><ul>{items(False)}</ul>"
        f"<h1>Read Archive</h1><ul>{items(True)}</ul></body></html>"
    ).encode()


def instapaper(articles: list[Made]) -> bytes:
    folder = {(True, True): "Starred", (True, False): "Archive", (False, True): "Starred", (False, False): "Unread"}
    return table(
        ["URL", "Title", "Selection", "Folder", "Timestamp", "Tags"],
        [[a.url, a.title, a.note, folder[a.read, a.starred], stamp(a.added),
          json.dumps(list(a.tags), ensure_ascii=False)]
         for a in articles],
        lineterminator="\r\n",
    )  # fmt: skip


def readwise(articles: list[Made]) -> bytes:
    return table(
        ["Title", "URL", "ID", "Document tags", "Saved date", "Reading progress", "Location", "Seen"],
        [
            [a.title, a.url, f"01h{n}", str(list(a.tags)), iso(a.added), "0.5",
             "archive" if a.read else "shortlist" if a.starred else "later", "True"]
            for n, a in enumerate(articles)
        ],
    )  # fmt: skip


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def wallabag(articles: list[Made]) -> bytes:
    return dumped(
        [
            {"id": n, "title": a.title, "url": a.url, "is_archived": int(a.read), "is_starred": int(a.starred),
             "content": a.content, "created_at": iso(a.added), "published_at": iso(a.published), "tags": list(a.tags),
             "annotations": [{"text": a.note, "quote": "Betrug"}], "language": "de", "published_by": ["Ada Novak"]}
            for n, a in enumerate(articles)
        ]
    )  # fmt: skip


def omnivore(articles: list[Made]) -> bytes:
    return dumped(
        [
            {"id": str(n), "slug": "x", "title": a.title, "description": a.summary, "author": "Ada Novak", "url": a.url,
             "state": "Archived" if a.read else "Active", "labels": list(a.tags), "savedAt": iso(a.added),
             "publishedAt": iso(a.published)}
            for n, a in enumerate(articles)
        ]
    )  # fmt: skip


def readability(articles: list[Made]) -> bytes:
    return dumped(
        {
            "bookmarks": [
                {"article__title": escape(a.title), "article__url": a.url, "article__excerpt": escape(a.summary),
                 "archive": a.read, "favorite": a.starred, "date_added": iso(a.added)}
                for a in articles
            ],
            "recommendations": [],
        }
    )  # fmt: skip


def elcurator(articles: list[Made]) -> bytes:
    return dumped(
        [
            {"created_at": a.added.strftime("%Y-%m-%d %H:%M:%S UTC"), "title": a.title, "url": a.url,
             "description": a.summary, "tags": list(a.tags), "is_saved": a.starred}
            for a in articles
        ]
    )  # fmt: skip


def firefox(articles: list[Made]) -> bytes:
    places = [
        {"guid": f"g{n}", "title": a.title, "dateAdded": int(stamp(a.added)) * 10**6, "tags": ",".join(a.tags),
         "type": "text/x-moz-place", "uri": a.url}
        for n, a in enumerate(articles)
    ]  # fmt: skip
    folder = {"guid": "abc", "title": "Fraud folder", "type": "text/x-moz-place-container", "children": places[1::2]}
    menu = {"guid": "menu________", "title": "menu", "root": "bookmarksMenuFolder",
            "type": "text/x-moz-place-container", "children": [*places[0::2], folder]}  # fmt: skip
    return dumped({"guid": "root________", "title": "", "type": "text/x-moz-place-container", "children": [menu]})


def netscape(articles: list[Made]) -> bytes:
    def one(a: Made) -> str:
        return (
            f'<DT><A HREF="{escape(a.url)}" ADD_DATE="{stamp(a.added)}" PRIVATE="{int(a.starred)}"'
            f' TAGS="{escape(",".join(a.tags))}">{escape(a.title)}</A>\n<DD>{escape(a.summary)}\n'
        )

    inside = "".join(map(one, articles[1::2]))
    return (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<!-- This is an automatically generated file. -->\n"
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n<TITLE>Bookmarks</TITLE>\n'
        f"<H1>Bookmarks</H1>\n<DL><p>\n{''.join(map(one, articles[0::2]))}"
        f'<DT><H3 ADD_DATE="1">Fraud folder</H3>\n<DL><p>\n{inside}</DL><p>\n</DL><p>\n'
    ).encode()
