"""Bytes, captures and notes of a damaged library brought into the new one, each row for itself."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import Any

Row = dict[str, Any]
_CAPTURE = ("kind", "fetched", "checked", "url", "final_url", "content_type", "wall", "sha256", "size", "title", "text",
            "layout", "text_sha256")  # fmt: skip


class Salvaged:
    """Rows come table by table: ids of bytes and captures may be others than they were."""

    def __init__(self, c: Connection) -> None:
        self._c = c
        self._blobs: dict[int, int] = {}
        self._captures: dict[int, int] = {}
        self._complete = {row[0] for row in c.execute("SELECT DISTINCT article_id FROM capture").fetchall()}

    def tables(self) -> dict[str, Callable[[Row], None]]:
        """How a row of each table is put in, in the order that they need."""
        return {"blob": self._blob, "capture": self._capture, "image": self._image, "note": self._note}

    def _blob(self, row: Row) -> None:
        values = (str(row["sha256"]), int(row["size"]), int(bool(row["packed"])), bytes(row["content"]))
        self._c.execute("INSERT OR IGNORE INTO blob (sha256, size, packed, content) VALUES (?, ?, ?, ?)", values)
        (self._blobs[row["id"]],) = self._c.execute("SELECT id FROM blob WHERE sha256 = ?", values[:1]).fetchone()

    def _capture(self, row: Row) -> None:
        if row["article_id"] in self._complete:  # the backup has it
            return
        self._present(row)
        cursor = self._c.execute(
            "INSERT INTO capture (article_id, blob_id, kind, fetched, checked, url, final_url, content_type, wall,"
            " sha256, size, title, text, layout, text_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row["article_id"], self._blobs.get(row["blob_id"]), *(row[name] for name in _CAPTURE)),
        )
        self._captures[row["id"]] = cursor.lastrowid or 0

    def _image(self, row: Row) -> None:
        if row["capture_id"] in self._captures:
            self._c.execute(
                "INSERT OR IGNORE INTO image (capture_id, n, url, type, blob_id, sha256, size, problem)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._captures[row["capture_id"]],
                    row["n"],
                    row["url"],
                    row["type"],
                    self._blobs.get(row["blob_id"]),
                    row["sha256"],
                    row["size"],
                    row["problem"],
                ),
            )

    def _note(self, row: Row) -> None:
        self._present(row)
        self._c.execute(
            "INSERT OR IGNORE INTO note (id, article_id, text, words, start, made, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            tuple(row[name] for name in ("id", "article_id", "text", "words", "start", "made", "changed")),
        )

    def _present(self, row: Row) -> None:
        if self._c.execute("SELECT 1 FROM article WHERE id = ?", (row["article_id"],)).fetchone() is None:
            raise ValueError(row["article_id"])
