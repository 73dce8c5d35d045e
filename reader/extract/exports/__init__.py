"""Export files of other programs → records (pure). What a file is, its content says, never its name.

Read are Netscape bookmarks (every browser, Shaarli, Pinboard, Delicious, …), Firefox backups (JSON), Pocket (HTML and
CSV), Instapaper (CSV), Readwise Reader (CSV), wallabag, Omnivore, Readability and elCurator (JSON).
"""

from __future__ import annotations

from reader.errors import ExtractError
from reader.extract.exports.records import Export, Exported
from reader.text.clean import clean_line
from reader.text.sniff import decode

__all__ = ["MAX_EXPORT", "Export", "Exported", "read_export"]

MAX_EXPORT = 128 * 2**20  # bytes
KNOWN = "OPML, browser bookmarks, Pocket, Instapaper, Readwise Reader, wallabag, Omnivore, Readability and elCurator"


def read_export(body: bytes, *, name: str = "") -> Export | None:
    """Return what the export `body` holds, None if it is none of the formats known; `name` is only for sentences.

    Raises ExtractError with one sentence if it is damaged beyond reading, nested too deeply or too large.
    """
    shown = clean_line(name, 200) or "The file"
    if len(body) > MAX_EXPORT:
        raise ExtractError(f"{shown} is too large for an export: the limit is {MAX_EXPORT // 2**20} MiB.")
    text = decode(body).lstrip("\ufeff \t\r\n\0")
    if not text:
        return None
    if text[0] in "[{":
        from reader.extract.exports.json_exports import read_json
        from reader.extract.exports.loading import load_json

        return read_json(load_json(text, shown))
    if text[:1] == "<":
        from reader.extract.exports.bookmarks import read_bookmarks

        return read_bookmarks(text)
    from reader.extract.exports.csv_exports import read_csv

    return read_csv(text)
