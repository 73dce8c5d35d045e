"""Bytes, captures, pages and notes of a damaged library brought into the new one, each row for itself."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Container
from hashlib import sha256
from sqlite3 import Connection
from typing import Any

from reader.model import CaptureKind, Wall
from reader.store import pages
from reader.store.restoring import UNREAD

Row = dict[str, Any]
_CAPTURE = ("kind", "fetched", "checked", "url", "final_url", "content_type", "wall", "sha256", "size", "title", "text",
            "layout", "text_sha256")  # fmt: skip
_PAGE = ("url", "fetched", "wall", "reason", "choice", "stale", "title", "text", "layout")
_NOTE = ("id", "article_id", "text", "words", "start", "made", "changed")


class Salvaged:
    """Rows come table by table: ids of bytes and captures may be others than they were.

    `new` are the articles that the library did not have before.
    """

    def __init__(self, c: Connection, new: Container[int]) -> None:
        self._c = c
        self._new = new
        self._blobs: dict[int, int] = {}
        self._captures: dict[int, int] = {}

    def tables(self) -> dict[str, Callable[[Row], None]]:
        """How a row of each table is put in, in the order that they need."""
        return {
            "blob": self._blob,
            "capture": self._capture,
            "image": self._image,
            "note": self._note,
            "page": self._page,
            "wanted": self._wanted,
        }

    def _blob(self, row: Row) -> None:
        """Bytes; where those of the backup are damaged and these are not, these."""
        digest, content, packed = str(row["sha256"]), bytes(row["content"]), int(bool(row["packed"]))
        values = (digest, int(row["size"]), packed, content)
        self._c.execute("INSERT OR IGNORE INTO blob (sha256, size, packed, content) VALUES (?, ?, ?, ?)", values)
        (here,) = self._c.execute("SELECT id FROM blob WHERE sha256 = ?", (digest,)).fetchone()
        self._blobs[row["id"]] = here
        if sha256(zlib.decompress(content) if packed else content).hexdigest() == digest:
            self._c.execute("UPDATE blob SET packed = ?, content = ? WHERE id = ?", (packed, content, here))

    def _capture(self, row: Row) -> None:
        """A revision, unless the backup has it; then it is only told when it was last found there."""
        self._present(row)
        CaptureKind(row["kind"])
        Wall(row["wall"])
        same = self._c.execute(
            "SELECT id FROM capture WHERE article_id = ? AND kind = ? AND fetched = ? AND text_sha256 = ?",
            (row["article_id"], row["kind"], row["fetched"], row["text_sha256"]),
        ).fetchone()
        if same is not None:
            self._captures[row["id"]] = same[0]
            self._c.execute("UPDATE capture SET checked = max(checked, ?) WHERE id = ?", (int(row["checked"]), same[0]))
            return
        cursor = self._c.execute(
            "INSERT INTO capture (article_id, blob_id, kind, fetched, checked, url, final_url, content_type, wall,"
            " sha256, size, title, text, layout, text_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row["article_id"], self._blobs.get(row["blob_id"]), *(row[name] for name in _CAPTURE)),
        )
        self._captures[row["id"]] = cursor.lastrowid or 0
        if row["kind"] == CaptureKind.PAGE:  # fetched since the backup was made
            self._c.execute("DELETE FROM wanted WHERE article_id = ?", (row["article_id"],))

    def _image(self, row: Row) -> None:
        if row["capture_id"] in self._captures:
            self._c.execute(
                "INSERT OR REPLACE INTO image (capture_id, n, url, type, blob_id, sha256, size, problem)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._captures[row["capture_id"]],
                    int(row["n"]),
                    row["url"],
                    row["type"],
                    self._blobs.get(row["blob_id"]),
                    row["sha256"],
                    row["size"],
                    row["problem"],
                ),
            )

    def _note(self, row: Row) -> None:
        """A note as it is in the damaged library: the backup's is older."""
        self._present(row)
        if not all(isinstance(row[name], str) for name in ("text", "words")):
            raise ValueError(row["id"])
        self._c.execute(
            "INSERT OR REPLACE INTO note (id, article_id, text, words, start, made, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            tuple(row[name] for name in _NOTE),
        )

    def _page(self, row: Row) -> None:
        """The whole text of an article. One that the backup does not show, although it was read, is shown."""
        self._present(row)
        Wall(row["wall"])
        json.loads(zlib.decompress(row["layout"]))
        zlib.decompress(row["text"])
        article_id, shown = row["article_id"], bool(row["shown"])
        is_new = article_id in self._new
        there = self._c.execute("SELECT shown FROM page WHERE article_id = ?", (article_id,)).fetchone()
        self._c.execute(
            "INSERT INTO page (article_id, url, fetched, wall, reason, choice, stale, title, text, layout, shown,"
            " given_text, given_layout) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article_id)"
            " DO UPDATE SET url = excluded.url, fetched = excluded.fetched, wall = excluded.wall,"
            " reason = excluded.reason, choice = excluded.choice, stale = excluded.stale, title = excluded.title,"
            " text = excluded.text, layout = excluded.layout",
            (
                article_id,
                *(row[name] for name in _PAGE),
                is_new and shown,
                *((row["given_text"], row["given_layout"]) if is_new else (None, None)),
            ),
        )
        if shown and not is_new:
            document = pages.text(self._c, article_id)
            if document is not None:
                pages.show(self._c, article_id, document, (), page=True, engine=UNREAD)
        elif there is not None and there[0] and not shown:
            self._c.execute("UPDATE page SET choice = '' WHERE article_id = ?", (article_id,))  # as it is read

    def _wanted(self, row: Row) -> None:
        self._present(row)
        self._c.execute(
            "INSERT OR REPLACE INTO wanted (article_id, since, tries, next_try, reason) VALUES (?, ?, ?, ?, ?)",
            (
                row["article_id"],
                int(row["since"]),
                int(row["tries"]),
                None if row["next_try"] is None else int(row["next_try"]),
                str(row["reason"]),
            ),
        )

    def _present(self, row: Row) -> None:
        if self._c.execute("SELECT 1 FROM article WHERE id = ?", (row["article_id"],)).fetchone() is None:
            raise ValueError(row["article_id"])
